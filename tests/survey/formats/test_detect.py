"""The format is named with its reasons; what fits none is refused in a sentence."""

import random
import time

import pytest

from survey import SurveyError
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers
from survey.formats.registry import READERS, reader

FILES = {
    "limesurvey": "id,submitdate,FAS[SQ001]\n1,d,Y\n",
    "google_forms": "Timestamp,q\n20.03.2025 15:18:09,5\n",
    "surveymonkey": '"3. Python.","3. R."\nPython,\n,R\n',
    "qualtrics": 'Q1,Q2\nA,B\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\n1,2\n',
}


@pytest.mark.parametrize("name", FILES)
def test_each_format_is_named_with_a_reason(written, name):
    found = detect(written(FILES[name]))
    assert found.format == name
    assert found.reasons
    assert all(str(reason) for reason in found.reasons)


@pytest.mark.parametrize("name", FILES)
def test_the_reason_is_among_the_remarks_of_what_was_read(written, name):
    wave = read_answers(written(FILES[name]))
    assert wave.source == name
    assert wave.remarks[0] in detect(written(FILES[name])).reasons


def test_a_format_can_be_named(written):
    assert read_answers(written(FILES["google_forms"]), "google_forms").source == "google_forms"
    with pytest.raises(SurveyError, match="the format excel is not known"):
        read_answers(written(FILES["google_forms"]), "excel")


def test_garbage_is_refused_by_every_way_in(written):
    path = written(random.Random(2).randbytes(20_000_000), "answers.csv")
    began = time.process_time()
    with pytest.raises(SurveyError, match="is no text"):
        detect(path)
    for known in READERS:
        with pytest.raises(SurveyError):
            known.read(path, Request())
    assert time.process_time() - began < 20


def test_readers_have_distinct_names_and_titles_in_both_languages():
    assert len({known.name for known in READERS}) == len(READERS)
    assert all(known.title.en and known.title.ru for known in READERS)
    assert all(reader(known.name) is known for known in READERS)


@pytest.mark.parametrize(
    "content",
    [
        "id,group,a,b,c,d,Сколько лет?\n1,x,1,0,0,1,40\n2,y,0,1,1,1,50\n",
        "1. Возраст,2. Стаж,3. Пол\n,5,\n,7,\n",
        "Question [a],Question [b]\n1,2\n",
    ],
    ids=["codes", "numbered questions", "grids"],
)
def test_a_plain_table_is_not_taken_for_a_tool_s_export(written, content):
    assert detect(written(content)).format == "table"
