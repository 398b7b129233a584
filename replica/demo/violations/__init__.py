"""What is wrong in the demo, and where: at least three of each rule, in different spellings."""

from replica.demo.violations import ads, captions, contacts, id_cards, links, secrecy, words
from replica.demo.violations.plant import Plant
from replica.identities import Identities

DEAD_LINKS = links.DEAD_LINKS


def plants(people: Identities) -> tuple[Plant, ...]:
    """Everything that is planted, in a fixed order."""
    return (
        *id_cards.plants(people),
        *contacts.plants(people),
        *secrecy.PLANTS,
        *ads.PLANTS,
        *words.PLANTS,
        *links.PLANTS,
        *captions.plants(people),
    )


__all__ = ["DEAD_LINKS", "Plant", "plants"]
