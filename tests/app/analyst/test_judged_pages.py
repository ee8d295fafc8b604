"""The pages of a study whose experts gave weights, in both languages."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from app.analysis import priority_findings
from app.analyst import settings as environment
from app.analyst.shell import PAGES
from app.study import load_study
from tests.judged_study import GROUPS, write_judged_study

PATHS = [page.path for page in PAGES]


@pytest.fixture
def pages(monkeypatch):
    """Open the pages of a study, as a session that has just begun."""
    monkeypatch.setattr("app.analyst.choices.DRAWS", 100)

    def opened(study, lang="en"):
        monkeypatch.setenv(environment.STUDY_VARIABLE, str(study))
        monkeypatch.setenv("KONSILIUM_LANG", "en")
        at = AppTest.from_file(str(environment.script()), default_timeout=60)
        at.query_params["lang"] = lang
        return at.run()

    return opened


def go(at, path):
    address = "" if path == PATHS[0] else path
    registered = at._registered_pages.items()
    at._page_hash = next(key for key, page in registered if page["url_pathname"] == address)
    return at.run()


def texts(at):
    return "\n".join(each.value for each in (*at.markdown, *at.caption))


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_page_of_a_study_without_choices_opens(pages, judged_folder, lang):
    at = pages(judged_folder, lang)
    for path in PATHS:
        go(at, path)
        assert not at.exception, path
        assert [each.value for each in at.error] == [], path
        assert not re.search(r"[{}]|\bnan\b|\bNone\b|counts\.csv|Wilson|Уилсон", texts(at)), path


def test_the_ranking_is_cited_from_the_judgements_too(pages, judged_folder):
    at = go(pages(judged_folder), "directions")
    assert re.search(r":blue-badge\[.*?weights", texts(at))


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_priorities_page_tells_how_weights_came_about(pages, judged_folder, lang):
    at = go(pages(judged_folder, lang), "priorities")
    said = texts(at)
    how, interval, circle = {
        "en": ("principal eigenvector", "t interval", "1 expert's comparisons contradict"),
        "ru": ("собственный вектор", "t-интервал", "сравнения 1 эксперта противоречат"),
    }[lang]
    assert how in said
    assert interval in said
    assert circle in said


def test_the_priorities_page_shows_how_many_gave_weights(pages, judged_folder):
    at = go(pages(judged_folder), "priorities")
    (heard,) = (each.value for each in at.dataframe if "given" in each.value.columns)
    assert heard["experts"].tolist() == list(GROUPS.values())
    assert heard["given"].tolist() == list(GROUPS.values())
    assert not any("share" in each.value.columns for each in at.dataframe)


def test_points_beside_choices_are_each_cited_from_their_own_table(pages, tmp_path):
    folder = write_judged_study(tmp_path / "study")
    settings = folder / "study.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("{en: weights, ru:", "{en: sheet of points, ru:"), "utf-8")
    at = go(pages(folder), "priorities")
    assert not at.exception
    said = texts(at)
    assert "shares of the points given" in said
    assert "Wilson" in said
    lines = [line for line in said.splitlines() if line.startswith(":blue-badge")]
    ours = [line for line in lines if "sheet of points" in line]
    others = [line for line in lines if "example table 1" in line]
    assert ours
    assert others
    assert not set(ours) & set(others)


def test_a_panel_of_one_group_shows_that_group_s_weights(pages, judged_folder):
    at = go(pages(judged_folder), "priorities")
    study = load_study(judged_folder)
    own = priority_findings(study, "researchers")["importance"].pooled.weights.max()
    assert f"{own:.3f}" not in at.main.markdown[0].value
    at.selectbox(key="pooling.priorities.en").set_value("researchers").run()
    assert not at.exception
    assert f"{own:.3f}" in at.main.markdown[0].value
