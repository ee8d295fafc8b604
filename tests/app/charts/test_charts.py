import dataclasses
import re

import altair as alt
import numpy as np
import pytest
import vl_convert

from app.charts import (
    audit,
    baseline,
    change,
    directions,
    groups,
    learning,
    overview,
    priorities,
    resilience,
    robustness,
    scenarios,
    theme,
)
from app.i18n import language
from app.words.baseline import regional_tables, yearly_tables
from app.words.choices import CHOICES
from app.words.names import Names


def every_chart(f, lang):
    study = f.study
    charts = {"overview.first_by": overview.first_by(f.directions, study, lang)}
    for question, finding in f.priorities.items():
        charts[f"shares.{question}"] = priorities.shares(finding, study, lang)
        charts[f"by_pooling.{question}"] = priorities.by_pooling(finding, study, lang)
    for name in (
        "scores",
        "ranks",
        "first_by_reading",
        "first_by_panel",
        "first_by_normalisation",
        "weights",
    ):
        charts[name] = getattr(directions, name)(f.directions, study, lang)
    charts["acceptability"] = robustness.acceptability(f.robustness, study, lang)
    charts["doubt"] = robustness.doubt(f.robustness, study, lang)
    charts["margin"] = robustness.margin(f.robustness, study, lang)
    for name in ("weights", "missing", "triangle"):
        charts[f"change.{name}"] = getattr(change, name)(f.change, f.directions, study, lang)
    charts["weights_by_method"] = change.weights_by_method(f.change, study, lang)
    charts["missing_by_method"] = change.missing_by_method(f.change, study, lang)
    charts["learning"] = learning.inputs(f.learning, study, lang)
    charts["groups"] = groups.ranks(f.groups, f.directions.headline, study, lang)
    charts["curve"] = audit.curve(f.audit, study, lang)
    for choice in CHOICES:
        charts[f"by_option.{choice}"] = audit.by_option(f.audit, choice, study, lang)
    charts["dominance"] = scenarios.dominance(f.scenarios, study, lang)
    charts["directions"] = scenarios.directions(f.scenarios, study, lang)
    charts["indicators"] = scenarios.indicators(f.scenarios, study, lang)
    for key in f.scenarios.table.indicators:
        charts[f"indicator.{key}"] = scenarios.indicator(f.scenarios, study, lang, key)
    charts["index"] = resilience.index(f.resilience, study, lang)
    charts["factors"] = resilience.factors(f.resilience, study, lang)
    for name, table in yearly_tables(study):
        charts[f"changes.{name}"] = baseline.changes(table, lang)
        for key in table["indicator"].unique():
            charts[f"change.{key}"] = baseline.change(table, lang, key)
    for name, table in regional_tables(study):
        charts[f"regions.{name}"] = baseline.regions(table, study, lang)
    return charts


@pytest.fixture(scope="module")
def specs_of():
    """Every chart of a study in a language as Vega-Lite, made once."""
    made = {}

    def specs(f, lang):
        key = f.study.settings.id, lang.code
        if key not in made:
            # to_dict checks against the schema of Vega-Lite.
            made[key] = {name: chart.to_dict() for name, chart in every_chart(f, lang).items()}
        return made[key]

    return specs


def data_of(chart):
    """Rows of every data set of a chart."""
    return [row for rows in chart.to_dict()["datasets"].values() for row in rows]


def sized(spec, width):
    return spec | ({"width": width} if spec.get("width") == "container" else {})


def test_every_chart_is_valid_titled_and_described(computed, lang, specs_of):
    for name, spec in specs_of(computed, lang).items():
        assert spec["title"]["text"], name
        assert len(spec["description"]) > 10, name
        assert not re.search(r"[{}]|\bnan\b", spec["description"]), name


def test_a_chart_leaves_page_and_text_colours_to_the_page(computed_kuzbass, specs_of):
    for name, spec in specs_of(computed_kuzbass, language("en")).items():
        assert spec["background"] == "transparent", name
        for part in ("axis", "legend", "header", "title"):
            assert not {"labelColor", "titleColor", "color"} & set(spec["config"].get(part, {}))


