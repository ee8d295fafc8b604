"""What only a study can say - its region, its target, its index - is said when it does."""

import dataclasses
import re

import pandas as pd
import pytest

from app.analysis import Options, scenario_findings
from app.analysis.directions import direction_findings
from app.charts import baseline as baseline_charts
from app.charts import resilience as resilience_charts
from app.study import load_study
from app.words import baseline, overview, resilience
from app.words import scenarios as scenario_words
from app.words.names import Names
from scenarios import ScenarioError
from survey import Text

NOTE = Text(en="a note of the study", ru="примечание исследования")


def having(study, **changes):
    return dataclasses.replace(study, settings=study.settings.model_copy(update=changes))


def noted(study, note):
    return having(study, resilience=study.settings.resilience.model_copy(update={"note": note}))


def targeted(study, *titles):
    """The study with as many profile blocks as titles of targets."""
    block = next(b for b in study.settings.blocks if b.kind == "profile")
    profiles = (
        block.model_copy(update={"id": f"p{k}", "target_title": t}) for k, t in enumerate(titles)
    )
    rest = (b for b in study.settings.blocks if b.kind != "profile")
    return having(study, blocks=(*rest, *profiles))


@pytest.fixture
def regions():
    names = ["Altai", "Altai Krai", "Kemerovo"]
    return pd.DataFrame(
        {
            "indicator": "output",
            "name_en": "Output",
            "name_ru": "Выпуск",
            "region": ["altai", "altai_krai", "kemerovo"],
            "region_en": names,
            "region_ru": names,
            "value": [1.0, 2.0, 3.0],
        }
    )


def test_the_own_region_is_the_one_named_by_its_id(computed_template, regions):
    study = having(
        computed_template.study, region_id="altai_krai", region=Text(en="Altai Krai", ru="Край")
    )
    assert baseline.own_region(regions, study) == "altai_krai"


@pytest.mark.parametrize("region_id", [None, "tomsk"])
def test_without_the_id_no_region_of_the_table_is_the_own_one(
    computed_template, regions, region_id, lang
):
    title = Text(en="Altai Krai", ru="Алтайский край")
    study = having(computed_template.study, region_id=region_id, region=title)
    study = dataclasses.replace(study, context={"regions": regions})
    assert baseline.own_region(regions, study) is None
    assert "Altai" not in " ".join(baseline.sentences(study, lang))
    drawn = baseline_charts.regions(regions, study, lang).to_dict()
    assert "diamond" not in str(drawn)


def test_the_index_is_only_called_what_the_study_calls_it(computed, lang):
    f = computed
    parts = (f.directions, None, f.priorities, f.scenarios, f.resilience)
    for note in (None, NOTE):
        study = noted(f.study, note)
        page = resilience.sentences(f.resilience, f.scenarios, study, lang)
        for said in (page, overview.sentences(*parts, study, lang)):
            assert sum(lang.pick(NOTE) in s for s in said) == (note is not None)
    title = resilience_charts.index(f.resilience, noted(f.study, None), lang).to_dict()["title"]
    unnoted = resilience.sentences(f.resilience, f.scenarios, noted(f.study, None), lang)
    assert not re.search("author|recipe,|автор|рецепту,", " ".join([*unnoted, *title["text"]]))


def test_recipes_that_cannot_be_computed_are_counted_with_their_reason(computed_template, lang):
    f, swept = computed_template, computed_template.resilience.swept
    error = ScenarioError("constant", "indicator {indicator} is constant", indicator="jobs")
    gone = tuple((variant, error) for variant in swept.variants[1:3])
    assert not swept.left_out
    found = dataclasses.replace(f.resilience, swept=dataclasses.replace(swept, left_out=gone))
    before = resilience.sentences(f.resilience, f.scenarios, f.study, lang)
    (said,) = set(resilience.sentences(found, f.scenarios, f.study, lang)) - set(before)
    reference = gone[0][0].spec.reference
    assert f"{reference.first}–{reference.last}" in said
    assert "2" in said.split()
    assert said.count("indicator jobs is constant") == 1


def test_the_target_is_called_as_the_study_calls_it(computed_template, lang):
    study = computed_template.study
    plain = Names(targeted(study, None), lang).reading("target")
    named = Names(targeted(study, NOTE), lang)
    assert named.reading("target") == named.reading("target", "p0") == lang.pick(NOTE)
    assert plain != lang.pick(NOTE)
    assert not re.search("author|автор", plain)


def test_targets_of_two_titles_have_one_name_each_and_a_plain_one_together(computed_template, lang):
    other = Text(en="another note", ru="другое примечание")
    names = Names(targeted(computed_template.study, NOTE, other), lang)
    plain = Names(targeted(computed_template.study, None), lang).reading("target")
    assert names.reading("target", "p0") == lang.pick(NOTE)
    assert names.reading("target", "p1") == lang.pick(other)
    assert names.reading("target") == plain


def test_nothing_is_said_of_a_goal_that_the_study_has_not(lang):
    study = load_study("template")
    without = having(
        study, scenarios=study.settings.scenarios.model_copy(update={"goal_indicator": None})
    )
    problem = direction_findings(study, Options.of(study)).problem
    disputed, plain = (
        " ".join(scenario_words.sentences(scenario_findings(s, problem), s, lang))
        for s in (study, without)
    )
    said = {"en": "value judgement", "ru": "ценност"}[lang.code]
    assert said in disputed
    assert said not in plain
