"""Audit, groups, learning and the margin: the figures in the sentences are those of the findings."""

import dataclasses

import pytest

from app.i18n import language
from app.words import audit, choices, groups, learning, margin, robustness
from app.words.names import Names
from mcda import METHODS
from mcda.second_opinion import Agreement


def test_who_leads_how_many_combinations_is_told_first(computed, lang):
    curve, names = computed.audit.curve, Names(computed.study, lang)
    said = audit.sentences(computed.audit, computed.study, lang)[0]
    leader = max(curve.first_by, key=curve.first_by.get)
    assert lang.number(len(curve.specifications), 0) in said
    assert names.alternative(leader) in said
    assert lang.percent(curve.first_by[leader]) in said


def test_what_decides_is_the_choice_that_moves_the_leader_s_share_most(computed, lang):
    curve, names = computed.audit.curve, Names(computed.study, lang)
    found = choices.spreads(curve, names, lang)
    widths = [s.high - s.low for s in found]
    assert widths == sorted(widths, reverse=True)
    said = audit.what_decides(curve, names, lang)
    first = found[0]
    assert choices.choice_name(first.choice, lang) in said[0]
    assert lang.percent(first.low) in said[0]
    assert lang.percent(first.high) in said[0]
    for each in found[1:]:
        assert choices.choice_name(each.choice, lang) in said[1]


def test_shares_by_option_are_those_of_the_curve(computed):
    curve = computed.audit.curve
    found = choices.shares(curve)
    for choice in ("panel", "reading"):
        for option, shares in found[choice].items():
            known = {a: s for a, s in curve.by_option[choice][option].items() if s > 0}
            assert shares == pytest.approx(known)
    for options in found.values():
        for shares in options.values():
            assert sum(shares.values()) == pytest.approx(1)
    assert set(found["method"]) <= set(METHODS)


def test_an_option_of_a_reading_names_the_share_of_the_computed_criteria(computed_template, lang):
    names = Names(computed_template.study, lang)
    said = choices.option_name("reading", "popularity 0.45", names, lang)
    assert names.reading("popularity") in said
    assert lang.percent(0.45) in said
    assert choices.option_name("reading", "off", names, lang) == names.reading("off")


def test_one_direction_that_is_always_first_leaves_nothing_to_decide(computed_template, lang):
    curve = computed_template.audit.curve
    one = curve.specifications[0].first[:1]
    sure = dataclasses.replace(
        curve,
        specifications=tuple(dataclasses.replace(s, first=one) for s in curve.specifications),
        first_by={a: float(a == one[0]) for a in curve.first_by},
    )
    names = Names(computed_template.study, lang)
    assert audit.what_decides(sure, names, lang) == []
    assert lang.number(len(sure.specifications), 0) in audit.who(sure, names, lang)


def test_combinations_that_are_refused_are_counted_with_the_reason(computed_template, lang):
    curve, names = computed_template.audit.curve, Names(computed_template.study, lang)
    assert curve.refused
    said = " ".join(audit.combinations(curve, names, lang))
    assert str(len(curve.refused)) in said
    assert lang.sentence(curve.refused[0].reason) in said


def test_methods_that_a_restatement_tips_are_counted_and_named(computed, lang):
    names = Names(computed.study, lang)
    tipped = [a for a in computed.audit.invariance if any(t.first_changes for t in a.changes)]
    calm = [a for a in computed.audit.invariance if a.refused is None and not a.changes]
    said = audit.invariance(computed.audit.invariance, names, lang)
    assert str(len(tipped)) in said[0]
    assert str(len(calm)) in said[0]
    most = max(tipped, key=lambda a: sum(t.first_changes for t in a.changes))
    assert names.method(most.label) in said[1]
    assert audit.invariance((), names, lang) == []


def test_where_the_library_differs_it_is_told_why(computed, lang):
    names = Names(computed.study, lang)
    said = " ".join(audit.opinions(computed.audit, names, lang))
    found = computed.audit.opinions
    assert next(iter(found.values())).version in said
    differing = {m: o for m, o in found.items() if o.agreement is Agreement.DIFFERS}
    assert "copras" in differing
    for method, opinion in differing.items():
        assert names.method(method) in said
        if opinion.reason is not None:
            assert lang.sentence(opinion.reason).rstrip(".") in said


