"""Konsilium's tidy table, a row for each respondent and cell, turned into the wide one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from survey.errors import SurveyError
from survey.formats.wide import GROUP, RESPONDENT, SECONDS, SHOWN, SUBMITTED, TEXT
from survey.formats.write_csv import ANSWERED, EMPTY, NOT_SHOWN_STATE, STATES

_TICKS = {name: str(code) if code >= 0 else "" for code, name in STATES.items()}
_GIVEN = (ANSWERED, EMPTY, NOT_SHOWN_STATE)


def tidy_to_wide(file: str, table: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    """Columns of the wide table (`survey.formats.wide`), by heading, from those of a tidy one.

    A cell of which a respondent has no row was not shown.

    Raises
    ------
    SurveyError
        A state that is none, a respondent in two groups, or a cell that stands twice.

    """
    people: dict[str, int] = {}
    groups: list[str] = []
    beside: dict[str, list[str]] = {name: [] for name in (SECONDS, SUBMITTED) if name in table}
    for row, (name, group) in enumerate(zip(table[RESPONDENT], table[GROUP], strict=True)):
        if name not in people:
            people[name] = len(people)
            groups.append(group)
            for heading, cells in beside.items():
                cells.append(table[heading][row])
        elif groups[people[name]] != group:
            raise SurveyError(
                "respondent_in_two_groups",
                "respondent {respondent} is in the groups {one} and {other}; one is expected",
                respondent=name,
                one=groups[people[name]],
                other=group,
            )
    columns = _columns(file, table, people)
    return {RESPONDENT: tuple(people), GROUP: groups, **beside, **columns}


def _columns(
    file: str, table: Mapping[str, Sequence[str]], people: Mapping[str, int]
) -> dict[str, Sequence[str]]:
    rows = len(table[RESPONDENT])
    values = table.get("value", ("",) * rows)
    texts = table.get("text", ("",) * rows)
    cells: dict[str, list[str | None]] = {}
    hidden: dict[str, list[int]] = {}
    for row, (name, question, option, state) in enumerate(
        zip(*(table[h] for h in (RESPONDENT, "question", "option", "state")), strict=True)
    ):
        if not question:
            continue
        if state not in _TICKS and state not in _GIVEN:
            raise SurveyError(
                "state_odd",
                "row {row} of the file {file} has the state {found}; one of {expected} is expected",
                row=row + 2,
                file=file,
                found=state or "-",
                expected=", ".join(dict.fromkeys([*_TICKS, *_GIVEN])),
            )
        heading = _heading(question, option)
        column = cells.setdefault(heading, [None] * len(people))
        who = people[name]
        if column[who] is not None:
            raise SurveyError(
                "answer_twice",
                "respondent {respondent} has two rows at {option} of question {question}; "
                "one is expected",
                respondent=name,
                option=option or question,
                question=question,
            )
        if state == ANSWERED:
            column[who] = values[row] or texts[row]
        else:
            column[who] = _TICKS.get(state, "")
        if state == NOT_SHOWN_STATE:
            hidden.setdefault(heading, []).append(who)
    return _finished(cells, hidden)


def _finished(
    cells: Mapping[str, list[str | None]], hidden: Mapping[str, list[int]]
) -> dict[str, Sequence[str]]:
    made: dict[str, Sequence[str]] = {}
    for heading, column in cells.items():
        made[heading] = [cell or "" for cell in column]
        unseen = {who for who, cell in enumerate(column) if cell is None} | {
            *hidden.get(heading, ())
        }
        if unseen:
            made[f"{heading}{SHOWN}"] = ["0" if k in unseen else "1" for k in range(len(column))]
    return made


def _heading(question: str, option: str) -> str:
    if ":" in question:
        return f"{question}{TEXT}"
    return f"{question}:{option}" if option else question
