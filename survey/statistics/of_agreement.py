"""Statistics of agreement, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np

from survey.agreement import (
    FORMS,
    LEVELS,
    alpha_interval,
    cochran_interval,
    cochran_q,
    fleiss_kappa,
    icc,
    icc_intervals,
    kappa_interval,
    kendall_interval,
    kendall_w,
    krippendorff_alpha,
)
from survey.agreement.alpha import Level
from survey.agreement.bootstrap import OVER, Over
from survey.elicitation.inputs import is_number, shown
from survey.elicitation.result import Message, message
from survey.errors import SurveyError
from survey.statistics.inputs import Given
from survey.statistics.intervals import interval
from survey.statistics.patterns import pattern_rows
from survey.statistics.registry import BOOTSTRAP, Found, Key, one_key, register

_SUBJECTS, _EXPERTS = "ratings_rows_are_subjects", "ranks_rows_are_experts"
_OBSERVERS = "data_rows_are_observers"
_MOST_EXPERTS = 100_000


def _reason(undefined: Message | None) -> Mapping[str, Message]:
    return {} if undefined is None else {"reason": undefined}


@register(
    "kendall_w",
    message("Kendall's coefficient of concordance W"),
    Key(_SUBJECTS, message("ratings, a row for each object and a column for each rater")),
    Key(_EXPERTS, message("ratings or ranks, a row for each rater and a column for each object")),
    *BOOTSTRAP,
    source="Kendall, Babington Smith (1939)",
)
def _kendall_w(given: Given) -> Found:
    key = one_key(given, _SUBJECTS, _EXPERTS)
    data = given.table(key)
    data = data.T if key == _SUBJECTS else data
    found = kendall_w(data)
    out: Found = {
        "W": found.w,
        "W_ties": found.w,
        "W_ties_full": found.w,
        "W_uncorrected": found.w_uncorrected,
        "S": found.s,
        "Sj": found.rank_sums,
        "Ti": found.ties,
        "sum_T": float(found.ties.sum()),
        "chi2": found.chi2,
        "df": found.df,
        "p": found.p,
        "raters": found.raters,
        "objects": found.objects,
        **_reason(found.undefined),
    }
    if resamples := given.resamples():
        out["interval"] = interval(
            kendall_interval(data, given.rng, resamples=resamples, confidence=given.confidence)
        )
    return out


@register(
    "krippendorff_alpha",
    message("Krippendorff's alpha"),
    Key(
        _OBSERVERS,
        message("values, a row for each rater and a column for each unit; null is no value"),
        required=True,
    ),
    Key("level", message("nominal, ordinal, interval or ratio"), required=True),
    Key("over", message("what the bootstrap resamples: units or raters")),
    *BOOTSTRAP,
    source="Krippendorff (2011)",
)
def _krippendorff_alpha(given: Given) -> Found:
    level = cast("Level", given.choice("level", LEVELS))
    over = cast("Over", given.choice("over", OVER, "units"))
    rows = given.rows(_OBSERVERS)
    texts = any(isinstance(x, str) for row in rows for x in row)
    for i, row in enumerate(rows):
        for j, x in enumerate(row):
            if x is not None and not (isinstance(x, str) if texts else is_number(x)):
                raise SurveyError(
                    "values_mixed",
                    "{name} is {found}; numbers, or texts throughout, are expected",
                    name=f"{_OBSERVERS}[{i}][{j}]",
                    found=shown(x),
                )
    found = krippendorff_alpha(cast("Any", rows), level)
    out: Found = {
        "alpha": found.alpha,
        "level": found.level,
        "observed": found.observed,
        "expected": found.expected,
        "raters": found.raters,
        "units": found.units,
        "values": found.values,
        **_reason(found.undefined),
    }
    if resamples := given.resamples():
        out["interval"] = interval(
            alpha_interval(
                cast("Any", rows),
                level,
                given.rng,
                over=over,
                resamples=resamples,
                confidence=given.confidence,
            )
        )
    return out


@register(
    "fleiss_kappa",
    message("Fleiss' kappa"),
    Key(
        "counts",
        message("numbers of raters, a row for each subject and a column for each category"),
        required=True,
    ),
    Key("categories", message("names of the categories")),
    *BOOTSTRAP,
    source="Fleiss (1971)",
)
def _fleiss_kappa(given: Given) -> Found:
    counts = given.table("counts")
    found = fleiss_kappa(counts)
    size = counts.shape[1]
    names = given.names("categories", size) or tuple(str(k + 1) for k in range(size))
    out: Found = {
        "kappa": found.kappa,
        "standard_error": found.standard_error,
        "z": found.z,
        "p": found.p,
        "observed": found.observed,
        "expected": found.expected,
        "by_category": dict(zip(names, _nulls(found.by_category), strict=True)),
        "subjects": found.subjects,
        "raters": found.raters,
        **_reason(found.undefined),
    }
    if resamples := given.resamples():
        out["interval"] = interval(
            kappa_interval(counts, given.rng, resamples=resamples, confidence=given.confidence)
        )
    return out


@register(
    "icc",
    message("Intraclass correlation, six forms"),
    Key(
        "ratings_rows_are_targets",
        message("ratings, a row for each object and a column for each rater"),
        required=True,
    ),
    *BOOTSTRAP,
    source="Shrout, Fleiss (1979)",
)
def _icc(given: Given) -> Found:
    data = given.table("ratings_rows_are_targets")
    found = icc(data, confidence=given.confidence)
    values = {each.form: each.value for each in found.forms}
    out: Found = {form: values.get(form) for form in FORMS}
    out["intervals"] = {each.form: [each.low, each.high] for each in found.forms}
    out["tests"] = {
        each.form: {"F": each.f, "df1": each.df1, "df2": each.df2, "p": each.p}
        for each in found.forms
    }
    out |= {
        "mean_squares": found.mean_squares,
        "targets": found.targets,
        "raters": found.raters,
        "confidence": found.confidence,
        **_reason(found.undefined),
    }
    if resamples := given.resamples():
        out["bootstrap"] = {
            form: interval(each)
            for form, each in icc_intervals(
                data, given.rng, resamples=resamples, confidence=given.confidence
            ).items()
        }
    return out


@register(
    "cochran_q",
    message("Cochran's Q"),
    Key("pattern_counts", message("rows of 0 and 1, each with the number of people who gave it")),
    Key("rows", message("rows of 0 and 1, one for each person")),
    *BOOTSTRAP,
    source="Cochran (1950)",
)
def _cochran_q(given: Given) -> Found:
    rows, times = pattern_rows(given)
    found = cochran_q(rows, times)
    out: Found = {"Q": found.q, "df": found.df, "p": found.p, "n": found.n}
    out |= _reason(found.undefined)
    if resamples := given.resamples():
        if times.sum() > _MOST_EXPERTS:
            raise SurveyError(
                "raters_many",
                "{found} raters are to be resampled; at most {most} are expected",
                found=int(times.sum()),
                most=_MOST_EXPERTS,
            )
        each = np.repeat(rows, times.astype(np.int64), axis=0)
        out["interval"] = interval(
            cochran_interval(each, given.rng, resamples=resamples, confidence=given.confidence)
        )
    return out


def _nulls(values: np.ndarray[Any, np.dtype[np.float64]]) -> list[float | None]:
    return [None if np.isnan(x) else float(x) for x in values]
