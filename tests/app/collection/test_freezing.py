import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from app.collection import freezing
from app.collection.freezing import WAVE_FILE, freeze_into
from app.collection.study_files import LOCK, changing, replaced
from app.commands.faults import UserError
from app.study import StudyError, check_study, load_study, study_digest
from app.study.formats import COUNTS, RESPONSES
from survey.collection.freezing import freezes, verify
from survey.collection.wave import Group
from survey.collection.waves import load_wave
from survey.errors import SurveyError
from survey.formats.base import Request
from survey.formats.detect import read_answers
from tests.answered import closed
from tests.template_wave import ASKED, GROUPS, TEMPLATE, answers
from tests.waves import TODAY, words


def wave_of(store, *counts, groups=GROUPS, questionnaire=ASKED, **given):
    rows = answers(*counts, **given)
    return closed(store, rows, questionnaire=questionnaire, groups=groups, study="template")


def put(store, wave, study, **changes):
    return freeze_into(store, wave.id, str(study), actor="analyst", today=TODAY, **changes)


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(TEMPLATE, folder)
    return folder


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def test_a_frozen_wave_is_the_answers_of_the_study(store, study):
    wave = wave_of(store, 4, 3, 5)
    made = put(store, wave, study)
    assert check_study(str(study)) == []
    loaded = load_study(study)
    assert loaded.settings.experts == {"producers": 4, "researchers": 3, "residents": 5}
    assert loaded.counts["needs"].counts.sum() == 12
    assert not (study / COUNTS.file).exists()
    assert made.study.folder == study
    assert load_wave(store, wave.id).state == "frozen"
    assert verify(store, wave.id)


def test_study_yaml_keeps_its_comments_and_says_where_the_answers_are_from(sqlite_store, study):
    before = (study / "study.yaml").read_text(encoding="utf-8").splitlines()
    made = put(sqlite_store, wave_of(sqlite_store, 4, 3, 5), study)
    after = (study / "study.yaml").read_text(encoding="utf-8").splitlines()
    changed = [line for line in before if line not in after]
    assert len(changed) == 4  # the table of answers, and the number of each of three groups
    settings = load_study(study).settings
    entry = settings.tables[RESPONSES.file]
    assert (entry.source, entry.kind) == ("collected", "source")
    citation = settings.sources["collected"].citation
    assert made.frozen.digest in citation.en
    assert TODAY.isoformat() in citation.ru


def test_frozen_again_the_source_is_written_over(sqlite_store, study):
    wave = wave_of(sqlite_store, 4, 3, 5)
    put(sqlite_store, wave, study)
    once = (study / "study.yaml").read_text(encoding="utf-8").splitlines()
    put(sqlite_store, wave, study)
    twice = (study / "study.yaml").read_text(encoding="utf-8").splitlines()
    changed = [line for line, before in zip(twice, once, strict=True) if line != before]
    assert [line.strip().split(":")[0] for line in changed] == [RESPONSES.file]
    assert check_study(str(study)) == []


def test_numbers_are_kept_beside_and_words_are_not(sqlite_store, study):
    made = put(sqlite_store, wave_of(sqlite_store, 4, 3, 5), study)
    assert [r.fields["questions"] for r in made.remarks if r.code == "kept_beside"] == ["years"]
    assert [r.fields["count"] for r in made.remarks if r.code == "texts_left_out"] == [12]
    whole = read_answers(study / WAVE_FILE, request=Request(questionnaire=None))
    given = made.frozen.dataset.numbers("years").values
    assert np.array_equal(np.sort(whole.numbers("years").values, axis=0), np.sort(given, axis=0))
    assert not any(b"Petrov" in content for content in contents(study).values())
    assert "why" not in whole.responses


