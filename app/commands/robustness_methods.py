"""What is uncertain in a problem file as a whole: the problem, its priors, and the methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.commands.faults import UserError
from app.commands.problem_file import params_of
from app.commands.robustness_params import Params, checked, shown
from app.commands.robustness_priors import BOUNDED, VALUES, WEIGHTS
from mcda import Candidate, DecisionProblem, get_method
from mcda.priors import WeightDraw
from mcda.registry import nearest
from mcda.values import ValueDraw

DEFAULT = "wsm"


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A problem and what is uncertain in it; None is exact."""

    problem: DecisionProblem
    choices: list[Candidate]
    chances: list[float]
    variants: list[str]
    weights_prior: str
    weights: WeightDraw | None
    values_prior: str
    values: ValueDraw | None


def candidates(params: Params, method: str) -> tuple[list[Candidate], list[float]]:
    """Take the methods and their chances; what is left of the params is theirs.

    ``methods`` takes the place of the method named on the command line. Params beside it go to
    every method in it that has one of that name, unless its own ``params`` say otherwise.
    """
    if "methods" not in params.given:
        own = params.given
        if method == DEFAULT:
            own = {"normalisation": "none"} | own
        _refuse_unused(params, [method])
        return [Candidate(method, method, own)], [1.0]
    listed = params.given.pop("methods")
    if not isinstance(listed, list) or not listed:
        raise UserError(
            "{file}: params.methods is {found}; expected a list of names, or of objects with "
            "method, params and chance",
            file=params.file,
            found=shown(listed),
        )
    found = [_choice(each, f"params.methods[{i}]", params.file) for i, each in enumerate(listed)]
    _refuse_unused(params, [name for name, _, _ in found])
    made = []
    for name, own, _ in found:
        known = [p.name for p in get_method(name).parameters]
        shared = {k: v for k, v in params.given.items() if k in known}
        made.append(Candidate(name, name, shared | own))
    return made, [chance for _, _, chance in found]


def _choice(given: Any, key: str, file: str) -> tuple[str, dict[str, Any], float]:  # noqa: ANN401
    if isinstance(given, str):
        return get_method(given).name, {}, 1.0
    if (
        not isinstance(given, dict)
        or not set(given) <= {"method", "params", "chance"}
        or not isinstance(given.get("method"), str)
    ):
        raise UserError(
            "{file}: {key} is {found}; expected a name, or an object with method, params and chance",
            file=file,
            key=key,
            found=shown(given),
        )
    chance = checked(given.get("chance", 1.0), f"{key}.chance", file, ())
    own = params_of(given.get("params", {}), file, f"{key}.params")
    return get_method(given["method"]).name, own, float(chance)


def _refuse_unused(params: Params, methods: list[str]) -> None:
    """Refuse what neither the priors nor any of the methods takes."""
    known = {p.name for name in methods for p in get_method(name).parameters}
    ours = {part for needs in (*WEIGHTS.values(), *VALUES.values()) for part in needs}
    for key in params.given:
        if key in known:
            continue
        uses = [
            f"{which} {prior}"
            for which, known_priors in (("weights_prior", WEIGHTS), ("values_prior", VALUES))
            for prior, needs in known_priors.items()
            if key in needs or (key == "constraints" and (which, prior) in BOUNDED)
        ]
        if uses:
            raise UserError(
                "{file}: params.{key} is not used; it goes with {uses}",
                file=params.file,
                key=params.names.get(key, key),
                uses=", ".join(uses),
            )
        raise UserError(
            "{file}: params.{key} is not known; expected {nearest}",
            file=params.file,
            key=key,
            nearest=nearest(
                key, sorted({"weights_prior", "values_prior", "methods"} | known | ours)
            ),
        )
