"""Invitations: links made once, whom to remind, whose link to revoke."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import streamlit as st

from app.analyst.collecting_desk import Desk, ask_address, done, refusals
from app.analyst.tables import Column, table
from app.collection.addresses import public_url
from app.collection.cards import CardStyle, cards_page
from app.collection.people import read_people
from app.collection.sheets import LinkRow, csv_sheet, rows_of, xlsx_sheet
from app.i18n import LANGUAGES, language
from app.words import collecting as words
from survey.collection.invitations import (
    Invitation,
    Person,
    invite,
    list_invitations,
    note_sent,
    revoke,
)
from survey.collection.wave import Wave
from survey.errors import SurveyError

_LIST, _COUNTS = "list", "counts"
_ROWS = 12  # of the list of reminders in view
_LARGEST = 5  # MB of a list of people
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(desk: Desk) -> None:
    """Show the page."""
    wave = desk.chosen()
    if wave is None:
        return
    say, lang = desk.lang.say, desk.lang
    if wave.settings.access == "open":
        desk.view.finding(
            [say("This wave is open to everybody: it has an address and no invitations.")]
        )
        return
    listed = list_invitations(desk.store, desk.sealer, wave.id, today=desk.today)
    waiting = [each for each in listed if each.status == "waiting"]
    said = [
        lang.say_many("{count} person is invited.", "{count} people are invited.", len(listed)),
        words.reminders(wave, len(waiting), lang)[0],
    ]
    desk.view.finding(said)
    _links(desk, wave)
    if wave.state in ("draft", "open"):
        _invite(desk, wave, listed)
    if listed:
        _reminders(desk, wave, waiting)
        _revoke(desk, wave, listed)


def _invite(desk: Desk, wave: Wave, listed: Sequence[Invitation]) -> None:
    say, lang = desk.lang.say, desk.lang
    desk.view.heading(say("Make links"))
    way = st.radio(
        say("Whom to invite"),
        (_COUNTS, _LIST),
        format_func=lambda each: {
            _COUNTS: say("so many of each group, without names"),
            _LIST: say("a list of people, as CSV or XLSX"),
        }[each],
        key="wave.invite.way",
    )
    with st.form("wave.invite", enter_to_submit=False):
        address = ask_address(lang, "invite")
        people: list[tuple[str, Person]] = []
        file = None
        if way == _COUNTS:
            for column, group in zip(
                st.columns(len(wave.settings.groups)), wave.settings.groups, strict=True
            ):
                count = column.number_input(
                    lang.pick(group.title), min_value=0, max_value=10_000, value=0, step=1,
                    key=f"wave.invite.{wave.id}.{group.id}",
                )  # fmt: skip
                people += [(group.id, Person())] * int(count)
        else:
            file = st.file_uploader(
                say("Columns group, name, email; the first line names them"),
                type=["csv", "xlsx"],
                max_upload_size=_LARGEST,
                key="wave.invite.file",
            )
        expires = st.date_input(
            say("Links end on"), value=None, format="YYYY-MM-DD", key="wave.invite.expires",
            help=say("Empty: when the wave closes."),
        )  # fmt: skip
        sent = st.form_submit_button(say("Make the links"))
    with refusals(lang):
        if not sent:
            return
        url = public_url(address)
        if way == _LIST:
            if file is None:
                raise SurveyError(
                    "list_missing", "no list is given; a CSV or XLSX file is expected"
                )
            people = _people(file.name, file.getvalue(), wave, listed)
        links = invite(
            desk.store, desk.sealer, wave.id, people,
            actor=desk.actor, today=desk.today, expires_on=expires,
        )  # fmt: skip
        titles = {group.id: group.title for group in wave.settings.groups}
        kept = st.session_state.get(_kept(wave), ())
        st.session_state[_kept(wave)] = (*kept, *rows_of(links, titles, url, lang))
        done(say("The links are made: download them now, below."))


def _people(
    name: str, content: bytes, wave: Wave, listed: Sequence[Invitation]
) -> list[tuple[str, Person]]:
    """People of an uploaded list; on the disk only while it is read."""
    already = {each.person.email.lower(): each.number for each in listed if each.person.email}
    with tempfile.TemporaryDirectory(prefix="konsilium-") as folder:
        file = Path(folder) / Path(name).name
        file.write_bytes(content)
        titles = {group.id: group.title for group in wave.settings.groups}
        return list(read_people(file, titles, already))


def _links(desk: Desk, wave: Wave) -> None:
    """Offer new links; they are in this tab's memory and nowhere else."""
    say, lang = desk.lang.say, desk.lang
    rows: tuple[LinkRow, ...] = st.session_state.get(_kept(wave), ())
    if not rows:
        return
    desk.view.heading(say("New links: keep them now"))
    st.warning(
        lang.say_many(
            "{count} new link stands here ONCE: the store keeps only a hash of it. When you log out, load the page anew or press the last button, it is gone, and a new link has to be made.",
            "{count} new links stand here ONCE: the store keeps only hashes of them. When you log out, load the page anew or press the last button, they are gone, and new links have to be made.",
            len(rows),
        ),
        icon=":material/key:",
    )
    name = f"links-{wave.id}"
    style = CardStyle(wave.settings.title, wave.settings.mode, wave.settings.closes_on)
    both = [lang, *(language(code) for code in LANGUAGES if code != lang.code)]
    sheet, book, cards = st.columns(3)
    sheet.download_button(
        say("Link sheet, CSV"), lambda: csv_sheet(rows, lang), f"{name}.csv", "text/csv",
        key="wave.links.csv", on_click="ignore", width="stretch",
    )  # fmt: skip
    book.download_button(
        say("Link sheet, XLSX"), lambda: xlsx_sheet(rows, lang), f"{name}.xlsx", _XLSX,
        key="wave.links.xlsx", on_click="ignore", width="stretch",
    )  # fmt: skip
    cards.download_button(
        say("Cards to print"), lambda: cards_page(rows, style, both).encode(), f"{name}.html",
        "text/html", key="wave.links.cards", on_click="ignore", width="stretch",
    )  # fmt: skip
    if st.button(say("I have kept them; take them from this page"), key="wave.links.gone"):
        del st.session_state[_kept(wave)]
        st.rerun()