def test_figures_follow_the_language(computed_kuzbass):
    signs = {}
    for code in ("ru", "en"):
        chart = resilience.index(
            computed_kuzbass.resilience, computed_kuzbass.study, language(code)
        )
        drawn = vl_convert.vegalite_to_svg(sized(chart.to_dict(), 600))
        signs[code] = set(re.findall(r">\d([.,])\d<", drawn))
    assert signs == {"ru": {","}, "en": {"."}}


def test_texts_of_russian_charts_are_russian(computed_kuzbass, specs_of):
    english = r"\b(the|of|and|with|is|are|by|to|or|not|rank|score|share|year|value)\b"
    for name, spec in specs_of(computed_kuzbass, language("ru")).items():
        if name.startswith(("indicator.", "change.")):
            continue  # they stand in "indicators" and "changes" as well
        drawn = vl_convert.vegalite_to_svg(sized(spec, 600))
        texts = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", drawn)
        assert any(re.search("[а-яё]", t) for t in texts), name
        assert not [t for t in texts if re.search(english, t)], name


@pytest.mark.parametrize("width", [330, 660])
def test_a_picture_names_every_direction(computed, lang, width):
    names = Names(computed.study, lang)
    chart = directions.scores(computed.directions, computed.study, lang)
    drawn = vl_convert.vegalite_to_svg(sized(chart.to_dict(), width))
    for alternative in computed.directions.problem.alternatives:
        first_line = theme.wrapped(names.alternative(alternative)).split("\n")[0]
        assert f">{first_line}<" in drawn


def test_shares_and_their_intervals_are_those_of_the_finding(computed, lang):
    for finding in computed.priorities.values():
        rows = data_of(priorities.shares(finding, computed.study, lang))
        order = [finding.pooled.options.index(o) for o in finding.leaders]
        for column, values in (
            ("share", finding.pooled.shares),
            ("low", finding.pooled.low),
            ("high", finding.pooled.high),
        ):
            assert [r[column] for r in rows] == pytest.approx([values[k] for k in order])


def test_an_answer_of_unknown_meaning_is_hollow_and_grey(computed_kuzbass):
    finding = computed_kuzbass.priorities["motives"]
    chart = priorities.shares(finding, computed_kuzbass.study, language("en"))
    rows = data_of(chart)
    assert [r["kind"] for r in rows].count("meaning not known") == 1
    spec = chart.to_dict()
    dots = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    assert dots["encoding"]["fill"]["scale"]["range"][1] == "transparent"
    assert dots["encoding"]["stroke"]["scale"]["range"][1] == theme.NEUTRAL


def test_what_the_criteria_add_sums_to_the_score(computed, lang):
    rows = data_of(directions.scores(computed.directions, computed.study, lang))
    parts = {}
    for row in rows:
        if "part" in row:
            parts[row["direction"]] = parts.get(row["direction"], 0) + row["part"]
    totals = {r["direction"]: r["score"] for r in rows if "score" in r}
    assert parts == pytest.approx(totals)


def test_who_is_first_has_a_cell_for_every_case(computed, lang):
    finding, study = computed.directions, computed.study
    for chart, cases in (
        (directions.first_by_reading, finding.by_reading),
        (directions.first_by_normalisation, finding.by_normalisation),
        (directions.first_by_panel, finding.by_panel),
    ):
        assert len(data_of(chart(finding, study, lang))) == len(cases)


def test_shares_of_the_draws_sum_to_one_for_each_direction(computed, lang):
    rows = data_of(robustness.acceptability(computed.robustness, computed.study, lang))
    sums = {}
    for row in rows:
        sums[row["direction"]] = sums.get(row["direction"], 0) + row["share"]
    assert list(sums.values()) == pytest.approx([1.0] * len(sums))


