import pytest

from app.i18n import language
from app.words import methods
from mcda import METHODS


def registered():
    """Every text of the registry that a person may read."""
    for method in METHODS.values():
        yield method.title
        yield method.degenerate
        if method.needs:
            yield method.needs
        yield from (v.name for v in method.variants)
        yield from (p.meaning for p in method.parameters)


def test_every_text_of_the_registry_is_listed_for_translation_or_stays_as_it_is():
    listed = methods.registry_texts(language("en"))
    assert set(listed) | methods.AS_THEY_ARE == set(registered())
    assert not set(listed) & methods.AS_THEY_ARE


def test_a_listed_text_is_its_own_english():
    for english, said in methods.registry_texts(language("en")).items():
        assert said == english


def test_every_listed_text_has_its_russian():
    for english, said in methods.registry_texts(language("ru")).items():
        assert said != english
        assert any("а" <= letter <= "я" for letter in said.lower()), english


@pytest.mark.parametrize(
    ("english", "russian"),
    [
        ("v 0.5", "v 0,5"),
        ("v 0.25", "v 0,25"),
        ("preference_functions linear, q 1.5, p 3, threshold_scale absolute",
         "preference_functions linear, q 1,5, p 3, threshold_scale absolute"),
        ("TOPSIS", "TOPSIS"),
    ],
)  # fmt: skip
def test_keys_stay_and_figures_follow_the_language(english, russian):
    assert methods.text(english, language("ru")) == russian
    assert methods.text(english, language("en")) == english


def test_a_name_that_is_not_registered_stays(lang):
    assert methods.title("borda", lang) == "borda"
