"""konsilium weights: weights of criteria, from the values of a problem or from judgements."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from app.commands.faults import UserError
from app.commands.problem_file import ProblemFile, read_problem
from app.commands.rank import plain
from app.commands.tables import console, table
from app.i18n import Language
from app.words import methods
from mcda import WEIGHTINGS, DecisionProblem, ProblemError, Weights, objective_weights
from mcda.registry import nearest
from survey.elicitation import ELICITATIONS, Consistency, Elicited, Message, elicit

# The only judgements that stand in the file's matrix; the others stand in its params.
_ON_MATRIX = "ahp"
# These look at how far values are apart, not at which of them is better.
_WITHOUT_SENSE = ("entropy", "critic-blind", "gini", "angle")


def weights(source: str, method: str, words: Language, *, as_json: bool) -> None:
    """Find weights from the problem in a file and print them."""
    if method in WEIGHTINGS:
        found, criteria = _objective(source, method)
    elif method in ELICITATIONS:
        judged = _elicited(source, method)
        found, criteria = judged, judged.labels
    else:
        known = (*WEIGHTINGS, *ELICITATIONS)
        raise UserError(
            "method {found} is not known; expected {nearest}",
            found=repr(method),
            nearest=nearest(method, list(known)),
        )
    if as_json:
        print(json.dumps(weights_as_json(found), ensure_ascii=False, allow_nan=False))  # noqa: T201
    else:
        _print_table(found, criteria, words)


def _objective(source: str, method: str) -> tuple[Weights, Sequence[str]]:
    blind = method in _WITHOUT_SENSE
    given = read_problem(source, ("matrix",) if blind else ("matrix", "senses"))
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise"), warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)
            problem = DecisionProblem(
                values=np.array(given.matrix, dtype=np.float64),
                senses=tuple(given.senses) or ("max",) * _columns(given),
                alternatives=tuple(given.alternatives),
                criteria=tuple(given.criteria),
            )
            return objective_weights(problem, method, **given.params), problem.criteria
    except ProblemError:
        raise
    except (FloatingPointError, RuntimeWarning, np.linalg.LinAlgError) as error:
        raise UserError(
            "the numbers are too large or too far apart for {method} to compute with; "
            "choose other units",
            method=method,
        ) from error
    except (TypeError, ValueError) as error:
        # A parameter of the wrong type fails inside the kernel; without one the fault is ours.
        if not given.params:
            raise
        raise UserError(
            "the params do not fit the method {method}; expected {parameters}",
            method=method,
            parameters=", ".join(f"{k} = {v}" for k, v in WEIGHTINGS[method].parameters.items())
            or "{}",
        ) from error


def _columns(given: ProblemFile) -> int:
    return len(given.matrix[0]) if given.matrix else 0


def _elicited(source: str, method: str) -> Elicited:
    on_matrix = method == _ON_MATRIX
    given = read_problem(source, ("matrix",) if on_matrix else ("params",), gaps=True)
    params = dict(given.params)
    if on_matrix:
        if "matrix" in params:
            raise UserError("matrix stands in params; it is expected beside them")
        params["matrix"] = given.matrix
    return elicit(method, params, given.criteria or None)


def weights_as_json(found: Weights | Elicited) -> dict[str, Any]:
    """Turn weights into the keys of the contract; lists are in the order of the criteria."""
    return {
        "method": found.method,
        "variant": found.variant,
        "weights": _printed(found).tolist(),
        "steps": {name: plain(step) for name, step in found.steps.items()},
    }


def _printed(found: Weights | Elicited) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Weights as the method prints them: SRF's are percentages."""
    return found.weights * found.total if isinstance(found, Elicited) else found.weights


def _print_table(found: Weights | Elicited, criteria: Sequence[str], words: Language) -> None:
    entry = WEIGHTINGS[found.method] if found.method in WEIGHTINGS else ELICITATIONS[found.method]
    title = ", ".join(
        (
            methods.text(entry.title, words),
            methods.text(found.variant, words),
            found.reference,
        )
    )
    printed = _printed(found)
    digits = 4 if printed.sum() < 2 else 2  # percentages need fewer
    rows = [
        [criterion, words.number(float(weight), digits)]
        for criterion, weight in zip(criteria, printed, strict=True)
    ]
    consistency = found.consistency if isinstance(found, Elicited) else None
    console().print(
        table(
            title,
            [words.say("Criterion"), words.say("Weight")],
            rows,
            note="\n".join(consistency_lines(consistency, words)) if consistency else "",
        )
    )


def consistency_lines(consistency: Consistency, words: Language) -> list[str]:
    """Say how consistent judgements are, and which of them contradict each other most."""
    measure = _said(consistency.measure, words)
    value = words.number(consistency.value, 3)
    if consistency.limit is None:
        lines = [words.say("{measure}: {value}", measure=measure, value=value)]
    elif consistency.acceptable:
        lines = [
            words.say(
                "{measure}: {value}, within the limit of {limit}",
                measure=measure,
                value=value,
                limit=words.number(consistency.limit, 3),
            )
        ]
    else:
        lines = [
            words.say(
                "{measure}: {value}, above the limit of {limit}",
                measure=measure,
                value=value,
                limit=words.number(consistency.limit, 3),
            )
        ]
    if consistency.cause is not None:
        lines.append(
            words.say("Largest contradiction: {cause}.", cause=_said(consistency.cause, words))
        )
    return lines


def _said(message: Message, words: Language) -> str:
    figures = {
        k: words.number(v, 0 if v.is_integer() else 2) if isinstance(v, float) else v
        for k, v in message.fields.items()
    }
    return words.say(message.template, **figures)
