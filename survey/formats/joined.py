"""Cells that hold several options in one text: matched against known options, never split blindly.

An option may itself hold the separator. A cell is read as the run of known options that leaves
least text over and, among such readings, has the fewest and so the longest options; what is left
is handed back as it stands. Without a list of options one is proposed by frequency.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from survey.formats.names import plain

_OFTEN = 5  # times that parts must stand together, and never apart, to be one option
_MOSTLY = 0.75  # share of the parts that must be options, in a column that is taken as joined
_REACH = 30  # parts within which a bracket must close
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”"}


@dataclass(frozen=True, slots=True)
class Reading:
    """One joined cell.

    Attributes
    ----------
    places : tuple of int
        Of the options found, without repetition, in the order of the cell.
    left : tuple of str
        Runs of text that are no option.
    ambiguous : bool
        Another set of options gives the same text.
    """

    places: tuple[int, ...]
    left: tuple[str, ...] = ()
    ambiguous: bool = False


class JoinedReader:
    """Reads joined cells against a list of options.

    Parameters
    ----------
    options
        Texts, each a text or several wordings of the same option.
    separator
        As the format joins: ``", "``, ``";"``, ``" "``.

    """

    def __init__(self, options: Sequence[str | Sequence[str]], separator: str) -> None:
        self.separator = separator
        self._read: dict[str, Reading] = {}
        wordings = [
            (text, place)
            for place, option in enumerate(options)
            for text in ((option,) if isinstance(option, str) else option)
        ]
        # Options that differ by case only are told apart by it.
        folded: dict[str, int] = {}
        self._fold = all(folded.setdefault(plain(t), place) == place for t, place in wordings)
        self._by_first: dict[str, list[tuple[tuple[str, ...], int]]] = {}
        for text, place in wordings:
            parts = tuple(self._key(part) for part in text.split(separator))
            known = self._by_first.setdefault(parts[0], [])
            if (parts, place) not in known:
                known.append((parts, place))

    def _key(self, part: str) -> str:
        return plain(part) if self._fold else " ".join(part.split())

    def read(self, cell: str) -> Reading:
        """Options in a cell, and what is left; equal cells are read once."""
        if cell not in self._read:
            self._read[cell] = self._reading(cell) if cell.strip() else Reading(())
        return self._read[cell]

    def _reading(self, cell: str) -> Reading:
        words = cell.strip().split(self.separator)
        keys = [self._key(word) for word in words]
        n = len(words)
        # From the end: (characters left over, empty words passed over, options used) of the best
        # reading of words[k:].
        cost: list[tuple[int, int, int]] = [(0, 0, 0)] * (n + 1)
        step: list[tuple[int, int]] = [(1, -1)] * n  # words taken, option or -1
        ways: list[int] = [1] * (n + 1)  # readings that leave nothing over, at most 2
        for k in range(n - 1, -1, -1):
            left, empty, used = cost[k + 1]
            cost[k] = (left + (len(keys[k]) + 1 if keys[k] else 0), empty + (not keys[k]), used)
            step[k] = (1, -1)
            ways[k] = 0 if keys[k] else ways[k + 1]
            for parts, place in self._by_first.get(keys[k], ()):
                end = k + len(parts)
                if tuple(keys[k:end]) != parts:
                    continue
                ways[k] = min(ways[k] + ways[end], 2)
                candidate = (*cost[end][:2], cost[end][2] + 1)
                if candidate < cost[k]:
                    cost[k], step[k] = candidate, (len(parts), place)
        return self._walk(words, step, ambiguous=ways[0] > 1)

    def _walk(self, words: list[str], step: list[tuple[int, int]], *, ambiguous: bool) -> Reading:
        places: list[int] = []
        left: list[str] = []
        k, run = 0, []  # type: tuple[int, list[str]]
        while k < len(words):
            taken, place = step[k]
            if place < 0:
                run.append(words[k])
            else:
                left.append(self.separator.join(run))
                run = []
                if place not in places:
                    places.append(place)
            k += taken
        left.append(self.separator.join(run))
        kept = tuple(text.strip() for text in left if text.strip(f" {self.separator}"))
        return Reading(tuple(places), kept, ambiguous)


def propose_options(cells: Sequence[str], separator: str, least: int = 2) -> tuple[str, ...]:
    """Options that joined cells seem to hold, by frequency; those met fewer times are left out.

    Parts are put back together where a bracket opened in one is closed in a later one, and where
    they stand often side by side and never apart.
    """
    counted = Counter(cell.strip() for cell in cells if cell.strip())
    split = [(_closed(cell.split(separator), separator), n) for cell, n in counted.items()]
    alone: Counter[str] = Counter()
    beside: Counter[tuple[str, str]] = Counter()
    for parts, n in split:
        for part in parts:
            alone[part] += n
        for pair in pairwise(parts):
            beside[pair] += n
    bound = {
        left: right
        for (left, right), n in beside.items()
        if n >= _OFTEN and n == alone[left] == alone[right] and left != right
    }
    options: Counter[str] = Counter()
    for parts, n in split:
        k = 0
        while k < len(parts):
            whole, last = parts[k], parts[k]
            while last in bound and k + 1 < len(parts) and parts[k + 1] == bound[last]:
                k += 1
                last = parts[k]
                whole = f"{whole}{separator}{last}"
            options[whole.strip()] += n
            k += 1
    return tuple(option for option, n in options.most_common() if n >= least and option)


def holds_several(cells: Sequence[str], separator: str) -> bool:
    """Whether a column whose options are not known seems to hold joined ones.

    It does if cells read as several of the options proposed, some of which stand in different
    company, and little text is left over: in free text most words are met once.
    """
    counted = Counter(cell.strip() for cell in cells if cell.strip())
    if not any(separator in cell for cell in counted):
        return False
    reader = JoinedReader(propose_options(cells, separator), separator)
    company: dict[int, set[str]] = {}
    found = left = several = 0
    for cell, n in counted.items():
        reading = reader.read(cell)
        found += n * len(reading.places)
        left += n * sum(text.count(separator) + 1 for text in reading.left)
        several += n * (len(reading.places) > 1)
        for place in reading.places:
            company.setdefault(place, set()).add(cell)
    mixed = sum(len(with_whom) > 1 for with_whom in company.values())
    return several > 1 and mixed > 1 and found >= _MOSTLY * (found + left)


def _closed(parts: Sequence[str], separator: str) -> list[str]:
    """Parts joined again while a bracket stays open; if it never closes, they stay as they were."""
    made: list[str] = []
    k = 0
    while k < len(parts):
        near = range(k, min(k + _REACH, len(parts)))
        end = next((e for e in near if not _open(parts[k : e + 1])), k)
        made.append(separator.join(parts[k : end + 1]))
        k = end + 1
    return made


def _open(parts: Sequence[str]) -> bool:
    text = "".join(parts)
    return any(text.count(left) > text.count(right) for left, right in _PAIRS.items())
