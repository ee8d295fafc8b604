import pytest

from app.collection.outcome import compare, summary_of
from app.i18n import language
from app.study import load_study
from app.words.freezing import change
from app.words.names import Names


@pytest.fixture(scope="module")
def kuzbass():
    return load_study("kuzbass")


@pytest.fixture(scope="module")
def summary(kuzbass):
    return summary_of(kuzbass)


def changed(summary, *, ranks=None, share=None, method=None):
    """Summary of before, of which some figures were other ones."""
    motives = {
        option: dict(figures, share=share if option == "environment" else figures["share"])
        for option, figures in summary["priorities"]["motives"].items()
    }
    return summary | {
        "ranks": summary["ranks"] | (ranks or {}),
        "headline": method or summary["headline"],
        "priorities": summary["priorities"] | ({"motives": motives} if share is not None else {}),
    }


def said(before, after, study, since=None):
    lang = language("en")
    return " ".join(change(compare(before, after), since, Names(study, lang), lang))


def test_nothing_to_compare_with_is_said(kuzbass):
    (told,) = change(None, None, Names(kuzbass, language("en")), language("en"))
    assert "nothing to compare with" in told


def test_nothing_changed_is_said(kuzbass, summary):
    told = said(summary, summary, kuzbass)
    assert "D4 Municipal and household machinery stays first" in told
    assert "No direction changed its place." in told
    assert "No share and no weight of an answer moved" in told
    assert "It leads in 41 of 66" in told


def test_places_that_moved_are_said(kuzbass, summary):
    told = said(changed(summary, ranks={"D3": 3, "D6": 2}), summary, kuzbass, since=1)
    assert "Compared with freeze 1: 82 experts before, 82 now." in told
    assert "D3 Science-intensive mining equipment rises from place 3 to 2." in told
    assert "falls from place 2 to 3." in told


def test_a_new_first_is_said(kuzbass, summary):
    told = said(changed(summary, ranks={"D3": 1, "D4": 2}), summary, kuzbass)
    assert "D4 Municipal and household machinery is first now; it was D3" in told


def test_shares_that_moved_are_said_in_percentage_points(kuzbass, summary):
    now = summary["priorities"]["motives"]["environment"]["share"]
    told = said(changed(summary, share=now - 0.06), summary, kuzbass)
    assert "gained 6.0 percentage points" in told
    assert "may be chance" in told
    told = said(changed(summary, share=now + 0.3), summary, kuzbass)
    assert "lost 30 percentage points" in told
    assert "may be chance" not in told


def test_under_another_method_places_are_not_compared(kuzbass, summary):
    told = said(changed(summary, method="topsis", ranks={"D3": 1, "D4": 2}), summary, kuzbass)
    assert "places are not compared" in told
    assert "rises" not in told


def test_what_only_one_of_the_two_has_is_passed_over(kuzbass, summary):
    before = changed(summary, ranks={"gone": 1, "D4": 2})
    found = compare(before, summary)
    assert "gone" not in {move.alternative for move in found.moves}
    assert "it was gone" in said(before, summary, kuzbass)
