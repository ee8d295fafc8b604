"""Values of a formula: over annual series, and over intervals of a scenario table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.series_functions import chain_levels, link_series, splice_series
from scenarios.syntax import Call, Formula, Name, Negation, Node, Number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class _OverSeries:
    """One evaluation; NaN stands for a year without a figure and passes through."""

    text: str
    series: Mapping[str, NDArray[np.float64]]
    years: NDArray[np.int64]

    def value(self, node: Node) -> NDArray[np.float64]:
        match node:
            case Number(number):
                return np.asarray(number, dtype=np.float64)
            case Name(name):
                return np.asarray(self.series[name], dtype=np.float64)
            case Negation(operand):
                return -self.value(operand)
            case Call():
                return self._call(node)
        total = self.value(node.first)
        for sign, operand, position in node.rest:
            total = self._combine(total, sign, self.value(operand), position)
        return total

    def _combine(
        self,
        left: NDArray[np.float64],
        sign: str,
        right: NDArray[np.float64],
        position: int,
    ) -> NDArray[np.float64]:
        if sign == "/" and (right == 0).any():
            raise ScenarioError(
                "division_by_zero",
                "formula '{formula}', position {position}: the divisor is 0 in {years}; "
                "expected a number other than 0",
                formula=self.text,
                position=position,
                years=self._where(right == 0),
            )
        result = combine(left, sign, right)
        if np.isinf(result).any():
            raise ScenarioError(
                "result_too_large",
                "formula '{formula}', position {position}: the result is too large in {years}; "
                "expected finite numbers",
                formula=self.text,
                position=position,
                years=self._where(np.isinf(result)),
            )
        return result

    def _where(self, flags: NDArray[np.bool_]) -> str:
        if flags.ndim == 0:
            return "every year"
        found = self.years[flags.reshape(-1, flags.shape[-1]).any(axis=0)]
        return ", ".join(str(year) for year in found)

    def _call(self, node: Call) -> NDArray[np.float64]:
        values = [self.value(argument) for argument in node.arguments]
        series = [np.broadcast_to(value, self._shape(value)) for value in values[:2]]
        try:
            if node.function in {"chain", "cumulative"}:
                return chain_levels(series[0], self.years)
            year = int(values[2])
            join = splice_series if node.function == "splice" else link_series
            return join(series[0], series[1], self.years, year)
        except ScenarioError as error:
            # The fault inside is a field of its own, so that both sentences can be translated.
            raise ScenarioError(
                error.code,
                "formula '{formula}', position {position}: {fault}",
                formula=self.text,
                position=node.position,
                fault=error,
            ) from error

    def _shape(self, value: NDArray[np.float64]) -> tuple[int, ...]:
        return value.shape if value.ndim else self.years.shape


def combine(
    left: NDArray[np.float64], sign: str, right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """One arithmetic operation on arrays that broadcast."""
    operation = {"+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide}[sign]
    with np.errstate(all="ignore"):
        return np.asarray(operation(left, right), dtype=np.float64)


def evaluate(
    formula: Formula,
    series: Mapping[str, NDArray[np.float64]],
    years: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Values of a formula over annual series.

    Parameters
    ----------
    formula
        Parsed with ``SERIES_FUNCTIONS``.
    series
        Arrays (..., years) by name; NaN marks a year without a figure.
    years
        Consecutive years of the last axis.

    Returns
    -------
    array (..., years)
        NaN exactly where a needed figure is absent.

    Raises
    ------
    ScenarioError
        Unknown series, division by zero, a gap in a chained series, a link without overlap.
    """
    formula.require_known(tuple(series))
    result = _OverSeries(formula.text, series, years).value(formula.tree)
    return np.array(np.broadcast_to(result, np.broadcast_shapes(result.shape, years.shape)))


def evaluate_interval(
    formula: Formula,
    low: Mapping[str, NDArray[np.float64]],
    high: Mapping[str, NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Bounds of a formula without functions when each name lies within low-high.

    Interval arithmetic (Moore 1966): exact when every name occurs once, never too narrow
    otherwise.

    Raises
    ------
    ScenarioError
        Unknown name, or a divisor whose interval contains zero.
    """
    formula.require_known(tuple(low))
    return _bounds(formula, formula.tree, low, high)


def _bounds(
    formula: Formula,
    node: Node,
    low: Mapping[str, NDArray[np.float64]],
    high: Mapping[str, NDArray[np.float64]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    match node:
        case Number(number):
            return np.asarray(number), np.asarray(number)
        case Name(name):
            return np.asarray(low[name]), np.asarray(high[name])
        case Negation(operand):
            lowest, highest = _bounds(formula, operand, low, high)
            return -highest, -lowest
        case Call(function, _, position):
            raise ScenarioError(
                "function_inside",
                "formula '{formula}', position {position}: {function} may only stand around the "
                "whole formula; expected names, numbers and + - * / inside",
                formula=formula.text,
                position=position,
                function=function,
            )
    lowest, highest = _bounds(formula, node.first, low, high)
    for sign, operand, position in node.rest:
        below, above = _bounds(formula, operand, low, high)
        if sign == "/" and ((below <= 0) & (above >= 0)).any():
            raise ScenarioError(
                "divisor_spans_zero",
                "formula '{formula}', position {position}: the divisor can be 0; "
                "expected an interval without 0",
                formula=formula.text,
                position=position,
            )
        ends = [combine(a, sign, b) for a in (lowest, highest) for b in (below, above)]
        lowest, highest = np.minimum.reduce(ends), np.maximum.reduce(ends)
        if not (np.isfinite(lowest).all() and np.isfinite(highest).all()):
            raise ScenarioError(
                "interval_too_large",
                "formula '{formula}', position {position}: the result is too large; "
                "expected finite numbers",
                formula=formula.text,
                position=position,
            )
    return lowest, highest