def _reminders(desk: Desk, wave: Wave, waiting: Sequence[Invitation]) -> None:
    say = desk.lang.say
    desk.view.heading(say("Whom to remind"))
    for each in words.reminders(wave, len(waiting), desk.lang)[1:]:
        desk.view.text(each)
    frame = _frame(desk, wave, waiting)
    columns = {
        "number": Column(say("No.")),
        "group": Column(say("Group")),
        "name": Column(say("Name")),
        "email": Column(say("E-mail")),
        "sent": Column(say("Sent")),
        "reminded": Column(say("Reminded")),
    }
    if waiting:
        table(frame, columns, desk.lang, say("Invitations not known to be answered"), most=_ROWS)
    desk.view.text(
        say("Letters are sent by konsilium wave remind; who hands them out notes it here.")
    )
    left, right = st.columns(2)
    numbers = [each.number for each in waiting]
    with refusals(desk.lang):
        if left.button(
            say("Links were handed out today"),
            disabled=not numbers,
            key="wave.sent",
            width="stretch",
        ):
            note_sent(desk.store, wave.id, numbers, today=desk.today, actor=desk.actor)
            done(say("Noted as sent today."))
        if right.button(
            say("They were reminded today"),
            disabled=not numbers,
            key="wave.reminded",
            width="stretch",
        ):
            note_sent(
                desk.store, wave.id, numbers, today=desk.today, actor=desk.actor, reminder=True
            )
            done(say("Noted as reminded today."))


def _revoke(desk: Desk, wave: Wave, listed: Sequence[Invitation]) -> None:
    say = desk.lang.say
    live = {each.number: each for each in listed if each.status in ("waiting", "expired")}
    with st.expander(say("Revoke links")), refusals(desk.lang):
        desk.view.text(say("A revoked link does not open any more; an answer given before stays."))
        chosen = st.multiselect(
            say("Numbers of invitations"),
            list(live),
            format_func=lambda n: " · ".join(
                part for part in (str(n), live[n].person.name or live[n].person.email) if part
            ),
            placeholder=say("choose"),
            key=f"wave.revoke.{wave.id}",
        )
        if st.button(say("Revoke"), disabled=not chosen, key="wave.revoke"):
            revoke(desk.store, wave.id, chosen, actor=desk.actor)
            done(say("The links are revoked."))


def _frame(desk: Desk, wave: Wave, listed: Sequence[Invitation]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "number": each.number,
                "group": desk.lang.pick(wave.group(each.group).title),
                "name": each.person.name,
                "email": each.person.email,
                "sent": each.sent_on.isoformat() if each.sent_on else "",
                "reminded": each.reminded_on.isoformat() if each.reminded_on else "",
            }
            for each in listed
        ]
    )


def _kept(wave: Wave) -> str:
    return f"wave.links.{wave.id}"
