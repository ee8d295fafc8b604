"""What would change it: the figures in the sentences are those of the findings."""

import dataclasses

import numpy as np
import pytest

from app.words import change, missing, reversal
from app.words.names import Names
from app.words.phrases import part


def text(f, lang):
    return " ".join(change.sentences(f.change, f.directions, f.study, lang))


def test_the_weight_to_move_is_half_of_the_sum_of_all_changes(computed, lang):
    f, names = computed, Names(computed.study, lang)
    found = f.change.weights["L1"]
    gone = np.abs(found.weights - f.change.problem.weights).sum() / 2
    said = change.weights(f.change, f.directions.headline, names, lang)
    assert change.moved(found) == pytest.approx(gone)
    assert part(gone, lang) in said
    for alternative in (found.leader, found.rival):
        assert names.alternative(alternative) in said


def test_every_weight_that_moves_is_told_with_both_its_values(computed, lang):
    f, names = computed, Names(computed.study, lang)
    found = f.change.weights["L1"]
    moves = change.shift(f.change, found)
    said = change.weights(f.change, f.directions.headline, names, lang)
    assert sum(after - before for before, after in moves.values()) == pytest.approx(0, abs=1e-6)
    for criterion, (before, after) in moves.items():
        digits = 2 if abs(after - before) >= 0.01 else 4
        assert names.criterion(criterion) in said
        assert f"{lang.number(before, digits)} → {lang.number(after, digits)}" in said
    for criterion in set(f.change.problem.criteria) - set(moves):
        assert f"“{names.criterion(criterion)}”" not in said


def test_an_upper_bound_is_never_called_exact(computed_template, lang):
    f = computed_template
    names, headline = Names(f.study, lang), f.directions.headline
    exact = f.change.weights["L1"]
    bound = dataclasses.replace(exact, exact=False)
    searched = dataclasses.replace(f.change, weights={"L1": bound, "L2": bound})
    said, other = (change.weights(c, headline, names, lang) for c in (f.change, searched))
    assert exact.exact
    assert lang.say("This is exact: nothing smaller does it.") in said
    assert lang.say("This is exact: nothing smaller does it.") not in other
    assert (
        lang.say("This is an upper bound, found by search: something smaller may do it.") in other
    )


def test_what_no_weights_can_do_is_told_apart_from_what_was_not_found(computed_template, lang):
    f = computed_template
    names, headline = Names(f.study, lang), f.directions.headline
    safe = dataclasses.replace(f.change, weights={"L1": None, "L2": None})
    searched = dataclasses.replace(
        safe, swaps=tuple(dataclasses.replace(s, exact=False) for s in safe.swaps)
    )
    proved, tried = (change.weights(c, headline, names, lang) for c in (safe, searched))
    assert proved != tried


def test_the_missing_criterion_is_told_with_its_weight_and_rival(computed, lang):
    f, names = computed, Names(computed.study, lang)
    said = " ".join(missing.headline(f.change, f.directions.headline, names, lang))
    found = f.change.missing
    used = f.change.problem.weights[f.change.problem.weights > 0]
    assert part(found.weight, lang) in said
    assert names.alternative(found.rival) in said
    assert part(float(used.max()), lang) in said
    assert part(float(used.mean()), lang) in said


def test_methods_of_ratios_say_that_the_missing_criterion_rests_on_its_values(
    computed_template, lang
):
    f, names = computed_template, Names(computed_template.study, lang)
    found = f.change.missing_by_method["copras"]
    assert not found.scale_free
    by_copras = dataclasses.replace(f.change, missing=found)
    plain = missing.headline(f.change, f.directions.headline, names, lang)
    said = missing.headline(by_copras, "copras", names, lang)
    assert len(" ".join(said)) > len(" ".join(plain))


def test_the_nearest_and_the_safest_methods_are_named(computed, lang):
    f, names = computed, Names(computed.study, lang)
    found = {
        m: c.distance
        for m, c in f.change.weights_by_method.items()
        if c is not None and c.distance is not None
    }
    said = text(f, lang)
    for pick in (min, max):
        method = pick(found, key=found.get)
        assert names.method(method) in said
        assert part(found[method] / 2, lang) in said


def test_the_nearest_single_value_is_told_with_both_its_values(computed, lang):
    f, names = computed, Names(computed.study, lang)
    tip = f.change.values.smallest
    said = text(f, lang)
    assert names.criterion(tip.criterion) in said
    assert names.alternative(tip.taker) in said
    assert part(tip.share, lang) in said


def test_shares_of_the_triangle_are_told(computed, lang):
    f, names = computed, Names(computed.study, lang)
    said = text(f, lang)
    assert part(f.change.triangle.free, lang) in said
    for criterion in f.change.triangle.groups:
        assert names.criterion(criterion) in said
    leads = [a for a in f.change.triangle.areas.values() if a > 1e-9]
    for area in leads if len(leads) > 1 else []:
        assert part(area, lang) in said


def test_of_one_direction_nothing_is_said_to_change_it(changed, lang):
    study, directions, finding = changed(1, 3)
    said = change.sentences(finding, directions, study, lang)
    assert said == [lang.say("There is one direction only: nothing can take its first place.")]
    assert reversal.sentences(finding.reversal, directions.headline, study, lang) == []


@pytest.mark.parametrize("size", [(2, 1), (2, 2), (4, 2)])
def test_small_problems_are_told_without_a_triangle(changed, lang, size):
    study, directions, finding = changed(*size)
    assert finding.triangle is None
    said = change.sentences(finding, directions, study, lang)
    said += reversal.sentences(finding.reversal, directions.headline, study, lang)
    assert len(said) > 3
    assert "None" not in " ".join(said)
    assert "{" not in " ".join(said)


def test_a_first_place_that_hangs_on_others_is_told_with_the_case(computed, lang):
    f, names = computed, Names(computed.study, lang)
    found = f.change.reversal
    said = " ".join(reversal.sentences(found, f.directions.headline, f.study, lang))
    assert str(len(found.cases)) in said
    for case in found.costs_first_place:
        assert reversal.case(case, names, lang) in said
        assert names.short(case.first[0]) in said
    for turned in found.pairs.reversals:
        assert reversal.turned(turned, names, lang) in said


def test_a_shared_first_place_is_said_to_be_shared(computed_template, lang):
    f, names = computed_template, Names(computed_template.study, lang)
    both = f.change.problem.alternatives[:2]
    shared = dataclasses.replace(f.change, values=dataclasses.replace(f.change.values, first=both))
    plain, said = (change.sentences(c, f.directions, f.study, lang) for c in (f.change, shared))
    assert said[1:] == plain
    for each in both:
        assert names.alternative(each) in said[0]


def test_a_share_too_small_for_a_figure_is_not_told_as_nothing(lang):
    assert part(0.0, lang) == lang.percent(0, 2)
    assert part(0.00001, lang) == lang.say("under {limit}", limit=lang.percent(0.0001, 2))
    assert part(0.226, lang) == lang.percent(0.23)
