"""Alternatives, criteria, scores, blocks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from app.study import formats
from app.study.checks.judgements import below_zero
from app.study.checks.ratings import check_ratings, rated
from app.study.columns import Invalid
from app.study.draft import SETTINGS, Draft, ids
from app.study.faults import literal, message, one_of
from app.study.schema import CriteriaBlock, ProfileBlock, RelevanceBlock
from mcda import METHODS

if TYPE_CHECKING:
    from collections.abc import Collection

    from app.study.tables import Table
    from app.study.yamltext import Path as Keys

SUM_TOLERANCE = 1e-6
POOLINGS = ("experts", "groups")  # where one group's id may stand, these mean all groups
PROFILE_TOLERANCE = 0.01  # profiles are given to two decimals


def check_directions(draft: Draft) -> None:
    """Read and check everything that the ranking of alternatives rests on."""
    alternatives = draft.read(formats.ALTERNATIVES)
    criteria = draft.read(formats.CRITERIA)
    known, by_experts = measured(criteria, "yes"), rated(draft)
    coded = known is None or any(criterion not in by_experts for criterion in known)
    scores = draft.read(formats.SCORES, required=coded)
    _check_scores(draft, scores, criteria, alternatives, by_experts)
    check_ratings(draft, scores, ids(alternatives, "alternative"), known)
    _check_blocks(draft, criteria, alternatives)
    _check_scales(draft)
    _check_settings(draft)


def measured(criteria: Table, *words: str) -> tuple[str, ...] | None:
    """Criteria whose column ``measured`` holds one of the words; None if that is not known."""
    if ids(criteria, "criterion") is None or ids(criteria, "measured") is None:
        return None
    return tuple(
        name
        for row in criteria
        if row["measured"] in words and (name := row.known("criterion")) is not None
    )


def _check_scores(
    draft: Draft,
    scores: Table,
    criteria: Table,
    alternatives: Table,
    by_experts: Collection[str],
) -> None:
    file = scores.file
    rankable = ids(alternatives, "alternative")
    draft.refer(scores, "criterion", ids(criteria, "criterion"))
    draft.refer(scores, "alternative", rankable)
    draft.refer(scores, "basis", (*draft.settings.bases, formats.RATED))
    unscored = measured(criteria, "no", "computed") or ()
    for row in scores:
        low, value, high = (row.figure(column) for column in ("low", "value", "high"))
        if low is not None and value is not None and high is not None and not low <= value <= high:
            draft.add(
                file,
                row,
                "value",
                message("{value} with low {low} and high {high}", value=value, low=low, high=high),
                message("low <= value <= high"),
            )
        if row.known("criterion") in unscored:
            draft.add(
                file,
                row,
                "criterion",
                message("a score for {criterion}", criterion=row["criterion"]),
                message(
                    "scores only for criteria with measured = yes in {file}", file=criteria.file
                ),
            )
    scored = measured(criteria, "yes")
    if scored is None or rankable is None or ids(scores, "criterion") is None:
        return
    present = {(row["criterion"], row.known("alternative")) for row in scores}
    for criterion in (each for each in scored if each not in by_experts):
        absent = [each for each in rankable if (criterion, each) not in present]
        if absent:
            draft.add(
                file,
                None,
                "alternative",
                message(
                    "no score on {criterion} for {absent}",
                    criterion=criterion,
                    absent=", ".join(absent),
                ),
                message("a score for every alternative"),
            )


def _check_blocks(draft: Draft, criteria: Table, alternatives: Table) -> None:
    options = draft.weighed
    scored = measured(criteria, "yes")
    computed = measured(criteria, "computed")
    named = []
    for at, block in enumerate(draft.settings.blocks):
        key = ("blocks", at)
        if options is not None and block.question not in options:
            draft.add_setting(
                (*key, "question"),
                literal(block.question),
                one_of(block.question, options),
            )
        of_question = (options or {}).get(block.question)
        if isinstance(block, CriteriaBlock):
            _check_criteria(draft, key, of_question, scored)
            continue
        if isinstance(block, RelevanceBlock):
            if scored is not None:
                _check_relevance(
                    draft, draft.read(formats.relevance(block.table, scored)), of_question
                )
            continue
        named.append(block.criterion)
        if computed is not None and block.criterion not in computed:
            draft.add_setting(
                (*key, "criterion"),
                literal(block.criterion),
                message(
                    "a criterion with measured = computed in {file}: {known}",
                    file=criteria.file,
                    known=", ".join(computed) or "-",
                ),
            )
        if of_question is not None:
            _check_target(draft, block, key, of_question)
            table = draft.read(formats.profile(block.table, of_question))
            _check_profile(draft, table, of_question, ids(alternatives, "alternative"))
    for criterion in computed or ():
        if criterion not in named:
            draft.add(
                criteria.file,
                None,
                "measured",
                message("computed for {criterion}", criterion=criterion),
                message("a block of kind profile in {file} that computes it", file=SETTINGS),
            )


def _check_scales(draft: Draft) -> None:
    """Ratings below 0 are no weights."""
    below = below_zero(draft)
    for at, block in enumerate(draft.settings.blocks):
        if block.question in below:
            draft.add_setting(("blocks", at, "question"), *below[block.question])


def _check_criteria(
    draft: Draft, key: Keys, options: tuple[str, ...] | None, scored: tuple[str, ...] | None
) -> None:
    """The question weighs measured criteria."""
    strange = [option for option in options or () if scored is not None and option not in scored]
    if strange:
        draft.add_setting(
            (*key, "question"),
            message("a question about {strange}", strange=", ".join(strange)),
            message(
                "one whose options are measured criteria: {known}", known=", ".join(scored or ())
            ),
        )


def _check_relevance(draft: Draft, table: Table, options: tuple[str, ...] | None) -> None:
    draft.refer(table, "option", options)
    cells = [column for column in table.columns if table.kinds[column] == "number"]
    for row in table:
        values = [row[column] for column in cells]
        if values and not any(isinstance(value, Invalid) or value for value in values):
            draft.add(
                table.file,
                row,
                None,
                message("only zeros"),
                message("at least one number above 0, or the option's weight would be lost"),
            )
    _check_rows(draft, table, "option", options)


def _check_profile(
    draft: Draft, table: Table, options: tuple[str, ...], alternatives: tuple[str, ...] | None
) -> None:
    draft.refer(table, "alternative", alternatives)
    for row in table:
        shares = [row.figure(option) for option in options]
        known = [share for share in shares if share is not None]
        if len(known) == len(options) and abs(sum(known) - 1) > PROFILE_TOLERANCE:
            draft.add(
                table.file,
                row,
                None,
                message("shares that sum to {total}", total=f"{sum(known):.4g}"),
                message("shares that sum to 1"),
            )
    _check_rows(draft, table, "alternative", alternatives)


def _check_rows(draft: Draft, table: Table, column: str, wanted: tuple[str, ...] | None) -> None:
    """Every wanted id needs a row."""
    present = ids(table, column)
    if wanted is None or present is None:
        return
    absent = [each for each in wanted if each not in present]
    if absent:
        draft.add(
            table.file,
            None,
            column,
            message("no row for {absent}", absent=", ".join(absent)),
            message("a row for each of {wanted}", wanted=", ".join(wanted)),
        )


def _check_target(draft: Draft, block: ProfileBlock, key: Keys, options: tuple[str, ...]) -> None:
    for option in block.target:
        if option not in options:
            draft.add_setting((*key, "target"), literal(option), one_of(option, options))
    if block.reading == "target" and not block.target:
        draft.add_setting(
            (*key, "target"),
            message("no target"),
            message("the options that the reading target counts"),
        )


def _check_settings(draft: Draft) -> None:
    settings = draft.settings
    total = sum(block.weight for block in settings.blocks)
    if abs(total - 1) > SUM_TOLERANCE:
        draft.add_setting(
            ("blocks",),
            message("weights that sum to {total}", total=f"{total:.4g}"),
            message("weights that sum to 1"),
        )
    for key in ("groups", "blocks", "assumptions"):
        repeated = [
            name
            for name, times in Counter(each.id for each in getattr(settings, key)).items()
            if times > 1
        ]
        for name in repeated:
            draft.add_setting(
                (key,), message("the id {name} twice", name=name), message("each id once")
            )
    for at, group in enumerate(settings.groups):
        if group.id in POOLINGS:
            draft.add_setting(
                ("groups", at, "id"),
                literal(group.id),
                message(
                    "another id: {taken} mean ways of pooling all groups", taken=", ".join(POOLINGS)
                ),
            )
    _check_ranking(draft)


def _check_ranking(draft: Draft) -> None:
    """Method names, the headline among them, thresholds in order."""
    directions = draft.settings.directions
    if directions.headline not in METHODS:
        draft.add_setting(
            ("directions", "headline"),
            literal(directions.headline),
            one_of(directions.headline, METHODS),
        )
    elif directions.methods and directions.headline not in directions.methods:
        draft.add_setting(
            ("directions", "headline"),
            literal(directions.headline),
            message("one of the methods listed: {known}", known=", ".join(directions.methods)),
        )
    for at, name in enumerate(directions.methods or ()):
        if name not in METHODS:
            draft.add_setting(("directions", "methods", at), literal(name), one_of(name, METHODS))
    if directions.preference.q > directions.preference.p:
        draft.add_setting(
            ("directions", "preference"),
            message("q {q} and p {p}", q=directions.preference.q, p=directions.preference.p),
            message("q not above p"),
        )
