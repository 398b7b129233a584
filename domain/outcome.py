"""How a fetch ended. "Could not look" is a result of its own and never reads as "nothing new"."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The named end of every fetch."""

    # of content
    OK = "OK"
    EMPTY = "EMPTY"
    DELETED = "DELETED"
    VIOLATION = "VIOLATION"
    UNAVAILABLE = "UNAVAILABLE"
    EXPIRED = "EXPIRED"
    BAD_REQUEST = "BAD_REQUEST"
    # of an account
    MIGRATED = "MIGRATED"
    CLOSED = "CLOSED"
    # of our own reach
    LOGIN_WALL = "LOGIN_WALL"
    VERIFY_WALL = "VERIFY_WALL"
    RATE_LIMITED = "RATE_LIMITED"
    QUOTA = "QUOTA"
    NOT_AUTHORIZED = "NOT_AUTHORIZED"
    LAYOUT_CHANGED = "LAYOUT_CHANGED"
    BRIDGE_ERROR = "BRIDGE_ERROR"
    ROBOTS = "ROBOTS"
    NO_TOOL = "NO_TOOL"
    NO_IMPORT = "NO_IMPORT"  # only people can bring what it published, and nobody did lately
    NETWORK = "NETWORK"
    DEADLINE = "DEADLINE"

    @property
    def is_reach(self) -> bool:
        """True when it says something about us, not about the account: nothing may be concluded from it."""
        return self in _REACH

    @property
    def is_gone(self) -> bool:
        """True when the platform itself says that the content or account is no longer there."""
        return self in _GONE


_REACH = frozenset(
    {
        Outcome.LOGIN_WALL,
        Outcome.VERIFY_WALL,
        Outcome.RATE_LIMITED,
        Outcome.QUOTA,
        Outcome.NOT_AUTHORIZED,
        Outcome.LAYOUT_CHANGED,
        Outcome.BRIDGE_ERROR,
        Outcome.ROBOTS,
        Outcome.NO_TOOL,
        Outcome.NO_IMPORT,
        Outcome.NETWORK,
        Outcome.DEADLINE,
        Outcome.BAD_REQUEST,
    }
)
_GONE = frozenset({Outcome.DELETED, Outcome.VIOLATION, Outcome.CLOSED})
