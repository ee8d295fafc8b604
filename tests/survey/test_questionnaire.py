from __future__ import annotations

import copy

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from survey import (
    MultipleChoice,
    Option,
    Questionnaire,
    SingleChoice,
    SurveyError,
    Text,
    questionnaire_faults,
)

EXAMPLE = """
id: council
format_version: 1
title: {en: Council, ru: Совет}
questions:
  - id: motives
    kind: multiple
    text: {en: "Which problems call for innovation?", ru: "Какие проблемы требуют инноваций?"}
    answered_in_own_words: true
    min_picks: 1
    max_picks: 2
    note: {en: Coded afterwards, ru: Сгруппировано позже}
    options:
      - {id: wages, text: {en: Low wages, ru: Низкая заработная плата}}
      - {id: other, text: {en: Other, ru: Другие}, residual: true}
  - id: role
    kind: single
    text: {en: Your role, ru: Ваша роль}
    options:
      - {id: manager, text: {en: Manager, ru: Менеджер}}
      - {id: "2", text: {en: Academic, ru: Учёный}}
"""


def example() -> dict:
    return copy.deepcopy(yaml.safe_load(EXAMPLE))


def fault_of(data: object) -> SurveyError:
    with pytest.raises(SurveyError) as caught:
        Questionnaire.from_yaml(yaml.safe_dump(data, allow_unicode=True))
    return caught.value


def test_a_questionnaire_is_read_from_yaml():
    read = Questionnaire.from_yaml(EXAMPLE)
    motives, role = read.questions
    assert isinstance(motives, MultipleChoice)
    assert isinstance(role, SingleChoice)
    assert motives.option_ids == ("wages", "other")
    assert [option.residual for option in motives.options] == [False, True]
    assert (motives.min_picks, motives.max_picks) == (1, 2)
    assert motives.answered_in_own_words
    assert not role.answered_in_own_words
    assert read.question("role") is role
    assert motives.note is not None
    assert motives.note.get("ru") == "Сгруппировано позже"


def test_yaml_goes_round():
    read = Questionnaire.from_yaml(EXAMPLE)
    assert Questionnaire.from_yaml(read.to_yaml()) == read
    assert "Низкая заработная плата" in read.to_yaml()


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=30
).filter(str.strip)
texts = st.builds(Text, en=words, ru=words)
ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)
options = st.lists(
    st.builds(Option, id=ids, text=texts, residual=st.booleans()),
    min_size=1,
    max_size=4,
    unique_by=lambda option: option.id,
).map(tuple)
questions = st.one_of(
    st.builds(
        SingleChoice, id=ids, text=texts, options=options, kind=st.just("single"), note=st.none()
    ),
    st.builds(
        MultipleChoice,
        id=ids,
        text=texts,
        options=options,
        kind=st.just("multiple"),
        min_picks=st.sampled_from([None, 0, 1]),
        max_picks=st.sampled_from([None, 1]),
        note=st.one_of(st.none(), texts),
    ),
)
questionnaires = st.builds(
    Questionnaire,
    id=ids,
    format_version=st.just(1),
    title=texts,
    questions=st.lists(
        questions, min_size=1, max_size=3, unique_by=lambda question: question.id
    ).map(tuple),
)


@settings(max_examples=50, deadline=None)
@given(questionnaires)
def test_any_questionnaire_goes_round_through_yaml(questionnaire):
    assert Questionnaire.from_yaml(questionnaire.to_yaml()) == questionnaire


def test_a_text_is_given_in_the_language_asked_for():
    text = Text(en="Council", ru="Совет")
    assert (text.get("en"), text.get("ru")) == ("Council", "Совет")
    with pytest.raises(SurveyError) as caught:
        text.get("de")
    assert caught.value.code == "language_unknown"
    assert str(caught.value) == "the language de is not known; en or ru is expected"


def test_an_unknown_question_is_named_with_those_there_are():
    with pytest.raises(SurveyError) as caught:
        Questionnaire.from_yaml(EXAMPLE).question("types")
    assert caught.value.code == "question_unknown"
    assert (
        str(caught.value) == "the questionnaire council has no question types; it has motives, role"
    )


def test_a_questionnaire_cannot_be_changed_in_place():
    with pytest.raises(ValidationError, match="frozen"):
        Questionnaire.from_yaml(EXAMPLE).questions[0].id = "x"


