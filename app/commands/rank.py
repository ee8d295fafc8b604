"""konsilium rank: one decision problem through one method."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.commands.faults import UserError
from app.commands.problem_file import ProblemFile, read_problem
from app.commands.tables import console, rank_text, table
from app.i18n import Language
from app.words import methods
from mcda import DecisionProblem, Method, ProblemError, Result, get_method, rank_alternatives


def rank(source: str, method: str, words: Language, *, as_json: bool) -> None:
    """Rank the problem in a file and print the result."""
    chosen = get_method(method)
    result = ranked(read_problem(source), chosen, words)
    if as_json:
        print(json.dumps(result_as_json(result), ensure_ascii=False, allow_nan=False))  # noqa: T201
    else:
        _print_table(result, words)


def ranked(given: ProblemFile, method: Method, words: Language) -> Result:
    """Rank what a file holds; whatever it cannot be ranked for is one sentence."""
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            problem = DecisionProblem(
                values=np.array(given.matrix, dtype=np.float64),
                weights=np.array(given.weights, dtype=np.float64),
                senses=tuple(given.senses),
                alternatives=tuple(given.alternatives),
                criteria=tuple(given.criteria),
            )
            return rank_alternatives(problem, method.name, **given.params)
    except ProblemError:
        raise
    except FloatingPointError as error:
        raise UserError(
            "the numbers are too large or too far apart for {method} to compute with; "
            "choose other units",
            method=methods.title(method.name, words),
        ) from error
    except (TypeError, ValueError) as error:
        # A parameter of the wrong type fails inside the kernel; without one the fault is ours.
        if not given.params:
            raise
        raise UserError(
            "the params do not fit the method {method}: {parameters}",
            method=method.name,
            parameters="; ".join(
                f"{p.name}: {methods.text(p.meaning, words)}" for p in method.parameters
            ),
        ) from error


def result_as_json(result: Result) -> dict[str, Any]:
    """Turn a result into the keys of the contract; lists are in the order of the matrix's rows."""
    return {
        "method": result.method,
        "variant": result.variant,
        "scores": result.scores.tolist(),
        "ranks": result.ranks.tolist(),
        "higher_is_better": result.higher_is_better,
        "steps": {name: plain(step) for name, step in result.steps.items()},
    }


def plain(value: Any) -> Any:  # noqa: ANN401 - steps hold whatever a method computes
    """Turn arrays, however deep they lie, into lists that JSON can hold."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        return value.tolist()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(v) for v in value]
    return value


def _print_table(result: Result, words: Language) -> None:
    title = ", ".join(
        (
            methods.title(result.method, words),
            methods.text(result.variant, words),
            result.reference,
        )
    )
    order = np.argsort(result.ranks, kind="stable")
    better = words.say("more is better") if result.higher_is_better else words.say("less is better")
    console().print(
        table(
            title,
            [
                words.say("Alternative"),
                words.say("Score ({better})", better=better),
                words.say("Rank"),
            ],
            [
                [
                    result.alternatives[i],
                    words.number(result.scores[i], 4),
                    rank_text(result.ranks[i], words),
                ]
                for i in order
            ],
        )
    )
