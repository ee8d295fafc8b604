"""konsilium robustness: how certain each rank is, by SMAA-2."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from app.commands.faults import UserError
from app.commands.problem_file import STDIN, ProblemFile, read_problem
from app.commands.rank import ranked
from app.commands.robustness_methods import Uncertain, candidates
from app.commands.robustness_params import FREE, Params
from app.commands.robustness_priors import values_prior, weights_prior
from app.commands.robustness_tables import print_tables
from app.commands.tables import console
from app.i18n import Language
from mcda import DecisionProblem, SmaaResult, get_method, smaa
from mcda.problem import Array
from mcda.smaa import Progress as Told

_WORKERS = 4


def robustness(
    source: str, method: str, words: Language, *, draws: int, seed: int, as_json: bool
) -> None:
    """Draw what is uncertain in the problem of a file and print how certain the ranks are."""
    get_method(method)
    try:
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            given = _read(source, method, words)
    except FloatingPointError as error:
        raise UserError(
            "the numbers are too large or too far apart to draw from; choose other units"
        ) from error
    with _bar(words.say("Computing {draws} draws", draws=words.number(draws, 0))) as told:
        found = smaa(
            given.problem,
            given.choices,
            weights=given.weights,
            values=given.values,
            chances=given.chances,
            draws=draws,
            seed=seed,
            workers=min(_WORKERS, os.cpu_count() or 1),
            progress=told,
        )
    if as_json:
        made = result_as_json(found, given, seed)
        print(json.dumps(made, ensure_ascii=False, allow_nan=False))  # noqa: T201
    else:
        print_tables(found, given, words)


def _read(source: str, method: str, words: Language) -> Uncertain:
    """Read a problem; whatever would fail on its middle is refused before anything is drawn."""
    file = read_problem(source, ("senses",), free=FREE)
    name = "stdin" if source == STDIN else source
    matrix = _problem(file, file.matrix).values if file.matrix else None
    m = len(file.senses) if matrix is None else matrix.shape[1]
    params = Params.of(name, file)
    weights_name, weights = weights_prior(params, m, known=bool(file.weights))
    values_name, middle, values = values_prior(params, matrix, m)
    problem = _problem(file, middle.tolist())
    choices, chances = candidates(params, method)
    tried = dataclasses.replace(
        file, matrix=middle.tolist(), weights=file.weights if weights is None else []
    )
    variants = [
        ranked(
            dataclasses.replace(tried, params=dict(c.params)), get_method(c.method), words
        ).variant
        for c in choices
    ]
    return Uncertain(
        problem, choices, chances, variants, weights_name, weights, values_name, values
    )


def _problem(file: ProblemFile, matrix: list[list[float]]) -> DecisionProblem:
    return DecisionProblem(
        values=np.array(matrix, dtype=np.float64),
        weights=np.array(file.weights, dtype=np.float64),
        senses=tuple(file.senses),
        alternatives=tuple(file.alternatives),
        criteria=tuple(file.criteria),
    )


def result_as_json(found: SmaaResult, given: Uncertain, seed: int) -> dict[str, Any]:
    """Turn a result into the keys of the contract, and more; lists are in the order of the rows.

    An alternative that is never first has no central weights: null for each, and as confidence.
    """
    shares = found.acceptability
    several = len(found.choices) > 1
    return {
        "method": None if several else found.choices[0].method,
        "variant": None if several else given.variants[0],
        "draws": shares.draws,
        "seed": seed,
        "weights_prior": given.weights_prior,
        "values_prior": given.values_prior,
        "alternatives": list(found.alternatives),
        "criteria": list(found.criteria),
        "rank_acceptability": shares.rank_acceptability.tolist(),
        "central_weights": [_weights(w, found) for w in shares.central_weights],
        "confidence": list(found.confidence),
        "pairwise_winning": shares.pairwise_winning.tolist(),
        "expected_rank": shares.expected_rank.tolist(),
        "entropy": found.entropy.tolist(),
        "entropy_of_first": found.entropy_of_first,
        "entropy_of_ranks": found.entropy_of_ranks,
        "standard_errors": {
            "rank_acceptability": shares.standard_error.tolist(),
            "central_weights": [_weights(w, found) for w in found.central_weights_error],
            "pairwise_winning": found.pairwise_error.tolist(),
            "expected_rank": found.expected_rank_error.tolist(),
        },
        "methods": [
            {
                "method": choice.method,
                "variant": variant,
                "chance": float(chance),
                "first": None if first is None else first.tolist(),
            }
            for choice, variant, chance, first in zip(
                found.choices, given.variants, found.chances, found.first_by_choice, strict=True
            )
        ],
    }


def _weights(given: Array | None, found: SmaaResult) -> list[float | None]:
    return [None] * len(found.criteria) if given is None else given.tolist()


@contextmanager
def _bar(text: str) -> Iterator[Told | None]:
    """Show how far the draws are, on a terminal only."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task(text)

        def told(done: int, whole: int) -> None:
            bar.update(task, completed=done, total=whole)

        yield told
