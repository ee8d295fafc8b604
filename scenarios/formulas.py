"""A small language for indicators: names, numbers, + - * /, parentheses and named functions.

The parser is our own rather than Python's: a series may then be called ``import`` or
``is``, every character outside the language is refused where it stands, nothing of Python
(attributes, powers, calls of anything else) can get in, and a fault is named by its position.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, TypeAlias

from scenarios.errors import ScenarioError
from scenarios.syntax import Call, Formula, Name, Negation, Node, Number, Operation

if TYPE_CHECKING:
    from collections.abc import Mapping

# What a function's arguments are, in order: an expression, or a year written as a number.
Signature: TypeAlias = tuple[str, ...]

SERIES_FUNCTIONS: Mapping[str, Signature] = {
    "chain": ("series",),
    "cumulative": ("series",),
    "splice": ("series", "series", "year"),
    "link": ("series", "series", "year"),
}
# Deeper formulas are nobody's indicator, and recursion needs a bound.
DEEPEST = 50
_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/(),])"
)
_END = ""


def parse_formula(text: str, functions: Mapping[str, Signature] = SERIES_FUNCTIONS) -> Formula:
    """Parse a formula.

    Parameters
    ----------
    text
        For example ``chain(grp_volume_index_yoy) / population_avg``.
    functions
        Functions of the language with what each argument is: ``series`` or ``year``.

    Raises
    ------
    ScenarioError
        With the formula, the position (characters from 1), what was found and what is expected.
    """
    parser = _Parser(text, functions)
    tree = parser.sum(0)
    parser.finish()
    if not parser.names:
        raise ScenarioError(
            "formula_without_series",
            "formula '{formula}' names no series; expected at least one",
            formula=text,
        )
    return Formula(text, tree, tuple(parser.names))


class _Parser:
    """Recursive descent, one token ahead."""

    def __init__(self, text: str, functions: Mapping[str, Signature]) -> None:
        self.text = text
        self.functions = functions
        self.names: list[Name] = []
        self.tokens = self._tokens()
        self.at = 0

    def _tokens(self) -> list[tuple[str, str, int]]:
        tokens: list[tuple[str, str, int]] = []
        start = 0
        while True:
            start += len(self.text[start:]) - len(self.text[start:].lstrip())
            if start == len(self.text):
                return [*tokens, ("end", _END, start + 1)]
            match = _TOKEN.match(self.text, start)
            if match is None:
                raise ScenarioError(
                    "formula_character",
                    "formula '{formula}', position {position}: found {found!r}; "
                    "expected names, numbers, + - * / , and parentheses only",
                    formula=self.text,
                    position=start + 1,
                    found=self.text[start],
                )
            tokens.append((match.lastgroup or "", match.group(), start + 1))
            start = match.end()

    def _take(self) -> tuple[str, str, int]:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _sees(self, *signs: str) -> bool:
        kind, found, _ = self.tokens[self.at]
        return kind == "sign" and found in signs

    def sum(self, depth: int) -> Node:
        return self._run("+-", depth)

    def _run(self, signs: str, depth: int) -> Node:
        operand = self._product if signs == "+-" else self._factor
        first, rest = operand(depth), []
        while self._sees(*signs):
            _, sign, position = self._take()
            rest.append((sign, operand(depth), position))
        return Operation(first, tuple(rest)) if rest else first

    def _product(self, depth: int) -> Node:
        return self._run("*/", depth)

    def _factor(self, depth: int) -> Node:
        kind, found, position = self._take()
        if depth > DEEPEST:
            raise ScenarioError(
                "formula_too_deep",
                "formula '{formula}', position {position}: parentheses or minus signs are nested "
                "deeper than {deepest}; expected a flatter formula",
                formula=self.text,
                position=position,
                deepest=DEEPEST,
            )
        if kind == "number":
            return self._number(found, position)
        if kind == "name":
            if self._sees("("):
                return self._call(found, position, depth)
            self.names.append(Name(found, position))
            return self.names[-1]
        if found == "-":
            return Negation(self._factor(depth + 1))
        if found == "(":
            inner = self.sum(depth + 1)
            self._close()
            return inner
        self._refuse_end(found, position)
        raise ScenarioError(
            "operand_expected",
            "formula '{formula}', position {position}: found '{found}'; "
            "expected a series, a number, a function or a parenthesis",
            formula=self.text,
            position=position,
            found=found,
        )

    def _number(self, found: str, position: int) -> Number:
        value = float(found)
        if not math.isfinite(value):
            raise ScenarioError(
                "number_too_large",
                "formula '{formula}', position {position}: the number {found} is too large; "
                "expected a finite number",
                formula=self.text,
                position=position,
                found=found,
            )
        return Number(value)

    def _call(self, function: str, position: int, depth: int) -> Call:
        if function not in self.functions:
            raise ScenarioError(
                "function_unknown",
                "formula '{formula}', position {position}: there is no function {function}; "
                "expected one of {known}",
                formula=self.text,
                position=position,
                function=function,
                known=", ".join(self.functions),
            )
        self._take()
        arguments, places = [], []
        if not self._sees(")"):
            while True:
                places.append(self.tokens[self.at][2])
                arguments.append(self.sum(depth + 1))
                if not self._sees(","):
                    break
                self._take()
        self._close()
        self._check_arguments(function, position, arguments, places)
        return Call(function, tuple(arguments), position)

    def _check_arguments(
        self, function: str, position: int, arguments: list[Node], places: list[int]
    ) -> None:
        signature = self.functions[function]
        if len(arguments) != len(signature):
            raise ScenarioError(
                "argument_count",
                "formula '{formula}', position {position}: {function} has {count} arguments; "
                "expected {expected} ({signature})",
                formula=self.text,
                position=position,
                function=function,
                count=len(arguments),
                expected=len(signature),
                signature=", ".join(signature),
            )
        for argument, kind, place in zip(arguments, signature, places, strict=True):
            whole = isinstance(argument, Number) and argument.value.is_integer()
            if kind == "year" and not whole:
                raise ScenarioError(
                    "year_expected",
                    "formula '{formula}', position {position}: {function} needs a year here; "
                    "expected a whole number such as 2015",
                    formula=self.text,
                    position=place,
                    function=function,
                )

    def _close(self) -> None:
        kind, found, position = self._take()
        if (kind, found) != ("sign", ")"):
            self._refuse_end(found, position)
            raise ScenarioError(
                "parenthesis_open",
                "formula '{formula}', position {position}: found '{found}'; "
                "expected an operator or a closing parenthesis",
                formula=self.text,
                position=position,
                found=found,
            )

    def finish(self) -> None:
        kind, found, position = self._take()
        if kind != "end":
            raise ScenarioError(
                "operator_expected",
                "formula '{formula}', position {position}: found '{found}'; "
                "expected an operator or the end",
                formula=self.text,
                position=position,
                found=found,
            )

    def _refuse_end(self, found: str, position: int) -> None:
        if found == _END:
            raise ScenarioError(
                "formula_breaks_off",
                "formula '{formula}' breaks off at position {position}; "
                "expected a series, a number or a closing parenthesis",
                formula=self.text,
                position=position,
            )
