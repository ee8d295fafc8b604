"""The figures in the sentences are those of the findings."""

import numpy as np

from app.i18n import language
from app.words import baseline, directions, priorities, resilience, robustness, scenarios
from app.words.names import Names
from app.words.phrases import plain


def text(sentences):
    return " ".join(sentences)


def test_the_leading_answer_of_known_meaning_comes_first(computed, lang):
    names = Names(computed.study, lang)
    said = priorities.sentences(computed.priorities, computed.study, lang)
    first = next(iter(computed.priorities.values()))
    known = next(o for o in first.leaders if o not in first.residual)
    assert names.option(first.question, known) in said[0]
    assert lang.number(first.pooled.weights[first.pooled.options.index(known)], 3) in said[0]


def test_an_answer_of_unknown_meaning_that_leads_is_named_with_its_figure(computed_kuzbass, lang):
    f = computed_kuzbass
    motives = f.priorities["motives"]
    assert motives.leaders[0] == "other"
    said = priorities.sentences(f.priorities, f.study, lang)
    assert Names(f.study, lang).option("motives", "other") in said[1]
    assert lang.number(motives.pooled.weights[-1], 3) in said[1]


def test_a_group_that_names_more_is_told_with_its_parts(computed_kuzbass, lang):
    counts = computed_kuzbass.priorities["motives"].counts
    k = counts.groups.index("academics")
    said = text(priorities.sentences(computed_kuzbass.priorities, computed_kuzbass.study, lang))
    assert lang.percent(counts.experts[k] / counts.experts.sum()) in said
    assert lang.percent(counts.counts[:, k].sum() / counts.counts.sum()) in said


def test_the_count_of_classes_and_readings_is_told_first(computed, lang):
    finding = computed.directions
    names = Names(computed.study, lang)
    said = directions.sentences(finding, computed.study, lang)
    leader = max(finding.first_by, key=finding.first_by.get)
    assert names.alternative(leader) in said[0]
    assert str(round(finding.first_by[leader])) in said[0]
    assert str(len(finding.by_reading)) in said[0]


def test_the_nearest_change_of_a_weight_is_told(computed, lang):
    names = Names(computed.study, lang)
    tips = [
        (abs(end - s.weight), s.criterion, end, who)
        for s in computed.directions.stability
        for end, who in ((s.low, s.below), (s.high, s.above))
        if who is not None
    ]
    _, criterion, end, who = min(tips)
    said = text(directions.what_would_tip(computed.directions, computed.study, lang))
    assert names.criterion(criterion) in said
    assert lang.number(end, 2) in said
    assert names.short(who) in said


def test_gaps_of_the_ranking_are_named(computed, lang):
    names = Names(computed.study, lang)
    said = text(directions.sentences(computed.directions, computed.study, lang))
    for criterion in computed.directions.unmeasured:
        assert names.criterion(criterion) in said
    for first, second, correlation in computed.directions.correlated:
        assert names.criterion(first) in said
        assert names.criterion(second) in said
        assert lang.number(correlation, 2) in said
    for method in computed.directions.not_applicable:
        assert names.method(method) in said


def test_the_largest_cause_of_doubt_is_named_with_its_share(computed, lang):
    names, doubt = Names(computed.study, lang), computed.robustness.doubt
    said = text(robustness.what_decides(computed.robustness, computed.study, lang))
    cause = max(doubt.shares, key=doubt.shares.get)
    assert names.cause(cause) in said
    assert lang.percent(doubt.shares[cause]) in said
    assert lang.percent(doubt.errors[cause]) in said


def test_sampling_of_the_experts_is_judged_by_the_worst_method(computed, lang):
    changes = robustness.sampling_changes(computed.robustness, computed.directions)
    worst = max(changes, key=changes.get)
    said = robustness.experts_decide(computed.robustness, computed.directions, computed.study, lang)
    assert lang.percent(changes[worst], 1) in said
    assert Names(computed.study, lang).method(worst) in said


def test_sampling_error_decides_in_one_study_and_not_in_the_other(
    computed_kuzbass, computed_template
):
    def worst(f):
        return max(robustness.sampling_changes(f.robustness, f.directions).values())

    def said(f, lang_):
        return robustness.experts_decide(f.robustness, f.directions, f.study, lang_)

    assert worst(computed_kuzbass) < 0.05 < worst(computed_template)
    assert "not what decides" in said(computed_kuzbass, language("en"))
    assert "matters" in said(computed_template, language("en"))


