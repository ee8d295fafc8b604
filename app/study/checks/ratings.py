"""Scores that experts have rated: grids against alternatives, criteria and answers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.study import formats
from app.study.draft import SETTINGS, Draft
from app.study.faults import literal, message, one_of
from app.study.rated import rating_grids
from survey import Grid

if TYPE_CHECKING:
    from app.study.tables import Table


def rated(draft: Draft) -> dict[str, str]:
    """Question that rates each criterion, for those that have no rows in scores.csv."""
    return {
        criterion: grid.id
        for grid in rating_grids(draft.settings, draft.questionnaire)
        for criterion in grid.criterion_ids
    }


def check_ratings(
    draft: Draft,
    scores: Table,
    alternatives: tuple[str, ...] | None,
    measured: tuple[str, ...] | None,
) -> None:
    """Check the grids that the study takes scores from; None: that is not known."""
    _check_kinds(draft)
    grids = rating_grids(draft.settings, draft.questionnaire)
    for grid in grids:
        place = ("directions", "ratings", draft.settings.directions.ratings.index(grid.id))
        if measured is not None:
            strange = [c for c in grid.criterion_ids if c not in measured]
            if strange:
                draft.add_setting(
                    place,
                    message("a grid with the criteria {strange}", strange=", ".join(strange)),
                    message("measured criteria alone: {known}", known=", ".join(measured)),
                )
        if alternatives is not None and set(grid.option_ids) != set(alternatives):
            draft.add_setting(
                place,
                message("a grid about {found}", found=", ".join(grid.option_ids)),
                message("one about every alternative: {known}", known=", ".join(alternatives)),
            )
    times = Counter(criterion for grid in grids for criterion in grid.criterion_ids)
    for criterion in (each for each, count in times.items() if count > 1):
        draft.add_setting(
            ("directions", "ratings"),
            message("{criterion} in two grids", criterion=criterion),
            message("each criterion in one grid"),
        )
    by = rated(draft)
    for row in scores:
        criterion = row.known("criterion")
        if criterion in by:
            draft.add(
                scores.file,
                row,
                "criterion",
                message("a score for {criterion}", criterion=criterion),
                message(
                    "none, since experts rate it in the question {question}, as {file} says",
                    question=by[criterion],
                    file=SETTINGS,
                ),
            )
    _check_rated(draft, grids)


def _check_kinds(draft: Draft) -> None:
    asked = draft.questionnaire.questions if draft.questionnaire else None
    if asked is None:
        return
    kinds = {question.id: question.kind for question in asked}
    known = [question.id for question in asked if isinstance(question, Grid)]
    for at, name in enumerate(draft.settings.directions.ratings):
        place = ("directions", "ratings", at)
        if name not in kinds:
            draft.add_setting(place, literal(name), one_of(name, known))
        elif name not in known:
            draft.add_setting(
                place,
                message(
                    "the question {question} of the kind {kind}", question=name, kind=kinds[name]
                ),
                message("a question of the kind {kind}", kind="grid"),
            )
    for name, times in Counter(draft.settings.directions.ratings).items():
        if times > 1:
            draft.add_setting(
                ("directions", "ratings"),
                message("the id {name} twice", name=name),
                message("each id once"),
            )


def _check_rated(draft: Draft, grids: list[Grid]) -> None:
    """Every alternative is rated on every criterion by somebody."""
    table = draft.tables.get(formats.JUDGEMENTS.file)
    if table is None or not table.sound:
        return
    rated_cells = {(row.known("question"), row.known("cell")) for row in table}
    for grid in grids:
        bare = [cell for cell in grid.columns if (grid.id, cell) not in rated_cells]
        if bare:
            draft.add(
                table.file,
                None,
                "cell",
                message(
                    "no rating of {cells} at the question {question}",
                    cells=", ".join(bare),
                    question=grid.id,
                ),
                message("one rating of each at least"),
            )
