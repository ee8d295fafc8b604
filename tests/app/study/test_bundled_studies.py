"""The studies that come with Konsilium."""

import re

import numpy as np
import pytest

from app.study import StudyError, bundled_studies, check_study, load_study, parse_measure

BOTH = ["kuzbass", "template"]


@pytest.fixture(scope="module")
def kuzbass():
    return load_study("kuzbass")


def test_both_studies_are_bundled():
    assert sorted(bundled_studies()) == BOTH


@pytest.mark.parametrize("name", BOTH)
def test_bundled_study_has_no_fault(name):
    assert check_study(name) == []


@pytest.mark.parametrize("name", BOTH)
def test_bundled_study_is_utf_8_with_line_feeds(name):
    for path in bundled_studies()[name].rglob("*.*"):
        assert b"\r" not in path.read_bytes()
        path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", BOTH)
def test_every_text_stands_in_both_languages(name):
    for file, table in load_study(name).tables.items():
        russian = [column for column in table if column.endswith("_ru")]
        for column in russian:
            filled = table[column][table[column] != ""]
            other = table[column[:-3] + "_en"]
            assert ((table[column] == "") == (other == "")).all(), (file, column)
            words = filled[filled.str.contains(r"[^\W\d_]{3}")]
            assert words.str.contains("[а-яё]", flags=re.IGNORECASE).all(), (file, column)
            assert not other.str.contains("[а-яё]", flags=re.IGNORECASE).any(), (file, column)


def test_template_shares_no_id_with_kuzbass():
    def ids(name):
        study = load_study(name)
        found = (
            set(study.settings.experts) | set(study.settings.sources) | set(study.settings.bases)
        )
        found |= {block.id for block in study.settings.blocks}
        for question in study.questionnaire.questions:
            found |= {question.id, *getattr(question, "option_ids", ())}
        for frame in (
            study.alternatives,
            study.criteria,
            study.scenarios.scenarios,
            study.scenarios.indicators,
            study.resilience.names,
            study.resilience.factors,
            study.resilience.indicators,
            study.published,
        ):
            found |= set(frame.index)
        return found

    assert not ids("kuzbass") & ids("template")


def test_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(StudyError, match="the nearest is kuzbass"):
        load_study("kuzbas")


def test_counts_of_table_4(kuzbass):
    motives, types = kuzbass.counts["motives"], kuzbass.counts["innovation_types"]
    assert motives.experts.tolist() == [15, 18, 25, 24]
    assert dict(zip(motives.options, motives.counts.sum(axis=1).tolist(), strict=True)) == {
        "low_efficiency": 45, "competition": 45, "low_wages": 35, "energy_intensity": 23,
        "demography": 26, "environment": 53, "other": 55,
    }  # fmt: skip
    assert dict(zip(types.options, types.counts.sum(axis=1).tolist(), strict=True)) == {
        "incremental": 33, "stimulating": 45, "radical": 32, "paradigmatic": 9,
    }  # fmt: skip


def test_motives_were_answered_in_own_words_and_other_is_residual(kuzbass):
    motives = kuzbass.questionnaire.question("motives")
    assert motives.answered_in_own_words
    assert [option.id for option in motives.options if option.residual] == ["other"]
    assert not kuzbass.questionnaire.question("innovation_types").answered_in_own_words


def test_scores_cover_six_directions_by_seven_measured_criteria(kuzbass):
    assert kuzbass.scores.shape == (42, 6)
    assert list(kuzbass.alternatives.index) == ["D1", "D2", "D3", "D4", "D5", "D6"]
    assert kuzbass.scores.loc[("kuzbass_cities", "D3"), "value"] == 6
    assert kuzbass.relevance["motives"].shape == (7, 7)
    assert kuzbass.profiles["innovation_types"].loc["D5", "paradigmatic"] == 0.2


def test_scenario_table_as_printed(kuzbass):
    table = kuzbass.scenarios.table
    assert (len(table.indicators), table.scenarios, table.years) == (
        9,
        ("S1", "S2", "S3"),
        (2025, 2030, 2035),
    )
    trade = table.midpoints[table.indicators.index("trade")]
    assert trade.tolist() == [[108, 113, 115], [100, 115, 110], [100, 95, 90]]
    coal = table.indicators.index("coal")
    assert (table.low[coal, 2, 2], table.high[coal, 2, 2]) == (150, 170)


def test_only_the_doubtful_cell_of_the_scenario_table_is_flagged(kuzbass):
    cells = kuzbass.scenarios.cells
    flagged = cells[cells["note_en"] != ""]
    assert flagged[["indicator", "scenario", "year", "low"]].to_numpy().tolist() == [
        ["trade", "S2", 2030, 115]
    ]


def test_official_series(kuzbass):
    panel = kuzbass.resilience.panel
    assert len(panel.series) == 39
    assert panel.known.sum() == 795
    wage = panel.values[0, panel.series.index("wage_month")]
    assert wage[panel.years.index(2019)] == 41770


def test_22_indicators_by_default_and_both_variants_of_the_23rd(kuzbass):
    indicators = kuzbass.resilience.indicators
    assert (indicators["default"] == "yes").sum() == 22
    variants = indicators[indicators["variant_of"] == "innovating_organisations"]
    assert variants["formula"].str.partition("(")[0].tolist() == ["splice", "link"]
    assert set(variants["default"]) == {"no"}
    assert kuzbass.resilience.mapping.loc["poverty_rate", "formula"] == "level(poverty)"
    assert (kuzbass.resilience.mapping["formula"] == "").sum() == 12


def test_printed_claims(kuzbass):
    published = kuzbass.published
    assert published.loc["index_2019", "printed_low"] == 0.347
    assert published.loc["index_S1_2035", "printed_high"] == 0.570
    assert published.loc["coal_keeps_resilience", "measure"] == ""
    assert np.isnan(published.loc["S3_positive", "printed_high"])


def test_claims_over_official_series_come_out_as_rosstat_has_them(kuzbass):
    values = {
        f"series.{row.series}.{row.year}": row.value
        for row in kuzbass.resilience.series.itertuples()
    }

    def obtained(claim):
        return parse_measure(kuzbass.published.loc[claim, "measure"]).value(values.__getitem__)

    assert obtained("mean_wage_2019") == pytest.approx(41.77)
    assert obtained("unemployment_decade") == pytest.approx(7.06)
    assert obtained("grp_2020") == pytest.approx(96.2)
    assert obtained("coal_2020") == pytest.approx(88.2, abs=0.05)
    assert obtained("rd_current_2016") == pytest.approx(1533.9)


def test_known_errors_of_the_tables_are_noted(kuzbass):
    table = kuzbass.context["table2"].set_index(["indicator", "year"])
    assert "total" in table.loc[("rd_costs", 2016), "note_en"]
    assert (kuzbass.context["table3"]["note_en"] != "").all()
    assert kuzbass.settings.tables["context/table2.csv"].note.en.startswith("row rd_costs")


def test_kuzbass_says_whose_index_target_and_region_are_meant(kuzbass):
    settings = kuzbass.settings
    assert "not the authors' own" in settings.resilience.note.en
    assert settings.blocks[1].target_title.ru == "по цели авторов"
    own = kuzbass.context["table3"].set_index("region").loc[settings.region_id]
    assert set(own["region_en"]) == {"Kemerovo Oblast"}
