"""A wave of answers holds together, and every misfit is one sentence."""

import numpy as np
import pytest

from survey import Answers, Questionnaire, SurveyError
from survey.dataset import Dataset, remark
from survey.responses import Numbers, Texts, all_shown

QUESTIONNAIRE = Questionnaire.from_yaml("""
id: wave
format_version: 1
title: {en: Wave, ru: Волна}
questions:
  - {id: why, kind: multiple, text: {en: Why, ru: Почему}, options: [{id: a, text: {en: A, ru: А}}, {id: b, text: {en: B, ru: Б}, open_text: true}]}
  - {id: rate, kind: rating, text: {en: Rate, ru: Оцените}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
  - {id: say, kind: text, text: {en: Say, ru: Скажите}}
""")


def wave(**changes):
    parts = {
        "questionnaire": QUESTIONNAIRE,
        "respondents": ("r1", "r2", "r3"),
        "groups": ("g", "h"),
        "group_of": np.array([0, 1, 1]),
        "responses": {
            "why": Answers("why", ["a", "b"], ["g", "h"], [[1, 0], [0, 1], [-1, -1]], [0, 1, 1]),
            "why:b": Texts("why:b", (None, "coal", None), [True, True, False]),
            "rate": Numbers("rate", ("x", "y"), [[1, 2], [3, np.nan], [5, 5]], all_shown(3, 2)),
            "say": Texts("say", ("yes", None, "no"), [True, True, True]),
        },
    }
    return Dataset(**(parts | changes))


def test_a_wave_gives_back_what_was_put_in():
    given = wave()
    assert given.choice("why").cells.tolist() == [[1, 0], [0, 1], [-1, -1]]
    assert given.numbers("rate").given.tolist() == [[True, True], [True, False], [True, True]]
    assert given.responses["say"].values == ("yes", None, "no")
    assert given.submitted.tolist() == [True] * 3


def test_some_respondents_are_kept_with_all_they_said():
    kept = wave().keep([False, True, True], remarks=[remark("left", "{n} left out", n=1)])
    assert kept.respondents == ("r2", "r3")
    assert kept.choice("why").respondents == ("2", "3")
    assert kept.numbers("rate").values[1].tolist() == [5, 5]
    assert kept.responses["why:b"].values == ("coal", None)
    assert [str(r) for r in kept.remarks] == ["1 left out"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"respondents": ("r1", "r1", "r3")}, "the respondent r1 stands twice"),
        ({"group_of": np.array([0, 1, 2])}, "one place among 2 groups"),
        ({"responses": {"say": Numbers("say", ("say",), [[1.0]] * 3, all_shown(3, 1))}}, "Texts is expected"),
        ({"responses": {"rate": Texts("rate", ("a",) * 3, [True] * 3)}}, "Numbers is expected"),
        ({"responses": {"why": Texts("why", ("a",) * 3, [True] * 3)}}, "Answers is expected"),
        ({"responses": {"say": Texts("say", ("a",), [True])}}, "has 1 rows; one for each of 3"),
        ({"responses": {"never": Texts("never", ("a",) * 3, [True] * 3)}}, "has no question never"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_a_sentence(changes, sentence):
    with pytest.raises(SurveyError, match=sentence):
        wave(**changes)


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda w: w.choice("rate"), "is of the kind rating; single or multiple is expected"),
        (lambda w: w.numbers("why"), "is of the kind multiple"),
        (lambda w: w.keep([0]).numbers("more"), "no answers to question more"),
    ],
)
def test_a_question_of_another_kind_is_not_handed_out(ask, sentence):
    with pytest.raises(SurveyError, match=sentence):
        ask(wave())


def test_a_value_where_nothing_was_shown_is_refused():
    with pytest.raises(SurveyError, match="which was not shown"):
        Numbers("q", ("a",), [[1.0]], [[False]])


def test_an_infinite_value_is_refused():
    with pytest.raises(SurveyError, match="infinite"):
        Numbers("q", ("a",), [[np.inf]], [[True]])


def test_what_is_stored_cannot_be_changed_from_outside():
    values = np.array([[1.0]])
    kept = Numbers("q", ("a",), values, [[True]])
    values[0, 0] = 9
    assert kept.values.tolist() == [[1.0]]
    with pytest.raises(ValueError, match="read-only"):
        kept.values[0, 0] = 3
