"""Places where a fixed phrase stands with one wrong edit, found for a whole block of texts at once.

A phrase of four characters or more keeps some run of three characters whole whatever single edit it suffers, at its
beginning, at its end or on both sides of the wrong one. Those runs are looked for in all places of a block by a table;
what stands beside them is then compared column by column. Nothing is decided here: every place that is handed out is
looked at again, and no place that holds an edit is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from domain.rule import Severity
from scanners.confusion import is_known, likely
from scanners.edit import COMMON, NUMERALS, Phrase
from scanners.slips import is_rare_use
from scanners.views import Codes

Places = npt.NDArray[np.signedinteger]

#: So many characters that no phrase holds have to stand before and after a block.
MARGIN = 48
#: The shortest phrase that keeps a run whole.
_LEAST = 4
#: From this length on a run of four characters is looked for instead of one of three.
_LONGER = 8
#: Up to so many characters beside a run are compared in one go; longer phrases are compared apart from the others.
_USUAL = 10
_BITS = 18
_SHIFT = np.uint32(32 - _BITS)
_FIRST, _SECOND = np.uint32(0x9E3779B1), np.uint32(0x85EBCA77)
#: A block in which runs stand in more places than this part of its characters repeats itself.
_DENSE = 8
_WIDE = np.uint64(0x9E3779B97F4A7C15)
#: So many places are weighed one by one without a table of look-alikes.
_FEW = 256


@dataclass(frozen=True, slots=True)
class Spot:
    """A run of ``phrase`` that stands whole at ``start``, and the side on which something may be wrong.

    ``gap`` is the index of the character between two whole pieces of a short phrase, -1 for a run at an end.
    """

    phrase: Phrase
    start: int
    forward: bool
    gap: int = -1


def run_of(phrase: str) -> int:
    """How many characters at an end of ``phrase`` have to be whole to be seen."""
    return 3 if len(phrase) < _LONGER else 4


class NearScan:
    """Built for a list of phrases; building it takes some 20 ms. ``others`` are wordings that look like one of them and
    are right as they stand."""

    def __init__(self, phrases: Sequence[Phrase], others: Iterable[str] = ()) -> None:
        signs = _Signs(sorted({sign for phrase in phrases for sign in phrase.text}))
        cases: list[tuple[str, Phrase | None]] = [(phrase.text, phrase) for phrase in phrases]
        known = {phrase.text for phrase in phrases}
        cases.extend((other, None) for other in dict.fromkeys(others) if other not in known)
        cases = [case for case in cases if len(case[0]) >= _LEAST]
        sizes = (range(_LEAST, _LONGER), range(_LONGER, _USUAL + 5), range(_USUAL + 5, MARGIN))
        parts = ([case for case in cases if len(case[0]) in size] for size in sizes)
        self._ends = tuple(_Ends(part) for part in parts if part)
        gaps = ((4, (0, 1, 3), 2), (4, (0, 2, 3), 1), (5, (0, 1, 3, 4), 2))
        self._gaps = tuple(
            _Gaps(offsets, gap, owned)
            for size, offsets, gap in gaps
            if (owned := [phrase for phrase in phrases if len(phrase.text) == size])
        )
        self._signs = signs

    def find(self, codes: Codes, *, everything: bool = False) -> Iterator[Spot]:
        """Every place worth a look; ``everything`` keeps also those where the character cannot be a slip.

        The text of ``codes`` begins and ends with ``MARGIN`` characters that no phrase holds.
        """
        pairs = codes[:-1] * _FIRST + codes[1:]
        seen = [(probe, probe.find(codes, pairs)) for probe in self._ends]
        reach = None if everything or not seen else _reach(len(codes), [rows.whole(probe) for probe, rows in seen])
        for probe, rows in seen:
            kept = rows.edited | rows.replaced
            if reach is not None:
                doubt = np.flatnonzero(rows.replaced & ~rows.edited)
                doubt = doubt[reach[rows.wrong[doubt]] <= rows.wrong[doubt]]
                fine = self._signs.plausible(
                    probe.right(rows, doubt), codes[rows.wrong[doubt]], probe.grave(rows, doubt)
                )
                kept = rows.edited
                kept[doubt[fine]] = True
            yield from probe.spots(rows, np.flatnonzero(kept))
        for gap in self._gaps:
            yield from gap.find(codes, pairs, self._signs, reach)


def _reach(length: int, standing: Sequence[tuple[Places, Places]]) -> Places:
    """For each place how far the furthest known wording reaches that begins there or before it."""
    starts = np.concatenate([each[0] for each in standing])
    ends = np.concatenate([each[1] for each in standing])
    order = np.argsort(ends, kind="stable")
    reach = np.zeros(length + 1, dtype=np.int32)
    reach[starts[order]] = ends[order]
    result: Places = np.maximum.accumulate(reach)
    return result


class _Runs:
    """Runs of characters at fixed distances, and where in a block one of them stands."""

    def __init__(self, offsets: Sequence[int], runs: Sequence[str]) -> None:
        self._offsets = tuple(offsets)
        keys = sorted(set(runs))
        columns = np.array([[ord(sign) for sign in key] for key in keys], dtype=np.uint32).reshape(len(keys), -1)
        wide = _wide_key(columns)
        order = np.argsort(wide)
        self._wide = wide[order]
        self._table = np.zeros(1 << _BITS, dtype=np.bool_)
        if keys:
            width = offsets[-1] + 1
            spread = np.zeros((len(keys), width), dtype=np.uint32)
            spread[:, list(offsets)] = columns
            row = spread.ravel()
            self._table[self._hash(row, row[:-1] * _FIRST + row[1:])[::width]] = True
        self.number_of = {key: index for index, key in enumerate(keys[at] for at in order)}

    def _hash(self, codes: Codes, pairs: Codes) -> Codes:
        match self._offsets:
            case (0, 1, 2):
                mixed = pairs[:-1] * _SECOND + codes[2:]
            case (0, 1, 2, 3):
                mixed = pairs[:-2] * _SECOND + pairs[2:]
            case (0, 1, 3):
                mixed = pairs[:-2] * _SECOND + codes[3:]
            case (0, 2, 3):
                mixed = codes[:-3] * _SECOND + pairs[2:]
            case _:
                mixed = pairs[:-3] * _SECOND + pairs[3:]
        hashed: Codes = (mixed * _FIRST) >> _SHIFT
        return hashed

    def find(self, codes: Codes, pairs: Codes) -> tuple[Places, Places]:
        """Where runs begin, and the number of each."""
        places = np.flatnonzero(np.take(self._table, self._hash(codes, pairs), mode="wrap"))
        wide = _wide_key(np.stack([codes[places + offset] for offset in self._offsets], axis=1))
        numbers = np.searchsorted(self._wide, wide)
        numbers[numbers == len(self._wide)] = 0
        right = self._wide[numbers] == wide
        return places[right], numbers[right]


@dataclass(slots=True)
class _Rows:
    """Phrases beside whole runs: which case, where the run begins, where the first difference is (in the rest of the
    phrase and in the text), and what kind it can be."""

    case: Places
    place: Places
    at: Places
    wrong: Places
    edited: npt.NDArray[np.bool_]
    replaced: npt.NDArray[np.bool_]
    exact: npt.NDArray[np.bool_]

    def taken(self, rows: Places, shift: Places) -> _Rows:
        """Some of the rows, some of them several times, each moved."""
        return _Rows(
            self.case[rows],
            self.place[rows] + shift,
            self.at[rows],
            self.wrong[rows] + shift,
            self.edited[rows],
            self.replaced[rows],
            self.exact[rows],
        )

    def whole(self, probe: _Ends) -> tuple[Places, Places]:
        """Where phrases stand without a fault: their starts and ends."""
        return probe.extent(self.case[self.exact], self.place[self.exact])


class _Ends:
    """Phrases of which the first or the last characters are whole; without a ``Phrase`` one is only known."""

    def __init__(self, cases: Sequence[tuple[str, Phrase | None]]) -> None:
        size = self._size = run_of(cases[0][0])
        table = [
            (text[:size] if forward else text[-size:], forward, text[size:] if forward else text[:-size][::-1], phrase)
            for text, phrase in cases
            for forward in (True, False)
            if forward or phrase is not None
        ]
        self._runs = _Runs(range(size), [run for run, _, _, _ in table])
        table.sort(key=lambda case: self._runs.number_of[case[0]])
        counts = np.bincount([self._runs.number_of[case[0]] for case in table])
        self._first = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        self._counts = counts.astype(np.int32)
        width = max(len(case[2]) for case in table)
        self._rest = np.zeros((len(table), width + 1), dtype=np.uint32)
        for row, (_, _, rest, _) in enumerate(table):
            self._rest[row, : len(rest)] = [ord(sign) for sign in rest]
        self._phrases = [phrase for _, _, _, phrase in table]
        self._owned = np.array([phrase is not None for phrase in self._phrases], dtype=np.bool_)
        self._grave = np.array([phrase is not None and _is_grave(phrase) for phrase in self._phrases], dtype=np.bool_)
        self._length = np.array([len(case[2]) for case in table], dtype=np.int32)
        self._step = np.array([1 if case[1] else -1 for case in table], dtype=np.int32)
        self._beside = np.where(self._step > 0, size, -1).astype(np.int32)
        self._joint = np.array([ord(case[0][-1 if case[1] else 0]) for case in table], dtype=np.uint32)
        rows = np.arange(len(table))
        self._nearest, self._next = self._rest[:, 0].copy(), self._rest[:, min(1, width)].copy()
        self._last = self._rest[rows, self._length - 1]
        self._last_but_one = self._rest[rows, np.maximum(self._length - 2, 0)]
        self._columns = np.arange(width + 1, dtype=np.int32)

    def find(self, codes: Codes, pairs: Codes) -> _Rows:
        """What stands beside the runs of these phrases, where it may be an edit or the phrase itself."""
        places, numbers = self._runs.find(codes, pairs)
        if len(places) * _DENSE <= len(codes) + 4096:
            return self._beside_runs(codes, places, numbers)[0]
        first, group = _repeats(codes, places)
        rows, shown = self._beside_runs(codes, places[first], numbers[first])
        order = np.argsort(group, kind="stable")
        counts = np.bincount(group)
        before = np.cumsum(counts) - counts
        times = counts[shown]
        copies = np.repeat(np.arange(len(shown)), times)
        member = order[np.arange(len(copies)) - np.repeat(np.cumsum(times) - times, times) + before[shown[copies]]]
        return rows.taken(copies, places[member] - rows.place[copies])

    def _beside_runs(self, codes: Codes, places: Places, numbers: Places) -> tuple[_Rows, Places]:
        """The rows, and for each one the index of its place."""
        counts = self._counts[numbers]
        which = np.repeat(np.arange(len(places), dtype=np.int32), counts)
        before = np.cumsum(counts) - counts
        case = np.arange(len(which), dtype=np.int32) + (self._first[numbers] - before).astype(np.int32)[which]
        step = self._step[case]
        base = places.astype(np.int32)[which] + self._beside[case]
        one, two = codes[base], codes[base + step]
        nearest, following, length = self._nearest[case], self._next[case], self._length[case]
        near = (one == nearest) | (two == following) | (one == following) | (two == nearest) | (length == 1)
        kept = np.flatnonzero(near)
        case, which, step, base, length = case[kept], which[kept], step[kept], base[kept], length[kept]
        end = base + step * (length - 1)
        here, back, out = codes[end], codes[end - step], codes[end + step]
        last = self._last[case]
        far = (here == last) | (back == last) | (out == last) | (back == self._last_but_one[case]) | (length == 1)
        kept = np.flatnonzero(far)
        case, which, step, base, length = case[kept], which[kept], step[kept], base[kept], length[kept]
        there = codes[base[:, None] + step[:, None] * self._columns]
        edited, replaced, exact, at = _edits(there, self._rest[case], length, self._joint[case])
        owned = self._owned[case]
        edited, replaced = edited & owned, replaced & owned
        exact &= step > 0
        kept = np.flatnonzero(edited | replaced | exact)
        return _Rows(
            case[kept],
            places[which[kept]].astype(np.int32),
            at[kept],
            (base + step * at)[kept],
            edited[kept],
            replaced[kept],
            exact[kept],
        ), which[kept]

    def extent(self, case: Places, place: Places) -> tuple[Places, Places]:
        """Where phrases that are whole begin and end."""
        return place, place + self._size + self._length[case]

    def right(self, rows: _Rows, chosen: Places) -> Codes:
        """The characters that should stand in the wrong places."""
        right: Codes = self._rest[rows.case[chosen], rows.at[chosen]]
        return right

    def grave(self, rows: _Rows, chosen: Places) -> npt.NDArray[np.bool_]:
        """Whether those phrases are of the gravest kind."""
        return self._grave[rows.case[chosen]]

    def spots(self, rows: _Rows, chosen: Places) -> Iterator[Spot]:
        """The chosen rows."""
        for case, place in zip(rows.case[chosen].tolist(), rows.place[chosen].tolist(), strict=True):
            phrase = self._phrases[case]
            assert phrase is not None
            yield Spot(phrase, place, bool(self._step[case] > 0))


class _Gaps:
    """Short phrases that are whole but for one character between two whole pieces."""

    def __init__(self, offsets: Sequence[int], gap: int, phrases: Sequence[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._gap = gap
        runs = ["".join(phrase.text[offset] for offset in offsets) for phrase in phrases]
        self._runs = _Runs(offsets, runs)
        numbered = sorted((self._runs.number_of[run], index) for index, run in enumerate(runs))
        counts = np.bincount([number for number, _ in numbered], minlength=1)
        self._counts = counts
        self._first = np.concatenate(([0], np.cumsum(counts)))
        self._owner = np.array([index for _, index in numbered], dtype=np.intp)
        self._right = np.array([ord(phrases[index].text[gap]) for _, index in numbered], dtype=np.uint32)
        self._grave = np.array([_is_grave(phrases[index]) for _, index in numbered], dtype=np.bool_)

    def find(self, codes: Codes, pairs: Codes, signs: _Signs, reach: Places | None) -> Iterator[Spot]:
        """The spots of these phrases; without ``reach`` every one of them."""
        places, numbers = self._runs.find(codes, pairs)
        counts = self._counts[numbers]
        which = np.repeat(np.arange(len(places)), counts)
        rows = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts) + self._first[numbers][which]
        place = places[which] + self._gap
        there, right = codes[place], self._right[rows]
        wrong = np.flatnonzero(there != right)
        if reach is not None:
            wrong = wrong[reach[place[wrong]] <= place[wrong]]
            wrong = wrong[signs.plausible(right[wrong], there[wrong], self._grave[rows[wrong]])]
        for index, at in zip(self._owner[rows[wrong]].tolist(), place[wrong].tolist(), strict=True):
            yield Spot(self.phrases[index], at - self._gap, True, self._gap)


def _edits(
    there: Codes, rest: Codes, length: npt.NDArray[np.int32], joint: Codes
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_], Places]:
    """Of each row: whether ``there`` is ``rest`` with two characters swapped, one dropped or one doubled; whether it is
    ``rest`` with one replaced, or ``rest`` itself; and where they first differ. Rows of ``rest`` are as long as
    ``length`` says."""
    rows, columns = np.arange(len(rest)), np.arange(rest.shape[1])
    inside = columns < length[:, None]
    equal = there == rest
    wrong = inside & ~equal
    differences = wrong.sum(axis=1)
    at = np.argmax(wrong | ~inside, axis=1)
    replaced, exact = differences == 1, differences == 0
    edited = exact & (there[rows, length] == rest[rows, length - 1])
    two = np.flatnonzero((differences == 2) & (at + 1 < length))
    edited[two] = (there[two, at[two]] == rest[two, at[two] + 1]) & (there[two, at[two] + 1] == rest[two, at[two]])
    some = np.flatnonzero((differences > 0) & ~edited)
    there, rest, length, at_some, inside = there[some], rest[some], length[some], at[some], inside[some]
    later = columns >= at_some[:, None]
    dropped = np.ones_like(inside)
    dropped[:, :-1] = there[:, :-1] == rest[:, 1:]
    dropped |= ~later | (columns >= (length - 1)[:, None])
    doubled = np.ones_like(inside)
    doubled[:, 1:] = there[:, 1:] == rest[:, :-1]
    doubled |= (columns <= at_some[:, None]) | (columns > length[:, None])
    rows = np.arange(len(some))
    before = np.where(at_some > 0, rest[rows, np.maximum(at_some - 1, 0)], joint[some])
    edited[some] = (dropped.all(axis=1) & (at_some + 1 < length)) | (
        doubled.all(axis=1) & (there[rows, at_some] == before)
    )
    return edited, replaced, exact, at


class _Signs:
    """Which characters may stand for which by mistake, as tables."""

    def __init__(self, right: Sequence[str]) -> None:
        self._right = right

    def plausible(self, right: Codes, wrong: Codes, grave: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """False where a character is no slip for the right one whatever stands around it: neither is it like the right
        one, nor can it be nothing but wrong. The second is enough in the gravest phrases, and for rare characters."""
        if len(right) <= _FEW:
            cases = zip(map(chr, right), map(chr, wrong), grave, strict=True)
            return np.fromiter((_is_plausible(*case) for case in cases), np.bool_, len(right))
        capped = np.minimum(wrong, 0xFFFF)
        found: npt.NDArray[np.bool_] = self._alone[capped] & (grave | self._rare[capped])
        rows = np.flatnonzero(~found)
        key = _pair_key(right[rows], wrong[rows])
        at = np.searchsorted(self._alike, key)
        at[at == len(self._alike)] = 0
        found[rows] = self._alike[at] == key
        return found

    @cached_property
    def _alike(self) -> npt.NDArray[np.uint64]:
        pairs = [(ord(sign), ord(other)) for sign in self._right for other in likely(sign)]
        both = np.array(pairs, dtype=np.uint32).reshape(len(pairs), 2)
        return np.sort(_pair_key(both[:, 0], both[:, 1]))

    @cached_property
    def _alone(self) -> npt.NDArray[np.bool_]:
        return _table(_may_be_wrong)

    @cached_property
    def _rare(self) -> npt.NDArray[np.bool_]:
        return _table(lambda sign: _may_be_wrong(sign) and is_rare_use(sign))


def _table(holds: Callable[[str], bool]) -> npt.NDArray[np.bool_]:
    table = np.zeros(0x10000, dtype=np.bool_)
    table[[code for code in range(0x4E00, 0xA000) if holds(chr(code))]] = True
    return table


def _is_plausible(right: str, wrong: str, grave: bool) -> bool:
    return wrong in likely(right) or (_may_be_wrong(wrong) and (grave or is_rare_use(wrong)))


def _may_be_wrong(sign: str) -> bool:
    return is_known(sign) and sign not in COMMON and sign not in NUMERALS


def _is_grave(phrase: Phrase) -> bool:
    return phrase.term.severity is Severity.VETO


def _repeats(codes: Codes, places: Places) -> tuple[Places, Places]:
    """Groups of ``places`` with equal characters around them, so that a text that repeats itself is looked at once: the
    index of the first place of each, and for each place the number of its group."""
    powers = np.cumprod(np.full(len(codes), _WIDE, dtype=np.uint64))
    sums = np.concatenate((np.zeros(1, np.uint64), np.cumsum(codes * powers)))
    left, right = np.maximum(places - MARGIN, 0), np.minimum(places + MARGIN, len(codes))
    around = (sums[right] - sums[left]) * powers[len(codes) - 1 - left]
    _, first, group = np.unique(around, return_index=True, return_inverse=True)
    return first, group


def _wide_key(columns: Codes) -> npt.NDArray[np.uint64]:
    key = columns[:, 0].astype(np.uint64) if columns.size else np.zeros(0, np.uint64)
    for column in range(1, columns.shape[1] if columns.size else 0):
        key = key * _WIDE + columns[:, column]
    return key


def _pair_key(right: Codes, wrong: Codes) -> npt.NDArray[np.uint64]:
    return (right.astype(np.uint64) << np.uint64(32)) | wrong
