"""The one registry of ranking methods: what each is, takes, promises, and where it comes from.

It feeds the menus, the command line, the table of methods in the documents and the tests: a
method registered here is tested for exactly the properties it declares, and for a counterexample
to each that it does not.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

import numpy as np

from mcda.errors import ProblemError
from mcda.problem import Array


class Property(Enum):
    """What a ranking method may promise for every problem whose values are above zero."""

    MONOTONE_SCORE = "worsening one value of an alternative never improves its score"
    MONOTONE_RANK = "worsening one value of an alternative never improves its rank"
    DOMINANCE = "an alternative as good everywhere is never ranked below"
    UNIT = "changing a criterion's unit leaves the ranks"
    SHIFT = "adding a constant to a criterion leaves the ranks"
    COMPLEMENT = "restating a criterion as its complement, to be minimised, leaves the ranks"
    INDEPENDENCE = "removing the last alternative leaves the order of the others"
    LINEAR = "scores are linear in the weights"
    ZERO_SUM = "scores sum to zero"
    UNIT_INTERVAL = "scores lie between 0 and 1"


class Role(Enum):
    """What a method answers: the three are different questions."""

    RANKING = "puts the alternatives in order"
    SORTING = "puts each alternative into an ordered class"
    CHOOSING = "picks the alternatives among which to choose"


class Required(Enum):
    """Default of a parameter that has none: it is a judgement which nobody can guess."""

    REQUIRED = "required"


REQUIRED = Required.REQUIRED


class Kernel(Protocol):
    """The arithmetic of a method, without any validation.

    ``values (..., n, m)``, ``weights (..., m)`` summing to 1, ``sense (m,)`` give scores
    ``(..., n)``. Where ``steps`` is a dict the intermediates are put into it.
    """

    def __call__(
        self,
        values: Array,
        weights: Array,
        sense: Array,
        *,
        steps: dict[str, Any] | None = None,
        **params: Any,  # noqa: ANN401 - each method has its own parameters
    ) -> Array:
        """Return the scores."""
        ...


Check = Callable[[Array, Array, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a method: its default, and what it means in which unit.

    ``per_criterion`` names the axis of a list that runs over the criteria, where one does: 0 for
    one entry per criterion, 1 for rows of entries. Entries of criteria of weight zero are dropped
    with them. A default of `REQUIRED` makes the parameter one that must be given.
    """

    name: str
    default: Any
    meaning: str
    per_criterion: int | None = None


Params = Mapping[str, Any]
Suited = Callable[[Array, Array, Array], Params]
"""Values (n, m), weights (m,) and sense (m,) to the judgements a method needs for such a problem."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A named setting of a method's parameters, with the properties it has.

    ``suited`` makes up the required parameters for a problem, so that the variant can be tried on
    any; None where nothing is required.
    """

    name: str
    params: Params
    properties: frozenset[Property]
    suited: Suited | None = None

    def params_for(self, values: Array, weights: Array, sense: Array) -> dict[str, Any]:
        """Return parameters with which the variant takes a problem."""
        judged = {} if self.suited is None else self.suited(values, weights, sense)
        return dict(judged) | dict(self.params)


