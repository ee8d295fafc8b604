"""The experts in words: what stands apart, what cannot be tested, and how many more."""

import dataclasses

import pytest

from app.analysis import SAME_PANEL
from app.analysis.planning import Curve
from app.charts import experts as charts
from app.charts.planning import more_experts
from app.i18n import language
from app.words import planning
from app.words.experts import p_value, sentences
from app.words.names import Names
from app.words.planning import chance

EN = language("en")


@pytest.fixture
def said(computed_kuzbass):
    return sentences(computed_kuzbass.experts, computed_kuzbass.study, EN)


def test_the_finding_of_kuzbass_is_that_academics_stand_apart_on_efficiency_and_energy(said):
    assert said[0].startswith("The group “university and institute staff” stands apart")
    assert "“Low efficiency of production” (96" in said[0]
    assert "“High energy intensity” (56" in said[0]


def test_what_cannot_be_tested_from_counts_is_stated(said):
    (stated,) = [s for s in said if s.startswith("Cannot be tested")]
    assert "Motives and Innovation types" in stated
    assert "needs the answers of each expert" in stated


def test_an_answer_of_unknown_meaning_is_told_as_such(said):
    told = [s for s in said if ("Other problems" in s and "stands apart" in s) or "as well" in s]
    assert told
    assert all("what was meant is not known" in s for s in told)


def test_a_shared_first_priority_is_told_as_shared(said):
    assert any(
        "without “managers of large enterprises” “Low efficiency of production” and “Environmental conditions”"
        in s
        for s in said
    )


def test_a_first_place_that_depends_on_the_groups_is_told(computed_template):
    told = sentences(computed_template.experts, computed_template.study, EN)
    assert any("depends on who is asked" in s and "“producers” to Timber houses" in s for s in told)


def with_enough(planned, enough):
    """The same finding, were so many more experts enough."""
    curves = {
        who: Curve(c.stable, c.limit, enough if who == SAME_PANEL else None)
        for who, c in planned.curves.items()
    }
    return dataclasses.replace(planned, curves=curves)


@pytest.mark.parametrize(
    ("enough", "words"),
    [
        (0, "no more of them are needed"),
        (100, "between 75 and 100 more would settle"),
        (None, "even 1,600 more would not settle"),
    ],
)
def test_how_many_more_experts_is_told_as_it_was_simulated(computed_template, enough, words):
    names = Names(computed_template.study, EN)
    told = planning.sentences(with_enough(computed_template.experts.planning, enough), names, EN)
    assert words in told[0]
    assert any("No group alone can settle it" in s for s in told) is (enough != 0)


def test_a_planning_that_was_not_simulated_says_so(computed_template):
    (told,) = planning.sentences(None, Names(computed_template.study, EN), EN)
    assert "not simulated" in told


def test_a_probability_short_of_certainty_is_not_told_as_certain():
    assert chance(0.9965, EN).startswith("99.6") or chance(0.9965, EN).startswith("99.7")
    assert chance(0.61, EN).startswith("61")
    assert p_value(0.00001, EN) == "p < 0.001"


def test_the_charts_hold_every_group_and_every_size(computed, lang):
    finding, study = computed.experts, computed.study
    for question, found in finding.questions.items():
        told = charts.differences(found, question, study, lang).to_dict()
        rows = max(told["datasets"].values(), key=len)
        assert len(rows) == len(found.comparison.contrasts)
        if found.map is not None:
            drawn = charts.map_of(found.map, question, study, lang).to_dict()
            (points,) = drawn["datasets"].values()
            assert len(points) == len(found.map.rows) + len(found.map.columns)
    curve = more_experts(finding.planning, study, lang).to_dict()
    points = max(curve["datasets"].values(), key=len)
    assert len(points) == len(finding.planning.curves) * len(finding.planning.sizes)
