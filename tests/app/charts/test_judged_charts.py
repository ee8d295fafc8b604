"""Charts of the weights that experts gave."""

import json

import pytest

from app.charts import priorities
from app.report.pictures import svg


def spec(chart):
    return json.dumps(chart.to_dict(), ensure_ascii=False)


def test_bars_are_mean_weights_within_their_intervals(computed_judged, lang):
    finding = computed_judged.priorities["importance"]
    made = spec(priorities.shares(finding, computed_judged.study, lang))
    title, of_choices = {
        "en": ("mean weight", "share of the experts"),
        "ru": ("средний вес", "дол"),
    }[lang.code]
    assert title in made
    assert of_choices not in made
    for figure in (finding.pooled.weights, finding.pooled.low, finding.pooled.high):
        assert lang.number(float(figure[0]), 3) in made


def test_bars_of_choices_keep_their_words(computed_template, lang):
    finding = computed_template.priorities["needs"]
    made = spec(priorities.shares(finding, computed_template.study, lang))
    assert ("mean weight" if lang.code == "en" else "средний вес") not in made


@pytest.mark.parametrize("draw", [priorities.shares, priorities.by_pooling])
def test_both_charts_can_be_drawn(computed_judged, draw, lang):
    finding = computed_judged.priorities["importance"]
    drawn = svg(draw(finding, computed_judged.study, lang), 600, "drawn")
    assert ("Places of work" if lang.code == "en" else "Рабочие места") in drawn
