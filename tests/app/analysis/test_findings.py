import json

import pytest

from app.analysis import CAUSES, Options, analyse
from mcda import ProblemError
from survey import SurveyError


def test_findings_are_plain_json_without_nan(found):
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_every_key_of_the_contract_is_there(found):
    assert set(found) >= {
        "format_version",
        "priorities",
        "criteria_weights",
        "directions",
        "scenarios",
        "resilience",
        "claims",
        "provenance",
    }
    directions = found["directions"]
    assert directions["headline"] in directions["scores"]
    assert set(directions["scores"]) == set(directions["ranks"])
    assert set(directions["doubt"]) == set(CAUSES)
    assert sum(directions["doubt"].values()) == pytest.approx(1)
    for row in directions["rank_acceptability"].values():
        assert sum(row) == pytest.approx(1)
    for claim in found["claims"]:
        assert {"printed", "obtained", "verdict"} <= set(claim)
    for cell in found["resilience"]["scenarios"]["S1"].values():
        assert set(cell) == {"value", "low", "high"}
    assert {"study_digest", "versions", "seed", "settings"} <= set(found["provenance"])


def test_the_same_seed_gives_the_same_findings(template, computed_template):
    again = analyse(template, Options.of(template, draws=2000))
    assert again.to_dict() == computed_template.to_dict()


def test_another_seed_gives_other_draws_and_the_same_point_results(template, computed_template):
    one = computed_template.to_dict()
    seed = computed_template.options.seed + 1
    other = analyse(template, Options.of(template, draws=2000, seed=seed)).to_dict()
    assert one["directions"]["scores"] == other["directions"]["scores"]
    assert one["directions"]["rank_acceptability"] != other["directions"]["rank_acceptability"]


def test_a_study_with_other_names_goes_through_the_same_chain(template, computed_template):
    found = computed_template.to_dict()
    assert set(found["directions"]["rank_acceptability"]) == set(template.alternatives.index)
    assert found["resilience"]["scenarios"]


def test_an_unknown_method_or_panel_is_refused(kuzbass):
    with pytest.raises(ProblemError, match="expected topsis"):
        Options.of(kuzbass, method="topsi")
    with pytest.raises(SurveyError, match="ministers"):
        analyse(kuzbass, Options.of(kuzbass, pooling="ministers", draws=10))


def test_a_headline_method_that_cannot_take_the_data_is_refused(kuzbass):
    with pytest.raises(ProblemError, match="expected all values above 0"):
        analyse(kuzbass, Options.of(kuzbass, method="wpm", draws=10))


def test_a_printed_figure_is_compared_within_what_it_prints(findings):
    verdicts = {c.id: c.verdict for c in findings.claims}
    assert verdicts["coal_keeps_resilience"] == "cannot_be_tested"
    assert verdicts["grp_2020"] == "agrees"
    assert verdicts["mean_wage_2019"] == "differs"