def test_causes_of_doubt_stand_from_largest_to_smallest(computed, lang):
    rows = data_of(robustness.doubt(computed.robustness, computed.study, lang))
    shares = [r["share"] for r in rows]
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1)


def test_a_relative_indicator_is_observed_as_100_in_its_base_year(computed):
    indicators = computed.study.scenarios.indicators
    base = computed.study.settings.scenarios.base_year
    for key in indicators.index[indicators["relative"] == "yes"]:
        assert scenarios.observed(computed.study, key)[base] == pytest.approx(100)


def test_years_without_a_figure_stay_a_gap(computed_kuzbass):
    known = scenarios.observed(computed_kuzbass.study, "coal")
    gaps = set(range(min(known), max(known))) - set(known)
    assert gaps
    chart = scenarios.indicator(
        computed_kuzbass.scenarios, computed_kuzbass.study, language("en"), "coal"
    )
    empty = {r["year"] for r in data_of(chart) if r["line"] == "observed" and r["value"] is None}
    assert empty == gaps


def test_the_index_is_drawn_with_the_printed_figures_beside_it(computed_kuzbass):
    chart = resilience.index(computed_kuzbass.resilience, computed_kuzbass.study, language("en"))
    rows = data_of(chart)
    printed = {r["year"]: r["value"] for r in rows if r.get("mark") == "printed by the source"}
    assert set(printed) == {2019, 2021}
    drawn = {r["year"]: r["value"] for r in rows if r.get("line") == "observed"}
    levels = computed_kuzbass.resilience.index.levels()
    assert drawn == pytest.approx(levels)


def test_colours_are_told_apart():
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return np.dot(linear, [0.2126, 0.7152, 0.0722])

    for colour in (*theme.PALETTE, theme.NEUTRAL, theme.INK):
        light = 1.05 / (luminance(colour) + 0.05)
        dark = (luminance(colour) + 0.05) / (luminance("#0e1117") + 0.05)
        assert min(light, dark) > 2.2, colour
    assert len(set(theme.PALETTE)) == len(theme.PALETTE)


def test_steps_run_from_good_to_bad():
    shades = theme.steps(6)
    assert (shades[0], shades[-1]) == (theme.GOOD, theme.BAD)
    assert len(set(shades)) == 6


def test_a_chart_takes_the_width_of_its_page_and_keeps_its_height(computed_kuzbass):
    chart = robustness.doubt(computed_kuzbass.robustness, computed_kuzbass.study, language("ru"))
    assert isinstance(chart, alt.LayerChart)
    spec = chart.to_dict()
    assert spec["width"] == "container"
    assert spec["autosize"]["type"] == "fit-x"


def test_pairs_of_bars_are_the_weights_now_and_where_the_first_place_is_lost(computed, lang):
    f = computed
    rows = data_of(change.weights(f.change, f.directions, f.study, lang))
    found = f.change.weights["L1"]
    assert sorted(r["weight"] for r in rows) == pytest.approx(
        sorted([*f.change.problem.weights, *found.weights])
    )


def test_weights_that_a_missing_criterion_needs_stand_from_the_smallest(computed, lang):
    f = computed
    rows = data_of(change.missing(f.change, f.directions, f.study, lang))
    needed = [r["weight"] for r in rows if "direction" in r]
    assert needed == sorted(needed)
    assert needed[0] == pytest.approx(f.change.missing.weight)


def test_every_method_has_its_bar(computed, lang):
    f, names = computed, Names(computed.study, lang)
    for chart in (
        change.weights_by_method(f.change, f.study, lang),
        change.missing_by_method(f.change, f.study, lang),
    ):
        drawn = [r["method"].replace("\n", " ") for r in data_of(chart)]
        assert sorted(drawn) == sorted(names.method(m) for m in f.change.weights_by_method)


