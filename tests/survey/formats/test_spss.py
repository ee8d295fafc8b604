from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest

from survey import Answers, Dataset, Questionnaire, SurveyError
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers
from survey.formats.mrsets import DichotomySet, add_sets
from survey.formats.write_sav import write_sav


def sav(folder: Path, frame: pd.DataFrame, *sets: DichotomySet, **more: object) -> Path:
    path = folder / "own.sav"
    pyreadstat.write_sav(frame, str(path), **more)
    add_sets(path, sets)
    return path


def ticks(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype=float)


SET = DichotomySet("why", "Почему?", ("why_a", "why_long_name_b"))


def said(wave: Dataset, code: str) -> str:
    return next(str(told) for told in wave.remarks if told.code == code)


def test_the_library_reads_the_sets_that_are_added(tmp_path: Path) -> None:
    path = sav(tmp_path, ticks(why_a=[1, 0], why_long_name_b=[0, 1]), SET)
    frame, meta = pyreadstat.read_sav(str(path))
    assert meta.mr_sets["why"]["variable_list"] == ["why_a", "why_long_name_b"]
    assert (meta.mr_sets["why"]["label"], meta.mr_sets["why"]["counted_value"]) == ("Почему?", 1)
    assert frame["why_a"].tolist() == [1, 0]


def test_a_set_of_dichotomies_is_a_multiple_choice_of_three_states(tmp_path: Path) -> None:
    nan = float("nan")
    path = sav(tmp_path, ticks(why_a=[1, 0, nan], why_long_name_b=[0, 1, nan]), SET)
    assert detect(path).format == "spss"
    wave = read_answers(path)
    assert wave.questionnaire.choice("why").text.ru == "Почему?"
    assert wave.choice("why").options == ("a", "long_name_b")
    assert wave.choice("why").cells.tolist() == [[1, 0], [0, 1], [-1, -1]]


def test_a_set_that_marks_chosen_options_only_loses_a_state_and_says_so(tmp_path: Path) -> None:
    nan = float("nan")
    path = sav(tmp_path, ticks(why_a=[1, nan, nan], why_long_name_b=[nan, 1, nan]), SET)
    wave = read_answers(path)
    assert wave.choice("why").cells.tolist() == [[1, 0], [0, 1], [-1, -1]]
    assert "1 respondents who chose none" in said(wave, "set_states_lost")


def test_a_set_of_categories_holds_codes(tmp_path: Path) -> None:
    frame = pd.DataFrame({"first": [1.0, 2.0, np.nan], "second": [3.0, np.nan, np.nan]})
    labels = {1.0: "one", 2.0: "two", 3.0: "three", 9.0: "none of these"}
    path = sav(tmp_path, frame, variable_value_labels={"first": labels, "second": labels})
    category = b"$all=C 5 Which first second\n"
    data = path.read_bytes()
    added = DichotomySet("x", "y", ("first",))
    add_sets(path, [added])
    with_set = path.read_bytes()
    at = next(k for k in range(len(data)) if data[k] != with_set[k])
    record = with_set[at : at + len(with_set) - len(data)]
    assert record.endswith(b"$x=D1 1 1 y first\n")
    size = len(category).to_bytes(4, "little")
    path.write_bytes(data[:at] + record[:12] + size + category + data[at:])
    wave = read_answers(path)
    question = wave.questionnaire.choice("all")
    assert [o.text.en for o in question.options] == ["one", "two", "three", "none of these"]
    assert wave.choice("all").cells.tolist() == [[1, 0, 1, 0], [0, 1, 0, 0], [-1, -1, -1, -1]]


def test_declared_missing_is_shown_and_system_missing_is_not(tmp_path: Path) -> None:
    frame = pd.DataFrame({"age": [30.0, -9.0, np.nan], "sex": [1.0, 2.0, 8.0]})
    path = sav(
        tmp_path, frame, missing_ranges={"age": [-9], "sex": [{"lo": 7, "hi": 9}]},
        variable_value_labels={"sex": {1.0: "w", 2.0: "m", 8.0: "refused"}},
    )  # fmt: skip
    wave = read_answers(path)
    age = wave.numbers("age")
    assert (age.given[:, 0].tolist(), age.shown[:, 0].tolist()) == (
        [True, False, False],
        [True, True, False],
    )
    assert [o.text.en for o in wave.questionnaire.choice("sex").options] == ["w", "m"]
    assert wave.choice("sex").cells.tolist() == [[1, 0], [0, 1], [0, 0]]
    assert said(wave, "values_missing_declared").startswith("2 values")


