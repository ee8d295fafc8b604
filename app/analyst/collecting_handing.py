"""Handing on: the answers as files, and the next Delphi round."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import streamlit as st

from app.analyst.collecting_desk import Desk, choose_wave, done, refusals
from survey.collection.datasets import wave_dataset
from survey.collection.events import new_event, record
from survey.collection.exporting import FORMATS, write_answers, write_texts
from survey.collection.freezing import prepare
from survey.collection.rounds import next_round, open_questions
from survey.collection.wave import Wave
from survey.dataset import Remark


def export(desk: Desk, wave: Wave, join: Mapping[str, str], out: Sequence[str]) -> None:
    """Offer the answers as files, with the groups parted as chosen above."""
    say, lang = desk.lang.say, desk.lang
    desk.view.heading(say("Export the answers"))
    left, right = st.columns(2)
    kind = left.selectbox(
        say("Format"), FORMATS, format_func={"csv": "CSV", "xlsx": "XLSX", "sav": "SPSS"}.get,
        key=_key(wave, "kind"),
    )  # fmt: skip
    texts = right.checkbox(
        say("With what was written in words, in a file apart"),
        help=say("Words can tell who wrote them: read them before you give them to anybody."),
        key=_key(wave, "texts"),
    )
    with refusals(lang):
        if st.button(say("Make the files"), key=_key(wave, "export")):
            ready = prepare(desk.store, wave.id, join=join, leave_out=out)
            told: list[Remark] = []
            with tempfile.TemporaryDirectory(prefix="konsilium-") as name:
                folder = Path(name)
                told += write_answers(ready.dataset, folder, kind, lang.code)
                if texts:
                    anonymous = wave.settings.mode == "anonymous"
                    told += write_texts(ready.dataset, folder, anonymous=anonymous)
                packed = _packed(folder)
            event = new_event(
                desk.actor, "exported", wave.id, format=kind, texts=texts, digest=ready.digest,
                respondents=len(ready.dataset.respondents),
            )  # fmt: skip
            desk.store.write(lambda conn: record(conn, event))
            desk.view.points(
                [lang.sentence(each) for each in dict.fromkeys((*ready.remarks, *told))]
            )
            st.download_button(
                say("Download"), packed, f"answers-{wave.id}.zip", "application/zip",
                on_click="ignore", key=_key(wave, "download"),
            )  # fmt: skip


def next_one(desk: Desk, wave: Wave) -> None:
    """Make the next Delphi round: the same panel, told what it said."""
    say, lang = desk.lang.say, desk.lang
    with st.expander(say("Next Delphi round")), refusals(lang):
        desk.view.text(
            say(
                "The next round asks again, and shows beside each question what the panel said in this one, of no fewer people than the smallest cell. It is a wave of its own: its people are invited anew."
            )
        )
        questions = {q.id: lang.pick(q.text) for q in wave.settings.questionnaire.questions}
        chosen = st.multiselect(
            say("Questions asked again"),
            list(questions),
            default=[*open_questions(wave_dataset(desk.store, wave.id), wave.round)],
            format_func=questions.__getitem__,
            placeholder=say("choose"),
            help=say(
                "Proposed are those answered by numbers on which the panel does not agree yet."
            ),
            key=_key(wave, "again"),
        )
        ends = st.date_input(
            say("Last day of answering"), value=None, format="YYYY-MM-DD", key=_key(wave, "ends")
        )
        if st.button(say("Make the next round"), disabled=not chosen, key=_key(wave, "round")):
            made = next_round(
                desk.store, wave.id, chosen, actor=desk.actor, today=desk.today, closes_on=ends
            )
            choose_wave(made.id)
            done(say("Round {round} is made, as a draft.", round=made.round))


def _packed(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pack:
        for file in sorted(folder.iterdir()):
            pack.write(file, file.name)
    return buffer.getvalue()


def _key(wave: Wave, name: str) -> str:
    return f"wave.hand.{wave.id}.{name}"
