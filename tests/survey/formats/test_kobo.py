from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from survey import Dataset, Questionnaire
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers

ROMANS = Questionnaire.from_yaml(
    """
format_version: 1
id: romans
title: {en: Romans, ru: Римляне}
questions:
  - {id: who, kind: multiple, text: {en: Who, ru: Кто}, options: [
      {id: jc, text: {en: Julius Caesar, ru: Юлий Цезарь}},
      {id: j, text: {en: Julius, ru: Юлий}},
      {id: t, text: {en: Tiberius, ru: Тиберий}},
      {id: other, text: {en: Other, ru: Другой}, open_text: true, residual: true}]}
"""
)
TAIL = ";_id;_uuid;_submission_time;_index"


def kobo(folder: Path, headings: str, *rows: str) -> Path:
    """A file as KoboToolbox writes it: every value in quotes, parted by semicolons."""
    lines = [headings + TAIL]
    lines += [f"{row};{7 + k};u{k};2026-01-01T10:00:00;{k + 1}" for k, row in enumerate(rows)]
    quoted = [";".join(f'"{cell}"' for cell in line.split(";")) for line in lines]
    path = folder / "kobo.csv"
    path.write_text("\ufeff" + "\n".join(quoted) + "\n", encoding="utf-8")
    return path


def said(wave: Dataset, code: str) -> str:
    return next(str(told) for told in wave.remarks if told.code == code)


def test_its_tail_columns_recognise_it_and_are_dropped(tmp_path: Path) -> None:
    path = kobo(tmp_path, "why", "a", "b")
    assert detect(path).format == "kobo"
    wave = read_answers(path)
    assert [q.id for q in wave.questionnaire.questions] == ["why"]
    assert wave.respondents == ("7", "8")


def test_a_summary_with_details_gives_each_option_once(tmp_path: Path) -> None:
    wave = read_answers(kobo(tmp_path, "q;q/a;q/b", "a b;1;1", "b;0;1", "a;1;0"))
    assert wave.choice("q").options == ("a", "b")
    assert wave.choice("q").cells.tolist() == [[1, 1], [0, 1], [1, 0]]


def test_an_unanswered_question_is_empty_in_all_columns_and_not_zero(tmp_path: Path) -> None:
    wave = read_answers(kobo(tmp_path, "q;q/a;q/b", "a;1;0", ";;"))
    assert wave.choice("q").cells.tolist() == [[1, 0], [-1, -1]]
    assert "whether it was shown or not" in said(wave, "unanswered_is_empty")


def test_details_alone_are_a_choice(tmp_path: Path) -> None:
    wave = read_answers(kobo(tmp_path, "q/a;q/b;n", "1;0;3", ";;4", "1;1;5"))
    assert wave.choice("q").cells.tolist() == [[1, 0], [-1, -1], [1, 1]]
    assert wave.numbers("n").values[:, 0].tolist() == [3, 4, 5]


def test_a_summary_alone_is_read_by_its_codes(tmp_path: Path) -> None:
    wave = read_answers(kobo(tmp_path, "q", "a b", "b", "a", "b c a", "c"))
    chosen = dict(zip(wave.choice("q").options, wave.choice("q").cells.sum(axis=0), strict=True))
    assert chosen == {"a": 3, "b": 3, "c": 2}


def test_labels_joined_by_spaces_are_matched_longest_first(tmp_path: Path) -> None:
    path = kobo(tmp_path, "who", "Julius Caesar Tiberius", "Julius", "Tiberius Julius Caesar")
    wave = read_answers(path, request=Request(ROMANS))
    assert wave.choice("who").cells.tolist() == [[1, 0, 1, 0], [0, 1, 0, 0], [1, 0, 1, 0]]


def test_labels_as_headings_of_details_are_options(tmp_path: Path) -> None:
    headings = "who;who/Julius Caesar;who/Tiberius"
    path = kobo(tmp_path, headings, "Julius Caesar Tiberius;1;1", "Tiberius;0;1")
    wave = read_answers(path, request=Request(ROMANS))
    assert wave.choice("who").cells.tolist() == [[1, 0, 1, 0], [0, 0, 1, 0]]
    assert not [r for r in wave.remarks if r.code == "summary_differs"]


