"""Answers against the questionnaire and the groups."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from app.study import formats
from app.study.checks.judgements import check_judgements, judged_questions
from app.study.draft import QUESTIONNAIRE, SETTINGS, Draft, ids
from app.study.faults import literal, message, one_of
from survey import SingleChoice

if TYPE_CHECKING:
    from app.study.tables import Row, Table


def check_answers(draft: Draft) -> None:
    """Read the answers, counted or one by one, and what the experts judged, and check them."""
    counted, rowwise, judged = (
        draft.exists(each.file) for each in (formats.COUNTS, formats.RESPONSES, formats.JUDGEMENTS)
    )
    needed = {block.question for block in draft.settings.blocks}
    if counted and rowwise:
        draft.add(
            formats.RESPONSES.file,
            None,
            None,
            message("this file beside {other}", other=formats.COUNTS.file),
            message("one of the two"),
        )
    tables = []
    if rowwise:
        table = draft.read(formats.RESPONSES)
        _check_options(draft, table)
        _check_respondents(draft, table)
        tables.append(table)
    if judged or needed.union(draft.settings.directions.ratings) & judged_questions(draft).keys():
        judged = True
        tables.append(check_judgements(draft))
    _check_groups(draft, tables)
    if counted or not (rowwise or (judged and not needed & set(draft.options or needed))):
        table = draft.read(formats.COUNTS)
        _check_options(draft, table)
        _check_counts(draft, table)
        _check_complete(draft, table)


def _check_options(draft: Draft, table: Table) -> None:
    draft.refer(table, "group", draft.settings.experts)
    options = draft.options
    if options is None:
        return
    draft.refer(table, "question", options)
    for row in table:
        question, option = row.known("question"), row.known("option")
        if question in options and option is not None and option not in options[question]:
            draft.add(table.file, row, "option", literal(option), one_of(option, options[question]))
    if ids(table, "question") is not None:
        for position, block in enumerate(draft.settings.blocks, start=1):
            if block.question in options and block.question not in table.names("question"):
                draft.add(
                    table.file,
                    None,
                    "question",
                    message("no answers to the question {question}", question=block.question),
                    message("some, for block {block} rests on it", block=position),
                )


def _check_counts(draft: Draft, table: Table) -> None:
    experts = draft.settings.experts
    single = _single_choices(draft)
    chosen: dict[tuple[str, str], list[tuple[Row, float]]] = defaultdict(list)
    for row in table:
        group, count = row.known("group"), row.figure("count")
        if group not in experts or count is None:
            continue
        if count > experts[group]:
            draft.add(
                table.file,
                row,
                "count",
                literal(count),
                message(
                    "a whole number from 0 to {experts} (experts in group {group})",
                    experts=experts[group],
                    group=group,
                ),
            )
        question = row.known("question")
        if question in single:
            chosen[question, group].append((row, count))
    for (question, group), cells in chosen.items():
        total = sum(count for _, count in cells)
        if total > experts[group]:
            draft.add(
                table.file,
                cells[-1][0],
                "count",
                message(
                    "{total} answers of group {group} to the question {question}, of which each "
                    "expert chooses one option",
                    total=total,
                    group=group,
                    question=question,
                ),
                message("at most {experts} (experts in the group)", experts=experts[group]),
            )


def _single_choices(draft: Draft) -> frozenset[str]:
    questions = draft.questionnaire.questions if draft.questionnaire else ()
    return frozenset(each.id for each in questions if isinstance(each, SingleChoice))


def _check_complete(draft: Draft, table: Table) -> None:
    """Every option of a question that the table has needs a row for every group."""
    options = draft.options
    if options is None or any(
        ids(table, column) is None for column in ("question", "option", "group")
    ):
        return
    present = {(row["question"], row["option"], row["group"]) for row in table}
    for question in table.names("question"):
        for option in options.get(question, ()):
            for group in draft.settings.experts:
                if (question, option, group) not in present:
                    draft.add(
                        table.file,
                        None,
                        None,
                        message(
                            "no row for question {question}, option {option}, group {group}",
                            question=question,
                            option=option,
                            group=group,
                        ),
                        message("one row for every option and group (0 if nobody chose it)"),
                    )


def _check_groups(draft: Draft, tables: list[Table]) -> None:
    """Each respondent in one group, no group with more respondents than experts."""
    group_of: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for table in tables:
        for row in table:
            person, group = row.known("respondent"), row.known("group")
            if person is None or group not in draft.settings.experts:
                continue
            before = group_of.setdefault(person, group)
            if before != group and (person, group) not in told:
                told.add((person, group))
                draft.add(
                    table.file,
                    row,
                    "group",
                    literal(group),
                    message("{group}, as in this respondent's earlier rows", group=before),
                )
    for group, experts in draft.settings.experts.items():
        found = sum(each == group for each in group_of.values())
        if found > experts:
            draft.add(
                tables[0].file,
                None,
                "group",
                message("{found} respondents in group {group}", found=found, group=group),
                message("at most {experts}, as {file} says", experts=experts, file=SETTINGS),
            )


def _check_respondents(draft: Draft, table: Table) -> None:
    """A row for each option, and one chosen where one can be."""
    answered: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in table:
        person, group = row.known("respondent"), row.known("group")
        question, option = row.known("question"), row.known("option")
        if person is None or group is None or question is None or option is None:
            continue
        answered[person, question][option] = row
    single = _single_choices(draft)
    for (person, question), rows in answered.items():
        chosen = [option for option, row in rows.items() if row.known("state") == "selected"]
        if question in single and len(chosen) > 1:
            draft.add(
                table.file,
                rows[chosen[1]],
                "state",
                message(
                    "{chosen} selected by respondent {person} at the question {question}, of "
                    "which each expert chooses one option",
                    chosen=", ".join(chosen),
                    person=person,
                    question=question,
                ),
                message("one selected option at most"),
            )
        missing = [
            option for option in (draft.options or {}).get(question, ()) if option not in rows
        ]
        if missing:
            draft.add(
                table.file,
                next(iter(rows.values())),
                "option",
                message(
                    "no row of respondent {person} for {missing} of question {question}",
                    person=person,
                    missing=", ".join(missing),
                    question=question,
                ),
                message("one row for each option in {file}", file=QUESTIONNAIRE),
            )
