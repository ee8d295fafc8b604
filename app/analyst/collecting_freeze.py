"""Freeze and hand on: a closed wave becomes the study's answers, with what that changes."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import streamlit as st

from app.analyst import collecting_handing
from app.analyst.collecting_desk import Desk, done, refusals
from app.analyst.tables import Column, table
from app.charts import collecting as charts
from app.collection.freezing import FrozenStudy, freeze_into
from app.collection.outcome import compare
from app.study import Study, bundled_studies
from app.words import freezing as words
from app.words.names import Names
from survey.collection.freezing import Freeze, freezes, prepare, verify
from survey.collection.store import home
from survey.collection.wave import Wave

_KEEP, _OUT = "", "-"


def show(desk: Desk) -> None:
    """Show the page."""
    wave = desk.chosen()
    if wave is None:
        return
    say = desk.lang.say
    if wave.state not in ("closed", "frozen"):
        desk.view.finding(
            [say("A wave is frozen and handed on after it is closed; this one is not.")]
        )
        return
    made = freezes(desk.store, wave.id)
    kept = [each for each in made if each.summary]
    fresh: FrozenStudy | None = st.session_state.get(_key(wave, "fresh"))
    found, since = (None, None) if fresh is None else (fresh.change, fresh.since)
    # Without answers of its own the study cannot name what it ranks; the one just made can.
    study = desk.study if fresh is None else fresh.study
    named = isinstance(study, Study)
    if fresh is None and named and len(kept) > 1:
        found, since = compare(kept[-2].summary, kept[-1].summary), kept[-2].number
    told = words.change(found, since, Names(study, desk.lang), desk.lang) if found or fresh else []
    desk.view.finding([*_finding(desk, wave, made), *told[:1]])
    if found is not None:
        desk.view.chart(charts.shifts(found, study, desk.lang))
    desk.view.points(told[1:]) if told[1:] else None
    if fresh is not None:
        _written(desk, fresh)
    elif named and len(kept) > 1:
        _weights(desk, kept[-2], kept[-1])
    join, out = _parting(desk, wave)
    _freeze(desk, wave, join, out)
    if made:
        _list(desk, wave, made)
    collecting_handing.export(desk, wave, join, out)
    collecting_handing.next_one(desk, wave)


def _finding(desk: Desk, wave: Wave, made: tuple[Freeze, ...]) -> list[str]:
    lang = desk.lang
    if not made:
        return [
            lang.say(
                "“{title}” is closed and not frozen yet.", title=lang.pick(wave.settings.title)
            ),
            lang.say("Freezing writes its answers into a study and computes the ranking anew."),
        ]
    last = made[-1]
    return [
        lang.say_many(
            "Freeze {number} of {day} holds the answers of {count} person.",
            "Freeze {number} of {day} holds the answers of {count} people.",
            last.respondents,
            number=last.number,
            day=last.frozen_on.isoformat(),
        )
    ]


def _written(desk: Desk, fresh: FrozenStudy) -> None:
    """Say where the study with these answers is, and what is to be known of it."""
    view, lang = desk.view, desk.lang
    view.points(lang.sentence(each) for each in fresh.remarks) if fresh.remarks else None
    view.text(
        lang.say(
            "The study with these answers is in {folder}; konsilium app {folder} opens it.",
            folder=fresh.study.folder,
        )
    )


def _weights(desk: Desk, before: Freeze, after: Freeze) -> None:
    """Show the weights of the criteria of two freezes."""
    view, lang = desk.view, desk.lang
    with st.expander(lang.say("The figures")):
        criteria = desk.study.criteria.index
        frame = pd.DataFrame(
            [
                {
                    "criterion": view.names.criterion(name) if name in criteria else name,
                    "before": before.summary["weights"].get(name),
                    "after": weight,
                }
                for name, weight in after.summary["weights"].items()
            ]
        )
        columns = {
            "criterion": Column(lang.say("Criterion")),
            "before": Column(lang.say("Weight before"), 3),
            "after": Column(lang.say("Weight now"), 3),
        }
        table(frame, columns, lang, lang.say("Weights of the criteria before and now"))


def _parting(desk: Desk, wave: Wave) -> tuple[dict[str, str], list[str]]:
    """Ask which groups are counted in another or left out, so that nobody can be recognised."""
    say, lang = desk.lang.say, desk.lang
    titles = {g.id: lang.pick(g.title) for g in wave.settings.groups}
    join: dict[str, str] = {}
    out: list[str] = []
    with st.expander(say("Groups that are too small: count them in another, or leave them out")):
        for group, title in titles.items():
            others = [each for each in titles if each != group]

            def said(each: str) -> str:
                if each == _KEEP:
                    return say("a group of its own")
                return (
                    say("left out")
                    if each == _OUT
                    else say("counted in {group}", group=titles[each])
                )

            chosen = st.selectbox(
                title, (_KEEP, *others, _OUT), format_func=said, key=_key(wave, f"part.{group}")
            )
            if chosen == _OUT:
                out.append(group)
            elif chosen != _KEEP:
                join[group] = chosen
    return join, out


def _freeze(desk: Desk, wave: Wave, join: dict[str, str], out: list[str]) -> None:
    say, lang = desk.lang.say, desk.lang
    desk.view.heading(say("Freeze it"))
    with refusals(lang):
        ready = prepare(desk.store, wave.id, join=join, leave_out=out)
        desk.view.points(
            [
                lang.say_many(
                    "{count} response is frozen.",
                    "{count} responses are frozen.",
                    len(ready.dataset.respondents),
                ),
                *(lang.sentence(each) for each in ready.remarks),
            ]
        )
        bundled = desk.study.folder.resolve() in {p.resolve() for p in bundled_studies().values()}
        if bundled:
            desk.view.text(
                say(
                    "This study came with Konsilium and stays as it is: the answers go into a copy."
                )
            )
        into = st.text_input(
            say("New folder for the study with these answers")
            if bundled
            else say("New folder for the study with these answers; empty: into this study itself"),
            value=str(home() / f"{desk.study.settings.id}-{wave.id}") if bundled else "",
            key=_key(wave, "into"),
        )
        if not st.button(say("Freeze and compute the ranking"), key=_key(wave, "do")):
            return
        with st.spinner(say("Computing the ranking from these answers…")):
            fresh = freeze_into(
                desk.store, wave.id, str(desk.study.folder),
                out=Path(into.strip()).expanduser() if into.strip() else None,
                join=join, leave_out=out, actor=desk.actor, today=desk.today,
                expected=desk.study.digest,
            )  # fmt: skip
        st.session_state[_key(wave, "fresh")] = fresh
        done(say("The wave is frozen."))


def _list(desk: Desk, wave: Wave, made: tuple[Freeze, ...]) -> None:
    say = desk.lang.say
    desk.view.heading(say("Freezes of this wave"))
    frame = pd.DataFrame(
        [
            {
                "number": each.number,
                "day": each.frozen_on.isoformat(),
                "respondents": each.respondents,
                "digest": each.digest,
            }
            for each in reversed(made)
        ]
    )
    columns = {
        "number": Column(say("No.")),
        "day": Column(say("Day")),
        "respondents": Column(say("Respondents"), 0),
        "digest": Column(say("SHA-256"), help=say("Proves later that no answer was changed")),
    }
    table(frame, columns, desk.lang, say("Freezes with their digests"))
    with refusals(desk.lang):
        if st.button(say("Check the digest against the store"), key=_key(wave, "verify")):
            if verify(desk.store, wave.id):
                st.success(
                    say("The answers in the store give the same digest."), icon=":material/check:"
                )
            else:
                st.error(
                    say(
                        "The answers in the store give another digest: something was changed or withdrawn."
                    ),
                    icon=":material/error:",
                )


def _key(wave: Wave, name: str) -> str:
    return f"wave.freeze.{wave.id}.{name}"
