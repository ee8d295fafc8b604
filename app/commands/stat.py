"""konsilium stat: one statistic of agreement, comparison or weighing, by its name."""

from __future__ import annotations

import json
import math
import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np

from app.commands.faults import UserError
from app.commands.problem_file import read_object
from app.commands.stat_tables import print_tables
from app.i18n import Language
from survey import SurveyError
from survey.statistics import Statistic, compute, find


def stat(name: str, source: str, words: Language, *, as_json: bool) -> None:
    """Compute a statistic from the data in a file and print it."""
    statistic = find(name)
    needed = [key.name for key in statistic.keys if key.required]
    _, data = read_object(source, tuple(needed or [key.name for key in statistic.keys]))
    found = computed(statistic, data, words)
    if as_json:
        print(  # noqa: T201
            json.dumps(
                {"statistic": name, **found, "source": statistic.source},
                ensure_ascii=False,
                allow_nan=False,
            )
        )
    else:
        print_tables(statistic, found, words)


def computed(statistic: Statistic, data: Mapping[str, Any], words: Language) -> dict[str, Any]:
    """Compute what JSON can hold; whatever cannot be computed from is one sentence."""
    try:
        with (
            np.errstate(over="raise", invalid="raise", divide="raise"),
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("error", RuntimeWarning)
            found = compute(statistic.name, data)
        return {key: _plain(value, words) for key, value in found.items()}
    except SurveyError:
        raise
    except (ArithmeticError, RuntimeWarning, np.linalg.LinAlgError) as error:
        raise UserError(
            "the numbers are too large or too far apart for {method} to compute with; "
            "choose other units",
            method=words.sentence(statistic.title),
        ) from error


def _plain(value: Any, words: Language) -> Any:  # noqa: ANN401 - whatever a statistic holds
    """Turn arrays into lists and sentences into the reader's language; refuse what is no number."""
    if hasattr(value, "template"):
        return words.sentence(value)
    if isinstance(value, Mapping):
        return {str(k): _plain(v, words) for k, v in value.items()}
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(v, words) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise OverflowError
    return value
