"""Whom to invite: a list of people with their groups, or only how many of each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.collection.addresses import clean_email
from app.collection.listfile import ListError, plain, read_rows
from app.commands.faults import UserError
from app.study.faults import Fault, literal, message, one_of
from survey import Text
from survey.collection.invitations import Person

HEADINGS = {
    "group": ("group", "группа"),
    "name": ("name", "full name", "имя", "фио", "ф.и.о."),
    "email": ("email", "e-mail", "mail", "почта", "электронная почта", "эл. почта", "адрес"),
}
MOST_INVITED = 100_000  # at once; far above any council of experts, far below a slip of the pen

Invited = tuple[str, Person]


def read_people(
    file: Path, groups: Mapping[str, Text], already: Mapping[str, int] | None = None
) -> tuple[Invited, ...]:
    """Group id and person of each row of a CSV or .xlsx file, in its order.

    Parameters
    ----------
    file
        Columns group, name, email in any order, headed in English or Russian. The group may be
        left out where there is only one.
    groups
        Title of each group by its id; a row may name either.
    already
        Number of the invitation by e-mail address in lower case, of those who are invited.

    Raises
    ------
    ListError
        With every fault: row, column, what was found, what is expected.

    """
    columns, rows, faults = read_rows(file, HEADINGS)
    named = _names(groups)
    if "group" not in columns and len(groups) > 1:
        faults.append(
            Fault(
                file.name, 1, None, message("no column of the groups"), message("one, headed group")
            )
        )
    people: list[Invited] = []
    seen: dict[str, int] = {}
    for row in rows:
        group = named.get(plain(row.get("group")))
        if "group" not in columns and len(groups) == 1:
            group = next(iter(groups))
        elif "group" in columns and group is None:
            found = literal(row.get("group")) if row.get("group") else message("nothing")
            faults.append(
                Fault(file.name, row.number, "group", found, one_of(row.get("group"), groups))
            )
        email, fault = _email(file.name, row.number, row.get("email"), seen, already or {})
        faults += fault
        people.append((group or "", Person(name=row.get("name"), email=email)))
    if len(people) > MOST_INVITED:
        faults.append(
            Fault(
                file.name,
                None,
                None,
                message("{count} rows", count=len(people)),
                message("at most {most}", most=MOST_INVITED),
            )
        )
    if faults:
        raise ListError(sorted(faults, key=lambda fault: fault.row or 0))
    return tuple(people)


def _names(groups: Mapping[str, Text]) -> dict[str, str]:
    """Id of a group by its id and by its title in either language; ids come first."""
    titles = {plain(text): each for each, title in groups.items() for text in (title.en, title.ru)}
    return titles | {plain(each): each for each in groups}


def _email(
    file: str, row: int, text: str, seen: dict[str, int], already: Mapping[str, int]
) -> tuple[str, list[Fault]]:
    """Address of one row, "" if it has none, and its fault."""
    if not text:
        return "", []
    email = clean_email(text)
    if email is None:
        expected = message("one address such as name@example.org")
        return "", [Fault(file, row, "email", literal(text), expected)]
    key = email.lower()
    if key in seen:
        found = message("{email}, as in row {row}", email=literal(text), row=seen[key])
        return email, [Fault(file, row, "email", found, message("each address once"))]
    seen[key] = row
    if key in already:
        found = message(
            "{email}, which has the invitation number {number}",
            email=literal(text),
            number=already[key],
        )
        return email, [Fault(file, row, "email", found, message("people not yet invited"))]
    return email, []


def read_counts(given: Sequence[str], groups: Mapping[str, Text]) -> tuple[Invited, ...]:
    """People without names from entries such as ``managers=15``.

    Raises
    ------
    UserError
        An unknown group, one named twice, or a number that is not whole and positive.

    """
    people: list[Invited] = []
    for group, count in group_numbers("--count", given, groups).items():
        if count > MOST_INVITED:
            raise UserError(
                "{option} is {found}; expected a whole number of {high} or less",
                option="--count",
                found=f"{group}={count}",
                high=MOST_INVITED,
            )
        people += [(group, Person())] * count
    return tuple(people)


def group_numbers(option: str, given: Sequence[str], groups: Mapping[str, Text]) -> dict[str, int]:
    """Whole positive numbers by group, from entries such as ``managers=15``."""
    named = _names(groups)
    found: dict[str, int] = {}
    for entry in given:
        name, equals, number = entry.rpartition("=")
        group = named.get(plain(name))
        if not equals or not number.strip().isdecimal() or int(number) < 1:
            raise UserError(
                "{option} is {found}; a group and a whole number of 1 or more such as {example} are expected",
                option=option,
                found=entry,
                example=f"{next(iter(groups))}=15",
            )
        if group is None:
            raise UserError(
                "{option} names the group {found}; expected {expected}",
                option=option,
                found=name.strip(),
                expected=one_of(name.strip(), groups),
            )
        if group in found:
            raise UserError(
                "{option} names the group {found} twice; once is expected",
                option=option,
                found=group,
            )
        found[group] = int(number)
    return found
