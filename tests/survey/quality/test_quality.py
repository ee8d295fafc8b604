"""Each check flags what it is for, says why, and removes nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from survey import Answers, Dataset, Numbers, Questionnaire, SurveyError, Texts
from survey.quality import (
    Exclusion,
    Thresholds,
    condition_met,
    exclude,
    expected_shown,
    quality_report,
)
from survey.quality.straight import irv, long_string
from survey.questions import Condition

QUESTIONNAIRE = Questionnaire.from_yaml("""
id: wave
format_version: 1
title: {en: Wave, ru: Волна}
questions:
  - {id: why, kind: multiple, min_picks: 2, max_picks: 2, text: {en: Why, ru: Почему},
     options: [{id: a, text: {en: A, ru: А}}, {id: b, text: {en: B, ru: Б}}, {id: c, text: {en: C, ru: В}}, {id: none, exclusive: true, text: {en: None, ru: Нет}}]}
  - {id: rate, kind: rating, text: {en: Rate, ru: Оцените}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}, {id: z, text: {en: Z, ru: З}}]}
  - {id: order, kind: ranking, text: {en: Order, ru: Порядок}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
  - {id: share, kind: points, text: {en: Share, ru: Распределите}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
  - {id: years, kind: number, low: 0, high: 60, whole: true, text: {en: Years, ru: Стаж}}
  - {id: veteran, kind: number, show_if: {question: years, at_least: 20}, text: {en: Since, ru: С какого года}}
  - {id: say, kind: text, longest: 10, required: true, text: {en: Say, ru: Скажите}}
  - {id: pair, kind: pairwise, text: {en: Pair, ru: Пара}, options: [{id: x, text: {en: X, ru: Х}}, {id: y, text: {en: Y, ru: У}}]}
""")

GOOD = {
    "why": [1, 1, 0, 0],
    "rate": [1, 2, 5],
    "order": [2, 1],
    "share": [40, 60],
    "years": [30],
    "veteran": [1990],
    "say": "coal",
    "pair": [3],
}
NAN = float("nan")


def wave(*people, **parts):
    """A wave of respondents r1, r2 ... , each given by how it differs from a good one."""
    rows = [GOOD | changes for changes in people]
    n = len(rows)
    responses = {
        "why": Answers("why", ["a", "b", "c", "none"], ["g"], [r["why"] for r in rows], [0] * n),
        "say": Texts("say", tuple(r["say"] for r in rows), [True] * n),
    }
    for name in ("rate", "order", "share", "years", "veteran", "pair"):
        values = np.array([r[name] for r in rows], dtype=float)
        columns = QUESTIONNAIRE.question(name).columns
        shown = np.ones_like(values, dtype=bool)
        if name == "veteran":
            shown = np.array([[not np.isnan(r["veteran"][0]) or r["years"][0] >= 20] for r in rows])
        responses[name] = Numbers(name, columns, values, shown)
    names = tuple(f"r{k + 1}" for k in range(n))
    return Dataset(QUESTIONNAIRE, names, ("g",), np.zeros(n, dtype=int), responses, **parts)


def codes(*people, check=None, thresholds=None, **parts):
    found = quality_report(wave(*people, **parts), thresholds).flags
    return [(f.respondent, f.reason.code) for f in found if check in (None, f.check)]


def test_a_good_answer_is_not_flagged():
    assert codes({}) == []


@pytest.mark.parametrize(
    ("changes", "code", "sentence"),
    [
        ({"why": [1, 1, 1, 0]}, "picks_above", "3 options are chosen; 2 at most"),
        ({"why": [1, 0, 0, 0]}, "picks_below", "1 options are chosen; 2 at least"),
        ({"why": [1, 0, 0, 1]}, "exclusive_with_others", "none, which excludes"),
        ({"rate": [1, 2, 6]}, "value_outside", "6 stands at z; 1 to 5"),
        ({"rate": [1, 2.5, 5]}, "value_not_whole", "2.5 stands at y"),
        ({"order": [1, 1]}, "rank_repeated", "the rank 1 is given 2 times"),
        ({"order": [NAN, 2]}, "rank_left_out", "1 ranks are given, the last of them 2"),
        ({"share": [40, 50]}, "points_total", "sum to 90; 100"),
        ({"years": [61]}, "value_outside", "61 stands at years; 0 to 60"),
        ({"years": [30.5]}, "value_not_whole", "30.5"),
        ({"years": [3]}, "answered_unasked", "not shown"),
        ({"say": "coal, steel"}, "text_too_long", "11 characters; 10"),
        ({"pair": [10]}, "value_outside", "10 stands at x:y"),
    ],
)
def test_an_impossible_answer_is_flagged_with_what_was_found(changes, code, sentence):
    [flag] = [f for f in quality_report(wave({}, changes)).flags if f.check == "impossible"]
    assert (flag.respondent, flag.reason.code) == ("r2", code)
    assert sentence in str(flag.reason)


def test_a_branch_not_taken_and_left_empty_is_neither_missing_nor_impossible():
    report = quality_report(wave({"years": [3], "veteran": [NAN]}))
    assert report.flags == ()
    assert report.missing.questions.loc["veteran"].tolist() == [0, 0, 0, 1]


def test_none_of_these_alone_is_no_choice_of_too_few():
    assert codes({"why": [0, 0, 0, 1]}) == []


def test_points_left_empty_are_missing_not_wrong():
    assert codes({"share": [NAN, NAN]}) == []


def test_missing_tells_partly_empty_and_unseen_apart():
    report = quality_report(
        wave({}, {"rate": [1, NAN, 2]}, {"rate": [NAN] * 3}, {"years": [2], "veteran": [NAN]})
    )
    table = report.missing.questions
    assert list(table.columns) == ["answered", "partly", "empty", "not_shown"]
    assert table.loc["rate"].tolist() == [2, 1, 1, 0]
    assert table.loc["veteran"].tolist() == [3, 0, 0, 1]
    assert report.missing.shown.tolist() == [8, 8, 8, 7]
    assert report.missing.empty.tolist() == [0, 0, 1, 0]
    assert (table.sum(axis=1) == 4).all()


def test_much_left_empty_and_what_was_required_is_flagged():
    person = {"why": [0] * 4, "rate": [NAN] * 3, "order": [NAN] * 2, "share": [NAN] * 2, "say": " "}
    assert codes({}, person, check="missing") == [
        ("r2", "much_left_empty"),
        ("r2", "required_empty"),
    ]


def test_whoever_did_not_finish_is_flagged():
    assert codes({}, {"say": "no"}, submitted=np.array([True, False])) == [("r2", "not_submitted")]


def test_speed_is_told_by_the_median_of_those_who_finished_and_by_what_was_asked():
    # 12 things were asked of each: one choice, 3 ratings, 2 ranks, 2 points, 2 numbers, a text, a pair.
    people = [{"say": word} for word in ("a", "b", "c", "d")]
    parts = {"seconds": np.array([300.0, 280.0, 90.0, 20.0])}
    found = quality_report(wave(*people, **parts))
    assert found.speed == pytest.approx(parts["seconds"] / 185)
    assert found.seconds_per_item == pytest.approx(parts["seconds"] / 12)
    flags = [(f.respondent, f.reason.code) for f in found.flags if f.check == "speed"]
    assert flags == [("r4", "fast_for_the_wave"), ("r4", "fast_for_its_length")]
    assert "took 11 % of the median time; 33 %" in str(found.flags[0].reason)


def test_without_times_it_is_said_that_speed_was_not_checked():
    assert "speed_unknown" in {r.code for r in quality_report(wave({})).remarks}


def test_a_straight_line_is_flagged_from_the_number_of_ratings_asked_for():
    same = {"rate": [4, 4, 4]}
    assert codes(same, check="straight_lining") == []
    assert codes(same, {}, check="straight_lining", thresholds=Thresholds(straight_items=3)) == [
        ("r1", "straight_line")
    ]


def test_low_variability_is_judged_only_by_a_limit_of_the_analysts():
    assert codes(
        {}, {"rate": [3, 3, 2]}, check="straight_lining", thresholds=Thresholds(irv=0.6)
    ) == [("r2", "ratings_vary_little")]


def test_irv_of_one_to_five_is_the_root_of_two_and_a_half():
    # Sample standard deviation of 1 ... 5; a constant row varies by 0; one answer tells nothing.
    found = irv(np.array([[1, 2, 3, 4, 5], [2, 2, 2, NAN, 2], [1, NAN, NAN, NAN, NAN]]))
    assert found[:2] == pytest.approx([np.sqrt(2.5), 0])
    assert np.isnan(found[2])


@given(arrays(np.int64, (3, 7), elements=st.integers(1, 3)))
@settings(max_examples=50)
def test_long_string_is_the_longest_run_counted_by_hand(values):
    expected = []
    for row in values.tolist():
        text, best = "".join(map(str, row)), 0
        for digit in "123":
            while digit * (best + 1) in text:
                best += 1
        expected.append(best)
    assert long_string(values.astype(float)).tolist() == expected


def test_a_gap_does_not_break_a_straight_line():
    assert long_string(np.array([[3, NAN, 3, 3], [NAN] * 4])).tolist() == [3, 0]


def test_identical_answers_name_each_other():
    report = quality_report(wave({}, {"say": "other"}, {}))
    found = [f for f in report.flags if f.reason.code == "answers_identical"]
    assert [(f.respondent, f.reason.fields["others"]) for f in found] == [
        ("r1", "r3"),
        ("r3", "r1"),
    ]


def test_answers_alike_but_for_one_are_near_duplicates():
    limits = Thresholds(near_duplicate=0.9)
    flags = quality_report(wave({}, {"say": "other"}), limits).flags
    assert [(f.respondent, f.reason.code) for f in flags] == [
        ("r1", "answers_nearly_identical"),
        ("r2", "answers_nearly_identical"),
    ]
    assert "90 % or more of 15 cells" in str(flags[0].reason)


def test_with_few_cells_duplicates_are_not_looked_for_and_this_is_said():
    report = quality_report(wave({}, {}), Thresholds(duplicate_cells=99))
    assert report.flags == ()
    assert "duplicates_unchecked" in {r.code for r in report.remarks}


def test_those_who_left_everything_empty_are_missing_not_duplicates():
    empty = {
        name: None if name == "say" else [0] * 4 if name == "why" else [NAN] * len(GOOD[name])
        for name in GOOD
    }
    assert (
        codes(empty, empty, {}, check="duplicate", thresholds=Thresholds(duplicate_cells=1)) == []
    )


def test_flags_come_as_a_table_and_by_respondent():
    report = quality_report(wave({}, {"share": [1, 1], "order": [1, 1]}))
    assert report.to_frame()["respondent"].tolist() == ["r2", "r2"]
    assert list(report.flagged()) == ["r2"]


def test_nothing_is_removed_by_a_report_and_an_exclusion_is_recorded():
    given_wave = wave({}, {"share": [1, 1]})
    quality_report(given_wave)
    assert given_wave.respondents == ("r1", "r2")
    left = exclude(given_wave, [Exclusion("r2", "points do not add up")])
    assert left.respondents == ("r1",)
    assert str(left.remarks[-1]) == (
        "the respondent r2 was left out by the analyst: points do not add up"
    )
    assert left.remarks[-1].grave


@pytest.mark.parametrize(
    ("exclusions", "code"),
    [
        ([Exclusion("r9", "x")], "excluded_unknown"),
        ([Exclusion("r1", " ")], "exclusion_without_reason"),
        ([Exclusion("r1", "x"), Exclusion("r1", "y")], "excluded_twice"),
    ],
)
def test_an_exclusion_needs_a_respondent_and_a_reason(exclusions, code):
    with pytest.raises(SurveyError) as caught:
        exclude(wave({}), exclusions)
    assert caught.value.code == code


def test_conditions_look_at_what_was_chosen_and_given():
    people = wave(
        {},
        {"why": [0, 0, 1, 0], "years": [5], "veteran": [NAN]},
        {"years": [NAN], "veteran": [NAN]},
    )
    met = {
        "any": Condition(question="why", any_of=("a", "b")),
        "none": Condition(question="why", none_of=("a",)),
        "most": Condition(question="years", at_most=10),
        "least": Condition(question="years", at_least=5),
    }
    found = {name: condition_met(people, condition).tolist() for name, condition in met.items()}
    assert found == {
        "any": [True, False, True],
        "none": [False, True, False],
        "most": [False, True, False],
        "least": [True, True, False],
    }
    assert expected_shown(people, "veteran").tolist() == [True, False, False]
    assert expected_shown(people, "why").all()


def test_a_condition_on_a_question_without_answers_is_met_only_as_none_of():
    bare = wave({})
    bare = replace(bare, responses={"say": bare.responses["say"]})
    assert condition_met(bare, Condition(question="why", none_of=("a",))).tolist() == [True]
    assert condition_met(bare, Condition(question="why", any_of=("a",))).tolist() == [False]


def test_of_many_who_answered_the_same_only_a_few_are_named():
    flags = quality_report(wave(*[{}] * 8)).flags
    assert len(flags) == 8
    assert str(flags[7].reason) == (
        "answered exactly as 7 others did, r1, r2, r3, r4, r5 among them, 15 cells in all"
    )
    assert flags[2].reason.fields["others"] == "r1, r2, r4, r5, r6"