def test_a_bundled_study_is_not_changed(sqlite_store, tmp_path):
    wave = wave_of(sqlite_store, 4, 3, 5)
    before = study_digest(TEMPLATE)
    with pytest.raises(UserError, match="--out"):
        put(sqlite_store, wave, "template")
    made = put(sqlite_store, wave, "template", out=tmp_path / "new" / "study")
    assert study_digest(TEMPLATE) == before
    assert not (TEMPLATE / LOCK).exists()
    assert check_study(str(tmp_path / "new" / "study")) == []
    assert made.frozen.number == 1
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["study"]


def test_a_folder_that_is_taken_is_not_written_over(sqlite_store, study, tmp_path):
    wave = wave_of(sqlite_store, 4, 3, 5)
    before = contents(study)
    for out in (study, study / "inside", tmp_path / "collection.sqlite"):
        with pytest.raises(UserError):
            put(sqlite_store, wave, "template" if out == study else study, out=out)
    assert contents(study) == before
    assert freezes(sqlite_store, wave.id) == ()


def test_groups_joined_or_left_out_leave_the_study(sqlite_store, study):
    wave = wave_of(sqlite_store, 4, 1, 5)
    with pytest.raises(SurveyError, match=r"researchers \(1\)"):
        put(sqlite_store, wave, study)
    made = put(sqlite_store, wave, study, join={"researchers": "producers"})
    loaded = load_study(study)
    assert loaded.settings.experts == {"producers": 5, "residents": 5}
    assert "researchers" in loaded.settings.tables[RESPONSES.file].note.en
    assert [r.fields["groups"] for r in made.remarks if r.code == "groups_gone"] == ["researchers"]
    put(sqlite_store, wave, study, leave_out=["researchers"])
    assert load_study(study).settings.experts == {"producers": 4, "residents": 5}


def test_a_group_that_the_study_does_not_have_comes_with_its_title(sqlite_store, study):
    groups = (*GROUPS[:2], Group("visitors", words('Visitors: "guests"')))
    rows = [
        ("visitors" if group == "residents" else group, replies)
        for group, replies in answers(4, 3, 5)
    ]
    wave = closed(sqlite_store, rows, questionnaire=ASKED, groups=groups)
    put(sqlite_store, wave, study)
    (group,) = [g for g in load_study(study).settings.groups if g.id == "visitors"]
    assert (group.experts, group.title.en) == (5, 'Visitors: "guests"')


def test_answers_that_do_not_fit_the_study_change_nothing(sqlite_store, study):
    other = ASKED.model_copy(update={"questions": ASKED.questions[:1]})
    rows = [(group, {"needs": replies["needs"]}) for group, replies in answers(4, 3, 5)]
    wave = closed(sqlite_store, rows, questionnaire=other, groups=GROUPS)
    before = contents(study)
    with pytest.raises(StudyError, match="no answers to the question approaches"):
        put(sqlite_store, wave, study)
    assert contents(study) == before
    assert load_wave(sqlite_store, wave.id).state == "closed"


def test_the_first_freeze_is_compared_with_the_former_answers_and_the_next_with_it(store, study):
    wave = wave_of(store, 4, 3, 5)
    first = put(store, wave, study)
    assert first.since is None
    assert first.change.experts == (42, 12)
    shift = next(s for s in first.change.shifts if s.option == "clean_water")
    assert shift.after == 1
    second = put(store, wave, study)
    assert second.since == 1
    assert all(move.before == move.after for move in second.change.moves)
    assert all(shift.difference == 0 for shift in second.change.shifts)
    assert freezes(store, wave.id)[1].summary == second.summary


def test_a_study_without_answers_has_nothing_to_compare_with(sqlite_store, study):
    (study / COUNTS.file).unlink()
    made = put(sqlite_store, wave_of(sqlite_store, 4, 3, 5), study)
    assert made.change is None
    assert check_study(str(study)) == []


