import dataclasses
import re
from html.parser import HTMLParser

import pytest

from app.i18n import language
from app.report import html_report, sections
from app.report.pictures import svg
from app.report.sections import directions


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.addresses, self.texts = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name in {"src", "href", "xlink:href", "action", "srcset"}:
                self.addresses.append(value)

    def handle_data(self, data):
        self.texts.append(data)


def read(page):
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.fixture(scope="session")
def seen(page):
    return read(page)


def test_the_page_asks_for_nothing_from_the_network(page, seen):
    outside = [a for a in seen.addresses if not a.startswith(("#", "https://doi.org/"))]
    assert outside == []
    assert not {tag for tag, _ in seen.tags} & {"script", "link", "iframe", "img", "base"}
    assert not re.search(r"@import|url\((?!#)", page)


def test_sources_with_a_doi_are_linked(seen, computed_kuzbass):
    for entry in computed_kuzbass.study.settings.sources.values():
        if entry.doi:
            assert f"https://doi.org/{entry.doi}" in seen.addresses


def test_every_id_stands_once_and_every_reference_finds_its_own(page, seen):
    assert len(seen.ids) == len(set(seen.ids))
    for reference in re.findall(r"url\(#([^)]+)\)", page):
        assert reference in seen.ids
    for address in seen.addresses:
        if address.startswith("#"):
            assert address[1:] in seen.ids


def test_every_section_has_its_sentences_tables_and_figures(seen, computed_kuzbass):
    lang = language("ru")
    whole = " ".join(seen.texts)
    for section in sections.sections(computed_kuzbass, lang):
        assert section.key in seen.ids
        for sentence in section.sentences:
            assert sentence in whole
        for table in section.tables:
            assert table.title in whole


def test_figures_of_the_page_are_those_of_the_findings(seen, computed_kuzbass):
    lang = language("ru")
    cells = {t.strip() for t in seen.texts}
    found = computed_kuzbass.to_dict()
    for figures in found["priorities"]["motives"].values():
        assert lang.number(figures["weight"], 3) in cells
    for value in found["directions"]["scores"]["promethee2"].values():
        assert lang.number(value, 3) in cells
    for value in found["resilience"]["observed"].values():
        assert lang.number(value, 3) in cells


def test_every_picture_is_described_and_takes_the_page_s_ink(page, seen):
    drawn = [attrs for tag, attrs in seen.tags if tag == "svg"]
    assert len(drawn) >= 20
    for attrs in drawn:
        assert attrs["role"] == "img"
        assert len(attrs["aria-label"]) > 20
    assert "currentColor" in page
    assert "#010203" not in page


def test_every_kind_of_number_is_marked(page):
    for kind in ("source", "assumed", "computed"):
        assert f'class="{kind} number"' in page


def test_provenance_is_on_the_page(seen, computed_kuzbass):
    whole = " ".join(seen.texts)
    assert computed_kuzbass.study.digest in whole
    assert str(computed_kuzbass.options.seed) in whole


def test_a_text_of_a_study_is_shown_and_never_run(computed_template, monkeypatch):
    study = computed_template.study
    nasty = "<script>alert(1)</script>"
    findings = dataclasses.replace(
        computed_template,
        study=dataclasses.replace(study, alternatives=study.alternatives.assign(title_en=nasty)),
    )
    monkeypatch.setattr(html_report, "sections", lambda f, lang: [directions.section(f, lang)])
    page = html_report.render(findings, language("en"))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert read(page).tags[0][1] == {"lang": "en"}


def test_a_picture_keeps_its_ids_to_itself(computed_template):
    lang = language("en")
    chart = sections.overview.section(computed_template, lang).pictures[0].wide()
    for key in ("one", "two"):
        drawn = svg(chart, 400, key)
        assert set(re.findall(r'\bid="([^"]+)"', drawn)) == {
            i for i in re.findall(r'\bid="([^"]+)"', drawn) if i.startswith(f"{key}-")
        }
