"""Paper sheets: typed in twice, compared, and counted where both entries agree."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from app.analyst.collecting_desk import Desk, done, refusals
from app.analyst.collecting_reply import ask
from app.analyst.tables import Column, table
from app.words.paper import reply_in_words
from survey.collection.paper import accept_sheets, disagreements, enter_sheet, resolve
from survey.collection.paper_entries import Disagreement
from survey.collection.wave import Wave
from survey.errors import SurveyError

_TURN = "wave.paper.turn"


def show(desk: Desk) -> None:
    """Show the page."""
    wave = desk.chosen()
    if wave is None:
        return
    say = desk.lang.say
    found = disagreements(desk.store, wave.id)
    if wave.state not in ("open", "closed") or not wave.secret:
        desk.view.finding(
            [
                say(
                    "Sheets of paper are typed in while a wave is open, or closed and not yet frozen."
                )
            ]
        )
        return
    desk.view.finding(_finding(desk, found))
    desk.view.text(
        say(
            "Every sheet is typed in twice, best by two people, without looking at the first entry. Where both agree it counts as a response; where they differ the sheet is looked at again."
        )
    )
    _accept(desk, wave)
    if found:
        _differing(desk, wave, found)
    _entry(desk, wave)


def _finding(desk: Desk, found: tuple[Disagreement, ...]) -> list[str]:
    if not found:
        return [desk.lang.say("No two entries of a sheet disagree.")]
    sheets = len({each.sheet for each in found})
    return [
        desk.lang.say_many(
            "{count} sheet has entries that disagree, at {places} places in all.",
            "{count} sheets have entries that disagree, at {places} places in all.",
            sheets,
            places=len(found),
        )
    ]


def _accept(desk: Desk, wave: Wave) -> None:
    say, lang = desk.lang.say, desk.lang
    with refusals(lang):
        if not st.button(say("Count the sheets whose entries agree"), key="wave.paper.accept"):
            return
        made = accept_sheets(desk.store, wave.id, actor=desk.actor, today=desk.today)
        told = [
            lang.say_many(
                "{count} sheet counts now.", "{count} sheets count now.", len(made.sheets)
            )
        ]
        if made.waiting:
            told.append(
                say("Waiting for the other entry: {sheets}.", sheets=", ".join(made.waiting))
            )
        if made.differing:
            told.append(say("Entries disagree: {sheets}.", sheets=", ".join(made.differing)))
        told += [lang.sentence(each) for each in made.remarks]
        done(" ".join(told))


def _differing(desk: Desk, wave: Wave, found: tuple[Disagreement, ...]) -> None:
    say, lang = desk.lang.say, desk.lang
    desk.view.heading(say("Where two entries disagree"))
    frame = pd.DataFrame(
        [
            {
                "sheet": each.sheet,
                "question": _asked(desk, wave, each),
                "first": _said(desk, wave, each, 1),
                "second": _said(desk, wave, each, 2),
            }
            for each in found
        ]
    )
    columns = {
        "sheet": Column(say("Sheet")),
        "question": Column(say("Question")),
        "first": Column(say("First entry")),
        "second": Column(say("Second entry")),
    }
    table(frame, columns, lang, say("What two entries of a sheet say differently"))
    with st.container(border=True), refusals(lang):
        place = st.selectbox(
            say("Sheet and question that was looked at again"),
            range(len(found)),
            index=None,
            format_func=lambda k: f"{found[k].sheet}: {_asked(desk, wave, found[k])}",
            placeholder=say("choose"),
            key=f"wave.paper.which.{wave.id}.{len(found)}",
        )
        if place is None:
            return
        each = found[place]
        right = st.radio(
            say("What the sheet says"),
            (1, 2),
            index=None,
            format_func=lambda k: _said(desk, wave, each, k),
            key=f"wave.paper.right.{wave.id}.{each.sheet}.{each.question}",
        )
        st.caption(say("If neither is right, type the sheet in once more below."))
        if st.button(
            say("Take it into both entries"), disabled=right is None, key="wave.paper.take"
        ):
            reply = each.first if right == 1 else each.second
            resolve(desk.store, wave.id, each.sheet, each.question, reply, operator=desk.actor)
            done(say("The entries of {sheet} agree on this question now.", sheet=each.sheet))


def _entry(desk: Desk, wave: Wave) -> None:
    say, lang = desk.lang.say, desk.lang
    desk.view.heading(say("Type in a sheet"))
    # A new turn draws new, empty widgets.
    key = f"wave.paper.{wave.id}.{st.session_state.setdefault(_TURN, 0)}"
    titles = {g.id: lang.pick(g.title) for g in wave.settings.groups}
    with st.form(key, enter_to_submit=False):
        sheet = st.text_input(
            say("What is written on the sheet, such as its number"), key=f"{key}.sheet"
        )
        entry = st.radio(
            say("Entry"),
            (1, 2),
            index=None,
            horizontal=True,
            format_func=lambda k: say("first") if k == 1 else say("second"),
            key=f"{key}.entry",
        )
        group = st.radio(
            say("Group"),
            list(titles),
            index=None,
            format_func=titles.__getitem__,
            key=f"{key}.group",
        )
        replies = {
            q.id: ask(q, lang, f"{key}.{q.id}") for q in wave.settings.questionnaire.questions
        }
        sent = st.form_submit_button(say("Store this entry"))
    with refusals(lang):
        if not sent:
            return
        if entry is None or group is None:
            raise SurveyError(
                "sheet_incomplete",
                "the entry or the group of the sheet is not chosen; both are expected",
            )
        told = enter_sheet(
            desk.store, wave.id, sheet,
            entry=entry, group=group, replies=replies, operator=desk.actor,
        )  # fmt: skip
        st.session_state[_TURN] += 1
        stored = say("Entry {entry} of sheet {sheet} is stored.", entry=entry, sheet=sheet.strip())
        done(" ".join([stored, *(lang.sentence(each) for each in told)]))


def _asked(desk: Desk, wave: Wave, each: Disagreement) -> str:
    if not each.question:
        return desk.lang.say("Group")
    return desk.lang.pick(wave.settings.questionnaire.question(each.question).text)


def _said(desk: Desk, wave: Wave, each: Disagreement, entry: int) -> str:
    given = each.first if entry == 1 else each.second
    if isinstance(given, str):
        return desk.lang.pick(wave.group(given).title)
    question = wave.settings.questionnaire.question(each.question)
    return reply_in_words(question, given, desk.lang)
