from __future__ import annotations

from pathlib import Path

import pytest

from survey import Dataset, SurveyError
from survey.formats.base import Request
from survey.formats.detect import detect, read_answers
from survey.formats.redcap_dictionary import choices_of

DICTIONARY = (
    '"Variable / Field Name","Form Name","Section Header","Field Type","Field Label",'
    '"Choices, Calculations, OR Slider Labels","Field Note",'
    '"Text Validation Type OR Show Slider Number","Text Validation Min","Text Validation Max",'
    'Identifier?,"Branching Logic (Show field only if...)","Required Field?","Custom Alignment",'
    '"Question Number (surveys only)","Matrix Group Name","Matrix Ranking?","Field Annotation"\n'
    "record_id,start,,text,Record,,,,,,,,,,,,,\n"
    "name,start,,text,Your name,,,,,,y,,,,,,,\n"
    'sex,main,,radio,Sex,"1, Woman | 2, Man",,,,,,,,,,,,\n'
    'why,main,,checkbox,"Why, <b>mainly</b>","A, Costs, all of them | -1, None",,,,,,,,,,,,\n'
    "when,main,,checkbox,When,\"1, now | 2, later\",,,,,,[sex] = '2',,,,,,\n"
    'm1,main,,radio,Price,"1, bad | 2, good",,,,,,,,,,quality,,\n'
    'm2,main,,radio,Look,"1, bad | 2, good",,,,,,,,,,quality,,\n'
    "age,main,,text,Age,,,integer,,,,,,,,,,\n"
    "more,main,,notes,More,,,,,,,[sex] = '1',,,,,,\n"
)
HEAD = ("record_id,name,start_complete,sex,why___a,why____1,when___1,when___2,m1,m2,age,more,"
        "main_complete\n")  # fmt: skip


