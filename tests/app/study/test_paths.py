"""What a measure of published.csv may name, held against what the analysis gives."""

import pytest

from app.analysis import Options, analyse
from app.study import bundled_studies, check_study, load_study

PUBLISHED = "published.csv"
MEASURE = "resilience.scenarios.turn.2035.value - resilience.observed.2021"


def numbers(value, path=()):
    """Paths that end at a number, as far as a measure can spell them."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if str(key).replace("_", "").isalnum():
                yield from numbers(inner, (*path, str(key)))
    elif isinstance(value, int | float) and not isinstance(value, bool) and len(path) > 1:
        yield ".".join(path)


@pytest.fixture(scope="module")
def figures():
    study = load_study("template")
    return list(numbers(analyse(study, Options.of(study, draws=50)).to_dict()))


def with_measures(damaged, paths):
    """Put claims with these measures into the copy."""
    row = "example_{at},example_figures,Example,Пример,0,1,%,%,{path},0,,"
    damaged.path(PUBLISHED).write_text(
        "\n".join(
            [
                damaged.path(PUBLISHED).read_text(encoding="utf-8").splitlines()[0],
                *(row.format(at=at, path=path) for at, path in enumerate(paths)),
            ]
        ),
        encoding="utf-8",
    )


def test_every_figure_of_the_findings_may_be_named(damaged, figures):
    assert len(figures) > 300
    with_measures(damaged, figures)
    assert damaged.faults() == []


def test_every_figure_of_the_findings_misspelt_anywhere_is_a_fault(damaged, figures):
    chosen = {tuple(path.split(".")[:2]): path for path in figures}.values()
    misspelt = [
        ".".join([*parts[:at], f"{parts[at]}q", *parts[at + 1 :]])
        for parts in (path.split(".") for path in chosen)
        for at in range(len(parts))
    ]
    with_measures(damaged, misspelt)
    assert [fault.row for fault in damaged.faults()] == list(range(2, len(misspelt) + 2))


@pytest.mark.parametrize(
    "path",
    [
        "priorities.needs.clean_water.weight",
        "criteria_weights.approach_fit",
        "directions.ranks.vikor.sensors",
        "directions.cause_alone.normalisation.sensors",
        "directions.consensus.borda.sensors",
        "directions.weight_stability.start_cost.high",
        "directions.doubt_total",
        "scenarios.ranks.topsis.turn",
        "scenarios.directions.turn.sensors",
        "resilience.factors.living.1950",
        "resilience.variants.example_spliced.2021",
        "resilience.scenarios.turn.2035",
        "resilience.tie.living.2030",
        "resilience.share_in_order.2030",
        "provenance.settings.block_weights.needs",
    ],
)
def test_path_that_the_findings_can_have_is_accepted(damaged, path):
    damaged.replace(PUBLISHED, MEASURE, path)
    assert damaged.faults() == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("resilience.observd.2021", "the nearest is observed"),
        ("resilence.observed.2021", "the nearest is resilience"),
        ("resilience.scenarios.tern.2035.value", "the nearest is turn"),
        ("resilience.scenarios.turn.2035.valu", "the nearest is value"),
        ("directions.ranks.topsys.sensors", "the nearest is topsis"),
        ("directions.ranks.topsis.sensor", "the nearest is sensors"),
        ("priorities.needs.clean_watr.share", "the nearest is clean_water"),
        ("resilience.observed.now", "a year, such as 2019"),
        ("resilience.observed", "resilience.observed followed by a year"),
        ("priorities.needs.clean_water", "followed by one of share, low, high, weight"),
        ("directions.doubt_total.sensors", "a path that ends at directions.doubt_total"),
    ],
)
def test_path_that_no_findings_have_is_answered_with_what_is_expected(damaged, path, expected):
    damaged.replace(PUBLISHED, MEASURE, path)
    fault = damaged.only()
    assert (fault.row, fault.column, str(fault.found)) == (4, "measure", path)
    assert expected in str(fault.expected)


def test_names_of_a_table_with_faults_of_its_own_are_not_judged(damaged):
    damaged.replace("resilience/factors.csv", "living", "livin g")
    damaged.replace(PUBLISHED, MEASURE, "resilience.factors.living.2021")
    assert PUBLISHED not in {fault.file for fault in damaged.faults()}


def without_section(damaged, section, until):
    text = damaged.path("study.yaml").read_text(encoding="utf-8")
    start, end = text.index(f"\n{section}:\n"), text.index(until)
    kept = [
        line
        for line in (text[:start] + "\n" + text[end:]).splitlines()
        if not line.strip().startswith(f"{section}/")
    ]
    damaged.path("study.yaml").write_text("\n".join(kept), encoding="utf-8")
    for file in damaged.path(section).iterdir():
        file.unlink()
    damaged.path(section).rmdir()


def test_study_without_resilience_has_one_fault_for_each_measure_that_needs_it(damaged):
    without_section(damaged, "resilience", "# What you assumed")
    damaged.replace("scenarios/indicators.csv", "no,jobless_rate", "no,")
    faults = [fault for fault in damaged.faults() if fault.file == PUBLISHED]
    assert [fault.row for fault in faults] == [2, 3, 4]
    assert {str(fault.expected) for fault in faults} == {
        "an empty measure, for study.yaml has no section resilience"
    }


def test_study_without_scenarios_has_one_fault_for_a_measure_under_scenarios(damaged):
    without_section(damaged, "scenarios", "# Index of resilience")
    faults = [fault for fault in damaged.faults() if fault.file == PUBLISHED]
    assert [fault.row for fault in faults] == [4]
    assert str(faults[0].expected) == "an empty measure, for study.yaml has no section scenarios"


def test_measures_of_kuzbass_name_known_paths():
    assert check_study(bundled_studies()["kuzbass"]) == []
