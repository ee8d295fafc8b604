"""konsilium wave freeze, verify, export, paper-..., next-round: what becomes of the answers."""

import csv
import shutil

import pytest
import typer
from sqlalchemy import text

from app.commands.faults import is_refusal, lines_of
from app.commands.wave_data_cli import add_to
from app.i18n import language
from app.study import bundled_studies, check_study, load_study
from survey.collection.datasets import wave_dataset
from survey.collection.events import events
from survey.collection.lifecycle import close_wave
from survey.collection.store import Store
from survey.collection.waves import list_waves
from survey.formats.sheets import read_sheet
from tests.answered import chose, closed, open_one, respond
from tests.template_wave import ASKED, GROUPS, answers


@pytest.fixture
def store(tmp_path, monkeypatch):
    url = str(tmp_path / "collection.sqlite")
    monkeypatch.setenv("KONSILIUM_DATABASE_URL", url)
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")

    def called(*arguments):
        words = language("en")
        group = typer.Typer()
        add_to(group, words)
        try:
            typer.main.get_command(group)(args=list(map(str, arguments)), standalone_mode=False)
        except ValueError as error:
            if not is_refusal(error):
                raise
            return 2, " ".join(lines_of(error, words))
        return 0, " ".join(capsys.readouterr().out.split())

    return called


@pytest.fixture
def wave(store):
    return closed(store, answers(4, 3, 5), questionnaire=ASKED, groups=GROUPS, study="template")


def typed(path, *rows):
    headings = read_sheet(path).headings
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headings, restval="")
        writer.writeheader()
        writer.writerows(rows)


def test_a_wave_is_frozen_into_a_study_and_ranked(store, run, wave, tmp_path):
    study = tmp_path / "study"
    shutil.copytree(bundled_studies()["template"], study)
    status, told = run("freeze", wave.id, "--study", study)
    assert status == 0
    assert "Freeze 1 of the wave" in told
    assert "12 respondents" in told
    assert "PROMETHEE II" in told
    assert "Compared with the study's former answers: 42 experts before, 12 now." in told
    assert check_study(str(study)) == []
    status, told = run("verify", wave.id)
    assert status == 0
    assert "are those of freeze 1" in told


def test_a_bundled_study_goes_into_a_new_folder(store, run, wave, tmp_path):
    status, told = run("freeze", wave.id)
    assert (status, "--out DIR" in told) == (2, True)
    status, told = run("freeze", wave.id, "--study", "template")
    assert (status, "--out" in told) == (2, True)
    assert run("freeze", wave.id, "--out", tmp_path / "new")[0] == 0
    assert load_study(tmp_path / "new").settings.experts["residents"] == 5


def test_groups_are_joined_and_left_out(store, run, wave, tmp_path):
    out = ("--out", tmp_path / "new")
    status, told = run("freeze", wave.id, *out, "--join", "producers")
    assert (status, "trainees=managers" in told) == (2, True)
    both = ("--join", "producers=residents", "--leave-out", "researchers")
    assert run("freeze", wave.id, *out, *both)[0] == 0
    assert load_study(tmp_path / "new").settings.experts == {"residents": 9}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "sav"])
def test_answers_are_written_for_their_owner_only(store, run, wave, tmp_path, kind):
    out = tmp_path / "export"
    status, told = run("export", wave.id, "--out", out, "--format", kind)
    assert status == 0
    assert "12 texts in the respondents' own words are not among the rows" in told
    assert all(file.stat().st_mode & 0o077 == 0 for file in out.iterdir())
    assert not any(b"Petrov" in file.read_bytes() for file in out.iterdir())
    (event,) = [e for e in events(store, wave.id) if e.action == "exported"]
    assert (event.detail["format"], event.detail["texts"]) == (kind, False)
    status, told = run("export", wave.id, "--out", out, "--format", kind)
    assert (status, "already there" in told) == (2, True)


