"""Each kind of fault, one at a time, in a copy of the template."""

import pytest

from app.study import StudyError, load_study

COUNTS = "answers/counts.csv"


def test_the_untouched_copy_has_no_fault(damaged):
    assert damaged.faults() == []


def test_count_above_the_group_names_row_column_and_experts(damaged):
    damaged.replace(COUNTS, "needs,clean_water,producers,4", "needs,clean_water,producers,31")
    row = damaged.line(COUNTS, "needs,clean_water,producers")
    assert str(damaged.only()) == (
        f"answers/counts.csv, row {row}, column count: found 31; "
        "expected a whole number from 0 to 12 (experts in group producers)"
    )


@pytest.mark.parametrize("cell", ["many", "-1", "4.5", "nan", "inf", "1e400", "0x4", "١٢"])
def test_count_that_is_not_a_whole_number_from_0(damaged, cell):
    damaged.replace(COUNTS, "needs,clean_water,producers,4", f"needs,clean_water,producers,{cell}")
    fault = damaged.only()
    assert (fault.column, str(fault.found)) == ("count", cell)
    assert str(fault.expected) == "a whole number from 0 up"


def test_empty_cell_where_a_number_belongs(damaged):
    damaged.replace(COUNTS, "needs,clean_water,producers,4", "needs,clean_water,producers,")
    assert str(damaged.only().found) == "an empty cell"


def test_misspelt_id_is_answered_with_the_nearest(damaged):
    damaged.replace("scores.csv", "start_cost,orchards", "start_cost,orchrads")
    fault = next(each for each in damaged.faults() if each.column == "alternative" and each.row)
    assert str(fault.found) == "orchrads"
    assert "the nearest is orchards" in str(fault.expected)


@pytest.mark.parametrize(
    ("file", "old", "new", "column", "nearest"),
    [
        (COUNTS, "needs,clean_water,researchers", "needs,clean_watr,researchers", "option", "clean_water"),
        (COUNTS, "needs,clean_water,researchers", "needs,clean_water,reserchers", "group", "researchers"),
        ("scores.csv", "judged", "juged", "basis", "judged"),
        ("scenarios/signposts.csv", "\ncalm,", "\nclam,", "scenario", "calm"),
        ("scenarios/table.csv", "output,calm,2025", "outptu,calm,2025", "indicator", "output"),
        ("resilience/series.csv", "example_figures", "example_figure", "source", "example_figures"),
        ("resilience/indicators.csv", "living,jobless_share", "livin,jobless_share", "factor", "living"),
        ("resilience/mapping.csv", "jobless_share,", "jobles_share,", "indicator", "jobless_share"),
        ("published.csv", "output_2020,example_figures", "output_2020,exmple_figures", "source", "example_figures"),
        ("context/reference_lines.csv", "example_figures", "exampel_figures", "source", "example_figures"),
    ],
)  # fmt: skip
def test_id_that_nothing_defines(damaged, file, old, new, column, nearest):  # noqa: PLR0917
    damaged.replace(file, old, new)
    faults = [each for each in damaged.faults() if (each.file, each.column) == (file, column)]
    assert any(f"the nearest is {nearest}" in str(each.expected) for each in faults)


def test_weights_of_blocks_that_do_not_sum_to_1(damaged):
    damaged.replace("study.yaml", "weight: 0.7", "weight: 0.6")
    fault = damaged.only()
    assert fault.row == damaged.line("study.yaml", "blocks:")
    assert (str(fault.found), str(fault.expected)) == (
        "weights that sum to 0.9",
        "weights that sum to 1",
    )


def test_alternative_that_stands_twice(damaged):
    row = damaged.line("alternatives.csv", "sensors,")
    damaged.replace("alternatives.csv", "\nsensors,", "\norchards,")
    fault = next(each for each in damaged.faults() if each.file == "alternatives.csv")
    assert (fault.row, str(fault.found)) == (row, "orchards again, as in row 2")