@dataclass(frozen=True, slots=True)
class Method:
    """A registered ranking method. The first variant is the default."""

    name: str
    title: str
    reference: str
    kernel: Kernel
    check: Check
    higher_is_better: bool
    parameters: tuple[Parameter, ...]
    variants: tuple[Variant, ...]
    degenerate: str
    needs: str = ""
    role: Role = Role.RANKING
    slow: bool = False
    """Too slow to be put to every draw of a simulation or every step of a search."""

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the parameters that must be given."""
        return tuple(p.name for p in self.parameters if p.default is REQUIRED)

    def settings(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """Return the defaults overlaid with the given parameters.

        Raises
        ------
        ProblemError
            For a parameter that the method does not have, with the nearest that it has; for one
            that it needs and that is not given.
        """
        known = [p.name for p in self.parameters]
        for name in params:
            if name not in known:
                raise ProblemError(
                    "unknown_parameter",
                    "method {method} has no parameter {found}; expected {nearest}",
                    method=self.name,
                    found=repr(name),
                    nearest=nearest(name, known),
                )
        settings = (
            {p.name: p.default for p in self.parameters}
            | dict(self.variants[0].params)
            | dict(params)
        )
        for p in self.parameters:
            if settings[p.name] is REQUIRED:
                raise ProblemError(
                    "missing_parameter",
                    "method {method} needs the parameter {name}: {meaning}",
                    method=self.name,
                    name=p.name,
                    meaning=p.meaning,
                )
        return settings

    def variant(self, name: str) -> Variant:
        """Return a named variant."""
        for variant in self.variants:
            if variant.name == name:
                return variant
        raise ProblemError(
            "unknown_variant",
            "method {method} has no variant {found}; expected {nearest}",
            method=self.name,
            found=repr(name),
            nearest=nearest(name, [v.name for v in self.variants]),
        )

    def describe(self, params: Mapping[str, Any]) -> str:
        """Name the variant that the parameters make, in words."""
        given = self.settings(params)
        judged = {name: given[name] for name in self.required}
        settings = {name: _uniform(value) for name, value in given.items() if name not in judged}
        for variant in self.variants:
            named = self.settings(judged | dict(variant.params))
            if all(_same(named[name], value) for name, value in settings.items()):
                return variant.name
        return ", ".join(f"{k} {v}" for k, v in settings.items() if v is not None)

    def scores(self, values: Array, weights: Array, sense: Array, **params: Any) -> Array:  # noqa: ANN401
        """Check, then score a batch: ``(..., n, m)`` and ``(..., m)`` give ``(..., n)``."""
        settings = self.settings(params)
        self.check(values, sense, settings)
        return self.kernel(values, weights, sense, **settings)


def _uniform(value: Any) -> Any:  # noqa: ANN401 - any parameter
    """Return the one value of a list that repeats it."""
    if isinstance(value, (list, tuple)) and value and all(x == value[0] for x in value):
        return value[0]
    return value


def _same(a: Any, b: Any) -> bool:  # noqa: ANN401 - any parameter
    """Compare two parameters; a table of numbers is compared as a whole."""
    return a is b or bool(np.array_equal(np.asarray(a, object), np.asarray(b, object)))


_METHODS: dict[str, Method] = {}
METHODS: Mapping[str, Method] = MappingProxyType(_METHODS)

_K = TypeVar("_K", bound=Callable[..., Array])


def no_check(values: Array, sense: Array, params: Mapping[str, Any]) -> None:
    """Accept every finite matrix."""


def register(
    name: str,
    *,
    title: str,
    reference: str,
    variants: tuple[Variant, ...],
    degenerate: str,
    parameters: tuple[Parameter, ...] = (),
    check: Check = no_check,
    needs: str = "",
    higher_is_better: bool = True,
    role: Role = Role.RANKING,
    slow: bool = False,
) -> Callable[[_K], _K]:
    """Register the decorated kernel under a name; the kernel itself stays a plain function."""

    def add(kernel: _K) -> _K:
        if name in _METHODS:
            raise ProblemError("duplicate_method", "method {name} is registered twice", name=name)
        _METHODS[name] = Method(
            name=name,
            title=title,
            reference=reference,
            kernel=kernel,
            check=check,
            higher_is_better=higher_is_better,
            parameters=parameters,
            variants=variants,
            degenerate=degenerate,
            needs=needs,
            role=role,
            slow=slow,
        )
        return kernel

    return add


def get_method(name: str) -> Method:
    """Return a registered method.

    Raises
    ------
    ProblemError
        For an unknown name, with the nearest known one.
    """
    if name not in _METHODS:
        raise ProblemError(
            "unknown_method",
            "method {found} is not known; expected {nearest}",
            found=repr(name),
            nearest=nearest(name, list(_METHODS)),
        )
    return _METHODS[name]


def ranking_methods() -> tuple[str, ...]:
    """Names of the methods that put alternatives in order and need nothing but a problem."""
    return tuple(
        name
        for name, method in _METHODS.items()
        if method.role is Role.RANKING and not method.required
    )


def nearest(name: str, known: list[str]) -> str:
    """Return the known name that was probably meant, or all known names."""
    close = difflib.get_close_matches(str(name).lower(), known, n=1)
    return close[0] if close else ", ".join(known) or "-"
