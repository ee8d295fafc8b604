"""A frozen wave of points: they weigh the criteria of the study, each kind of answer in its table."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from app.collection.freezing import WAVE_FILE, freeze_into
from app.collection.study_files import LOCK
from app.i18n import language
from app.study import StudyError, check_study, load_study
from app.words.freezing import change
from app.words.names import Names
from survey.collection.freezing import freezes
from survey.collection.replies import Reply
from survey.formats.base import Request
from survey.formats.detect import read_answers
from survey.questionnaire import Questionnaire
from tests.answered import closed
from tests.judged_study import CRITERIA, JUDGEMENTS, leave_choices_out, write_judged_study
from tests.template_wave import GROUPS
from tests.waves import TODAY

COUNTS, RESPONSES = "answers/counts.csv", "answers/responses.csv"
BESIDE = """
  - id: years
    kind: number
    text: {en: Years here, ru: Лет здесь}
  - id: cells
    kind: grid
    text: &t {en: How well, ru: Насколько хорошо}
    options: [{id: one, text: *t}, {id: two, text: *t}]
    criteria: [{id: cost, text: *t}, {id: speed, text: *t}]
"""
POINTS = (40, 30, 20, 10)


@pytest.fixture
def study(tmp_path):
    return write_judged_study(tmp_path / "study")


def wave_of(store, study, points=POINTS, *, kind="points", choices=True):
    """Four experts of each group who all give the same points, and choose the same."""
    text = (
        (study / "questionnaire.yaml").read_text("utf-8").replace("kind: points", f"kind: {kind}")
    )
    cells = {c: float(p) for c, p in zip(CRITERIA, points, strict=True)}
    given = {
        "importance": Reply(cells=cells),
        "years": Reply(cells={"years": 7.0}),
        "cells": Reply(cells={"one:cost": 3.0, "two:speed": 5.0}),
    }
    if choices:
        given |= {"needs": Reply(("clean_water",)), "approaches": Reply(("adapt",))}
    rows = [(group.id, given) for group in GROUPS for _ in range(4)]
    asked = Questionnaire.from_yaml(text + BESIDE)
    return closed(store, rows, questionnaire=asked, groups=GROUPS, study="template")


def put(store, wave, study):
    return freeze_into(store, wave.id, str(study), actor="analyst", today=TODAY)


def contents(folder):
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != LOCK)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def weights(made):
    return [made.summary["weights"][c] for c in CRITERIA]


def test_points_and_choices_become_a_table_each_and_the_former_counts_are_gone(store, study):
    made = put(store, wave_of(store, study), study)
    assert check_study(study) == []
    names = sorted(p.name for p in (study / "answers").iterdir())
    assert names == ["judgements.csv", "responses.csv", "wave.xlsx"]
    tables = load_study(study).settings.tables
    assert COUNTS not in tables
    assert {tables[file].source for file in (RESPONSES, JUDGEMENTS)} == {"collected"}
    rows = pd.read_csv(study / JUDGEMENTS)
    assert rows.groupby("cell")["value"].unique().loc[list(CRITERIA)].tolist() == [
        [p] for p in POINTS
    ]
    assert rows["group"].value_counts().to_dict() == {g.id: 16 for g in GROUPS}
    assert weights(made) == pytest.approx([0.7 * p / 100 for p in POINTS])


def test_other_points_make_another_ranking_of_the_criteria(sqlite_store, study):
    made = put(sqlite_store, wave_of(sqlite_store, study, (10, 20, 30, 40)), study)
    assert weights(made) == pytest.approx([0.07, 0.14, 0.21, 0.28])
    loaded = load_study(study).individual["importance"]
    assert loaded.weights.mean(axis=0) == pytest.approx([0.1, 0.2, 0.3, 0.4])


def test_points_alone_leave_no_table_of_choices(sqlite_store, study):
    leave_choices_out(study)
    made = put(sqlite_store, wave_of(sqlite_store, study, choices=False), study)
    assert check_study(study) == []
    assert sorted(p.name for p in (study / "answers").iterdir()) == ["judgements.csv", "wave.xlsx"]
    assert not {COUNTS, RESPONSES} & set(load_study(study).settings.tables)
    assert weights(made) == pytest.approx([p / 100 for p in POINTS])


def test_a_number_and_a_grid_stay_beside_and_are_named(sqlite_store, study):
    made = put(sqlite_store, wave_of(sqlite_store, study), study)
    said = [r.fields["questions"] for r in made.remarks if r.code == "kept_beside"]
    assert said == ["years, cells"]
    whole = read_answers(study / WAVE_FILE, request=Request(questionnaire=None))
    assert np.unique(whole.numbers("years").values).tolist() == [7]
    assert set(pd.read_csv(study / JUDGEMENTS)["question"]) == {"importance"}


def test_each_freeze_is_compared_with_the_weights_before_it(sqlite_store, study):
    first = put(sqlite_store, wave_of(sqlite_store, study), study)
    before = {s.option: s.before for s in first.change.shifts if s.question == "importance"}
    assert set(before) == set(CRITERIA)
    assert before["places_of_work"] != pytest.approx(0.4)  # of those who had judged before
    second = put(sqlite_store, wave_of(sqlite_store, study, (10, 30, 20, 40)), study)
    shifts = {s.option: s for s in second.change.shifts if s.question == "importance"}
    assert shifts["skill_level"].before == pytest.approx(0.1)
    assert shifts["skill_level"].after == pytest.approx(0.4)
    assert shifts["start_cost"].difference == pytest.approx(0)
    lang = language("en")
    told = " ".join(change(second.change, second.since, Names(second.study, lang), lang))
    assert "mean weight of “Skill of the work”" in told


def test_the_same_wave_again_changes_no_weight(sqlite_store, study):
    wave = wave_of(sqlite_store, study)
    put(sqlite_store, wave, study)
    again = put(sqlite_store, wave, study)
    assert again.since == 1
    assert {s.question for s in again.change.shifts} >= {"importance", "needs"}
    assert all(s.difference == 0 for s in again.change.shifts)


def test_ratings_are_not_taken_for_an_order_that_the_study_asks_for(sqlite_store, tmp_path):
    study = write_judged_study(tmp_path / "ranked", "ranking")
    text = (study / "questionnaire.yaml").read_text("utf-8")
    (study / "questionnaire.yaml").write_text(
        text.replace("kind: ranking", "kind: points"), "utf-8"
    )
    wave = wave_of(sqlite_store, study, (1, 2, 3, 4), kind="rating")
    (study / "questionnaire.yaml").write_text(text, "utf-8")
    before = contents(study)
    with pytest.raises(StudyError, match=r"judgements\.csv: found no such file"):
        put(sqlite_store, wave, study)
    assert contents(study) == before


def test_points_that_do_not_fit_the_study_change_nothing(sqlite_store, study):
    text = (study / "questionnaire.yaml").read_text("utf-8")
    wave = wave_of(sqlite_store, study)
    small = text.replace("kind: points\n", "kind: points\n    total: 10\n")
    (study / "questionnaire.yaml").write_text(small, "utf-8")
    before = contents(study)
    with pytest.raises(StudyError, match="10 or less is expected"):
        put(sqlite_store, wave, study)
    assert contents(study) == before
    assert freezes(sqlite_store, wave.id) == ()


def test_a_disk_that_fails_half_way_leaves_the_judgements_as_they_were(
    sqlite_store, study, monkeypatch
):
    wave = wave_of(sqlite_store, study)
    before = contents(study)
    replace, seen = Path.replace, []

    def full(self, target):
        if target == study / "study.yaml" and not seen:
            seen.append((study / JUDGEMENTS).read_bytes())
            raise OSError(28, "No space left on device")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space"):
            put(sqlite_store, wave, study)
    assert seen != [before[JUDGEMENTS]]  # the new ones were in place already
    assert contents(study) == before
    assert freezes(sqlite_store, wave.id) == ()
