"""SurveyMonkey: numbered headings over labels, and two heading rows."""

import pytest

from survey.formats.base import Request
from survey.formats.detect import detect, read_answers

S, N = 1, 0


def read(path, **asked):
    return read_answers(path, "surveymonkey", request=Request(**asked))


def test_numbered_headings_of_one_question_are_its_options(written):
    path = written('"3. Python.","3. R.","4. Which year?"\nPython,,2019\n,R,2020\nPython,R,2020\n')
    assert detect(path).format == "surveymonkey"
    wave = read(path)
    assert wave.choice("Q3").cells.tolist() == [[S, N], [N, S], [S, S]]
    assert wave.numbers("Q4").values[:, 0].tolist() == [2019, 2020, 2020]
    assert [o.text.en for o in wave.questionnaire.choice("Q3").options] == ["Python", "R"]


def test_options_with_numbers_of_their_own_are_gathered_and_told(written):
    path = written('"1. Python.","2. R.","3. Julia."\nPython,,\n,R,Julia\n')
    wave = read(path)
    assert wave.choice("Q1").cells.tolist() == [[S, N, N], [N, S, S]]
    assert next(r for r in wave.remarks if r.code == "options_gathered").grave


TWO = (
    "Respondent ID,Collector ID,IP Address,Which?,,,Why?,Year,,Rate,\n"
    ",,,Own,Loans,Other (please specify),Open-Ended Response,Response,Other (please specify),Ash,Coal\n"
    "101,7,192.0.2.1,Own,,,dear,1990,,5,1\n"
    "102,7,192.0.2.1,,Loans,grants,,Other,1890,4,2\n"
    "103,7,192.0.2.1,Own,Loans,,dull,1990,,3,3\n"
    "104,7,192.0.2.1,,,,,1990,,1,\n"
)


def test_two_heading_rows_give_questions_and_their_options(written):
    path = written(TWO)
    assert detect(path).format == "surveymonkey"
    wave = read(path)
    assert wave.respondents == ("101", "102", "103", "104")
    which, why, year, rate = wave.questionnaire.questions
    assert wave.choice(which.id).cells.tolist() == [[S, N, N], [N, S, S], [S, S, N], [N, N, N]]
    assert [o.open_text for o in which.options] == [False, False, True]
    assert wave.responses[why.id].values == ("dear", None, "dull", None)
    assert (wave.choice(year.id).cells == S).sum(axis=0).tolist() == [3, 1]
    assert wave.numbers(rate.id).values[:3].tolist() == [[5, 1], [4, 2], [3, 3]]
    beside = next(o.id for o in year.options if o.open_text)
    assert wave.responses[f"{year.id}:{beside}"].values == (None, "1890", None, None)


def test_what_was_not_shown_is_lost_and_addresses_are_left_out(written):
    told = {r.code: r for r in read(written(TWO)).remarks}
    assert told["not_shown_lost"].grave
    assert "IP Address" in str(told["personal_dropped"])


@pytest.mark.parametrize("place", ["Group", 1])
def test_the_group_is_a_column_named_by_heading_or_place(written, place):
    wave = read(written('"3. Python.",Group\nPython,b\n,s\n'), group_column=place)
    assert wave.groups == ("b", "s")
    assert [q.id for q in wave.questionnaire.questions] == ["Q3"]