def test_count_row_that_stands_twice(damaged):
    path = damaged.path(COUNTS)
    path.write_text(path.read_text(encoding="utf-8") + "needs,clean_water,producers,3\n", "utf-8")
    assert damaged.only().column == "question, option, group"


def test_value_outside_its_low_and_high(damaged):
    damaged.replace("scores.csv", "orchards,120,80,150", "orchards,170,80,150")
    assert str(damaged.only().found) == "170.0 with low 80.0 and high 150.0"


def test_criterion_measured_without_a_score_for_every_alternative(damaged):
    damaged.replace("scores.csv", "skill_level,sensors,5,4,5", "skill_level,orchards,5,4,5")
    found = [str(each.found) for each in damaged.faults()]
    assert "no score on skill_level for sensors" in found


def test_score_for_a_criterion_that_is_not_measured(damaged):
    damaged.replace("criteria.csv", "Skill of the work,Сложность труда,yes", "Skill,Сложность,no")
    assert any(str(each.found) == "a score for skill_level" for each in damaged.faults())


def test_profile_that_does_not_sum_to_1(damaged):
    damaged.replace("profile_approaches.csv", "orchards,0.5,0.5", "orchards,0.5,0.4")
    assert str(damaged.only().found) == "shares that sum to 0.9"


def test_relevance_row_of_zeros(damaged):
    damaged.replace("relevance_needs.csv", "clean_water,0,0,3,3", "clean_water,0,0,0,0")
    assert str(damaged.only().found) == "only zeros"


def test_relevance_without_an_option(damaged):
    damaged.replace("relevance_needs.csv", "clean_water,0,0,3,3\n", "")
    assert str(damaged.only().found) == "no row for clean_water"


def test_computed_criterion_that_no_block_computes(damaged):
    damaged.replace("study.yaml", "criterion: approach_fit", "criterion: market_risk")
    assert {each.file for each in damaged.faults()} == {"study.yaml", "criteria.csv"}


def test_option_without_a_row_for_one_group(damaged):
    damaged.replace(COUNTS, "needs,clean_water,producers,4\n", "")
    assert "question needs, option clean_water, group producers" in str(damaged.only().found)


def test_probabilities_that_cannot_hold_together(damaged):
    damaged.replace("scenarios/scenarios.csv", "0.3,0.5", "0.1,0.2")
    assert "sum to 0.9" in str(damaged.only())


def test_probability_above_1(damaged):
    damaged.replace("scenarios/scenarios.csv", "0.3,0.5", "0.3,1.5")
    assert str(damaged.only().expected) == "a number from 0 to 1"


def test_scenario_cell_with_low_above_high(damaged):
    damaged.replace("scenarios/table.csv", "output,calm,2030,110,112", "output,calm,2030,113,112")
    assert str(damaged.only()) == (
        "scenarios/table.csv, row 3, column low: found 113; "
        "expected at most 112, the high of the row"
    )


def test_scenario_cell_that_is_missing(damaged):
    damaged.replace("scenarios/table.csv", "output,calm,2030,110,112\n", "")
    assert str(damaged.only().found) == "no row for indicator output, scenario calm, 2030"


def test_formula_with_a_misspelt_series(damaged):
    damaged.replace("resilience/indicators.csv", "emissions / residents", "emissions / resident")
    fault = damaged.only()
    assert fault.column == "formula"
    assert "the nearest is residents" in str(fault)


def test_formula_that_does_not_read(damaged):
    damaged.replace("resilience/indicators.csv", "emissions / residents", "emissions / (residents")
    assert "expected" in str(damaged.only())


def test_mapping_with_a_misspelt_scenario_indicator(damaged):
    damaged.replace("resilience/mapping.csv", "level(joblessness)", "level(joblesness)")
    assert "the nearest is joblessness" in str(damaged.only())


def test_mapping_that_follows_a_level_without_a_base(damaged):
    damaged.replace("scenarios/indicators.csv", "no,jobless_rate", "no,")
    assert damaged.faults() == []
    damaged.replace("resilience/mapping.csv", "level(joblessness)", "joblessness")
    assert "base level is not known" in str(damaged.only().found)


