"""Draws of the shares, from totals and from respondents' rows."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from survey.answers import NOT_SHOWN, Answers
from survey.counts import Counts
from survey.errors import SurveyError
from survey.individual import IndividualPriorities
from survey.shares import FloatArray, PrioritySource, check_asked, to_totals

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    Rows = Answers | IndividualPriorities
    # Of choices the states as small whole numbers, of weights the weights themselves.
    Cells = npt.NDArray[np.int8] | npt.NDArray[np.float64]

_BLOCK = 2_000_000  # bootstrap weights held at a time (16 MB)
_PEOPLE = 20_000  # whose cells are held as floats at a time
_MANY = 4_096  # people of a group, above which those who answered alike are drawn together
_STATES = 3
_CODES = 2**62 // _STATES**2  # rows told apart by one whole number


def draw_shares(source: PrioritySource, size: int, rng: np.random.Generator) -> FloatArray:
    """Draws of the shares, shape (size, groups, options).

    From `Counts` independent Beta(k + 1/2, n - k + 1/2) for each group and option: who said what
    together is not known. From `Counts` of a single choice Dirichlet(k + 1/2) for each group, over
    the options and "none of them", so that shares sum to 1 at most. Both are the posterior of
    Jeffreys' prior, for the binomial and the multinomial; of one option alone they are the same.
    "None" always counts as an answer that was possible: a prior that asked the data whether anyone
    gave it would be no prior. From `Answers` the Bayesian bootstrap over the respondents of each
    group: one person's options stay together. From `IndividualPriorities` the same bootstrap, of the
    mean weights.

    References
    ----------
    Jeffreys (1946), Proc. R. Soc. A 186, 453-461; Brown, Cai, DasGupta (2001), Stat. Sci. 16,
    101-133; Berger, Bernardo, Sun (2015), Bayesian Anal. 10, 189-221; Rubin (1981), Ann. Stat. 9,
    130-134.

    """
    return draw_shares_together({source.question: source}, size, rng)[source.question]


def draw_shares_together(
    sources: Mapping[str, PrioritySource], size: int, rng: np.random.Generator
) -> dict[str, FloatArray]:
    """Draws of the shares of several questions, each of shape (size, groups, options).

    In each draw a respondent has one weight for all the questions that come in rows: respondents
    of one name in groups of one name are one person (unnamed respondents bear their row's number).
    Totals are drawn as by `draw_shares`, question by question.

    Parameters
    ----------
    sources
        Totals or rows of each question.
    size, rng
        Number of draws and where their randomness comes from.

    """
    for source in sources.values():
        check_asked(to_totals(source))
    return _drawn(sources, size, rng)


def draw_shares_where_asked(
    source: PrioritySource, size: int, rng: np.random.Generator
) -> FloatArray:
    """As `draw_shares`, with 0 where nobody was asked, for callers who give it no weight."""
    return _drawn({source.question: source}, size, rng)[source.question]


def _drawn(
    sources: Mapping[str, PrioritySource], size: int, rng: np.random.Generator
) -> dict[str, FloatArray]:
    if size < 1:
        raise SurveyError("size_too_small", "{size} draws are asked for; 1 is the least", size=size)
    rows = {key: each for key, each in sources.items() if not isinstance(each, Counts)}
    totals = {key: each for key, each in sources.items() if isinstance(each, Counts)}
    drawn = {key: _from_totals(each, size, rng) for key, each in totals.items()}
    drawn |= _bootstrap(rows, size, rng)
    return {key: drawn[key] for key in sources}


def _from_totals(counts: Counts, size: int, rng: np.random.Generator) -> FloatArray:
    chosen, asked = counts.counts.T, counts.asked.T
    if counts.single:
        none = asked[:, :1] - chosen.sum(axis=1, keepdims=True)
        cells = np.concatenate([chosen, none], axis=1) + 0.5
        # Gammas over their sum are a Dirichlet, here one for each group.
        gammas = rng.standard_gamma(cells, size=(size, *cells.shape))
        draws = (gammas / gammas.sum(axis=-1, keepdims=True))[..., :-1]
    else:
        draws = rng.beta(chosen + 0.5, asked - chosen + 0.5, size=(size, *chosen.shape))
    return np.where(asked > 0, draws, 0.0)


def _bootstrap(
    sources: Mapping[str, Rows], size: int, rng: np.random.Generator
) -> dict[str, FloatArray]:
    draws = {
        key: np.zeros((size, len(each.groups), len(each.options))) for key, each in sources.items()
    }
    for group in dict.fromkeys(name for each in sources.values() for name in each.groups):
        cells, spans = _of_group(sources, group)
        cells, times = _alike(cells) if len(cells) > _MANY else (cells, None)
        drawn = _shares(cells, times, size, rng)
        for key, span in spans.items():
            draws[key][:, sources[key].groups.index(group)] = drawn[:, span]
    return draws


def _of_group(sources: Mapping[str, Rows], group: str) -> tuple[Cells, dict[str, slice]]:
    """Cells of the people of a group in all questions side by side, and the columns of each."""
    members = {
        key: np.flatnonzero(each.group_of == each.groups.index(group))
        for key, each in sources.items()
        if group in each.groups
    }
    if len(members) == 1:
        ((key, rows),) = members.items()
        return sources[key].cells[rows], {key: slice(0, len(sources[key].options))}
    names = {key: [sources[key].respondents[row] for row in rows] for key, rows in members.items()}
    place = {name: k for k, name in enumerate(dict.fromkeys(chain.from_iterable(names.values())))}
    widths = {key: len(sources[key].options) for key in members}
    kept = np.result_type(*(sources[key].cells.dtype for key in members))
    cells = np.full((len(place), sum(widths.values())), NOT_SHOWN, dtype=kept)
    spans: dict[str, slice] = {}
    start = 0
    for key, rows in members.items():
        spans[key] = slice(start, start + widths[key])
        cells[[place[name] for name in names[key]], spans[key]] = sources[key].cells[rows]
        start += widths[key]
    return cells, spans


def _shares(
    cells: Cells,
    times: npt.NDArray[np.int64] | None,
    size: int,
    rng: np.random.Generator,
) -> FloatArray:
    """Weighted means (size, options) of cells (people, options), 0 where nobody was asked.

    `times` is how many people each row stands for; None: one.
    """
    mass = np.zeros((size, cells.shape[1]))
    chosen = np.zeros_like(mass)
    # Few people at a time: their cells stay near the processor through all draws.
    for start in range(0, len(cells), _PEOPLE):
        people = slice(start, start + _PEOPLE)
        shown = (cells[people] != NOT_SHOWN).astype(np.float64)
        selected = np.maximum(cells[people], 0).astype(np.float64)  # SELECTED is 1
        everybody = bool(shown.all())
        for block in _blocks(size, len(shown)):
            shape = (block.stop - block.start, len(shown))
            # Exponentials are Dirichlet(1, ..., 1) weights up to a factor, which cancels; the
            # weights of k people who answered alike sum to a gamma.
            if times is None:
                weights = rng.standard_exponential(shape)
            else:
                weights = rng.standard_gamma(times[people].astype(np.float64), shape)
            mass[block] += weights.sum(axis=1)[:, None] if everybody else weights @ shown
            chosen[block] += weights @ selected
    part = np.divide(chosen, mass, out=np.zeros_like(mass), where=mass > 0)
    bounded: FloatArray = np.minimum(part, 1.0)  # two sums in another order may exceed 1
    return bounded


def _alike(cells: Cells) -> tuple[Cells, npt.NDArray[np.int64] | None]:
    """Distinct rows and how often each stands; the rows themselves and None if most are distinct."""
    if not np.issubdtype(cells.dtype, np.integer):
        return cells, None  # few give the same weights
    import pandas as pd  # noqa: PLC0415 - only crowds need it

    codes = np.zeros(len(cells), dtype=np.int64)
    found = 1
    for column in cells.T:
        if found > _CODES:
            codes, distinct = pd.factorize(codes)
            found = len(distinct)
            if 2 * found > len(cells):
                return cells, None
        codes = codes * _STATES + (column - NOT_SHOWN)
        found *= _STATES
    codes, distinct = pd.factorize(codes)
    if 2 * len(distinct) > len(cells):
        return cells, None
    first = np.zeros(len(distinct), dtype=np.intp)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return cells[first], np.bincount(codes)


def _blocks(size: int, width: int) -> Iterator[slice]:
    """Slices of `size` rows that hold at most `_BLOCK` numbers each."""
    step = max(1, _BLOCK // max(1, width))
    for start in range(0, size, step):
        yield slice(start, min(start + step, size))
