"""Formulas of published.csv: what of the findings is set beside a printed figure.

Numbers, + - * /, parentheses; paths such as ``resilience.observed.2019``; ``min(...)`` and
``max(...)`` of several terms; ``mean(series.name, from, to)`` and ``sum(series.name, from, to)``
over years, both ends included.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from app.study.faults import Message, literal, message

Lookup: TypeAlias = Callable[[str], float]
_Term: TypeAlias = Callable[[Lookup], float]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*)|(?P<path>[A-Za-z]\w*(?:\.\w+)*)|(?P<sign>[-+*/(),])|(?P<bad>\S))",
    re.ASCII,
)
_SPANS = ("mean", "sum")
_EXTREMES = ("min", "max")
_DEEPEST = 50


class MeasureError(ValueError):
    """A measure that cannot be read or computed: what was found, what is expected."""

    def __init__(self, found: Message, expected: Message) -> None:
        super().__init__(f"found {found}; expected {expected}")
        self.found = found
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Measure:
    """A parsed measure and the paths that it needs."""

    text: str
    paths: tuple[str, ...]
    term: _Term

    def value(self, lookup: Lookup) -> float:
        """Value of the measure.

        Parameters
        ----------
        lookup
            Value of a path; raises ``LookupError`` for one it does not have.

        Raises
        ------
        LookupError
            A path is not there: the claim cannot be tested.
        MeasureError
            Division by zero.

        """
        try:
            return self.term(lookup)
        except ZeroDivisionError:
            raise MeasureError(
                message("a division by zero"), message("a divisor other than 0")
            ) from None


def lookup_in(
    findings: Mapping[str, object],
    series: Mapping[tuple[str, int], float],
    probabilities: Mapping[str, tuple[float, float]],
) -> Lookup:
    """Lookup of paths in findings, annual series and probabilities of scenarios.

    A path that ends at a mapping with ``value`` means that value.
    """

    def lookup(path: str) -> float:
        first, *rest = path.split(".")
        try:
            if first == "series":
                name, year = rest
                return series[name, int(year)]
            if first == "probability":
                name, end = rest
                return probabilities[name][("low", "high").index(end)]
        except ValueError as error:
            raise LookupError(path) from error
        current: object = findings
        for part in (first, *rest):
            # Years may be keys as numbers or as text, as JSON makes them.
            inner = current.items() if isinstance(current, Mapping) else ()
            current = {str(key): value for key, value in inner}[part]
        if isinstance(current, Mapping):
            current = current.get("value")
        if isinstance(current, int | float) and not isinstance(current, bool):
            return float(current)
        raise LookupError(path)

    return lookup


def parse_measure(text: str) -> Measure:
    """Parse a measure.

    Raises
    ------
    MeasureError
        With what was found and what is expected.

    """
    parser = _Parser(text)
    term = parser.sum(0)
    kind, found = parser.take()
    if kind != "end":
        raise MeasureError(literal(found), message("an operator or the end of the formula"))
    return Measure(text, tuple(dict.fromkeys(parser.paths)), term)


class _Parser:
    """Recursive descent, one token ahead; terms are built as functions of the lookup."""

    def __init__(self, text: str) -> None:
        self.paths: list[str] = []
        self.tokens = [
            (match.lastgroup or "", match.group(match.lastgroup or 0))
            for match in _TOKEN.finditer(text)
        ] + [("end", "")]
        self.at = 0

    def take(self) -> tuple[str, str]:
        token = self.tokens[self.at]
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def _sees(self, *signs: str) -> bool:
        kind, found = self.tokens[self.at]
        return kind == "sign" and found in signs

    def _expect(self, sign: str) -> None:
        kind, found = self.take()
        if (kind, found) != ("sign", sign):
            shown = literal(found) if found else message("the end of the formula")
            raise MeasureError(shown, message("{sign} there", sign=sign))

    def sum(self, depth: int) -> _Term:
        term = self._product(depth)
        while self._sees("+", "-"):
            _, sign = self.take()
            term = _binary(sign, term, self._product(depth))
        return term

    def _product(self, depth: int) -> _Term:
        term = self._factor(depth)
        while self._sees("*", "/"):
            _, sign = self.take()
            term = _binary(sign, term, self._factor(depth))
        return term

    def _factor(self, depth: int) -> _Term:
        kind, found = self.take()
        if depth > _DEEPEST:
            raise MeasureError(message("too many nested parentheses"), message("a flatter formula"))
        if kind == "number":
            value = float(found)
            return lambda _: value
        if kind == "path":
            return self._call(found, depth) if self._sees("(") else self._path(found)
        if found == "-":
            inner = self._factor(depth + 1)
            return lambda lookup: -inner(lookup)
        if found == "(":
            inner = self.sum(depth + 1)
            self._expect(")")
            return inner
        shown = literal(found) if found else message("the end of the formula")
        raise MeasureError(shown, message("a number, a path, a function or a parenthesis"))

    def _path(self, path: str) -> _Term:
        if "." not in path:
            raise MeasureError(
                literal(path),
                message("a path such as series.name.2019 or resilience.observed.2019"),
            )
        self.paths.append(path)
        return lambda lookup: lookup(path)

    def _call(self, function: str, depth: int) -> _Term:
        self._expect("(")
        if function in _SPANS:
            return self._span(function)
        if function not in _EXTREMES:
            raise MeasureError(
                message("the function {name}", name=function),
                message("one of {known}", known=", ".join((*_EXTREMES, *_SPANS))),
            )
        terms = [self.sum(depth + 1)]
        while self._sees(","):
            self.take()
            terms.append(self.sum(depth + 1))
        self._expect(")")
        choose: Callable[[list[float]], float] = min if function == "min" else max
        return lambda lookup: choose([term(lookup) for term in terms])

    def _span(self, function: str) -> _Term:
        kind, path = self.take()
        parts = path.split(".")
        if kind != "path" or parts[0] != "series" or len(parts) != 2:
            raise MeasureError(literal(path), message("a series, such as series.name"))
        ends = []
        for _ in range(2):
            self._expect(",")
            kind, year = self.take()
            if kind != "number" or not year.isdigit():
                raise MeasureError(literal(year), message("a year, such as 2019"))
            ends.append(int(year))
        self._expect(")")
        paths = [f"{path}.{year}" for year in range(ends[0], ends[1] + 1)]
        if not paths:
            raise MeasureError(
                message("the years {first} to {last}", first=ends[0], last=ends[1]),
                message("the first year before the last"),
            )
        self.paths += paths
        count = len(paths) if function == "mean" else 1
        return lambda lookup: sum(lookup(each) for each in paths) / count


def _binary(sign: str, left: _Term, right: _Term) -> _Term:
    match sign:
        case "+":
            return lambda lookup: left(lookup) + right(lookup)
        case "-":
            return lambda lookup: left(lookup) - right(lookup)
        case "*":
            return lambda lookup: left(lookup) * right(lookup)
    return lambda lookup: left(lookup) / right(lookup)
