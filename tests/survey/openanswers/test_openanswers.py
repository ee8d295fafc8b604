"""From words of one's own to a coded question: proposed here, decided by the analyst."""

import csv
from io import StringIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa

from survey import SurveyError
from survey.openanswers import (
    Category,
    Coding,
    CodingTable,
    coder_agreement,
    coding_from_csv,
    coding_to_csv,
    cohen_kappa,
    fragments,
    normalise,
    propose,
    stem,
    stems,
)
from survey.openanswers.grouping import distance
from survey.questions import Text
from survey.responses import Texts

ANSWERS = [
    "Низкая заработная плата; экология",
    "Низкая зароботная плата",
    "Заработная плата низкая!",
    "экологические проблемы",
    "Экологические  проблемы.",
    "Конкуренция",
    "Low efficiency of production",
    "low production efficiency",
    None,
    " ",
]


def groups_of(table):
    found = {}
    for coding in table.codings:
        found.setdefault(coding.category, set()).add(coding.answer)
    return {frozenset(answers) for answers in found.values()}


def test_case_yo_and_punctuation_do_not_tell_answers_apart():
    assert normalise("  Энергоёмкость, ВЫСОКАЯ! ") == "энергоемкость высокая"
    assert normalise("социально-экономические") == "социально-экономические"


@pytest.mark.parametrize(
    "forms",
    [
        "низкая низкие низкой низкую низкими",
        "эффективность эффективности эффективное эффективная",
        "конкуренция конкуренции конкуренцией",
        "производство производства производств",
        "зарплата зарплаты зарплат",
        "wage wages",
        "worker workers",
        "efficiency efficiencies",
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(word) for word in forms.split()}) == 1


def test_different_words_keep_different_stems():
    words = [
        "зарплата",
        "экология",
        "конкуренция",
        "производство",
        "демография",
        "энергия",
        "wage",
        "market",
        "energy",
    ]
    assert len({stem(word) for word in words}) == len(words)


def test_words_that_only_join_are_left_out_unless_there_are_no_others():
    assert stems("the price of energy") == stems("price, energy")
    assert stems("not") == {"not"}


def test_things_named_together_are_parted_but_not_at_commas():
    assert fragments("1. Кадры, их отток\n2) экология; рынок") == (
        "Кадры, их отток",
        "экология",
        "рынок",
    )
    assert fragments(" ;; \n") == ()


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
@settings(max_examples=50)
def test_the_distance_is_that_of_the_textbook_recursion(one, other):
    def slow(a, b):
        if not a or not b:
            return len(a) + len(b)
        return min(slow(a[1:], b) + 1, slow(a, b[1:]) + 1, slow(a[1:], b[1:]) + (a[0] != b[0]))

    assert distance(one[:5], other[:5], 99) == slow(one[:5], other[:5])


def test_the_distance_of_kitten_and_sitting_is_three():
    assert distance("kitten", "sitting", 7) == 3
    assert distance("kitten", "sitting", 1) > 1


def test_near_duplicates_are_proposed_as_one_category_and_nothing_is_confirmed():
    table = propose(ANSWERS)
    assert groups_of(table) == {
        frozenset(
            {"низкая заработная плата", "низкая зароботная плата", "заработная плата низкая"}
        ),
        frozenset({"экологические проблемы", "экология"}),
        frozenset({"конкуренция"}),
        frozenset({"low efficiency of production", "low production efficiency"}),
    }
    assert len(table.unconfirmed) == len(table.codings)
    assert sum(coding.times for coding in table.codings) == 9


def test_categories_come_with_the_largest_first_and_bear_the_commonest_wording():
    table = propose(["Кадры", "кадры!", "рынок", "Кадры"])
    assert [(c.id, c.title) for c in table.categories] == [("c1", "Кадры"), ("c2", "рынок")]