def change(path, value):
    """The example with the entry at `path` set to `value`, or removed if `value` is Ellipsis."""
    data = example()
    *way, last = path
    place = data
    for step in way:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return data


MOTIVES = ("questions", 0)
WAGES = (*MOTIVES, "options", 0)
BARE_NO = False  # what YAML makes of a bare `no`
PICKS = "question motives asks for {} of its 2 options; a range within the number of options is expected"


@pytest.mark.parametrize(
    ("data", "code", "sentence"),
    [
        (
            change((*MOTIVES, "id"), "role"),
            "question_duplicate",
            "the questionnaire has the question role twice; distinct ids are expected",
        ),
        (
            change((*WAGES, "id"), "other"),
            "option_duplicate",
            "question motives has the option other twice; distinct ids are expected",
        ),
        (
            change(("questions",), []),
            "questions_missing",
            "the questionnaire council has no questions; at least one is expected",
        ),
        (
            change((*MOTIVES, "options"), []),
            "options_missing",
            "question motives has no options; at least one is expected",
        ),
        (
            change((*MOTIVES, "min_picks"), 3),
            "picks_impossible",
            PICKS.format("3 to 2"),
        ),
        (
            change((*MOTIVES, "max_picks"), 5),
            "picks_impossible",
            PICKS.format("1 to 5"),
        ),
        (
            change(("format_version",), 2),
            "format_version_unknown",
            "the questionnaire has format version 2; version 1 is expected",
        ),
        (
            change((*WAGES, "id"), "низкая зарплата"),
            "id_invalid",
            "the id 'низкая зарплата' is not plain; Latin letters, digits, _ and - are expected",
        ),
        (
            change((*WAGES, "text", "ru"), "  "),
            "text_blank",
            "a text is blank; words are expected",
        ),
        (
            change((*WAGES, "text", "ru"), ...),
            "field_missing",
            "questions[motives].options[wages].text.ru is missing; it is required",
        ),
        (
            change((*WAGES, "id"), ...),
            "field_missing",
            "questions[motives].options[1].id is missing; it is required",
        ),
        (
            change((*MOTIVES, "kind"), ...),
            "field_missing",
            "questions[motives].kind is missing; it is required",
        ),
        (
            change((*MOTIVES, "kind"), "slider"),
            "kind_unknown",
            (
                "questions[motives].kind is slider; single, multiple, rating, ranking, points, pairwise, "
                "best_worst, grid, number, text is expected"
            ),
        ),
        (
            change((*MOTIVES, "colour"), "red"),
            "field_unknown",
            "questions[motives].colour is not a field of this format",
        ),
        (
            change((*WAGES, "id"), BARE_NO),
            "field_invalid",
            "questions[motives].options[1].id is False: Input should be a valid string",
        ),
        (
            change((*WAGES, "residual"), "yes" * 30),
            "field_invalid",
            "questions[motives].options[wages].residual is '"
            + ("yes" * 30)[:56]
            + "...: Input should be a valid boolean",
        ),
        (
            change((*MOTIVES, "min_picks"), -1),
            "field_invalid",
            "questions[motives].min_picks is -1: Input should be greater than or equal to 0",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(data, code, sentence):
    fault = fault_of(data)
    assert (fault.code, str(fault)) == (code, sentence)


def test_something_that_is_no_questionnaire_is_refused():
    assert str(fault_of("hello")).startswith("YAML is 'hello': Input should be a valid dictionary")


def test_a_single_choice_has_no_number_of_picks():
    fault = fault_of(change(("questions", 1, "max_picks"), 1))
    assert str(fault) == "questions[role].max_picks is not a field of this format"


def test_all_faults_are_listed_at_once():
    data = change((*MOTIVES, "kind"), "slider")
    data["title"] = {"en": "Council"}
    found = questionnaire_faults(yaml.safe_dump(data))
    assert [fault.code for fault in found] == ["field_missing", "kind_unknown"]
    assert [fault.code for fault in questionnaire_faults("a: [")] == ["yaml_syntax"]
    assert questionnaire_faults(EXAMPLE) == ()


def test_a_key_given_twice_is_refused():
    with pytest.raises(SurveyError, match="the key id stands twice"):
        Questionnaire.from_yaml(EXAMPLE + "id: other\n")
