"""Answers of experts who have not been asked yet, drawn from those of the experts who have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mcda.problem import Array
from survey import (
    Answers,
    Counts,
    IndividualPriorities,
    PrioritySource,
    Sums,
    draw_shares_together,
    to_totals,
)
from survey.answers import NOT_SHOWN

Rows = Answers | IndividualPriorities
# Of choices the states as small whole numbers, of weights the weights themselves.
Cells = npt.NDArray[np.int8] | npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """Experts of one group who answered alike, over all questions side by side."""

    cells: Cells
    people: Array
    weights: Array
    spans: Mapping[str, slice]

    def shares(self, people: Array) -> dict[str, Array]:
        """Shares of so many of each kind, shape (draws, kinds), by question."""
        chose = people @ np.maximum(self.cells, 0).astype(float)  # SELECTED is 1
        asked = people @ (self.cells != NOT_SHOWN).astype(float)
        found = np.divide(chose, asked, out=np.zeros_like(chose), where=asked > 0)
        return {question: found[:, span] for question, span in self.spans.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Future:
    """What the groups truly say, as draws, and the answers that follow from it.

    Attributes
    ----------
    groups : tuple of str
    truth : mapping of question to array, shape (draws, groups, options)
        Drawn from the answers there are.
    """

    groups: tuple[str, ...]
    truth: Mapping[str, Array]
    _counts: Mapping[str, Counts | Sums]
    _kinds: Mapping[str, _Kinds]
    _rng: np.random.Generator

    def known(self, groups: Collection[str]) -> dict[str, Array]:
        """Shares as they were answered, and of these groups as they truly are."""
        found = {}
        for question, counts in self._counts.items():
            told = np.divide(
                counts.counts,
                counts.asked,
                out=np.zeros(counts.counts.shape),
                where=counts.asked > 0,
            ).T
            truly = np.isin(counts.groups, list(groups))
            found[question] = np.where(truly[None, :, None], self.truth[question], told[None])
        return found

    def after(self, parts: Mapping[str, float], sizes: Sequence[int]) -> Iterator[dict[str, Array]]:
        """Shares of old and new answers together, for each of the increasing numbers of experts.

        The experts of a larger number contain those of the smaller one.
        """
        draws = len(next(iter(self.truth.values())))
        now = self.known(())
        shares = {q: np.repeat(s[:1], draws, axis=0) for q, s in now.items()}
        chosen = {
            q: np.repeat(c.counts.T[None].astype(float), draws, axis=0)
            for q, c in self._counts.items()
        }
        people = {g: np.repeat(k.people[None], draws, axis=0) for g, k in self._kinds.items()}
        added = dict.fromkeys(parts, 0)
        for spread in _spreads(parts, sizes):
            for group, count in spread.items():
                new = count - added[group]
                added[group] = count
                if group in self._kinds:
                    kinds = self._kinds[group]
                    people[group] = people[group] + self._rng.multinomial(new, kinds.weights)
                    for question, found in kinds.shares(people[group]).items():
                        shares[question][:, self._place(question, group)] = found
                for question, counts in self._counts.items():
                    if group not in self._kinds and group in counts.groups:
                        place = self._place(question, group)
                        self._answer(question, place, new, chosen[question])
                        asked = counts.asked.T[place] + count
                        shares[question][:, place] = chosen[question][:, place] / asked
            yield {q: s.copy() for q, s in shares.items()}

    def _answer(self, question: str, place: int, new: int, chosen: Array) -> None:
        """Add the answers of so many new experts of one group, in place."""
        truth = self.truth[question][:, place]
        counts = self._counts[question]
        if not (isinstance(counts, Counts) and counts.single):
            chosen[:, place] += self._rng.binomial(new, truth)
            return
        none = np.maximum(1 - truth.sum(axis=-1, keepdims=True), 0)
        every = np.concatenate([truth, none], axis=-1)
        every = every / every.sum(axis=-1, keepdims=True)
        chosen[:, place] += self._rng.multinomial(new, every)[:, :-1]

    def _place(self, question: str, group: str) -> int:
        return self._counts[question].groups.index(group)


def future_of(sources: Mapping[str, PrioritySource], size: int, rng: np.random.Generator) -> Future:
    """Draw what the groups truly say.

    Parameters
    ----------
    sources
        Totals, rows or individual weights of each question. From rows the Bayesian bootstrap: a
        future expert answers all questions as one of those who have answered. From totals each option by itself.
    size, rng
        Draws and their randomness.

    """
    counts = {q: to_totals(s) for q, s in sources.items()}
    rows = {q: s for q, s in sources.items() if not isinstance(s, Counts)}
    totals = {q: s for q, s in sources.items() if isinstance(s, Counts)}
    groups = next(iter(counts.values())).groups
    truth: dict[str, Array] = dict(draw_shares_together(totals, size, rng)) if totals else {}
    truth |= {q: np.zeros((size, len(s.groups), len(s.options))) for q, s in rows.items()}
    kinds = {}
    for group in dict.fromkeys(g for s in rows.values() for g in s.groups):
        found = _kinds_of(rows, group, size, rng)
        if found is None:
            continue
        kinds[group] = found
        for question, shares in found.shares(found.weights).items():
            truth[question][:, rows[question].groups.index(group)] = shares
    return Future(groups, truth, counts, kinds, rng)


def _kinds_of(
    rows: Mapping[str, Rows], group: str, size: int, rng: np.random.Generator
) -> _Kinds | None:
    """Experts of a group by what they answered; None where there is nobody."""
    members = {
        q: {s.respondents[k]: k for k in np.flatnonzero(s.group_of == s.groups.index(group))}
        for q, s in rows.items()
        if group in s.groups
    }
    people = tuple(dict.fromkeys(name for found in members.values() for name in found))
    if not people:
        return None
    spans, blocks, start = {}, [], 0
    for question, found in members.items():
        source = rows[question]
        cells = np.full((len(people), len(source.options)), NOT_SHOWN, dtype=source.cells.dtype)
        known = source.cells
        for k, name in enumerate(people):
            if name in found:
                cells[k] = known[found[name]]
        spans[question] = slice(start, start + len(source.options))
        start += len(source.options)
        blocks.append(cells)
    kinds, times = np.unique(np.concatenate(blocks, axis=1), axis=0, return_counts=True)
    # Dirichlet(1, ..., 1) weights of people, added up over those who answered alike.
    return _Kinds(kinds, times.astype(float), rng.dirichlet(times, size), spans)


def _spreads(parts: Mapping[str, float], sizes: Sequence[int]) -> Iterator[dict[str, int]]:
    """Whole numbers of each group that add up to each size, none of them fewer for a larger size.

    By the divisors 1, 3, 5 (Webster 1832; Sainte-Lague 1910): rounding each size by itself could
    take away an expert already asked.
    """
    names, most = list(parts), max(sizes)
    quotients = np.array(list(parts.values()))[:, None] / (2 * np.arange(most) + 1)
    order = np.argsort(-quotients, axis=None, kind="stable") // max(most, 1)
    for size in sizes:
        counts = np.bincount(order[:size], minlength=len(names))
        yield dict(zip(names, counts.tolist(), strict=True))