def test_words_are_written_apart_when_asked_for(store, run, wave, tmp_path):
    out = tmp_path / "export"
    status, told = run("export", wave.id, "--out", out, "--with-texts")
    assert status == 0
    assert "! 12 texts are in the file texts.csv" in told
    assert {file.name for file in out.iterdir()} == {
        "answers-tidy.csv", "answers-wide.csv", "texts.csv",
    }  # fmt: skip


def test_an_export_parts_the_groups_as_the_last_freeze(store, run, wave, tmp_path):
    run("freeze", wave.id, "--out", tmp_path / "new", "--join", "researchers=residents")
    run("export", wave.id, "--out", tmp_path / "one")
    rows = read_sheet(tmp_path / "one" / "answers-wide.csv").rows
    assert {row[1] for row in rows[1:]} == {"producers", "residents"}
    status, told = run("export", wave.id, "--out", tmp_path / "two", "--format", "doc")
    assert (status, "csv, xlsx, sav" in told) == (2, True)


def test_answers_changed_by_hand_are_found_out(store, run, wave, tmp_path):
    run("freeze", wave.id, "--out", tmp_path / "new")
    change = text("DELETE FROM answers WHERE question = 'years'")
    store.write(lambda conn: conn.execute(change) and None)
    status, told = run("verify", wave.id)
    assert (status, "no longer those of freeze 1" in told) == (2, True)


def test_paper_is_typed_twice_checked_and_counted(store, run, tmp_path):
    wave = open_one(store)
    table = tmp_path / "sheets.csv"
    status, told = run("paper-template", wave.id, "--out", table)
    assert (status, "science, industry" in told) == (0, True)
    first = {
        "sheet": "1",
        "group": "science",
        "aims:growth": "1",
        "points:a": "50",
        "points:b": "50",
    }
    typed(table, first, {"sheet": "2", "group": "industry", "aims:jobs": "1"})
    entered = ("paper-enter", wave.id, table)
    assert "2 sheets stored as entry 1." in run(*entered, "--entry", 1, "--operator", "Anna")[1]
    typed(table, first | {"points:a": "60", "points:b": "40"})
    assert "1 sheet stored" in run(*entered, "--entry", 2, "--operator", "Boris")[1]
    status, told = run("paper-check", wave.id)
    assert "A: 50" in told
    assert "A: 60" in told
    status, told = run("paper-accept", wave.id)
    assert "0 sheets accepted" in told
    assert "Typed in once only: 2" in told
    assert "The two entries differ: 1" in told
    typed(table, first)
    assert (
        "! the sheet 1 was typed in twice by Anna"
        in (run(*entered, "--entry", 2, "--operator", "Anna")[1])
    )
    assert "No two entries" in run("paper-check", wave.id)[1]
    assert "1 sheet accepted as a response." in run("paper-accept", wave.id)[1]
    assert wave_dataset(store, wave.id).numbers("points").values.tolist() == [[50, 50]]


def test_a_wrong_sheet_stores_none_of_its_table(store, run, tmp_path):
    wave = open_one(store)
    table = tmp_path / "sheets.csv"
    run("paper-template", wave.id, "--out", table)
    typed(
        table,
        {"sheet": "1", "group": "science", "aims:growth": "1"},
        {"sheet": "2", "group": "science", "points:a": "101"},
    )
    status, told = run("paper-enter", wave.id, table, "--entry", 1)
    assert status == 2
    assert "nothing was stored; the sheet 2: question points: 101" in told
    assert "Typed in once only" not in run("paper-accept", wave.id)[1]
    status, told = run("paper-enter", wave.id, tmp_path / "none.csv", "--entry", 1)
    assert (status, "is not there" in told) == (2, True)


def test_the_next_round_is_a_draft_that_says_what_it_cannot_show(store, run):
    wave = open_one(store)
    respond(store, wave, [("science", chose("growth"))] * 5)
    close_wave(store, wave.id, actor="analyst")
    status, told = run("next-round", wave.id, "--question", "why", "--erase", "2100-01-01")
    assert status == 0
    assert "is a draft of round 2, which asks: aims, why" in told
    assert "not their own answer of the round before" in told
    assert [each.state for each in list_waves(store)] == ["closed", "draft"]
