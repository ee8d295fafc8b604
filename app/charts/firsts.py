"""Who is first under which method, reading, panel and normalisation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from app.analysis import Case, DirectionsFinding
from app.charts.matrix import Cell, matrix
from app.charts.theme import dressed, in_legend, legend
from app.i18n import Language
from app.study import Study
from app.words.names import Names


def first_by_reading(finding: DirectionsFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Who is first by class of methods and reading of the computed criterion."""
    names = Names(study, lang)
    return _firsts(
        finding,
        finding.by_reading,
        study,
        lang,
        column=lambda c: names.reading(c.reading),
        title=lang.say("Who is first: method by reading of the computed criterion"),
    )


def first_by_panel(finding: DirectionsFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Who is first by method, normalisation and panel of experts."""
    names = Names(study, lang)
    return _firsts(
        finding,
        finding.by_panel,
        study,
        lang,
        column=lambda c: names.pooling(c.pooling),
        title=lang.say("Who is first: method by panel of experts"),
        row=lambda c: names.method(c.label),
    )


def first_by_normalisation(finding: DirectionsFinding, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Who is first by method and normalisation."""
    names = Names(study, lang)

    def column(case: Case) -> str:
        normalisation = case.label.removeprefix(case.method).removeprefix("-")
        return names.normalisation(normalisation) if normalisation else lang.say("its own")

    return _firsts(
        finding,
        finding.by_normalisation,
        study,
        lang,
        column=column,
        title=lang.say("Who is first: method by normalisation"),
    )


def _firsts(
    finding: DirectionsFinding,
    cases: Sequence[Case],
    study: Study,
    lang: Language,
    *,
    column: Callable[[Case], str],
    title: str,
    row: Callable[[Case], str] | None = None,
) -> Any:  # noqa: ANN401 - a chart
    names = Names(study, lang)
    row = row or (lambda case: names.method(case.method))
    cells = []
    for case in cases:
        first = lang.listed([names.alternative(a) for a in case.first])
        cells.append(
            Cell(
                row=row(case),
                column=column(case),
                colour=case.first[0],
                text="/".join(tag(a, names) for a in case.first),
                tip=lang.say(
                    "{method}, {column}: {first}",
                    method=row(case),
                    column=column(case),
                    first=first,
                ),
            )
        )
    shown = {a: in_legend(names.alternative(a)) for a in finding.problem.alternatives}
    chart = matrix(cells, shown, legend=legend())
    return dressed(chart, lang, title=title, description="; ".join(c.tip for c in cells))


def tag(alternative: str, names: Names) -> str:
    """Code of a direction for a cell; nothing where the id is no code, the colour says it."""
    short = names.short(alternative)
    return short if short == alternative else ""