def test_indicator_without_a_figure_in_the_window(damaged):
    damaged.replace("resilience/series.csv", "patents_count,2014,27,reported,example_figures\n", "")
    assert str(damaged.only().found) == "no figure in 2014"


def test_measure_with_an_unknown_series_or_year(damaged):
    damaged.replace("published.csv", "series.output_index.2020", "series.output_indx.2020")
    assert "the nearest is output_index" in str(damaged.only())
    damaged.replace("published.csv", "series.output_indx.2020", "series.output_index.2040")
    assert "a year of this series" in str(damaged.only())


def test_table_without_its_source(damaged):
    line = damaged.line("study.yaml", "published.csv:")
    text = damaged.path("study.yaml").read_text(encoding="utf-8").splitlines()
    del text[line - 1]
    damaged.path("study.yaml").write_text("\n".join(text), encoding="utf-8")
    assert str(damaged.only().found) == "no entry for published.csv"


def test_file_that_the_format_does_not_have(damaged):
    damaged.path("scenarios/signposts.csv").rename(damaged.path("scenarios/signpost.csv"))
    fault = next(each for each in damaged.faults() if each.file == "scenarios/signpost.csv")
    assert "scenarios/signposts.csv" in str(fault.expected)


def test_method_that_does_not_exist(damaged):
    damaged.replace("study.yaml", "headline: promethee2", "headline: promethe2")
    assert "the nearest is promethee2" in str(damaged.only())


def test_folder_without_its_section(damaged):
    text = damaged.path("study.yaml").read_text(encoding="utf-8")
    start, end = text.index("\nscenarios:\n"), text.index("# Index of resilience")
    damaged.path("study.yaml").write_text(text[:start] + "\n" + text[end:], encoding="utf-8")
    assert any(str(each.found) == "no section scenarios" for each in damaged.faults())


def test_emphasis_row_of_zeros(damaged):
    damaged.replace("scenarios/emphasis.csv", "turn,1,1,2,1.5", "turn,0,0,0,0")
    fault = damaged.only()
    assert (fault.file, fault.row, str(fault.found)) == ("scenarios/emphasis.csv", 3, "only zeros")


def test_emphasis_row_of_zeros_for_every_criterion_that_has_weight(damaged):
    path = damaged.path("relevance_needs.csv")
    header, *rows = (line.split(",") for line in path.read_text(encoding="utf-8").splitlines())
    lines = [header, *([*cells[:-1], "0"] for cells in rows)]
    path.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    assert damaged.faults() == []
    damaged.replace("scenarios/emphasis.csv", "turn,1,1,2,1.5", "turn,0,0,0,1.5")
    assert "places_of_work, start_cost, local_materials" in str(damaged.only().expected)
    assert "skill_level" not in str(damaged.only().expected)


def test_emphasis_of_one_criterion_alone_is_accepted(damaged):
    damaged.replace("scenarios/emphasis.csv", "turn,1,1,2,1.5", "turn,0,0,0,1.5")
    assert damaged.faults() == []


@pytest.mark.parametrize("name", ["experts", "groups"])
def test_group_with_the_id_of_a_pooling(damaged, name):
    for file in ("study.yaml", COUNTS):
        text = damaged.path(file).read_text(encoding="utf-8")
        damaged.path(file).write_text(text.replace("researchers", name), encoding="utf-8")
    fault = damaged.only()
    assert (fault.column, str(fault.found)) == ("groups.2.id", name)
    assert fault.row == damaged.line("study.yaml", f"- {{id: {name}")


def test_reading_by_a_target_that_the_block_does_not_name(damaged):
    damaged.replace("study.yaml", "target: [develop]", "target: []")
    assert damaged.faults() == []
    damaged.replace("study.yaml", "reading: popularity", "reading: target")
    assert (damaged.only().column, str(damaged.only().found)) == ("blocks.2.target", "no target")


