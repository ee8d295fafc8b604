"""Rounds, feedback, stability, stopping, and the record of how opinion moved."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import kendalltau, wilcoxon
from statsmodels.stats.contingency_tables import mcnemar

from survey import Dataset, Numbers, Questionnaire, SurveyError
from survey.agreement.concordance import kendall_w
from survey.delphi import Round, StoppingRules, decide, feedback, movement, stability

NAN = float("nan")


def held(number, *columns, experts=None):
    values = np.array(columns, dtype=float).T
    names = experts or tuple(f"e{k}" for k in range(len(values)))
    return Round(number, tuple(names), tuple("abcdef"[: len(columns)]), values)


def test_a_round_is_taken_from_a_wave():
    questionnaire = Questionnaire.from_yaml("""
id: wave
format_version: 1
title: {en: W, ru: В}
questions:
  - {id: rate, kind: rating, text: {en: R, ru: О}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
""")
    numbers = Numbers("rate", ("x", "y"), [[1, 2], [3, NAN]], np.ones((2, 2), dtype=bool))
    wave = Dataset(questionnaire, ("p", "q"), ("g",), np.zeros(2, dtype=int), {"rate": numbers})
    taken = Round.of(1, wave, "rate")
    assert (taken.experts, taken.items) == (("p", "q"), ("x", "y"))
    assert taken.given(1).tolist() == [2]


def test_feedback_is_median_quartiles_and_ones_own_answer():
    before = held(1, [1, 2, 3, 4, 5], [1, 1, NAN, NAN, NAN])
    first, second = feedback(before, "e4")
    assert (first.low_quartile, first.median, first.high_quartile) == (2, 3, 4)
    assert (first.own, first.outside, first.answered) == (5, True, 5)
    assert (second.own, second.median, second.answered) == (None, None, 2)


def test_feedback_to_whoever_was_not_there_has_no_own_answer():
    [told] = feedback(held(1, [1, 2, 3]), "newcomer")
    assert (told.own, told.outside, told.median) == (None, False, 2)


def test_an_answer_on_a_quartile_is_not_outside():
    assert not feedback(held(1, [1, 2, 3, 4, 5]), "e1")[0].outside


def test_stability_counts_who_changed_and_who_came_nearer_to_the_median():
    found = stability(held(1, [1, 3, 3, 3, 5]), held(2, [2, 3, 3, 3, 6])).items[0]
    assert (found.both, found.changed, found.towards) == (5, 0.4, 0.5)
    assert found.net_change == pytest.approx(0.4)
    assert found.test == "wilcoxon"


def test_changes_that_cancel_are_no_net_change():
    found = stability(held(1, [1, 2, 3]), held(2, [2, 3, 1])).items[0]
    assert (found.changed, found.net_change) == (1, 0)


def test_the_quartile_deviation_is_half_of_the_distance_of_the_quartiles():
    found = stability(held(1, [1, 2, 3, 4, 5]), held(2, [2, 3, 3, 3, 4])).items[0]
    assert (found.deviation_before, found.deviation_after) == (1, 0)


def test_yes_and_no_are_tested_by_mcnemar():
    before, after = [1] * 9 + [0] * 6, [1] * 2 + [0] * 7 + [1] + [0] * 5
    found = stability(held(1, before), held(2, after)).items[0]
    assert found.test == "mcnemar"
    assert found.p == pytest.approx(mcnemar([[2, 7], [1, 5]], exact=True).pvalue)


def test_ratings_are_tested_by_wilcoxon():
    before, after = np.array([1.0, 2, 3, 4, 5, 6, 7]), np.array([2.0, 4, 6, 8, 10, 5.5, 7])
    found = stability(held(1, before), held(2, after)).items[0]
    assert found.p == pytest.approx(wilcoxon(before, after, method="exact").pvalue)


def test_where_nobody_changed_there_is_nothing_to_test():
    found = stability(held(1, [1, 2, 3]), held(2, [1, 2, 3])).items[0]
    assert (found.changed, found.towards, found.net_change, found.p) == (0, None, 0, None)


@given(
    arrays(np.float64, (6, 3), elements=st.integers(1, 5)),
    arrays(np.float64, (6, 3), elements=st.integers(1, 5)),
)
@settings(max_examples=50)
def test_rounds_are_compared_by_tau_and_w_as_elsewhere(one, other):
    found = stability(held(1, *one.T), held(2, *other.T))
    assert found.w_before == kendall_w(one).w
    assert found.w_after == kendall_w(other).w
    tau = (
        kendalltau(one.mean(axis=0), other.mean(axis=0)).statistic
        if all(len(set(m.mean(axis=0))) > 1 for m in (one, other))
        else None
    )
    assert found.tau == (None if tau is None else pytest.approx(tau))
    for item in found.items:
        assert 0 <= item.net_change <= item.changed <= 1
        assert item.p is None or 0 <= item.p <= 1


def test_experts_are_matched_by_name_and_those_who_left_are_named():
    before = held(1, [1, 2, 3], experts=["x", "y", "z"])
    after = held(2, [3, 2, 9], experts=["z", "y", "n"])
    found = stability(before, after)
    assert (found.both, found.left, found.joined) == (2, ("x",), ("n",))
    assert found.items[0].changed == 0


def test_rounds_that_share_nobody_are_refused():
    with pytest.raises(SurveyError, match="share 1 items and 0 experts"):
        stability(held(1, [1, 2]), held(2, [1, 2], experts=["p", "q"]))


AGREED, SPLIT = [3, 3, 3, 4, 4, 3], [1, 1, 1, 5, 5, 5]
MOVED = [5, 5, 5, 1, 1, 2]


def states(*rounds, **rules):
    found = decide(rounds, StoppingRules(**rules))
    return found.stop, [item.state for item in found.items], found.reason.code


def test_it_stops_when_items_are_agreed_on_or_no_longer_move():
    assert states(held(1, AGREED, SPLIT), held(2, AGREED, SPLIT)) == (
        True,
        ["agreed", "stable"],
        "nothing_open",
    )


def test_it_goes_on_while_an_item_moves_and_asks_only_that_again():
    found = decide([held(1, AGREED, SPLIT), held(2, AGREED, MOVED)])
    assert not found.stop
    assert found.asked_again() == ("b",)
    assert str(found.reason) == "1 of 2 items are open after round 2"


def test_nothing_is_decided_before_the_least_number_of_rounds():
    assert states(held(1, AGREED)) == (False, ["agreed"], "rounds_too_few")


def test_it_stops_after_the_most_rounds_and_says_what_is_open():
    rounds = [held(1, SPLIT), held(2, MOVED)]
    assert states(*rounds, most_rounds=2) == (True, ["open"], "rounds_enough")
    assert decide(rounds, StoppingRules(most_rounds=2)).asked_again() == ()


def test_agreement_may_be_a_share_near_the_median():
    rounds = [held(k, [1, 3, 3, 3, 3, 5]) for k in (1, 2)]
    rules = {"iqr": None, "net_change": None}
    assert states(*rounds, share_within=(0.6, 0), **rules)[1] == ["agreed"]
    assert states(*rounds, share_within=(0.7, 0), **rules)[1] == ["open"]
    assert states(*rounds, share_within=(0.7, 2), **rules)[1] == ["agreed"]


def test_of_several_rules_of_agreement_all_must_hold():
    rounds = [held(k, [1, 3, 3, 3, 3, 5]) for k in (1, 2)]
    assert states(*rounds, iqr=1.0, share_within=(0.9, 0), net_change=None)[1] == ["open"]


def test_agreement_may_be_concordance_of_the_whole_panel():
    rounds = [held(k, [1] * 6, [2] * 6, [3, 3, 3, 3, 3, 9]) for k in (1, 2)]
    assert states(*rounds, iqr=None, w=0.7)[1] == ["agreed"] * 3
    assert states(*rounds, iqr=None, w=1.0)[1] == ["agreed"] * 3
    apart = [held(k, [1, 2, 3] * 2, [2, 3, 1] * 2, [3, 1, 2] * 2) for k in (1, 2)]
    assert states(*apart, iqr=None, w=0.7, net_change=None)[1] == ["open"] * 3


def test_stability_may_be_a_small_change_of_the_quartile_deviation():
    rounds = [held(1, [1, 1, 1, 5, 5, 5]), held(2, [5, 5, 5, 1, 1, 1])]
    assert states(*rounds, net_change=None, deviation_change=0.1)[1] == ["stable"]
    assert states(held(1, AGREED), held(2, SPLIT), net_change=None, deviation_change=0.1)[1] == [
        "open"
    ]


def test_an_item_that_few_answered_stays_open():
    rounds = [held(k, [3, 3, 3, NAN, NAN, NAN]) for k in (1, 2)]
    found = decide(rounds)
    assert found.items[0].reason.code == "answers_too_few"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: decide([]), "rounds_none"),
        (lambda: StoppingRules(iqr=None), "stopping_without_agreement"),
        (lambda: StoppingRules(least_rounds=3, most_rounds=2), "stopping_rounds"),
        (lambda: Round(1, ("e",), ("a", "b"), [[1.0]]), "round_shape"),
        (lambda: Round(1, ("e", "e"), ("a",), [[1.0], [2.0]]), "round_repeated"),
        (lambda: Round(1, ("e",), ("a",), [[float("inf")]]), "round_infinite"),
    ],
)
def test_what_makes_no_round_or_rule_is_refused(make, code):
    with pytest.raises(SurveyError) as caught:
        make()
    assert caught.value.code == code


def test_the_record_has_every_item_in_every_round():
    record = movement([held(1, AGREED, SPLIT), held(2, AGREED, MOVED)])
    assert record[["round", "item"]].to_numpy().tolist() == [[1, "a"], [1, "b"], [2, "a"], [2, "b"]]
    assert record["iqr"].tolist() == [0.75, 4, 0.75, 3.75]
    assert record["changed"].isna().tolist() == [True, True, False, False]
    assert record["changed"].tolist()[2:] == [0, 1]
    assert record["median"].tolist() == [3, 3, 3, 3.5]


def test_an_item_that_nobody_answered_is_kept_empty_in_the_record():
    record = movement([held(1, [NAN, NAN])])
    assert record.loc[0, "answered"] == 0
    assert np.isnan(record.loc[0, "median"])
