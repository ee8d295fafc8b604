"""Who of a sheet gets a letter now."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.collection.recipients import recipients
from app.commands.faults import UserError
from survey.collection.invitations import Invitation, Person

TODAY = date(2026, 12, 1)
YESTERDAY = TODAY - timedelta(days=1)


def invitation(number, *, status="waiting", sent=None, reminded=None, email=""):
    return Invitation(number, "academics", Person("Anna", email), status, sent, reminded)


def chosen(rows, *known, reminder=False):
    found = recipients(rows, {each.number: each for each in known}, reminder=reminder, today=TODAY)
    return [row.number for row in found.wanted], dict(found.passed)


def test_whoever_had_the_letter_or_cannot_use_it_gets_none(link_rows):
    assert chosen(
        link_rows(5),
        invitation(1),
        invitation(2, sent=YESTERDAY),
        invitation(3, status="answered"),
        invitation(4, status="revoked"),
        invitation(5, status="expired"),
    ) == ([1], {"sent": 1, "answered": 1, "revoked": 1, "expired": 1})


def test_a_reminder_goes_once_a_day_and_needs_no_letter_before(link_rows):
    assert chosen(
        link_rows(4),
        invitation(1),
        invitation(2, sent=YESTERDAY, reminded=YESTERDAY),
        invitation(3, sent=YESTERDAY, reminded=TODAY),
        invitation(4, status="answered"),
        reminder=True,
    ) == ([1, 2], {"reminded": 1, "answered": 1})


def test_the_address_of_the_sheet_goes_before_that_of_the_list(link_rows):
    first, second = link_rows(2)
    rows = [first, replace(second, email="", name="")]
    known = {k: invitation(k, email=f"stored{k}@example.org") for k in (1, 2)}
    found = recipients(rows, known, reminder=False, today=TODAY).wanted
    assert [row.email for row in found] == ["p1@example.org", "stored2@example.org"]
    assert found[1].name == "Anna"


def test_without_an_address_there_is_no_letter(link_rows):
    (row,) = link_rows(1)
    assert chosen([replace(row, email="")], invitation(1)) == ([], {"unaddressed": 1})


def test_two_people_with_one_address_are_named(link_rows):
    first, second = link_rows(2)
    rows = [first, replace(second, email=first.email.upper())]
    with pytest.raises(UserError, match="the numbers 1 and 2 have the same address"):
        chosen(rows, invitation(1), invitation(2))