def test_nothing_is_said_of_a_second_opinion_that_there_is_not(computed_template, lang):
    none = dataclasses.replace(computed_template.audit, opinions={})
    assert audit.opinions(none, Names(computed_template.study, lang), lang) == []


def test_groups_that_disagree_about_the_first_place_are_each_told(computed, lang):
    f, names = computed, Names(computed.study, lang)
    said = groups.sentences(f.groups, f.directions.headline, f.study, lang)
    firsts = {groups.firsts_of(r, f.groups.alternatives) for r in f.groups.ranks.values()}
    for first in firsts:
        for each in first:
            assert names.alternative(each) in said[0]
    for group in f.groups.ranks if len(firsts) > 1 else ():
        assert names.group(group) in said[0]


def test_agreement_of_the_groups_is_told_from_highest_to_lowest(computed, lang):
    f, names = computed, Names(computed.study, lang)
    said = " ".join(groups.sentences(f.groups, f.directions.headline, f.study, lang))
    for pick in (min, max):
        pair = pick(f.groups.alike, key=f.groups.alike.get)
        assert lang.number(f.groups.alike[pair], 2) in said
        assert names.group(pair[0]) in said


def test_without_two_groups_that_is_said(computed_template, lang):
    said = groups.sentences(None, "wsm", computed_template.study, lang)
    assert len(said) == 1
    assert said[0].endswith(".")


def test_groups_of_one_mind_are_said_to_be(computed_template, lang):
    f = computed_template
    same = next(iter(f.groups.ranks.values()))
    alike = dataclasses.replace(
        f.groups,
        ranks=dict.fromkeys(f.groups.ranks, same),
        alike=dict.fromkeys(f.groups.alike),
        kemeny=None,
    )
    said = groups.sentences(alike, f.directions.headline, f.study, lang)
    assert lang.say("The groups put all the directions in the same order.") in said
    assert len(said) == 3


def test_what_pays_to_learn_is_told_with_its_share_and_what_does_not_without(computed, lang):
    f, names = computed, Names(computed.study, lang)
    found = f.learning.inputs
    said = learning.sentences(f.learning, f.study, lang)
    worth = [name for name in found.order if learning.told_apart(found.inputs[name])]
    assert worth
    assert learning.input_name(worth[0], names, lang) in said[0]
    assert lang.percent(found.inputs[worth[0]].share) in said[0]
    for name, value in found.inputs.items():
        if not learning.told_apart(value):
            assert learning.input_name(name, names, lang) not in said[0]
    assert lang.number(found.perfect, 3) in " ".join(said)


def test_where_knowing_everything_brings_nothing_only_that_is_said(computed_template, lang):
    f = computed_template
    sure = dataclasses.replace(
        f.learning, inputs=dataclasses.replace(f.learning.inputs, perfect=0.0)
    )
    said = learning.sentences(sure, f.study, lang)
    assert len(said) == 1
    chosen = f.learning.alternatives[f.learning.inputs.chosen]
    assert Names(f.study, lang).alternative(chosen) in said[0]


def test_no_input_worth_learning_is_said_so(computed_template):
    f, lang = computed_template, language("en")
    none = {
        name: dataclasses.replace(v, value=0.0, share=0.0)
        for name, v in f.learning.inputs.inputs.items()
    }
    idle = dataclasses.replace(
        f.learning, inputs=dataclasses.replace(f.learning.inputs, inputs=none), missing={}
    )
    said = learning.sentences(idle, f.study, lang)
    assert said[0].startswith("No single input")
    assert "more experts" in " ".join(said)


def test_the_margin_is_told_with_its_error_and_its_largest_cause(computed, lang):
    f, names = computed, Names(computed.study, lang)
    found = f.robustness.margin
    said = " ".join(margin.sentences(f.robustness, f.study, lang))
    assert lang.number(found.mean, 2) in said
    assert lang.number(found.error, 2) in said
    assert lang.percent(found.reversed) in said
    cause = max(found.doubt.shares, key=found.doubt.shares.get)
    assert names.cause(cause) in said
    assert said in " ".join(robustness.sentences(f.robustness, f.directions, f.study, lang))


def test_without_a_margin_nothing_is_said_of_it(computed_template, lang):
    none = dataclasses.replace(computed_template.robustness, margin=None)
    assert margin.sentences(none, computed_template.study, lang) == []
