"""Strengths from comparisons and orders: Bradley-Terry and Plackett-Luce, by choix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import connected_components

from survey.errors import SurveyError
from survey.frames import first_cell

FloatArray = npt.NDArray[np.float64]

_ROUNDS: Final = 10_000
_STILL: Final = 1e-10
_MOST: Final = 1000  # items
_MOST_WINS: Final = 10**9


@dataclass(frozen=True, slots=True, eq=False)
class Strengths:
    """Strengths of items; one beats another with probability p_i / (p_i + p_j).

    `p`: geometric mean 1, shape (items,); `weights`: the same, sum 1; `log_likelihood` of what was
    observed; `regularisation`: what was added so that a maximum exists, 0 for none.
    """

    items: tuple[str, ...]
    p: FloatArray
    weights: FloatArray
    log_likelihood: float
    regularisation: float


def bradley_terry(
    wins: npt.ArrayLike, items: Sequence[str] | None = None, *, regularisation: float = 0.0
) -> Strengths:
    """Maximum likelihood strengths from paired comparisons.

    Parameters
    ----------
    wins
        How often the item of the row was preferred to that of the column, shape (items, items),
        0 on the diagonal.
    items
        Names; left out, 1, 2 and so on.
    regularisation
        0 for maximum likelihood, which exists only where nobody's wins or losses split the items
        in two; a small number pulls all strengths together and always gives an answer.

    References
    ----------
    Bradley, Terry (1952), Biometrika 39, 324-345; Maystre, Grossglauser (2015), NeurIPS 28.

    """
    import choix  # noqa: PLC0415 - it loads networkx: only who asks for it waits

    won = _wins(wins)
    names = _names(items, len(won))
    _check_regularisation(regularisation)
    if not regularisation:
        _check_connected(won.T > 0, names)
    log_p = _settled(
        choix.ilsr_pairwise_dense, won, alpha=regularisation, max_iter=_ROUNDS, tol=_STILL
    )
    one, other = np.nonzero(won)
    odds = np.logaddexp(0.0, log_p[other] - log_p[one])
    return _strengths(names, log_p, -float(won[one, other] @ odds), regularisation)


def plackett_luce(
    orders: Sequence[Sequence[int]],
    items: Sequence[str] | int,
    *,
    regularisation: float = 0.0,
) -> Strengths:
    """Maximum likelihood strengths from orders.

    Parameters
    ----------
    orders
        Places of items from the most to the least preferred, two or more in each; an order may
        leave items out.
    items
        Names, or how many there are.
    regularisation
        As in `bradley_terry`.

    References
    ----------
    Plackett (1975), J. R. Stat. Soc. C 24, 193-202; Luce (1959), Individual Choice Behavior;
    Maystre, Grossglauser (2015), NeurIPS 28.

    """
    import choix  # noqa: PLC0415 - it loads networkx: only who asks for it waits

    names = _names(None, items) if isinstance(items, int) else _names(items, len(items))
    _check_regularisation(regularisation)
    data = [tuple(order) for order in orders]
    beaten = np.zeros((len(names), len(names)), dtype=np.bool_)
    for k, order in enumerate(data):
        if (
            len(order) < 2
            or len(set(order)) < len(order)
            or not set(order) <= set(range(len(names)))
        ):
            raise SurveyError(
                "order_impossible",
                "order number {place} is {found}; "
                "two or more different places from 0 to {last} are expected",
                place=k + 1,
                found=", ".join(map(str, order[:20])) or "empty",
                last=len(names) - 1,
            )
        for better, worse in pairwise(order):
            beaten[worse, better] = True
    if not regularisation:
        _check_connected(beaten, names)
    log_p = _settled(
        choix.ilsr_rankings,
        len(names),
        data,
        alpha=regularisation,
        max_iter=_ROUNDS,
        tol=_STILL,
    )
    likelihood = 0.0
    for order in data:
        chosen = log_p[list(order)]
        left = np.logaddexp.accumulate(chosen[::-1])[::-1]
        likelihood += float((chosen - left).sum())
    return _strengths(names, log_p, likelihood, regularisation)


def _settled(fit: Callable[..., FloatArray], *given: object, **settings: float) -> FloatArray:
    try:
        log_p = fit(*given, **settings)
    except (RuntimeError, ValueError, np.linalg.LinAlgError) as error:
        raise SurveyError(
            "strengths_unsettled",
            "the strengths do not settle: the comparisons are too unequal; "
            "expected a regularisation above 0, or a larger one",
        ) from error
    return np.asarray(log_p, dtype=np.float64)


def _strengths(
    names: tuple[str, ...], log_p: FloatArray, likelihood: float, regularisation: float
) -> Strengths:
    p = np.exp(log_p - log_p.mean())
    return Strengths(names, p, p / p.sum(), likelihood, regularisation)


def _wins(wins: npt.ArrayLike) -> FloatArray:
    try:
        won = np.array(wins, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        won = np.empty(0)
    if won.ndim != 2 or won.shape[0] != won.shape[1] or not 2 <= len(won) <= _MOST:
        raise SurveyError(
            "wins_square",
            "the table of wins has the shape {found}; "
            "as many rows as columns, 2 to {most}, are expected",
            found=" x ".join(map(str, won.shape)),
            most=_MOST,
        )
    if (cell := first_cell(~((won >= 0) & (won <= _MOST_WINS)))) is not None:
        raise SurveyError(
            "wins_number",
            "row {row}, column {column} of the table of wins is {found}; "
            "a number from 0 to {most} is expected",
            row=cell[0] + 1,
            column=cell[1] + 1,
            found=float(won[cell]),
            most=_MOST_WINS,
        )
    if (cell := first_cell(np.diag(won) > 0)) is not None:
        raise SurveyError(
            "wins_diagonal",
            "item number {place} wins against itself {found} times; 0 is expected",
            place=cell[0] + 1,
            found=float(won[cell[0], cell[0]]),
        )
    return won


def _check_regularisation(value: float) -> None:
    if not 0 <= value < np.inf:
        raise SurveyError(
            "regularisation_negative",
            "the regularisation is {found}; a number from 0 up is expected",
            found=value,
        )


def _check_connected(beaten: npt.NDArray[np.bool_], names: tuple[str, ...]) -> None:
    """Refuse items that fall apart into some that never lost to the rest (Ford 1957)."""
    number, part = connected_components(beaten, directed=True, connection="strong")
    if number == 1:
        return
    # Some part lost to no other: its strength would be infinite beside the rest.
    for each in range(number):
        inside = part == each
        if not beaten[np.ix_(inside, ~inside)].any():
            raise SurveyError(
                "strengths_infinite",
                "{items} never lost to any of the others, so how much stronger they are cannot be "
                "told; expected more comparisons, or a regularisation above 0",
                items=", ".join(name for name, here in zip(names, inside, strict=True) if here),
            )


def _names(given: Sequence[str] | None, size: int) -> tuple[str, ...]:
    if given is None:
        return tuple(str(k + 1) for k in range(size))
    if len(given) != size:
        raise SurveyError(
            "items_number",
            "{found} names are given for {size} items; as many are expected",
            found=len(given),
            size=size,
        )
    return tuple(str(name) for name in given)
