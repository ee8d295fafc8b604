"""Every page in both languages, on the default study and on one with other ids."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.analyst import settings
from app.analyst.shell import PAGES, page_title
from app.i18n import language
from app.study import bundled_studies, load_study

PATHS = [page.path for page in PAGES]
FINDING = 0


@pytest.fixture(autouse=True)
def fewer_draws(monkeypatch):
    """Enough draws for a picture; the figures themselves are tested with the analysis."""
    monkeypatch.setattr("app.analyst.choices.DRAWS", 300)


@pytest.fixture
def pages(monkeypatch):
    """Open the pages of a study, as a session that has just begun."""

    def opened(study: str | Path = "kuzbass", lang: str = "en", **params: str) -> AppTest:
        monkeypatch.setenv(settings.STUDY_VARIABLE, str(study))
        monkeypatch.setenv("KONSILIUM_LANG", "en")
        at = AppTest.from_file(str(settings.script()), default_timeout=60)
        at.query_params.update({"lang": lang} | params)
        return at.run()

    return opened


def go(at: AppTest, path: str) -> AppTest:
    """Open a page from the menu."""
    address = "" if path == PATHS[0] else path
    pages = at._registered_pages.items()
    at._page_hash = next(key for key, page in pages if page["url_pathname"] == address)
    return at.run()


def finding(at: AppTest) -> str:
    return at.main.markdown[FINDING].value


def errors(at: AppTest) -> list[str]:
    return [each.value for each in at.error]


@pytest.mark.parametrize("study", ["kuzbass", "template"])
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_every_page_opens_with_its_finding(pages, study, lang):
    at = pages(study, lang)
    title = language(lang).pick(load_study(study).settings.title)
    for path in PATHS:
        go(at, path)
        assert not at.exception, path
        assert errors(at) == [], path
        named = title if path == PATHS[0] else page_title(path, language(lang))
        assert at.title[0].value == named
        after_title = at.main.children[1]
        first = after_title.children[0]
        assert first.type == "markdown"
        assert first.value.startswith("**")
        assert first.value.endswith("**")
        assert len(first.value) > 20, path


@pytest.mark.parametrize("path", PATHS)
def test_no_page_shows_an_unfilled_field_or_a_missing_number(pages, path):
    at = go(pages("kuzbass", "en"), path)
    texts = [each.value for each in (*at.markdown, *at.caption)]
    for text in texts:
        assert "nan" not in text.lower().split()
        assert "{" not in text
        assert "None" not in text


def test_moving_the_reading_changes_the_finding_and_the_reset_brings_it_back(pages):
    at = go(pages(), "directions")
    before = finding(at)
    at.radio(key="reading_innovation_types.directions.en").set_value("target").run()
    assert finding(at) != before
    assert at.query_params["reading_innovation_types"] == "target"
    at.sidebar.button[0].click().run()
    assert finding(at) == before
    assert "reading_innovation_types" not in at.query_params


def test_a_choice_stays_on_the_next_page_and_in_the_other_language(pages):
    at = go(pages(), "priorities")
    before = finding(at)
    at.selectbox(key="pooling.priorities.en").set_value("academics").run()
    changed = finding(at)
    assert changed != before
    go(at, "directions")
    assert at.selectbox(key="pooling.directions.en").value == "academics"
    at.segmented_control(key="lang").set_value("ru").run()
    assert at.selectbox(key="pooling.directions.ru").value == "academics"
    at.segmented_control(key="lang").set_value("en").run()
    assert finding(go(at, "priorities")) == changed


def test_the_url_carries_the_choices_to_another_session(pages):
    at = go(pages(window="2005-2021", std="population", variant="linked"), "resilience")
    assert at.slider(key="window.resilience.en").value == (2005, 2021)
    assert at.radio(key="std.resilience.en").value == "population"
    assert finding(at) != finding(go(pages(), "resilience"))


def test_a_url_of_another_study_is_passed_over(pages):
    at = pages(pooling="astronauts", window="x", method="magic", weight_innovation_types="200")
    assert not at.exception
    assert set(at.query_params) == {"lang"}


def test_moving_the_window_changes_the_index(pages):
    at = go(pages(), "resilience")
    before = finding(at)
    at.slider(key="window.resilience.en").set_value((2005, 2021)).run()
    assert finding(at) != before
    assert "2005" in finding(at)


@pytest.mark.parametrize(("name", "value"), [("weight_innovation_types", 60), ("method", "topsis")])
def test_moving_a_weight_or_the_method_changes_a_table_of_directions(pages, name, value):
    at = go(pages(), "directions")
    before = at.dataframe[0].value.copy()
    widgets = at.slider if name.startswith("weight") else at.selectbox
    widgets(key=f"{name}.directions.en").set_value(value).run()
    assert not at.dataframe[0].value.equals(before)


def test_the_page_says_which_assumptions_were_changed(pages):
    at = go(pages(), "directions")
    assert len(at.info) == 0
    at.radio(key="reading_innovation_types.directions.en").set_value("off").run()
    assert "left out instead of by popularity" in at.info[0].value


def test_an_unknown_study_is_said_in_a_sentence(pages):
    at = pages("atlantis")
    assert not at.exception
    assert at.title[0].value == "This study cannot be shown"
    assert "atlantis" in errors(at)[0]
    assert "kuzbass" in errors(at)[0]


def test_every_fault_of_a_study_has_a_sentence(pages, tmp_path):
    folder = shutil.copytree(bundled_studies()["template"], tmp_path / "study")
    counts = folder / "answers" / "counts.csv"
    counts.write_text(counts.read_text("utf-8").replace("producers", "produces", 1), "utf-8")
    scores = folder / "scores.csv"
    scores.write_text(scores.read_text("utf-8").replace("120,", "many,", 1), "utf-8")
    at = pages(folder, "ru")
    assert not at.exception
    assert len(errors(at)) >= 2
    assert any("produces" in each for each in errors(at))
    assert any("many" in each for each in errors(at))


@pytest.mark.slow
def test_a_study_without_scenarios_and_series_says_so(pages, tmp_path):
    folder = shutil.copytree(bundled_studies()["template"], tmp_path / "study")
    shutil.rmtree(folder / "scenarios")
    shutil.rmtree(folder / "resilience")
    (folder / "published.csv").unlink()
    text = (folder / "study.yaml").read_text("utf-8")
    lines, kept, skipping = text.splitlines(), [], False
    for line in lines:
        if line and not line.startswith((" ", "#")):
            skipping = line.startswith(("scenarios:", "resilience:"))
        table = line.strip().startswith(("scenarios/", "resilience/", "published.csv"))
        if not skipping and not table:
            kept.append(line)
    (folder / "study.yaml").write_text("\n".join(kept) + "\n", "utf-8")
    at = pages(folder)
    assert errors(at) == []
    for path in PATHS:
        go(at, path)
        assert not at.exception, path
        assert errors(at) == [], path
    assert "no scenarios" in finding(go(at, "scenarios"))
    assert "no annual series" in finding(go(at, "resilience"))


@pytest.mark.slow
def test_a_study_without_goal_and_target_offers_and_names_neither(pages, tmp_path):
    folder = shutil.copytree(bundled_studies()["template"], tmp_path / "study")
    settings_file = folder / "study.yaml"
    lines = settings_file.read_text("utf-8").splitlines()
    kept = [x for x in lines if not x.strip().startswith(("goal_indicator:", "target", "note:"))]
    assert len(kept) < len(lines) - 1
    settings_file.write_text("\n".join(kept) + "\n", "utf-8")
    at = pages(folder)
    for path in PATHS:
        go(at, path)
        assert not at.exception, path
        assert errors(at) == [], path
    go(at, "directions")
    readings = [s.options for s in at.radio if "Reading" in s.label]
    assert [len(r) for r in readings] == [2]
    go(at, "scenarios")
    assert not any("disputed" in e.label for e in at.expander)


@pytest.mark.slow
def test_a_study_of_one_group_of_experts_shows_every_page(pages, tmp_path):
    folder = shutil.copytree(bundled_studies()["template"], tmp_path / "study")
    counts = folder / "answers" / "counts.csv"
    lines = counts.read_text("utf-8").splitlines()
    kept = [x for x in lines if not re.search(r"\b(researchers|residents)\b", x)]
    counts.write_text("\n".join(kept) + "\n", "utf-8")
    settings_file = folder / "study.yaml"
    text = settings_file.read_text("utf-8").splitlines()
    settings_file.write_text(
        "\n".join(x for x in text if not re.search(r"id: (researchers|residents)\b", x)) + "\n",
        "utf-8",
    )
    at = pages(folder)
    for path in PATHS:
        go(at, path)
        assert not at.exception, path
        assert errors(at) == [], path
    said = " ".join(each.value for each in go(at, "robustness").main.markdown)
    assert "Fewer than two groups" in said


def test_a_value_that_experts_rated_says_so(pages, tmp_path):
    folder = shutil.copytree(bundled_studies()["template"], tmp_path / "study")
    scores = folder / "scores.csv"
    scores.write_text(scores.read_text("utf-8").replace(",inventory,", ",rated,"), "utf-8")
    at = go(pages(folder), "directions")
    assert not at.exception
    assert any("rated by experts" in str(each.value.to_dict()) for each in at.dataframe)


def test_a_changed_file_is_read_anew(pages, tmp_path):
    folder = shutil.copytree(bundled_studies()["template"], tmp_path / "study")
    at = pages(folder)
    titles = folder / "alternatives.csv"
    titles.write_text(titles.read_text("utf-8").replace("Water sensors", "Dry sensors"), "utf-8")
    go(at, "directions")
    assert "Dry sensors" in str(at.dataframe[0].value.to_dict())


def test_flags_keep_the_pages_on_this_machine_and_quiet():
    flags = settings.streamlit_flags(8600, headless=True)
    assert "--server.address=127.0.0.1" in flags
    assert "--server.port=8600" in flags
    assert "--server.headless=true" in flags
    assert "--browser.gatherUsageStats=false" in flags
    assert "--runner.postScriptGC=false" in flags
    assert "--client.showErrorDetails=none" in flags