def test_what_cannot_be_tipped_is_drawn_without_a_bar(computed_template, lang):
    f = computed_template
    safe = dataclasses.replace(f.change.missing, rival=None, by_rival={"sensors": None})
    found = dataclasses.replace(
        f.change,
        weights={"L1": None, "L2": None},
        weights_by_method=dict.fromkeys(f.change.weights_by_method),
        missing=safe,
        missing_by_method=dict.fromkeys(f.change.missing_by_method, safe),
        triangle=None,
    )
    assert change.weights(found, f.directions, f.study, lang) is None
    assert change.missing(found, f.directions, f.study, lang) is None
    assert change.triangle(found, f.directions, f.study, lang) is None
    for chart in (
        change.weights_by_method(found, f.study, lang),
        change.missing_by_method(found, f.study, lang),
    ):
        assert {r["share"] for r in data_of(chart)} == {0.0}
        assert chart.to_dict()["description"]


def test_the_triangle_is_covered_whole_by_exact_regions_and_by_strips(computed_template, lang):
    f = computed_template

    def covered(finding):
        rows = data_of(change.triangle(finding, f.directions, f.study, lang))
        pieces = {}
        for row in rows:
            if "piece" in row:
                pieces.setdefault(row["piece"], []).append((row["x"], row["y"]))
        total = 0.0
        for corners in pieces.values():
            x, y = np.array(corners).T
            total += abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
        return total

    whole = np.sqrt(3) / 4
    strips = dataclasses.replace(
        f.change, triangle=dataclasses.replace(f.change.triangle, regions=None)
    )
    assert f.change.triangle.regions is not None
    assert covered(f.change) == pytest.approx(whole)
    assert covered(strips) == pytest.approx(whole)


def test_the_curve_rises_and_shows_no_more_lines_than_the_eye_can_tell(computed, lang):
    f = computed
    rows = [r for r in data_of(audit.curve(f.audit, f.study, lang)) if "lead" in r]
    leads = [r["lead"] for r in rows]
    assert leads == sorted(leads)
    assert len(rows) <= 240
    found = [s.lead for s in f.audit.curve.specifications]
    assert (leads[0], leads[-1]) == pytest.approx((found[0], found[-1]))


def test_shares_by_option_sum_to_one(computed, lang):
    for choice in CHOICES:
        sums = {}
        for row in data_of(audit.by_option(computed.audit, choice, computed.study, lang)):
            sums[row["option"]] = sums.get(row["option"], 0) + row["share"]
        assert list(sums.values()) == pytest.approx([1.0] * len(sums))


def test_a_choice_of_one_option_has_no_picture(computed_template, lang):
    curve = computed_template.audit.curve
    kept = tuple(s for s in curve.specifications if s.options["panel"] == "experts")
    one = dataclasses.replace(
        computed_template.audit, curve=dataclasses.replace(curve, specifications=kept)
    )
    assert audit.by_option(one, "panel", computed_template.study, lang) is None
    assert audit.by_option(one, "reading", computed_template.study, lang) is not None


def test_groups_have_a_cell_for_every_direction_and_ranking(computed, lang):
    f = computed
    rows = data_of(groups.ranks(f.groups, f.directions.headline, f.study, lang))
    rankings = len(f.groups.ranks) + 1 + len(f.groups.rules) + (f.groups.kemeny is not None)
    assert len(rows) == rankings * len(f.groups.alternatives)


def test_where_nothing_can_be_learnt_there_is_no_picture(computed_template, lang):
    f = computed_template
    none = dataclasses.replace(
        f.learning, inputs=dataclasses.replace(f.learning.inputs, perfect=0.0)
    )
    assert learning.inputs(none, f.study, lang) is None
    alone = dataclasses.replace(f.robustness, margin=None)
    assert robustness.margin(alone, f.study, lang) is None


def test_many_methods_stand_below_each_other(computed, lang):
    f, names = computed, Names(computed.study, lang)
    rows = data_of(directions.ranks(f.directions, f.study, lang))
    assert len(rows) == len(f.directions.results) * len(f.directions.problem.alternatives)
    methods = {theme.wrapped(names.method(m)) for m in f.directions.results}
    many = len(f.directions.results) > 8
    assert ({r["row"] for r in rows} == methods) is many