@pytest.mark.parametrize("seed", [2**63, 2**64, 10**44])
def test_seed_above_the_largest(damaged, seed):
    damaged.replace("study.yaml", "seed: 7 ", f"seed: {seed} ")
    fault = damaged.only()
    assert (fault.column, str(fault.found)) == ("directions.seed", str(seed))
    assert str(fault.expected) == "at most 9223372036854775807"


def test_largest_seed_is_accepted(damaged):
    damaged.replace("study.yaml", "seed: 7 ", f"seed: {2**63 - 1} ")
    assert load_study(damaged.folder).settings.directions.seed == 2**63 - 1


def test_note_and_title_of_the_target_may_be_left_out(damaged):
    for key in ("note: {en: an index", "target_title:"):
        line = damaged.line("study.yaml", key)
        kept = damaged.path("study.yaml").read_text(encoding="utf-8").splitlines()
        del kept[line - 1]
        damaged.path("study.yaml").write_text("\n".join(kept), encoding="utf-8")
    settings = load_study(damaged.folder).settings
    assert settings.resilience.note is None
    assert settings.blocks[1].target_title is None


def test_note_of_the_index_in_one_language_only(damaged):
    damaged.replace("study.yaml", "figures, ru: индекс по выдуманным числам", "figures")
    assert damaged.only().column == "resilience.note.ru"


def with_regions(damaged, own):
    """Add a table that compares regions, and the id of the study's own region."""
    file = "context/regions.csv"
    damaged.path(file).write_text("region,value\nnorth_shore,1\nsouth_shore,2\n", "utf-8")
    damaged.replace("study.yaml", "# region_id: example_region", f"region_id: {own}")
    damaged.replace(
        "study.yaml",
        "  published.csv:",
        f"  {file}: {{source: example_figures, place: {{en: text, ru: текст}}, kind: source}}\n"
        "  published.csv:",
    )


def test_region_that_a_context_table_has(damaged):
    with_regions(damaged, "north_shore")
    assert load_study(damaged.folder).settings.region_id == "north_shore"


def test_region_that_no_context_table_has(damaged):
    with_regions(damaged, "north_shor")
    fault = damaged.only()
    assert (fault.column, str(fault.found)) == ("region_id", "north_shor")
    assert "the nearest is north_shore" in str(fault.expected)


def test_region_without_a_context_table_that_has_regions(damaged):
    damaged.replace("study.yaml", "# region_id: example_region", "region_id: example_region")
    assert str(damaged.only().expected) == "a table in context/ with the column region"


def test_several_faults_are_reported_at_once(damaged):
    damaged.replace(COUNTS, "needs,clean_water,producers,4", "needs,clean_water,producers,many")
    damaged.replace(COUNTS, "needs,steady_work,producers,9", "needs,steady_work,producers,99")
    damaged.replace("study.yaml", "weight: 0.7", "weight: 0.6")
    damaged.replace("profile_approaches.csv", "orchards,0.5,0.5", "orchards,0.5,0.4")
    damaged.path("scenarios/case.csv").write_bytes(b"")
    faults = damaged.faults()
    assert {each.file for each in faults} == {
        COUNTS, "study.yaml", "profile_approaches.csv", "scenarios/case.csv",
    }  # fmt: skip
    assert len(faults) == 5
    with pytest.raises(StudyError) as error:
        load_study(damaged.folder)
    assert error.value.faults == tuple(faults)
    assert len(str(error.value).splitlines()) == 5


def test_a_method_of_the_ranking_that_is_not_known_is_answered_with_the_nearest(damaged):
    damaged.replace("study.yaml", "methods: [wsm,", "methods: [wms,")
    fault = damaged.only()
    assert str(fault.found) == "wms"
    assert "the nearest is wsm" in str(fault.expected)


def test_a_headline_outside_the_methods_listed_is_a_fault(damaged):
    damaged.replace("study.yaml", "topsis, vikor, promethee2, copras]", "topsis, vikor, copras]")
    fault = damaged.only()
    assert str(fault.found) == "promethee2"
    assert "one of the methods listed" in str(fault.expected)
