import csv

import numpy as np
import pytest

from survey.collection.exporting import file_names, without_texts, write_answers, write_texts
from survey.collection.freezing import prepare
from survey.collection.replies import Reply
from survey.errors import SurveyError
from survey.formats.base import Request
from survey.formats.detect import read_answers
from survey.responses import Texts
from tests.answered import chose, closed

WORDS = ["=2+2", "@SUM(A1)", "from Ivanov", "zinc", "-- no"]
ANSWERS = [
    (
        "science",
        chose("jobs", why=Reply(text=text), points=Reply(cells={"a": 100 - k, "b": k})),
    )
    for k, text in enumerate(WORDS)
]
BESIDE = [("science", {"aims": Reply(chosen=("other",), texts={"other": "+7 900"})})]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "export"
    made.mkdir()
    return made


@pytest.fixture
def dataset(sqlite_store):
    wave = closed(sqlite_store, [*ANSWERS, *BESIDE])
    return prepare(sqlite_store, wave.id).dataset


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "sav"])
def test_rows_hold_no_words_and_are_read_back_as_they_were(dataset, folder, kind):
    told = write_answers(dataset, folder, kind)
    assert sorted(p.name for p in folder.iterdir()) == sorted(file_names(kind, with_texts=False))
    assert [r.fields["count"] for r in told if r.code == "texts_left_out"] == [6]
    for path in folder.iterdir():
        assert not any(word.encode() in path.read_bytes() for word in ("Ivanov", "zinc", "+7 900"))
        request = Request(
            questionnaire=dataset.questionnaire,
            group_column="group",
        )
        back = read_answers(path, request=request)
        assert (back.choice("aims").cells == dataset.choice("aims").cells).all()
        numbers = back.numbers("points").values
        assert np.array_equal(numbers, dataset.numbers("points").values, equal_nan=True)


def test_words_of_an_anonymous_wave_are_joined_to_no_row(dataset, folder):
    (told, *_) = write_texts(dataset, folder, anonymous=True)
    rows = rows_of(folder / "texts.csv")
    assert rows[0] == ["question", "option", "text"]
    assert [row[:2] for row in rows[1:]] == [["aims", "other"], *[["why", ""]] * 5]
    # In the order of the alphabet, which is that of no table of rows.
    assert [row[2] for row in rows[2:]] == ["'-- no", "'=2+2", "'@SUM(A1)", "from Ivanov", "zinc"]
    assert not any(name in row for row in rows for name in (*dataset.respondents, "science"))
    assert told.grave


def test_words_of_a_named_wave_stand_beside_the_respondent(dataset, folder):
    write_texts(dataset, folder, anonymous=False)
    rows = rows_of(folder / "texts.csv")
    assert rows[0][0] == "respondent"
    assert {row[0] for row in rows[1:]} == set(dataset.respondents)


def test_formulas_in_words_are_masked(dataset, folder):
    write_texts(dataset, folder, anonymous=True)
    cells = [cell for row in rows_of(folder / "texts.csv") for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_without_texts_only_choices_and_numbers_remain(dataset):
    assert any(isinstance(r, Texts) for r in dataset.responses.values())
    assert set(without_texts(dataset).responses) == {"aims", "points"}


def test_an_unknown_format_is_refused():
    with pytest.raises(SurveyError, match="csv, xlsx, sav"):
        file_names("doc", with_texts=False)
