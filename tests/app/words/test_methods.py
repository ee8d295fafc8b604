import pytest

from app.i18n import language
from app.words import methods
from mcda import METHODS


def test_a_text_of_the_registry_is_said_in_both_languages():
    usual = METHODS["promethee2"].variants[0].name
    assert methods.text(usual, language("en")) == "usual preference function"
    assert methods.text(usual, language("ru")) == "обычная функция предпочтения"


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
