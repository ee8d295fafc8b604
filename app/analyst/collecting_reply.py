"""Widgets that take one answer from a sheet of paper; nothing is chosen beforehand."""

from __future__ import annotations

from typing import assert_never

import streamlit as st

from app.analyst.provenance import escape
from app.i18n import Language
from survey.cell_values import RATIOS, places_of
from survey.collection.replies import Reply
from survey.questions import (
    AnyQuestion,
    BestWorst,
    FreeText,
    Grid,
    MultipleChoice,
    Option,
    Pairwise,
    Points,
    Quantity,
    Ranking,
    Rating,
    Scale,
    SingleChoice,
)

Figures = Rating | Grid | Ranking | Points | Pairwise | BestWorst

_NOTHING = ""
# So many steps of a scale fit beside each other; a longer one is typed.
_MOST_STEPS = 11
_PREFERRED = 2  # 1 is the best or the worst itself


def ask(question: AnyQuestion, lang: Language, key: str) -> Reply:
    """Draw the widgets of one question and return what stands in them."""
    st.markdown(f"**{escape(lang.pick(question.text))}**")
    if question.note is not None:
        st.caption(escape(lang.pick(question.note)))
    match question:
        case SingleChoice():
            return _single(question, lang, key)
        case MultipleChoice():
            return _multiple(question, lang, key)
        case Quantity():
            return _quantity(question, lang, key)
        case FreeText():
            label = lang.say("Answer in words")
            return Reply(text=st.text_area(label, max_chars=question.longest, key=f"{key}.text"))
        case _:
            return Reply(cells=_figures(question, lang, key))


def _figures(question: Figures, lang: Language, key: str) -> dict[str, float]:
    """Cells of a question that is answered by numbers."""
    match question:
        case Rating():
            given = {
                o.id: _step(lang.pick(o.text), question.scale, f"{key}.{o.id}")
                for o in question.options
            }
        case Grid():
            given = _grid(question, lang, key)
        case Ranking() | Points():
            given = _amounts(question, lang, key)
        case Pairwise():
            given = _pairs(question, lang, key)
        case BestWorst():
            given = _best_worst(question, lang, key)
        case _:
            assert_never(question)
    return {cell: value for cell, value in given.items() if value is not None}


def _single(question: SingleChoice, lang: Language, key: str) -> Reply:
    names = _names(question.options, lang)
    chosen = st.radio(
        lang.say("Marked on the sheet"),
        (*question.option_ids, _NOTHING),
        index=None,
        format_func=lambda each: escape(names[each]) if each else lang.say("nothing is marked"),
        label_visibility="collapsed",
        key=f"{key}.one",
    )
    return Reply(chosen=(chosen,) if chosen else (), texts=_beside(question, lang, key))


def _multiple(question: MultipleChoice, lang: Language, key: str) -> Reply:
    chosen = tuple(
        o.id
        for o in question.options
        if st.checkbox(escape(lang.pick(o.text)), key=f"{key}.{o.id}")
    )
    return Reply(chosen=chosen, texts=_beside(question, lang, key))


def _quantity(question: Quantity, lang: Language, key: str) -> Reply:
    label = lang.say("Number") if question.unit is None else lang.pick(question.unit)
    value = _number(label, question.low, question.high, f"{key}.n", whole=question.whole)
    return Reply() if value is None else Reply(cells={question.id: value})


def _beside(question: SingleChoice | MultipleChoice, lang: Language, key: str) -> dict[str, str]:
    found = {}
    for option in question.options:
        if option.open_text:
            label = lang.say("Words beside “{option}”", option=lang.pick(option.text))
            words = st.text_input(escape(label), key=f"{key}.{option.id}.words").strip()
            if words:
                found[option.id] = words
    return found


def _step(label: str, scale: Scale, key: str) -> float | None:
    """One step of a scale; a second click on it takes it back."""
    steps = range(scale.low, scale.high + 1)
    if len(steps) > _MOST_STEPS:
        return _number(label, scale.low, scale.high, key, whole=True)
    value = st.segmented_control(escape(label), list(steps), default=None, key=key)
    return None if value is None else float(value)


def _grid(question: Grid, lang: Language, key: str) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for option in question.options:
        st.markdown(f"*{escape(lang.pick(option.text))}*")
        for criterion in question.criteria:
            cell = f"{option.id}:{criterion.id}"
            found[cell] = _step(lang.pick(criterion.text), question.scale, f"{key}.{cell}")
    return found


def _amounts(question: Ranking | Points, lang: Language, key: str) -> dict[str, float | None]:
    ranked = isinstance(question, Ranking)
    if ranked:
        st.caption(lang.say("Places, 1 is the first; empty where none is given"))
    else:
        st.caption(lang.say("Points, {total} in all", total=question.total))
    high = places_of(question) if ranked else question.total
    return {
        o.id: _number(lang.pick(o.text), int(ranked), high, f"{key}.{o.id}", whole=ranked)
        for o in question.options
    }


def _pairs(question: Pairwise, lang: Language, key: str) -> dict[str, float | None]:
    names = _names(question.options, lang)

    def ask_one(cell: str) -> float | None:
        first, second = (names[each] for each in cell.split(":"))

        def said(ratio: float) -> str:
            if ratio == 1:
                return lang.say("equally important")
            side, times = (first, ratio) if ratio > 1 else (second, 1 / ratio)
            return lang.say("{times} for {option}", times=round(times), option=side)

        return st.selectbox(
            escape(lang.say("{first} or {second}", first=first, second=second)),
            tuple(reversed(RATIOS)),
            index=None,
            format_func=said,
            placeholder=lang.say("nothing is marked"),
            key=f"{key}.{cell}",
        )

    return {cell: ask_one(cell) for cell in question.columns}


def _best_worst(question: BestWorst, lang: Language, key: str) -> dict[str, float | None]:
    names = _names(question.options, lang)

    def one(label: str, end: str) -> str | None:
        return st.selectbox(
            label,
            question.option_ids,
            index=None,
            format_func=names.__getitem__,
            placeholder=lang.say("nothing is marked"),
            key=f"{key}.{end}",
        )

    best, worst = one(lang.say("The best"), "best"), one(lang.say("The worst"), "worst")
    found: dict[str, float | None] = {}
    for cell in question.columns:
        before, _, after = cell.partition(":")
        label = (
            lang.say("The best against {option}", option=names[after])
            if before == "best"
            else lang.say("{option} against the worst", option=names[before])
        )
        found[cell] = _number(label, _PREFERRED, 9, f"{key}.{cell}", whole=True)
    # The best and the worst are where they are compared with themselves.
    named = {f"best:{best}": 1.0, f"{worst}:worst": 1.0}
    return found | {cell: one for cell, one in named.items() if cell in found}


def _number(
    label: str, low: float | None, high: float | None, key: str, *, whole: bool = False
) -> float | None:
    kind = int if whole else float
    value = st.number_input(
        escape(label),
        min_value=None if low is None else kind(low),
        max_value=None if high is None else kind(high),
        value=None,
        step=kind(1),
        format="%d" if whole else "%g",
        key=key,
    )
    return None if value is None else float(value)


def _names(options: tuple[Option, ...], lang: Language) -> dict[str, str]:
    return {option.id: lang.pick(option.text) for option in options}
