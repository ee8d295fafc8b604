"""What the file does not tell, the conditions of the questionnaire may."""

import numpy as np

from survey import Questionnaire
from survey.formats.base import Request
from survey.formats.detect import read_answers

STAMP = "20.03.2025 15:18:09"
ASKED = Questionnaire.from_yaml("""
id: w
format_version: 1
title: {en: W, ru: В}
questions:
  - {id: uses, kind: single, text: {en: Uses, ru: Да}, options: [{id: "yes", text: {en: "Yes", ru: Да}}, {id: "no", text: {en: "No", ru: Нет}}]}
  - {id: how, kind: multiple, text: {en: How, ru: Как}, show_if: {question: uses, any_of: ["yes"]}, options: [{id: a, text: {en: A, ru: А}}, {id: b, text: {en: B, ru: Б}, open_text: true}]}
  - {id: years, kind: number, text: {en: Years, ru: Лет}, show_if: {question: how, any_of: [a]}}
  - {id: why, kind: text, text: {en: Why, ru: Почему}, show_if: {question: uses, any_of: ["no"]}}
""")
FILE = (
    "Timestamp,Uses,How,Years,Why\n"
    f'{STAMP},Yes,"A, own words",3,\n{STAMP},Yes,,,\n{STAMP},No,,,dear\n{STAMP},No,B,,\n'
)


def test_what_was_left_empty_and_not_asked_was_not_shown(written):
    wave = read_answers(written(FILE), "google_forms", ASKED)
    assert wave.choice("how").cells.tolist() == [[1, 1], [0, 0], [-1, -1], [0, 1]]
    assert wave.numbers("years").shown[:, 0].tolist() == [True, False, False, False]
    assert wave.responses["why"].shown.tolist() == [False, False, True, True]
    assert wave.responses["how:b"].values == ("own words", None, None, None)
    assert "not_shown_by_conditions" in {r.code for r in wave.remarks}


def test_an_answer_against_a_condition_is_kept(written):
    wave = read_answers(written(FILE.replace(",3,", ",3,dull")), "google_forms", ASKED)
    assert wave.responses["why"].values[0] == "dull"
    assert np.isfinite(wave.numbers("years").values[0, 0])


def test_a_file_that_tells_what_was_shown_is_believed(written):
    text = '"id","submitdate","uses","how[a]","how[b]"\n"1","d","no","",""\n"2","d","no",,\n'
    wave = read_answers(written(text), "limesurvey", request=Request(questionnaire=ASKED))
    assert wave.choice("how").cells.tolist() == [[0, 0], [-1, -1]]
