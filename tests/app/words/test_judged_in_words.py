"""What the words say of points, orders, ratings and comparisons, and do not say of them."""

import re

import pandas as pd
import pytest

from app.analysis import priority_findings
from app.i18n import language
from app.study import load_study
from app.words import experts, overview, priorities
from app.words.judged import how_weighed
from tests.judged_study import (
    JUDGEMENTS,
    KINDS,
    ask_beside,
    go_round_in_a_circle,
    write_judged_study,
)

# Choices are told by counts and by Wilson's interval.
OF_CHOICES = {
    "en": r"Wilson|was chosen|was named|\d+ of \d+ experts, ",
    "ru": r"Уилсон|выбрали|назвали|\d+ из \d+ экспертов, ",
}


def said(findings, study, lang):
    return " ".join(priorities.sentences(findings, study, lang))


def judged(folder, kind="points", change=None):
    """Findings of a study after a change to its judgements."""
    write_judged_study(folder, kind)
    if change is not None:
        change(pd.read_csv(folder / JUDGEMENTS)).to_csv(folder / JUDGEMENTS, index=False)
    study = load_study(folder)
    return priority_findings(study), study


def test_the_first_is_told_with_its_mean_weight_and_interval(computed_judged, lang):
    finding = computed_judged.priorities["importance"]
    first = lang.number(float(finding.pooled.weights[0]), 3)
    low, high = (lang.number(float(f[0]), 3) for f in (finding.pooled.low, finding.pooled.high))
    (lead, *_) = priorities.sentences(computed_judged.priorities, computed_judged.study, lang)
    assert first in lead
    assert low in lead
    assert high in lead
    assert ("mean weight" if lang.code == "en" else "средний вес") in lead


def test_where_every_question_is_judged_nothing_is_told_as_of_choices(computed_judged, lang):
    f = computed_judged
    told = said(f.priorities, f.study, lang)
    told += " ".join(
        overview.sentences(
            f.directions, f.robustness, f.priorities, f.scenarios, f.resilience, f.study, lang
        )
    )
    assert not re.search(OF_CHOICES[lang.code], told)
    assert "95" in told
    assert ("t interval" if lang.code == "en" else "t-интервал") in told


def test_beside_choices_both_kinds_of_interval_are_explained(tmp_path, lang):
    told = said(*judged(tmp_path / "study"), lang)
    assert re.search(OF_CHOICES[lang.code], told)
    assert ("t interval" if lang.code == "en" else "t-интервал") in told


@pytest.mark.parametrize("kind", KINDS)
def test_how_weights_come_about_is_told_of_each_kind(tmp_path, kind, lang):
    told = said(*judged(tmp_path / "study", kind), lang)
    assert how_weighed(kind, lang) in told
    others = [how_weighed(each, lang) for each in KINDS if each != kind]
    assert not any(other in told for other in others)


def test_how_many_gave_enough_is_told(tmp_path, lang):
    def some_leave_one_out(rows):
        left_out = rows["respondent"].isin(["producers1", "residents4", "residents5"])
        return rows[~(left_out & (rows["cell"] == "start_cost"))]

    told = said(*judged(tmp_path / "study", "rating", some_leave_one_out), lang)
    assert ("39 of 42 experts" if lang.code == "en" else "39 из 42 экспертов") in told


def test_who_contradicts_himself_is_counted(computed_judged, tmp_path):
    english, russian = language("en"), language("ru")
    f = computed_judged
    assert "1 expert's comparisons contradict one another" in said(f.priorities, f.study, english)
    assert "сравнения 1 эксперта противоречат" in said(f.priorities, f.study, russian)
    calm, study = judged(tmp_path / "calm", "pairwise")
    (consistent,) = (f.individual for f in calm.values() if f.individual)
    before = int(consistent.contradictory.sum())
    assert ("contradict one another" in said(calm, study, english)) == (before > 0)
    go_round_in_a_circle(study.folder)
    after = load_study(study.folder).individual["importance"].contradictory
    assert int(after.sum()) == before + 1


def test_points_cannot_contradict_one_another(tmp_path):
    assert "contradict" not in said(*judged(tmp_path / "study"), language("en"))


def test_no_test_is_told_where_there_is_nothing_to_test(computed_judged):
    english = language("en")
    told = " ".join(experts.sentences(computed_judged.experts, computed_judged.study, english))
    assert "tests are exact" not in told
    assert "Whichever group is left out" in told


def test_no_sentence_of_a_judged_study_has_an_unfilled_field_or_an_id(computed_judged, lang):
    f = computed_judged
    told = [
        *priorities.sentences(f.priorities, f.study, lang),
        *experts.sentences(f.experts, f.study, lang),
    ]
    for sentence in told:
        assert not re.search(
            r"[{}]|\bnan\b|\bNone\b|\binf\b|  |places_of_work|importance\b", sentence
        )
        assert re.search(r"[.!?]$", sentence)
        if lang.code == "ru":
            assert not re.search(r"\b(the|of|is|are|each|weight)\b", sentence), sentence


def test_a_group_that_is_not_heard_is_not_said_to_agree(tmp_path, lang):
    study = load_study(ask_beside(write_judged_study(tmp_path / "study"), "residents"))
    findings = priority_findings(study)
    assert "groups" not in findings["beside"].by_pooling
    agree = "in every group alone" if lang.code == "en" else "в каждой группе отдельно"
    assert agree in said({"importance": findings["importance"]}, study, lang)
    assert agree not in said({"beside": findings["beside"]}, study, lang)
