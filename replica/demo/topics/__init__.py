"""What the fictional bureau writes about, one module a field of its work."""

from __future__ import annotations

from replica.demo.topics.assistance import ASSISTANCE
from replica.demo.topics.calendar import OCCASIONS, SOLAR_TERMS
from replica.demo.topics.care import CARE
from replica.demo.topics.children import CHILDREN
from replica.demo.topics.civil_life import BURIAL, MARRIAGE
from replica.demo.topics.clips import CLIPS
from replica.demo.topics.office import OFFICE
from replica.demo.topics.society import CHARITY, ORGANISATIONS, PLACES
from replica.demo.topics.topic import Occasion, Topic

#: Every general topic; the bureau's own accounts write about all of them.
ALL: tuple[Topic, ...] = (
    *ASSISTANCE,
    *CARE,
    *CHILDREN,
    *MARRIAGE,
    *BURIAL,
    *CHARITY,
    *ORGANISATIONS,
    *PLACES,
    *OFFICE,
)

__all__ = [
    "ALL",
    "ASSISTANCE",
    "BURIAL",
    "CARE",
    "CHARITY",
    "CHILDREN",
    "CLIPS",
    "MARRIAGE",
    "OCCASIONS",
    "OFFICE",
    "ORGANISATIONS",
    "PLACES",
    "SOLAR_TERMS",
    "Occasion",
    "Topic",
]
