import re

import pytest

from app.analysis import Options, direction_findings, priority_findings
from app.i18n import language
from app.study import load_study
from app.words import (
    audit,
    baseline,
    change,
    directions,
    groups,
    learning,
    overview,
    priorities,
    resilience,
    reversal,
    robustness,
    scenarios,
)
from mcda import METHODS


def said_by_page(f, lang):
    study = f.study
    return {
        "overview": overview.sentences(
            f.directions, f.robustness, f.priorities, f.scenarios, f.resilience, study, lang
        ),
        "priorities": priorities.sentences(f.priorities, study, lang),
        "directions": directions.sentences(f.directions, study, lang),
        "robustness": robustness.sentences(f.robustness, f.directions, study, lang),
        "groups": groups.sentences(f.groups, f.directions.headline, study, lang),
        "change": change.sentences(f.change, f.directions, study, lang),
        "learning": learning.sentences(f.learning, study, lang),
        "audit": audit.sentences(f.audit, study, lang),
        "reversal": reversal.sentences(f.change.reversal, f.directions.headline, study, lang),
        "scenarios": scenarios.sentences(f.scenarios, study, lang),
        "resilience": resilience.sentences(f.resilience, f.scenarios, study, lang),
        "baseline": baseline.sentences(study, lang),
    }


def ids_of(study):
    """Ids that cannot be mistaken for a word."""
    ids = {*METHODS, *study.criteria.index}
    ids |= {o.id for q in study.questionnaire.choices for o in q.options}
    ids |= {*study.scenarios.indicators.index, *study.resilience.indicators.index}
    ids |= {*study.resilience.names.index, *study.resilience.factors.index}
    return {i for i in ids if "_" in i or i in METHODS}


def test_every_page_opens_with_a_whole_sentence(computed, lang):
    for page, said in said_by_page(computed, lang).items():
        assert said, page
        for sentence in said:
            assert sentence == sentence.strip(), (page, sentence)
            assert re.search(r"[.!?…]$", sentence), (page, sentence)


def test_no_sentence_has_an_unfilled_field_or_a_missing_figure(computed, lang):
    for page, said in said_by_page(computed, lang).items():
        for sentence in said:
            assert not re.search(r"[{}]|\bnan\b|\bNone\b|NaN|\binf\b|\.\.$|  ", sentence), (
                page,
                sentence,
            )


def test_no_id_stands_where_a_name_belongs(computed, lang):
    ids = ids_of(computed.study)
    for page, said in said_by_page(computed, lang).items():
        for sentence in said:
            assert not ids & set(re.findall(r"\w+", sentence)), (page, sentence)


def test_russian_sentences_hold_no_english(computed):
    english = r"\b(the|of|and|with|is|are|in|by|to|for|or|not|what|nobody|leads)\b"
    for page, said in said_by_page(computed, language("ru")).items():
        for sentence in said:
            assert not re.search(english, sentence, re.IGNORECASE), (page, sentence)


@pytest.mark.parametrize("reading", ["popularity", "target", "off"])
@pytest.mark.parametrize("method", ["wsm", "vikor", "topsis"])
def test_words_about_directions_follow_the_options(reading, method, lang):
    study = load_study("kuzbass")
    options = Options.of(study, method=method, pooling="academics").with_reading(reading)
    finding = direction_findings(study, options)
    said = " ".join(directions.sentences(finding, study, lang))
    assert METHODS[method].title in said or lang.code == "ru"
    best = finding.result.scores[finding.result.ranks.argmin()]
    assert lang.number(float(best), 3) in said


def test_words_about_priorities_follow_the_panel(lang):
    study = load_study("kuzbass")
    for panel in ("groups", "managers"):
        findings = priority_findings(study, panel)
        said = " ".join(priorities.sentences(findings, study, lang))
        for finding in findings.values():
            known = next(o for o in finding.leaders if o not in finding.residual)
            k = finding.pooled.options.index(known)
            assert lang.number(float(finding.pooled.weights[k]), 3) in said
            assert lang.percent(float(finding.pooled.shares[k])) in said


def test_the_overview_leaves_out_what_was_not_computed(computed_kuzbass, lang):
    f = computed_kuzbass
    short = overview.sentences(f.directions, None, f.priorities, None, None, f.study, lang)
    whole = said_by_page(f, lang)["overview"]
    assert set(short) < set(whole)