def redcap(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "redcap.csv"
    path.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def dictionary(tmp_path: Path) -> Path:
    path = tmp_path / "dictionary.csv"
    path.write_text(DICTIONARY, encoding="utf-8")
    return path


def said(wave: Dataset, code: str) -> str:
    return next(str(told) for told in wave.remarks if told.code == code)


def test_three_underscores_part_a_field_from_an_option(tmp_path: Path) -> None:
    path = redcap(tmp_path, "1,x,0,1,1,0,0,0,1,2,30,,2", "2,y,0,2,0,1,1,1,2,2,40,,0")
    assert detect(path).format == "redcap"
    wave = read_answers(path)
    assert wave.choice("when").options == ("1", "2")
    assert wave.choice("when").cells.tolist() == [[0, 0], [1, 1]]


def test_a_zero_may_mean_never_shown_and_that_is_told_gravely(tmp_path: Path) -> None:
    wave = read_answers(redcap(tmp_path, "1,x,0,1,1,0,0,0,1,2,30,,2"))
    told = next(r for r in wave.remarks if r.code == "redcap_zero")
    assert told.grave
    assert "never shown: 1 rows of when" in str(told)


def test_the_branching_logic_of_the_dictionary_is_told(tmp_path: Path, dictionary: Path) -> None:
    path = redcap(tmp_path, "1,x,0,1,1,0,0,0,1,2,30,,2")
    wave = read_answers(path, request=Request(dictionary=dictionary))
    assert "shown only if [sex] = '2': 1 rows" in said(wave, "redcap_zero_branching")


def test_choices_are_parted_by_bars_and_then_by_the_first_comma() -> None:
    assert choices_of("1, one | 2, two, too|3,|x, y") == {
        "1": "one", "2": "two, too", "3": "3", "x": "y",
    }  # fmt: skip


def test_codes_in_headings_are_in_small_letters_and_minus_is_an_underscore(
    tmp_path: Path, dictionary: Path
) -> None:
    path = redcap(tmp_path, "1,x,0,1,1,0,0,0,1,2,30,,2", "2,y,0,1,0,1,0,0,1,2,30,,2")
    wave = read_answers(path, request=Request(dictionary=dictionary))
    question = wave.questionnaire.choice("why")
    assert question.text.en == "Why, mainly"
    assert [o.text.en for o in question.options] == ["Costs, all of them", "None"]
    assert wave.choice("why").cells.tolist() == [[1, 0], [0, 1]]


def test_the_dictionary_tells_choices_numbers_matrices_and_who_is_who(
    tmp_path: Path, dictionary: Path
) -> None:
    path = redcap(tmp_path, "1,Ann,0,1,1,0,0,0,1,2,30,ok,2", "2,Bob,0,2,0,1,0,0,2,2,,,2")
    wave = read_answers(path, request=Request(dictionary=dictionary))
    assert [o.text.en for o in wave.questionnaire.choice("sex").options] == ["Woman", "Man"]
    assert wave.numbers("quality").values.tolist() == [[1, 2], [2, 2]]
    assert wave.numbers("age").given[:, 0].tolist() == [True, False]
    assert said(wave, "personal_dropped").endswith(": name")
    assert "name" not in wave.responses


def test_an_empty_field_under_branching_logic_was_not_shown(
    tmp_path: Path, dictionary: Path
) -> None:
    path = redcap(tmp_path, "1,Ann,0,1,1,0,0,0,1,2,30,ok,2", "2,Bob,0,2,0,1,0,0,2,2,,,2")
    wave = read_answers(path, request=Request(dictionary=dictionary))
    assert wave.responses["more"].shown.tolist() == [True, False]  # type: ignore[union-attr]


def test_the_state_of_forms_is_no_question_and_tells_who_finished(
    tmp_path: Path, dictionary: Path
) -> None:
    path = redcap(tmp_path, "1,Ann,2,1,1,0,0,0,1,2,30,,2", "2,Bob,2,2,0,1,0,0,2,2,,,1")
    wave = read_answers(path, request=Request(dictionary=dictionary))
    assert wave.submitted is not None
    assert wave.submitted.tolist() == [True, False]
    assert not [key for key in wave.responses if "complete" in key]


def test_events_and_repeats_are_rows_of_their_own_and_told(tmp_path: Path) -> None:
    head = "record_id,redcap_event_name,redcap_repeat_instance,q___1,q___2,form_complete\n"
    path = redcap(tmp_path, "1,first,,1,0,2", "1,second,1,0,1,2", "1,second,2,,,0", head=head)
    wave = read_answers(path)
    assert wave.respondents == ("1/first", "1/second/1", "1/second/2")
    assert wave.choice("q").cells.tolist() == [[1, 0], [0, 1], [-1, -1]]
    assert said(wave, "redcap_repeats").startswith("3 rows are of 1 records")


def test_a_labelled_export_holds_words_for_ticks(tmp_path: Path) -> None:
    head = "record_id,q___1,q___2,form_complete\n"
    path = redcap(tmp_path, "1,Checked,Unchecked,Complete", "2,Unchecked,Checked,Incomplete",
                  head=head)  # fmt: skip
    wave = read_answers(path)
    assert wave.choice("q").cells.tolist() == [[1, 0], [0, 1]]
    assert wave.submitted is not None
    assert wave.submitted.tolist() == [True, False]


def test_a_box_that_holds_something_else_is_told(tmp_path: Path) -> None:
    head = "record_id,q___1,q___2,form_complete\n"
    wave = read_answers(redcap(tmp_path, "1,1,7,2", "2,0,1,2", head=head))
    assert wave.choice("q").cells.tolist() == [[1, -1], [0, 1]]
    assert "'7'" in said(wave, "ticks_unknown")


def test_a_dictionary_alone_holds_no_answers(dictionary: Path) -> None:
    with pytest.raises(SurveyError, match="is a REDCap data dictionary, which holds no answers"):
        read_answers(dictionary)


def test_another_table_is_no_dictionary(tmp_path: Path) -> None:
    path = redcap(tmp_path, "1,x,0,1,1,0,0,0,1,2,30,,2")
    with pytest.raises(SurveyError, match="is no REDCap data dictionary"):
        read_answers(path, request=Request(dictionary=path))
