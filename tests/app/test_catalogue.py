"""Every text that a person may read has its Russian, with the same fields."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "app" / "locale" / "ru" / "LC_MESSAGES" / "konsilium.po"
PACKAGES = ("survey", "mcda", "scenarios", "app")
KEYWORDS = {
    "say": (1,),
    "say_many": (1, 2),
    "message": (1,),
    "UserError": (1,),
    "SurveyError": (2,),
    "ProblemError": (2,),
    "ScenarioError": (2,),
    "remark": (2,),
}
METHODS = [
    ("methods/__init__.py", "app.registry_texts:extract"),
    ("**.py", "python"),
    ("**/templates/**.html", "jinja2"),
]


@pytest.fixture(scope="module")
def texts():
    found = set()
    for package in PACKAGES:
        for _, _, text, _, _ in extract_from_dir(
            ROOT / package, method_map=METHODS, keywords=KEYWORDS, strip_comment_tags=True
        ):
            found.add(text)
    return found


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="ru")


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_text_is_without_its_russian(texts, catalogue):
    def is_translated(text):
        entry = catalogue.get(text[0] if isinstance(text, tuple) else text)
        if entry is None or entry.fuzzy:
            return False
        return all(entry.string) if isinstance(entry.string, tuple) else bool(entry.string)

    missing = sorted(str(t) for t in texts if not is_translated(t))
    assert not missing, "run make locale, then translate:\n" + "\n".join(missing)


def test_a_translation_has_the_fields_of_its_text(catalogue):
    for entry in catalogue:
        if not entry.id:
            continue
        plural = isinstance(entry.id, (tuple, list))
        expected = fields(entry.id[1] if plural else entry.id)
        for form in entry.string if plural else [entry.string]:
            assert not form or fields(form) == expected, entry.id


def test_russian_texts_are_russian(catalogue):
    for entry in catalogue:
        forms = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        for form in forms:
            words_only = re.sub(r"{\w+}|[^\w]|\d", "", form)
            if entry.id and len(words_only) > 25:
                assert re.search("[а-яё]", form), form


def test_the_catalogue_compiles(catalogue, tmp_path):
    with (tmp_path / "konsilium.mo").open("wb") as compiled:
        write_mo(compiled, catalogue)
    assert (tmp_path / "konsilium.mo").stat().st_size > 0
