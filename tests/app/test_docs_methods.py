from pathlib import Path

from app.docs_methods import methods_page
from mcda import METHODS

PAGE = Path(__file__).parents[2] / "docs" / "methods.md"


def test_the_committed_page_of_methods_is_current():
    assert PAGE.read_text("utf-8") == methods_page(), "run: make docs"


def test_every_registered_method_has_a_section_and_a_link_to_it():
    page = methods_page()
    for name, method in METHODS.items():
        assert f"\n## {method.title} ({name})\n" in page
        anchor = f"{method.title}-{name}".lower().replace(" ", "-").replace(",", "")
        assert f"](#{anchor})" in page
