import pytest

from app.i18n import language
from app.report import html_report, xlsx_report


@pytest.fixture(scope="session")
def page(computed_kuzbass):
    """The page in Russian."""
    return html_report.render(computed_kuzbass, language("ru"))


@pytest.fixture(scope="session")
def workbook(computed_kuzbass, tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.xlsx"
    xlsx_report.write(computed_kuzbass, language("en"), path)
    return path


@pytest.fixture
def drawing(monkeypatch):
    """Draw the pictures of the named sections of a page alone: the others are as ever."""

    def only(*keys):
        draw = html_report._drawn
        monkeypatch.setattr(html_report, "_drawn", lambda s: draw(s) if s.key in keys else [])

    return only