def test_what_was_written_beside_other_stands_with_it(tmp_path: Path) -> None:
    path = kobo(tmp_path, "who;who/t;who/other;who_other", "t;1;0;", "other;0;1;Nero")
    wave = read_answers(path, request=Request(ROMANS))
    assert wave.choice("who").cells[1].tolist() == [0, 0, 0, 1]
    assert wave.responses["who:other"].values == (None, "Nero")  # type: ignore[union-attr]


@pytest.mark.parametrize("sign", ["/", ".", "-"])
def test_whatever_parts_groups_the_option_is_the_last_part(tmp_path: Path, sign: str) -> None:
    q = sign.join(("profile", "reason"))
    path = kobo(tmp_path, f"{q};{q}{sign}safety;{q}{sign}cost", "safety;1;0", "cost;0;1")
    answers = read_answers(path).choice(f"profile{'-' if sign == '-' else '_'}reason"
                                        if sign != "/" else "reason")  # fmt: skip
    assert answers.options == ("safety", "cost")
    assert answers.cells.tolist() == [[1, 0], [0, 1]]


def test_a_summary_that_says_other_options_is_told(tmp_path: Path) -> None:
    wave = read_answers(kobo(tmp_path, "q;q/a;q/b", "a b;1;0", "b;0;1"))
    assert wave.choice("q").cells.tolist() == [[1, 0], [0, 1]]
    assert said(wave, "summary_differs").startswith("in 1 rows")


def test_the_questionnaire_finds_its_questions_within_groups(tmp_path: Path) -> None:
    path = kobo(tmp_path, "about/who;about/who/jc;about/who/t", "jc;1;0", "t;0;1")
    wave = read_answers(path, request=Request(ROMANS))
    assert wave.choice("who").cells.tolist() == [[1, 0, 0, 0], [0, 0, 1, 0]]


def test_time_from_start_to_end_is_kept_and_personal_columns_are_not(tmp_path: Path) -> None:
    row = "2026-01-01T10:00:00+07:00;2026-01-01T10:01:30+07:00;phone1;a"
    wave = read_answers(kobo(tmp_path, "start;end;deviceid;q", row, ";;x;b"))
    assert wave.seconds is not None
    np.testing.assert_array_equal(wave.seconds, [90, np.nan])
    assert "deviceid" in said(wave, "personal_dropped")
    assert set(wave.responses) == {"q"}


ODK = (
    "SubmissionDate,meta-instanceID,who,who/jc,g1-n,KEY,SubmitterID,SubmitterName,"
    "AttachmentsPresent,AttachmentsExpected,Status,ReviewState,DeviceID,Edits,FormVersion\n"
    "2026-01-01,uuid:1,jc,1,4,uuid:1,5,Ann,0,0,,,dev,0,1\n"
    "2026-01-01,uuid:2,,,5,uuid:2,5,Ann,0,0,,,dev,0,1\n"
)


def test_odk_central_has_columns_only_of_options_that_somebody_chose(tmp_path: Path) -> None:
    path = tmp_path / "odk.csv"
    path.write_text(ODK, encoding="utf-8")
    assert detect(path).format == "kobo"
    wave = read_answers(path, request=Request(ROMANS))
    assert wave.choice("who").options == ("jc", "j", "t", "other")
    assert wave.choice("who").cells.tolist() == [[1, 0, 0, 0], [-1, -1, -1, -1]]
    assert "somebody chose" in said(wave, "odk_chosen_only")


def test_odk_device_and_submitter_are_left_out_and_groups_keep_their_sign(tmp_path: Path) -> None:
    path = tmp_path / "odk.csv"
    path.write_text(ODK, encoding="utf-8")
    wave = read_answers(path)
    assert said(wave, "personal_dropped").endswith("SubmitterName, DeviceID")
    assert set(wave.responses) == {"who", "g1-n"}
    assert wave.respondents == ("uuid:1", "uuid:2")
