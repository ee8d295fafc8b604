"""Who of a sheet gets a letter now, and why the others do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.collection.addresses import clean_email
from app.collection.sheets import LinkRow
from app.commands.faults import UserError
from survey.collection.invitations import Invitation


@dataclass(frozen=True, slots=True)
class Recipients:
    """Rows with an address each, and how many of the others were passed over for which reason.

    Reasons are ``answered``, ``revoked``, ``expired``, ``sent``, ``reminded``, ``unaddressed``.
    """

    wanted: tuple[LinkRow, ...]
    passed: Counter[str]


def recipients(
    rows: Sequence[LinkRow], known: Mapping[int, Invitation], *, reminder: bool, today: date
) -> Recipients:
    """Sort the rows of a sheet; whoever had this letter before gets none.

    Parameters
    ----------
    rows
        With the numbers that the store knows them by.
    known
        Invitations by number. Their address is used where the sheet has none.

    Raises
    ------
    UserError
        Two of them have the same address.

    """
    wanted: list[LinkRow] = []
    passed: Counter[str] = Counter()
    seen: dict[str, int] = {}
    for row in rows:
        invitation = known[row.number]
        addressed = replace(
            row,
            name=row.name or invitation.person.name,
            email=row.email or invitation.person.email,
        )
        reason = _passed(addressed, invitation, today if reminder else None)
        if reason is not None:
            passed[reason] += 1
            continue
        address = (clean_email(addressed.email) or addressed.email).lower()
        if address in seen:
            raise UserError(
                "the numbers {first} and {second} have the same address {email}; one letter to each person is expected",
                first=seen[address],
                second=row.number,
                email=addressed.email,
            )
        seen[address] = row.number
        wanted.append(addressed)
    return Recipients(tuple(wanted), passed)


def _passed(row: LinkRow, invitation: Invitation, reminding_on: date | None) -> str | None:
    """Why a person gets no letter, None for one who does."""
    if invitation.status != "waiting":
        return invitation.status
    if reminding_on is not None and invitation.reminded_on == reminding_on:
        return "reminded"
    if reminding_on is None and invitation.sent_on is not None:
        return "sent"
    return None if row.email else "unaddressed"
