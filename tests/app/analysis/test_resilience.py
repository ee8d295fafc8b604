"""The index where a study's lists replace each other, and where a recipe cannot be computed."""

import re
import shutil

import pytest

from app.analysis import Options, resilience_findings
from app.study import bundled_studies, load_study


@pytest.fixture
def template_folder(tmp_path):
    folder = tmp_path / "template"
    shutil.copytree(bundled_studies()["template"], folder)
    return folder


def rewritten(folder, file, pattern, replacement):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    changed = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def computed(folder, **changes):
    study = load_study(folder)
    return resilience_findings(study, Options.of(study, **changes))


def test_no_recipe_of_the_sweep_has_an_indicator_beside_the_one_that_it_replaces(template):
    found = resilience_findings(template, Options.of(template))
    both = {"new_products_linked", "new_products_spliced"}
    names = [set(variant.spec.names) for variant in found.swept.variants]
    assert not any(both <= each for each in names)
    assert any("new_products_spliced" in each for each in names)
    assert found.left_out == ()


def test_the_chosen_list_is_the_main_recipe_of_the_sweep(template):
    found = resilience_findings(template, Options.of(template, variant="example_spliced"))
    assert found.swept.variants[0].spec.names == found.index.spec.names
    assert found.swept.variants[0].choices["list"] == "example_spliced"
    assert list(found.variants) == ["default", "example_spliced"]


def test_a_window_in_which_an_indicator_is_constant_is_left_out_and_named(template_folder):
    # The window 2010-2021 of the template cut at its start begins in 2013.
    rewritten(
        template_folder,
        "resilience/series.csv",
        r"^(jobless_rate,20(?:1[3-9]|2\d)),[^,]*",
        r"\1,5",
    )
    found = computed(template_folder)
    assert {choices["window"] for choices, _ in found.left_out} == {"2013-2021"}
    assert {error.code for _, error in found.left_out} == {"indicator_constant"}
    assert "2013-2021" in {variant.choices["window"] for variant in found.swept.variants}


def test_another_list_that_cannot_be_computed_is_left_out_and_named(template_folder):
    rewritten(template_folder, "resilience/indicators.csv", r'"splice\(.*?\)"', "emissions * 0")
    found = computed(template_folder)
    assert list(found.variants) == ["default"]
    assert {choices["list"] for choices, _ in found.left_out} == {"example_spliced"}
    assert {error.code for _, error in found.left_out} == {"indicator_constant"}