def test_should_recording_fail_the_study_is_as_it_was(sqlite_store, study, monkeypatch, tmp_path):
    def fails(*_, **__):
        raise SurveyError("freeze_meanwhile", "somebody else")

    wave = wave_of(sqlite_store, 4, 3, 5)
    before = contents(study)
    monkeypatch.setattr(freezing, "record_freeze", fails)
    with pytest.raises(SurveyError, match="somebody else"):
        put(sqlite_store, wave, study)
    with pytest.raises(SurveyError, match="somebody else"):
        put(sqlite_store, wave, study, out=tmp_path / "new")
    assert contents(study) == before
    assert not (tmp_path / "new").exists()
    assert [p.name for p in study.iterdir() if p.name.startswith(".")] == [LOCK]


def test_an_edit_made_since_the_study_was_looked_at_is_not_lost(sqlite_store, study):
    wave = wave_of(sqlite_store, 4, 3, 5)
    seen = study_digest(study)
    with (study / "study.yaml").open("a", encoding="utf-8") as file:
        file.write("# a colleague's note\n")
    edited = contents(study)
    with pytest.raises(UserError, match="changed by somebody else"):
        put(sqlite_store, wave, study, expected=seen)
    assert contents(study) == edited
    assert freezes(sqlite_store, wave.id) == ()


def test_an_edit_made_while_it_is_computed_is_not_lost(sqlite_store, study, monkeypatch):
    wave = wave_of(sqlite_store, 4, 3, 5)
    compute = freezing.summary_of

    def slow(loaded):
        with (study / "study.yaml").open("a", encoding="utf-8") as file:
            file.write("# a colleague's note\n")
        return compute(loaded)

    monkeypatch.setattr(freezing, "summary_of", slow)
    with pytest.raises(UserError, match="changed by somebody else"):
        put(sqlite_store, wave, study)
    assert "colleague" in (study / "study.yaml").read_text(encoding="utf-8")
    assert (study / COUNTS.file).exists()
    assert freezes(sqlite_store, wave.id) == ()


def test_two_analysts_who_freeze_at_once_take_turns(sqlite_store, study):
    waves = [wave_of(sqlite_store, 4, 3, 5), wave_of(sqlite_store, 6, 3, 3)]
    made = {}
    threads = [
        threading.Thread(target=lambda w=w: made.update({w.id: put(sqlite_store, w, study)}))
        for w in waves
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert check_study(str(study)) == []
    assert len(made) == 2
    last = load_study(study)
    (holder,) = [each for each in made.values() if each.frozen.digest in str(last.settings.sources)]
    assert last.settings.experts == holder.study.settings.experts
    # Whoever came second has seen, and is compared with, what the first had put there.
    assert holder.change.experts == (12, 12)


def test_a_study_that_somebody_else_is_changing_is_waited_for_and_then_refused(study):
    with (
        changing(study),
        pytest.raises(UserError, match="at this moment"),
        changing(study, patience=0.1),
    ):
        pass


_KILLED = """
import os, sys
from pathlib import Path
from app.collection.study_files import changing, replaced
folder, made = map(Path, sys.argv[1:])
with changing(folder), replaced(folder, made, ["study.yaml", "answers/new.csv"], ["criteria.csv"]):
    os._exit(9)
"""


def test_a_process_that_ends_half_way_leaves_nothing_half_done(study, tmp_path):
    before = contents(study)
    made = tmp_path / "made"
    (made / "answers").mkdir(parents=True)
    (made / "study.yaml").write_text("half: done\n")
    (made / "answers" / "new.csv").write_text("half\n")
    ended = subprocess.run(
        [sys.executable, "-c", _KILLED, study, made],
        check=False,
        cwd=Path(__file__).parents[3],
        env=os.environ,
    )
    assert ended.returncode == 9
    assert contents(study) != before
    with changing(study):
        assert contents(study) == before
    assert [p.name for p in study.iterdir() if p.name.startswith(".")] == [LOCK]


def test_files_are_put_in_place_together_or_not_at_all(study, tmp_path):
    before = contents(study)
    made = tmp_path / "made"
    made.mkdir()
    (made / "study.yaml").write_text("half: done\n")
    with pytest.raises(FileNotFoundError), replaced(study, made, ["study.yaml", "missing"], []):
        pass
    assert contents(study) == before