def test_labels_of_the_group_name_the_groups(tmp_path: Path) -> None:
    frame = pd.DataFrame({"g": [2.0, 1.0], "n": [5.0, 6.0]})
    path = sav(tmp_path, frame, variable_value_labels={"g": {1.0: "власть", 2.0: "бизнес"}})
    wave = read_answers(path, request=Request(group_column="g"))
    assert wave.groups == ("бизнес", "власть")
    assert set(wave.responses) == {"n"}


def test_variables_of_a_battery_are_one_question_of_the_questionnaire(tmp_path: Path) -> None:
    asked = Questionnaire.from_yaml(
        "{format_version: 1, id: x, title: {en: X, ru: X}, questions: [{id: rate, kind: rating, "
        "text: {en: R, ru: R}, options: [{id: a, text: {en: A, ru: А}}, "
        "{id: b-c, text: {en: B, ru: Б}}]}]}"
    )
    path = sav(tmp_path, ticks(rate_a=[1, 5], rate_b_c=[2, float("nan")]))
    ratings = read_answers(path, request=Request(asked)).numbers("rate")
    np.testing.assert_array_equal(ratings.values, [[1, 2], [5, np.nan]])


@pytest.mark.parametrize("part", [0.05, 0.5, 0.98])
def test_a_file_that_is_cut_is_one_sentence(tmp_path: Path, part: float) -> None:
    path = sav(tmp_path, ticks(a=list(range(500)), b=[0.5] * 500), SET_OF_A)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    with pytest.raises(SurveyError, match=r"own\.sav is damaged or cut short"):
        read_answers(path)


def test_bytes_that_end_the_librarys_process_are_one_sentence(tmp_path: Path) -> None:
    path = sav(tmp_path, ticks(a=[1, 0], b=[0, 1]))
    data = bytearray(path.read_bytes())
    data[180] = 148  # the first variable is said to be a long string, which takes more records
    path.write_bytes(data)
    with pytest.raises(SurveyError, match=r"own\.sav is damaged or cut short"):
        read_answers(path)


def test_a_set_that_names_a_variable_not_there_is_read_without_it(tmp_path: Path) -> None:
    path = sav(tmp_path, ticks(why_a=[1, 0], why_long_name_b=[0, 1]), SET)
    data = path.read_bytes()
    path.write_bytes(data.replace(b" why_a ", b" why_x "))
    wave = read_answers(path)
    assert wave.choice("why").options == ("long_name_b",)
    assert "name variables that it does not have: why" in said(wave, "set_variables_absent")


SET_OF_A = DichotomySet("s", "S", ("a", "b"))
ASKED = Questionnaire.from_yaml(
    "{format_version: 1, id: x, title: {en: X, ru: X}, questions: [{id: why-so, kind: multiple, "
    "text: {en: Why, ru: Почему}, options: [{id: a, text: {en: A, ru: А}}, "
    "{id: b, text: {en: B, ru: Б}}]}]}"
)


def written(folder: Path, group: str = "g") -> Path:
    at = np.zeros(2, dtype=np.intp)
    answers = Answers("why-so", ("a", "b"), (group,), [[1, 0], [-1, -1]], at, respondents="xy")
    path = folder / "council.sav"
    write_sav(Dataset(ASKED, ("x", "y"), (group,), at, {"why-so": answers}), path, "ru")
    return path


def test_a_written_file_has_the_set_and_its_labels(tmp_path: Path) -> None:
    _, meta = pyreadstat.read_sav(str(written(tmp_path)))
    assert meta.mr_sets["why_so"]["variable_list"] == ["why_so.a", "why_so.b"]
    assert meta.mr_sets["why_so"]["label"] == "Почему"
    assert meta.column_names_to_labels["why_so.a"] == "А"
    assert meta.variable_value_labels["why_so.a"][1.0] == "selected"


def test_a_written_file_is_read_without_its_questionnaire_too(tmp_path: Path) -> None:
    wave = read_answers(written(tmp_path))
    assert wave.choice("why_so").cells.tolist() == [[1, 0], [-1, -1]]


def test_a_name_of_a_group_longer_than_a_label_is_kept(tmp_path: Path) -> None:
    long = "Совет по научно-технологическому развитию " * 4 + "."
    assert read_answers(written(tmp_path, long), request=Request(ASKED)).groups == (long,)


def test_spaces_at_the_end_of_a_text_are_told_not_kept_silently(tmp_path: Path) -> None:
    at = np.zeros(1, dtype=np.intp)
    answers = Answers("why-so", ("a", "b"), ("g",), [[1, 0]], at, respondents=["x "])
    wave = Dataset(ASKED, ("x ",), ("g",), at, {"why-so": answers})
    told = write_sav(wave, tmp_path / "w.sav")
    assert [r.code for r in told] == ["spaces_at_end"]
