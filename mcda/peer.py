"""pymcdm's methods, set as ours are (Kizielewicz, Shekhovtsov, Salabun 2023)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from mcda.problem import Array, DecisionProblem

LIBRARY = "pymcdm"
Params = Mapping[str, Any]

Peer = Callable[[Array, Array, Array], Any]
"""Values (n, m), weights (m,) and sense (m,) to the library's scores."""


_Builder = Callable[[DecisionProblem, Params], Any]
_BUILDERS: dict[str, _Builder] = {}
# Our names of normalisations, and the library's functions.
_NORMALISATIONS = {
    "vector": "vector_normalization",
    "minmax": "minmax_normalization",
    "max": "linear_normalization",
    "sum": "sum_normalization",
}


def peer_of(method: str, problem: DecisionProblem, settings: Params) -> Peer | None:
    """Return the library's method set as ours is; None where it has none such."""
    build = _BUILDERS.get(method)
    return None if build is None else build(problem, settings)


def _methods() -> Any:
    # Imported when asked: it brings a plotting library, which takes two seconds.
    from pymcdm import methods  # noqa: PLC0415

    return methods


def _normalisation(name: str) -> Any:
    from pymcdm import normalizations  # noqa: PLC0415

    return getattr(normalizations, _NORMALISATIONS[name]) if name in _NORMALISATIONS else None


def _plain(name: str, peer: str) -> None:
    """Tell that the library's method has the settings of ours, and no others."""

    def build(problem: DecisionProblem, settings: Params) -> Any:
        return getattr(_methods(), peer)()

    _BUILDERS[name] = build


for _name, _peer in {
    "edas": "EDAS",
    "mabac": "MABAC",
    "mairca": "MAIRCA",
    "marcos": "MARCOS",
    "aras": "ARAS",
    "moora": "MOORA",
    "copras": "COPRAS",
    "ocra": "OCRA",
    "ram": "RAM",
    "wpm": "WPM",
}.items():
    _plain(_name, _peer)


def _builder(name: str) -> Callable[[_Builder], _Builder]:
    def add(build: _Builder) -> _Builder:
        _BUILDERS[name] = build
        return build

    return add


@_builder("wsm")
def _wsm(problem: DecisionProblem, settings: Params) -> Any:
    normalise = _normalisation(settings["normalisation"])
    return None if normalise is None else _methods().WSM(normalise)


@_builder("topsis")
def _topsis(problem: DecisionProblem, settings: Params) -> Any:
    normalise = _normalisation(settings["normalisation"])
    return None if normalise is None else _methods().TOPSIS(normalise)


@_builder("vikor")
def _vikor(problem: DecisionProblem, settings: Params) -> Any:
    return _methods().VIKOR(v=settings["v"])


@_builder("waspas")
def _waspas(problem: DecisionProblem, settings: Params) -> Any:
    return _methods().WASPAS(l=settings["lambda"])


@_builder("cocoso")
def _cocoso(problem: DecisionProblem, settings: Params) -> Any:
    return _methods().COCOSO(l=settings["lambda"])


@_builder("codas")
def _codas(problem: DecisionProblem, settings: Params) -> Any:
    # Its threshold is written into its code.
    return _methods().CODAS() if settings["tau"] == 0.02 else None


@_builder("spotis")
def _spotis(problem: DecisionProblem, settings: Params) -> Any:
    bounds = _range_of(problem, settings)
    return None if bounds is None else _methods().SPOTIS(bounds)


@_builder("esp-spotis")
def _esp_spotis(problem: DecisionProblem, settings: Params) -> Any:
    # Our own point, given as a share of the bounds, is left to us; without one it is SPOTIS.
    return _spotis(problem, settings) if settings["esp"] is None else None


@_builder("rim")
def _rim(problem: DecisionProblem, settings: Params) -> Any:
    bounds = _range_of(problem, settings)
    if settings["reference_ideal"] is not None or bounds is None:
        return None
    best = np.where(problem.sense > 0, bounds[:, 1], bounds[:, 0])
    return _methods().RIM(bounds, np.column_stack([best, best]))


@_builder("rafsi")
def _rafsi(problem: DecisionProblem, settings: Params) -> Any:
    bounds = _range_of(problem, {"bounds": None})
    if settings["ideal"] is not None or settings["anti_ideal"] is not None or bounds is None:
        return None
    best = np.where(problem.sense > 0, bounds[:, 1], bounds[:, 0])
    worst = np.where(problem.sense > 0, bounds[:, 0], bounds[:, 1])
    return _methods().RAFSI(best, worst, n1=settings["n1"], n2k=settings["n2k"])


def _range_of(problem: DecisionProblem, settings: Params) -> Array | None:
    """Bounds as given, or of the data; None where they do not differ, which it needs."""
    given = settings["bounds"]
    low, high = problem.values.min(axis=0), problem.values.max(axis=0)
    bounds = np.column_stack([low, high]) if given is None else np.asarray(given, dtype=np.float64)
    return bounds if (bounds[:, 0] < bounds[:, 1]).all() else None


@_builder("promethee2")
def _promethee2(problem: DecisionProblem, settings: Params) -> Any:
    shapes = settings["preference_functions"]
    shape = shapes if isinstance(shapes, str) else next(iter(set(shapes)))
    one_for_all = isinstance(shapes, str) or len(set(shapes)) == 1
    names = {
        "usual": "usual",
        "vshape": "vshape",
        "ushape": "ushape",
        "level": "level",
        "linear": "vshape_2",
    }
    if shape not in names or not one_for_all:
        return None
    spread = np.ptp(problem.values, axis=0)
    scale = spread if settings["threshold_scale"] == "range" else np.ones_like(spread)
    thresholds = {
        name: np.broadcast_to(np.asarray(settings[name], dtype=np.float64), scale.shape) * scale
        for name in ("q", "p")
        if settings[name] is not None
    }
    return _methods().PROMETHEE_II(names[shape], **thresholds)
