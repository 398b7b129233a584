"""What must stay silent: at least five kinds for each rule."""

from replica.demo.lookalikes.lookalike import Lookalike
from replica.demo.lookalikes.numbers import lookalikes as _numbers
from replica.demo.lookalikes.words import LIVE_LINK, LOOKALIKES, MOVED_LINK
from replica.identities import Identities


def lookalikes(people: Identities) -> tuple[Lookalike, ...]:
    """Every look-alike, in a fixed order."""
    return (*_numbers(people), *LOOKALIKES)


__all__ = ["LIVE_LINK", "MOVED_LINK", "Lookalike", "lookalikes"]
