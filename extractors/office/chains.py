"""The sector chains of the old binary container (MS-CFB 2.3): one that runs in a circle keeps readers busy for ever."""

from __future__ import annotations

import struct
from array import array

_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA  # greater values are marks: end, free, table
_IN_HEADER = 109


def runs_in_circle(body: bytes) -> bool:
    """True where a chain of sectors comes back to itself, or the tables of chains do."""
    if len(body) < _HEADER:
        return False
    shift = struct.unpack_from("<H", body, 30)[0]
    if shift not in (9, 12):
        return False
    size = 1 << shift
    most = len(body) // size + 2

    def sector(number: int) -> array[int]:
        start = (number + 1) * size
        words = array("I")
        words.frombytes(body[start : start + size].ljust(size, b"\x00"))
        return words

    tables = list(struct.unpack_from(f"<{_IN_HEADER}I", body, 76))
    following = struct.unpack_from("<I", body, 68)[0]
    for _ in range(most):
        if following >= _LAST_SECTOR:
            break
        words = sector(following)
        tables += words[:-1]
        following = words[-1]
    else:
        return True
    chain = array("I")
    for number in tables:
        if number < _LAST_SECTOR and len(chain) < most:
            chain.extend(sector(number))
    return _circular(chain)


def _circular(chain: array[int]) -> bool:
    state = bytearray(len(chain))  # 0 not seen, 1 on this walk, 2 known to end
    for first in range(len(chain)):
        walk: list[int] = []
        at = first
        while at < len(chain) and not state[at]:
            state[at] = 1
            walk.append(at)
            at = chain[at]
        if at < len(chain) and state[at] == 1:
            return True
        for passed in walk:
            state[passed] = 2
    return False
