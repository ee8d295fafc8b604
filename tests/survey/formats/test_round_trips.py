from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import Answers, Dataset, Numbers, Questionnaire, Remark, Texts
from survey.formats import konsilium, sav_child, sav_file, spss
from survey.formats.base import Request
from survey.formats.write_csv import write_tidy_csv, write_wide_csv
from survey.formats.write_sav import write_sav
from survey.formats.write_xlsx import write_xlsx

QUESTIONNAIRE = Questionnaire.from_yaml(
    """
format_version: 1
id: council
title: {en: Council, ru: Совет}
questions:
  - {id: motives, kind: multiple, text: {en: "=Which, \\"and\\" why?", ru: "Почему;\\nи что?"},
     options: [{id: a, text: {en: A, ru: А}}, {id: -b, text: {en: "-B", ru: "+Б"}},
               {id: other, text: {en: Other, ru: Другое}, open_text: true, residual: true}]}
  - {id: one, kind: single, text: {en: One, ru: Одно},
     options: [{id: one, text: {en: "Yes", ru: Да}}, {id: n, text: {en: "No", ru: Нет}}]}
  - {id: rate, kind: rating, text: {en: Rate, ru: Оцените},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}}]}
  - {id: rank, kind: ranking, text: {en: Rank, ru: Порядок},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}}]}
  - {id: points, kind: points, text: {en: Share, ru: Разделите},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}}]}
  - {id: pairs, kind: pairwise, text: {en: Compare, ru: Сравните},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}}]}
  - {id: bw, kind: best_worst, text: {en: Best, ru: Лучшее},
     options: [{id: x, text: {en: X, ru: Икс}}, {id: y, text: {en: Y, ru: Игрек}}]}
  - {id: grid, kind: grid, text: {en: Grid, ru: Таблица}, scale: {low: -2, high: 2},
     options: [{id: x, text: {en: X, ru: Икс}}],
     criteria: [{id: c, text: {en: C, ru: Ц}}, {id: d, text: {en: D, ru: Д}}]}
  - {id: years, kind: number, text: {en: Years, ru: Лет}}
  - {id: -words, kind: text, text: {en: Words, ru: Слова}}
"""
)
TICKLISH = ("=1+1", "'=1", "''-x", "+7 900", "-5", "@a", "\ta", "\r", 'он сказал: "да"', "a\r\nб",
            "a;b,c\td|e", "_x000D_", "0", " край ", "'", "\u2028", "#N/A", "NA", "1,5")  # fmt: skip
PLAIN = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\r\t"), max_size=12
)
WORDS = st.one_of(st.sampled_from(TICKLISH), PLAIN.filter(bool))
NAMES = st.one_of(st.sampled_from(("=x", "-1", "Иванов", 'a"b')), PLAIN).filter(
    lambda text: bool(text.strip())
)
# The largest doubles mean "missing" in SPSS.
FLOATS = st.floats(-1e300, 1e300) | st.just(float("nan"))


@st.composite
def waves(
    draw: st.DrawFn,
    words: st.SearchStrategy[str] = WORDS,
    called: st.SearchStrategy[str] = NAMES,
) -> Dataset:
    names = draw(st.lists(called, min_size=1, max_size=5, unique=True))
    n = len(names)
    groups = tuple(draw(st.lists(called, min_size=1, max_size=3, unique=True)))
    group_of = np.array(draw(st.lists(st.integers(0, len(groups) - 1), min_size=n, max_size=n)))
    responses: dict[str, Answers | Numbers | Texts] = {}
    for question in QUESTIONNAIRE.questions:
        if draw(st.booleans()):
            continue
        width = len(question.columns)
        if question.kind in {"multiple", "single"}:
            cells = np.array(draw(_table(st.integers(-1, 1), n, width)), dtype=np.int8)
            if question.kind == "single":
                cells[(cells == 1).sum(axis=1) > 1] = 0
            responses[question.id] = Answers(
                question.id, question.columns, groups, cells, group_of, respondents=names,
                single=question.kind == "single",
            )  # fmt: skip
        elif question.kind == "text":
            responses[question.id] = _texts(draw, question.id, n, words)
        else:
            values = np.array(draw(_table(FLOATS, n, width)), dtype=np.float64)
            shown = np.array(draw(_table(st.booleans(), n, width)), dtype=np.bool_)
            values[~shown] = np.nan
            responses[question.id] = Numbers(question.id, question.columns, values, shown)
    if "motives" in responses and draw(st.booleans()):
        responses["motives:other"] = _texts(draw, "motives:other", n, words)
    seconds = draw(st.none() | st.lists(FLOATS, min_size=n, max_size=n))
    done = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    return Dataset(
        QUESTIONNAIRE, tuple(names), groups, group_of, responses,
        None if seconds is None else np.array(seconds), np.array(done, dtype=np.bool_),
    )  # fmt: skip