def test_dominance_is_told_before_any_method(computed, lang):
    finding = computed.scenarios
    said = scenarios.sentences(finding, computed.study, lang)
    for k, (a, b) in enumerate(zip(finding.order[:-1], finding.order[1:], strict=True)):
        pair = finding.between(a, b)
        total = pair.better + pair.equal + pair.worse + pair.unclear
        for count in (pair.better, total):
            assert str(count) in said[k]
        worse = [c for c in pair.exceptions if c.relation == "worse"]
        for cell in worse if len(worse) <= 3 else []:
            assert Names(computed.study, lang).indicator(cell.indicator) in said[k]


def test_the_case_for_the_middle_scenario_is_given_whole(computed_kuzbass, lang):
    case = computed_kuzbass.study.scenarios.case
    said = text(scenarios.sentences(computed_kuzbass.scenarios, computed_kuzbass.study, lang))
    column = lang.column("statement")
    for statement in case.loc[case["scenario"] == "S2", column]:
        assert statement.rstrip(".") in said
    for statement in case.loc[case["scenario"] != "S2", column]:
        assert statement.rstrip(".") not in said


def test_the_index_stands_beside_what_was_printed(computed_kuzbass, lang):
    f = computed_kuzbass
    said = text(resilience.sentences(f.resilience, f.scenarios, f.study, lang))
    levels = f.resilience.index.levels()
    printed = resilience.published_levels(f.study)
    assert printed
    for year, (value, _) in printed.items():
        assert lang.number(levels[year], 3) in said
        assert lang.number(value, 3) in said
    for variant in f.resilience.variants.values():
        assert lang.number(variant.levels()[max(printed)], 3) in said


def test_scenarios_are_compared_in_standard_deviations(computed, lang):
    f = computed
    said = text(resilience.sentences(f.resilience, f.scenarios, f.study, lang))
    for gap in f.resilience.gap.values():
        assert lang.number(float(gap[-1]), 2) in said
    for value in f.resilience.ratio:
        assert lang.number(float(value), 2) in said
    for gaps in f.resilience.tie.values():
        for gap in gaps:
            assert lang.number(float(gap), 2) in said


def test_no_percentage_of_the_index_is_given(computed, lang):
    f = computed
    for sentence in resilience.sentences(f.resilience, f.scenarios, f.study, lang):
        if str(len(f.resilience.swept.variants)) not in sentence:  # share of the recipes
            assert "%" not in sentence


def test_the_first_year_without_an_index_is_explained(computed_kuzbass, lang):
    f = computed_kuzbass
    last = max(f.resilience.index.levels())
    said = text(resilience.sentences(f.resilience, f.scenarios, f.study, lang))
    assert str(last + 1) in said
    for series in f.resilience.missing[last + 1].values():
        for each in series:
            assert Names(f.study, lang).series(each) in said


def test_the_region_is_placed_among_the_others(computed_kuzbass, lang):
    study = computed_kuzbass.study
    said = text(baseline.sentences(study, lang))
    table = study.context["table3"]
    own = baseline.own_region(table, study)
    assert own == "kemerovo"
    for _, rows in table.groupby("indicator"):
        value = float(rows.loc[rows["region"] == own, "value"].iloc[0])
        assert plain(value, lang) in said


def test_an_indicator_is_told_from_its_first_to_its_last_printed_figure(computed_kuzbass, lang):
    table = computed_kuzbass.study.context["table2"]
    said = text(baseline.sentences(computed_kuzbass.study, lang))
    for _, rows in table.dropna(subset=["value"]).groupby("indicator"):
        ends = rows.sort_values("year")["value"].iloc[[0, -1]]
        for value in ends:
            assert plain(float(value), lang) in said


def test_how_sure_the_first_place_is(computed, lang):
    firsts = computed.robustness.everything.rank_acceptability[:, 0]
    said = robustness.how_sure(computed.robustness, computed.study, lang)
    for share in np.sort(firsts)[-2:]:
        assert lang.percent(float(share)) in said


def test_a_share_just_below_zero_is_no_minus_zero(lang):
    assert lang.percent(-1e-9) == lang.percent(0.0)
    assert lang.percent(-1e-9, 1) == lang.percent(0.0, 1)
    assert lang.percent(-0.004, 1) != lang.percent(0.004, 1)
