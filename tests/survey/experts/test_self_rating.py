"""Competence coefficient K = (Kz + Ka) / 2."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.experts import ARGUMENTATION, ArgumentSource, ArgumentTable, competence
from survey.questions import Text


def test_the_coefficient_is_the_mean_of_knowledge_and_argumentation():
    found = competence(8, [0.3, 0.4, 0.05, 0.05, 0.05, 0.05])
    assert (found.Kz, found.Ka, found.K) == pytest.approx((0.8, 0.9, 0.85))
    assert found.level == "high"


def test_the_default_table_says_that_it_is_not_verified_and_allows_one_at_most():
    assert not ARGUMENTATION.verified
    assert sum(source.high for source in ARGUMENTATION.sources) == pytest.approx(1)


def test_degrees_become_scores_in_the_order_of_the_table():
    degrees = {source.id: "high" for source in ARGUMENTATION.sources} | {"experience": "medium"}
    scores = ARGUMENTATION.scores(degrees)
    assert scores == (0.3, 0.4, 0.05, 0.05, 0.05, 0.05)
    assert pytest.approx(0.85) == competence(8, scores).K


def test_a_table_of_ones_own_replaces_the_default():
    title = Text(en="Books", ru="Книги")
    table = ArgumentTable((ArgumentSource("books", title, 1.0, 0.5, 0.0),), "ours", verified=True)
    assert competence(10, table.scores({"books": "low"})).K == 0.5


@given(st.floats(0, 10), st.lists(st.floats(0, 0.2), max_size=5))
@settings(max_examples=50)
def test_the_coefficient_lies_between_its_two_parts(own, scores):
    found = competence(own, scores)
    assert min(found.Kz, found.Ka) - 1e-12 <= found.K <= max(found.Kz, found.Ka) + 1e-12


@pytest.mark.parametrize(
    ("K", "level"), [(0.49, "low"), (0.5, "medium"), (0.79, "medium"), (0.8, "high")]
)
def test_a_threshold_belongs_to_the_level_above_it(K, level):
    assert competence(K * 10, [K]).level == level


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((11, [0.5]), "rates himself 11"),
        ((float("nan"), [0.5]), "from 0 to 10"),
        ((5, [1.2]), "score 1.2"),
        ((5, [0.6, 0.6]), "sum to 1.2"),
    ],
)
def test_what_cannot_be_a_rating_is_refused_in_a_sentence(arguments, sentence):
    with pytest.raises(SurveyError, match=sentence):
        competence(*arguments)


def test_thresholds_that_fall_are_refused():
    with pytest.raises(SurveyError, match="rising"):
        competence(5, [0.5], thresholds=(0.8, 0.5))


@pytest.mark.parametrize(
    ("degrees", "sentence"),
    [({"theory": "high"}, "experience has the degree -"), ({"rumour": "high"}, "rumour is not in")],
)
def test_degrees_that_do_not_fit_the_table_are_refused(degrees, sentence):
    with pytest.raises(SurveyError, match=sentence):
        ARGUMENTATION.scores(degrees)


@pytest.mark.parametrize("scores", [(0.1, 0.2, 0.0), (1.2, 0.2, 0.0)])
def test_a_table_whose_scores_do_not_fall_or_exceed_one_is_refused(scores):
    with pytest.raises(SurveyError, match="falling"):
        ArgumentTable((ArgumentSource("x", Text(en="X", ru="Х"), *scores),), "ours")