def _table(
    cell: st.SearchStrategy[object], rows: int, width: int
) -> st.SearchStrategy[list[list[object]]]:
    return st.lists(st.lists(cell, min_size=width, max_size=width), min_size=rows, max_size=rows)


def _texts(draw: st.DrawFn, key: str, n: int, words: st.SearchStrategy[str]) -> Texts:
    shown = np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=np.bool_)
    values = draw(st.lists(st.none() | words, min_size=n, max_size=n))
    return Texts(key, tuple(v if s else None for v, s in zip(values, shown, strict=True)), shown)


def same(found: Dataset, expected: Dataset) -> None:
    assert found.questionnaire == expected.questionnaire
    assert found.respondents == expected.respondents
    assert found.groups == expected.groups
    assert found.group_of.tolist() == expected.group_of.tolist()
    assert found.submitted is not None
    assert expected.submitted is not None
    assert found.submitted.tolist() == expected.submitted.tolist()
    assert (found.seconds is None) == (expected.seconds is None)
    if found.seconds is not None:
        np.testing.assert_array_equal(found.seconds, expected.seconds)
    assert set(found.responses) == set(expected.responses)
    for key, want in expected.responses.items():
        have = found.responses[key]
        assert type(have) is type(want)
        if isinstance(want, Answers):
            assert isinstance(have, Answers)
            assert (have.options, have.single) == (want.options, want.single)
            assert have.cells.tolist() == want.cells.tolist()
            assert have.group_of.tolist() == want.group_of.tolist()
            assert have.respondents == want.respondents
        elif isinstance(want, Numbers):
            assert isinstance(have, Numbers)
            assert have.columns == want.columns
            np.testing.assert_array_equal(have.values, want.values)
            assert have.shown.tolist() == want.shown.tolist()
        else:
            assert isinstance(have, Texts)
            assert have.values == want.values
            assert have.shown.tolist() == want.shown.tolist()


Writer = Callable[[Dataset, Path], tuple[Remark, ...]]


@pytest.mark.parametrize(("write", "name"), [(write_wide_csv, "w.csv"), (write_tidy_csv, "t.csv")])
@given(wave=waves())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_csv_gives_back_what_was_written(write: Writer, name: str, wave: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        assert write(wave, path) == ()
        order = {group: group for group in wave.groups}
        same(konsilium.read(path, Request(QUESTIONNAIRE, group_names=order)), wave)


@given(wave=waves())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_workbook_gives_back_what_was_written_by_itself(wave: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.xlsx"
        assert write_xlsx(wave, path) == ()
        same(konsilium.read(path, Request()), wave)


def _ends(text: str) -> bool:
    return not text.endswith(" ")


@given(wave=waves(WORDS.filter(_ends), NAMES.filter(_ends)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_spss_file_gives_back_what_was_written(wave: Dataset) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.sav"
        assert write_sav(wave, path) == ()
        with pytest.MonkeyPatch.context() as patch:
            # Without a process for each example; other tests read through it.
            patch.setattr(sav_file, "_in_child", lambda p: sav_child.read(str(p), 100, 1000))
            same(spss.read(path, Request(QUESTIONNAIRE)), wave)
