"""Draws of the shares, from totals and from respondents' rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from survey.answers import NOT_SHOWN, SELECTED, Answers
from survey.counts import Counts
from survey.errors import SurveyError
from survey.shares import FloatArray, Source, check_asked, to_counts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

_BLOCK = 2_000_000  # bootstrap weights held at a time (16 MB)


def draw_shares(source: Source, size: int, rng: np.random.Generator) -> FloatArray:
    """Draws of the shares, shape (size, groups, options).

    From `Counts` independent Beta(k + 1/2, n - k + 1/2) for each group and option: who said what
    together is not known. From `Counts` of a single choice Dirichlet(k + 1/2) for each group, over
    the options and "none of them", so that shares sum to 1 at most. Both are the posterior of
    Jeffreys' prior, for the binomial and the multinomial; of one option alone they are the same.
    "None" always counts as an answer that was possible: a prior that asked the data whether anyone
    gave it would be no prior. From `Answers` the Bayesian bootstrap over the respondents of each
    group: one person's options stay together.

    References
    ----------
    Jeffreys (1946), Proc. R. Soc. A 186, 453-461; Brown, Cai, DasGupta (2001), Stat. Sci. 16,
    101-133; Berger, Bernardo, Sun (2015), Bayesian Anal. 10, 189-221; Rubin (1981), Ann. Stat. 9,
    130-134.

    """
    return draw_shares_together({source.question: source}, size, rng)[source.question]


def draw_shares_together(
    sources: Mapping[str, Source], size: int, rng: np.random.Generator
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
        check_asked(to_counts(source))
    return _drawn(sources, size, rng)


def draw_shares_where_asked(source: Source, size: int, rng: np.random.Generator) -> FloatArray:
    """As `draw_shares`, with 0 where nobody was asked, for callers who give it no weight."""
    return _drawn({source.question: source}, size, rng)[source.question]


def _drawn(
    sources: Mapping[str, Source], size: int, rng: np.random.Generator
) -> dict[str, FloatArray]:
    if size < 1:
        raise SurveyError("size_too_small", "{size} draws are asked for; 1 is the least", size=size)
    rows = {key: each for key, each in sources.items() if isinstance(each, Answers)}
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
    sources: Mapping[str, Answers], size: int, rng: np.random.Generator
) -> dict[str, FloatArray]:
    draws = {
        key: np.zeros((size, len(each.groups), len(each.options))) for key, each in sources.items()
    }
    for group in dict.fromkeys(name for each in sources.values() for name in each.groups):
        members = {
            key: np.flatnonzero(each.group_of == each.groups.index(group))
            for key, each in sources.items()
            if group in each.groups
        }
        names = (sources[key].respondents[row] for key, rows in members.items() for row in rows)
        place = {name: k for k, name in enumerate(dict.fromkeys(names))}
        for block in _blocks(size, len(place)):
            # Exponentials are Dirichlet(1, ..., 1) weights up to a factor, which cancels.
            weights = rng.standard_exponential((block.stop - block.start, len(place)))
            for key, rows in members.items():
                each = sources[key]
                mine = weights[:, [place[each.respondents[row]] for row in rows]]
                draws[key][block, each.groups.index(group)] = _shares(mine, each.cells[rows])
    return draws


def _shares(weights: FloatArray, cells: npt.NDArray[np.int8]) -> FloatArray:
    """Weighted shares (draws, options) of weights (draws, people), 0 where nobody was asked."""
    mass = weights @ (cells != NOT_SHOWN).astype(np.float64)
    chosen = weights @ (cells == SELECTED).astype(np.float64)
    part = np.divide(chosen, mass, out=np.zeros_like(mass), where=mass > 0)
    bounded: FloatArray = np.minimum(part, 1.0)  # two sums in another order may exceed 1
    return bounded


def _blocks(size: int, width: int) -> Iterator[slice]:
    """Slices of `size` rows that hold at most `_BLOCK` numbers each."""
    step = max(1, _BLOCK // max(1, width))
    for start in range(0, size, step):
        yield slice(start, min(start + step, size))