def test_a_category_does_not_grow_along_a_chain():
    # Each is like its neighbour, but the last shares nothing with the first.
    table = propose(["уголь сталь", "уголь сталь", "сталь рельсы", "рельсы вагоны"], shared=0.3)
    assert frozenset({"уголь сталь", "сталь рельсы"}) in groups_of(table)
    assert frozenset({"рельсы вагоны"}) in groups_of(table)


@pytest.mark.parametrize("limits", [{"edit": 0}, {"shared": 1.5}])
def test_a_likeness_outside_its_range_is_refused(limits):
    with pytest.raises(SurveyError, match="above 0 and up to 1"):
        propose(["a"], **limits)


def test_too_many_different_answers_are_refused_rather_than_compared_for_hours():
    with pytest.raises(SurveyError, match="2001 different answers"):
        propose(f"word{k}" for k in range(2001))


def confirmed():
    return CodingTable(
        (
            Category("wages", "Low wages", "Низкая зарплата"),
            Category("other", "Other", "Другое", residual=True),
        ),
        (
            Coding("низкая зарплата", 2, "wages"),
            Coding("разное", 1, "other"),
            Coding("не знаю", 1, ""),
        ),
    ).confirm()


TEXTS = Texts(
    "why",
    ("Низкая зарплата; разное", "НЕ ЗНАЮ", None, None),
    [True, True, True, False],
)


def test_confirmed_answers_become_a_question_answered_in_own_words():
    question, answers = confirmed().apply(
        TEXTS, ["g"], [0] * 4, text=Text(en="Why", ru="Почему"), respondents=list("abcd")
    )
    assert question.answered_in_own_words
    assert question.options[0].text.ru == "Низкая зарплата"
    assert question.options[1].residual
    assert answers.options == ("wages", "other")
    assert answers.cells.tolist() == [[1, 1], [0, 0], [0, 0], [-1, -1]]
    assert answers.to_counts().asked.tolist() == [[3], [3]]


def test_what_the_analyst_has_not_confirmed_is_not_used():
    table = propose(["кадры", "рынок"])
    with pytest.raises(SurveyError, match="2 of 2 codings are not confirmed"):
        table.apply(TEXTS, ["g"], [0] * 4, text=Text(en="W", ru="П"))


def test_an_answer_that_is_not_in_the_table_is_named():
    texts = Texts("why", ("новое",), [True])
    with pytest.raises(SurveyError, match="новое"):
        confirmed().apply(texts, ["g"], [0], text=Text(en="W", ru="П"))


def test_the_analyst_moves_answers_and_that_confirms_them():
    table = propose(["кадры", "рынок", "рынки"])
    category = table.categories[0].id
    moved = table.assign(["Кадры"], category)
    assert [c for c in moved.codings if c.confirmed] == [
        Coding("кадры", 1, category, confirmed=True)
    ]
    assert not moved.confirm(*(c.id for c in table.categories)).unconfirmed
    with pytest.raises(SurveyError, match="not in the coding table"):
        table.assign(["нечто"], category)


titles = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8)


@given(
    st.lists(
        st.tuples(
            st.text("абвгд=- ", min_size=1, max_size=6).map(normalise).filter(bool),
            st.integers(0, 3),
            st.booleans(),
        ),
        unique_by=lambda item: item[0],
        max_size=6,
    ),
    st.lists(st.tuples(titles, titles, st.booleans()), min_size=4, max_size=4),
)
@settings(max_examples=50)
def test_a_table_comes_back_from_csv_as_it_went(codings, named):
    table = CodingTable(
        tuple(Category(f"c{k}", en, ru, flag) for k, (en, ru, flag) in enumerate(named)),
        tuple(Coding(answer, 1, f"c{k}", flag) for answer, k, flag in codings),
    )
    back = coding_from_csv("\ufeff" + coding_to_csv(table))
    assert set(back.categories) == set(table.categories)
    assert back.codings == table.codings


