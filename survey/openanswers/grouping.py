"""Groups of answers that say the same, proposed to the analyst."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from survey.errors import SurveyError
from survey.openanswers.coding import Category, Coding, CodingTable
from survey.openanswers.words import fragments, normalise, stems

_ROOT = 5  # letters that make a stem telling enough to begin another
_MOST = 2000  # different answers whose pairs are compared


def propose(
    texts: Iterable[str | None],
    *,
    edit: float = 0.8,
    shared: float = 0.5,
    split: bool = True,
) -> CodingTable:
    """Coding table with a category for every group of near-duplicates; nothing is confirmed.

    Two answers are alike if few letters have to be changed to make one the other, or if they
    share the stems of enough words. Answers are taken from the most frequent on; each joins the
    first category whose leading answer it is like, or leads one of its own. So a category never
    grows along a chain of answers of which the ends have nothing in common.

    Parameters
    ----------
    texts
        Answers; None and blanks are passed over.
    edit
        Likeness by letters, 1 - distance / length of the longer answer (Levenshtein 1966), from
        which answers are alike.
    shared
        Part of the stems of both answers together that they share (Jaccard) from which they are.
    split
        Whether an answer may name several things, parted as by `fragments`.

    """
    for name, value in (("edit", edit), ("shared", shared)):
        if not 0 < value <= 1:
            raise SurveyError(
                "likeness_outside",
                "the likeness {name} is {found}; a number above 0 and up to 1 is expected",
                name=name,
                found=value,
            )
    times: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for part in (fragments(text) if split else (text.strip(),)) if text else ():
            if plain := normalise(part):
                times[plain] += 1
                written[plain][part] += 1
    if len(times) > _MOST:
        raise SurveyError(
            "answers_too_many",
            "{found} different answers are to be grouped; {most} at most are compared",
            found=len(times),
            most=_MOST,
        )
    order = sorted(times, key=lambda plain: (-times[plain], plain))
    leaders = _led(order, edit, shared)
    sizes: Counter[str] = Counter()
    for plain in order:
        sizes[leaders[plain]] += times[plain]
    names = sorted(sizes, key=lambda leader: (-sizes[leader], leader))
    width = len(str(len(names)))
    ids = {leader: f"c{k + 1:0{width}}" for k, leader in enumerate(names)}
    return CodingTable(
        tuple(Category(ids[leader], written[leader].most_common(1)[0][0]) for leader in names),
        tuple(
            Coding(plain, times[plain], ids[leaders[plain]])
            for leader in names
            for plain in order
            if leaders[plain] == leader
        ),
        split=split,
    )


def _led(order: list[str], edit: float, shared: float) -> dict[str, str]:
    """Leading answer of every answer."""
    stems_of = {plain: stems(plain) for plain in order}
    leaders: dict[str, str] = {}
    heads: list[str] = []
    for plain in order:
        own = stems_of[plain]
        for head in heads:
            other = stems_of[head]
            if _shared(own, other) >= shared or _alike(plain, head, edit):
                leaders[plain] = head
                break
        else:
            heads.append(plain)
            leaders[plain] = plain
    return leaders


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Part of the stems of both that they share; a long stem that begins another is the same."""
    common = sum(
        stem in other or any(_begins(stem, each) or _begins(each, stem) for each in other - one)
        for stem in one
    )
    return common / max(len(one) + len(other) - common, len(one), len(other))


def _begins(stem: str, longer: str) -> bool:
    return len(stem) >= _ROOT and longer.startswith(stem)


def _alike(one: str, other: str, least: float) -> bool:
    longer = max(len(one), len(other))
    allowed = int((1 - least) * longer + 1e-9)
    return abs(len(one) - len(other)) <= allowed and distance(one, other, allowed) <= allowed


def distance(one: str, other: str, most: int) -> int:
    """Levenshtein's distance; something above `most` as soon as it must be."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, sign in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (letter != sign))
        if min(row) > most:
            return most + 1
    return row[-1]