def test_a_title_that_a_spreadsheet_would_run_is_masked_in_the_file():
    table = CodingTable((Category("c", "=1+1"),), (Coding("a", 1, "c"),))
    [_, row] = csv.reader(StringIO(coding_to_csv(table)))
    assert row[3] == "'=1+1"


HEAD = "answer,times,category,title,title_ru,residual,confirmed\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "coding_columns"),
        ("a,b\n", "coding_columns"),
        (HEAD + "x,1,c,T,,no,maybe\n", "coding_flag"),
        (HEAD + "x,many,c,T,,no,no\n", "coding_times"),
        (HEAD + "x,1,c,T,,no,no\ny,1,c,U,,no,no\n", "category_differs"),
        (HEAD + "x,1,c,T,,no,no\nX,1,c,T,,no,no\n", "answer_repeated"),
    ],
)
def test_a_damaged_table_is_refused_in_a_sentence(text, code):
    with pytest.raises(SurveyError) as caught:
        coding_from_csv(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("categories", "codings", "code"),
    [
        ((Category("c", "T"), Category("c", "U")), (), "category_repeated"),
        ((), (Coding("a", 1, "c"),), "category_unknown"),
    ],
)
def test_a_table_holds_together(categories, codings, code):
    with pytest.raises(SurveyError) as caught:
        CodingTable(categories, codings)
    assert caught.value.code == code


def test_kappa_of_the_textbook_table_is_two_fifths():
    # 20 and 15 agreed, 5 and 10 not; the interval and p are those of statsmodels' cohens_kappa.
    first = ["yes"] * 25 + ["no"] * 25
    second = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    found = cohen_kappa(first, second)
    assert found.kappa == pytest.approx(0.4)
    assert (found.low, found.high) == pytest.approx((0.1511, 0.6489), abs=1e-4)
    assert found.p == pytest.approx(0.0039, abs=1e-4)
    assert (found.observed, found.expected, found.units) == (
        pytest.approx(0.7),
        pytest.approx(0.5),
        50,
    )


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=30))
@settings(max_examples=50)
def test_kappa_agrees_with_statsmodels(pairs):
    first, second = zip(*pairs, strict=True)
    found = cohen_kappa(first, second)
    names = sorted({*first, *second})
    if len(names) == 1:
        assert found.kappa is None
        assert "no variation" in str(found.undefined)
        return
    table = np.zeros((len(names), len(names)))
    for a, b in pairs:
        table[names.index(a), names.index(b)] += 1
    with np.errstate(invalid="ignore"):  # a coder of one category leaves theirs without a z
        theirs = cohens_kappa(table)
    assert found.kappa == pytest.approx(theirs.kappa)
    if found.low is None:
        assert not theirs.std_kappa > 1e-5
        return
    half = 1.959964 * theirs.std_kappa
    assert found.low == pytest.approx(max(-1, theirs.kappa - half), abs=1e-5)
    assert found.high == pytest.approx(min(1, theirs.kappa + half), abs=1e-5)
    assert found.p == pytest.approx(theirs.pvalue_two_sided, abs=1e-6)


def test_perfect_agreement_is_not_given_an_interval_that_claims_certainty():
    found = cohen_kappa(["a", "b", "a"], ["a", "b", "a"])
    assert (found.kappa, found.low, found.high) == (pytest.approx(1), None, None)


def test_two_coders_are_compared_and_what_they_differ_on_is_named():
    one = confirmed()
    other = one.assign(["разное"], "wages")
    found = coder_agreement(one, other)
    assert found.differences == (("разное", "other", "wages"),)
    assert found.kappa.observed == pytest.approx(2 / 3)
    with pytest.raises(SurveyError, match="by one coder only"):
        coder_agreement(one, propose(["кадры"]))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((["a"], []), "coders_units"), (([], []), "coders_units")],
)
def test_coders_of_different_units_are_refused(arguments, code):
    with pytest.raises(SurveyError) as caught:
        cohen_kappa(*arguments)
    assert caught.value.code == code
