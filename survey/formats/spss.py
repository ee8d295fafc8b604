"""SPSS system files (.sav) with value labels, missing values and multiple-response sets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from survey.answers import NOT_SELECTED, NOT_SHOWN, SELECTED
from survey.dataset import Dataset, Remark, remark
from survey.errors import SurveyError
from survey.formats.assemble import People, assemble
from survey.formats.base import NOT_RECOGNISED, Candidate, Reader, Recognition, Request
from survey.formats.layout import question_parts
from survey.formats.names import column_place, examples
from survey.formats.raw import Column, Columns, Item, Raw, Ticks
from survey.formats.sav_file import MultipleSet, SavFile, read_sav
from survey.formats.sav_names import NOT_SHOWN_LABEL, TITLE, sav_names
from survey.formats.wide import GROUP, RESPONDENT, SHOWN
from survey.formats.wide_read import from_wide
from survey.questionnaire import Questionnaire
from survey.questions import MultipleChoice, SingleChoice, Text

_MAGIC = (b"$FL2", b"$FL3")


def recognise(candidate: Candidate) -> Recognition:
    """By the first bytes, which are the format's own."""
    if not candidate.start.startswith(_MAGIC):
        return NOT_RECOGNISED
    return Recognition(1.0, (remark("sav_magic", "it begins as an SPSS system file does"),))


def read(path: Path, request: Request) -> Dataset:
    """Read the file; sets become multiple choices, variables with value labels single ones.

    System-missing is read as not shown, a value declared missing as shown and not answered; in a
    set that marks chosen options only, the two absent states are one, and a remark says so.
    """
    sav = read_sav(path)
    if sav.title == TITLE and request.questionnaire is not None:
        return _own(path, sav, request.questionnaire, request)
    if not sav.rows:
        return assemble([], People(0), request, source="spss", title=path.name)
    told: list[Remark] = []
    if sav.absent:
        told.append(
            remark(
                "set_variables_absent",
                "multiple-response sets of the file name variables that it does not have: {found}",
                grave=True,
                found=", ".join(sav.absent),
            )
        )
    group = None
    if request.group_column is not None:
        place = column_place(request.group_column, [sav.names], len(sav.names))
        group = sav.labelled(sav.names[place])
    used = {sav.names[place]} if group is not None else set()
    raws: list[tuple[int, Raw]] = []
    for name, each in sav.sets.items():
        used |= set(each.variables)
        first = sav.names.index(each.variables[0])
        form = _dichotomies if each.dichotomy else _categories
        raws.append((first, form(name, each, sav, told)))
    single = [name for name in sav.names if name not in used]
    parts = question_parts(single, request.questionnaire)
    for question, members in parts.items():
        named = [single[place] for place, _ in members]
        used |= set(named)
        items = tuple(Item(code, sav.label(v)) for v, (_, code) in zip(named, members, strict=True))
        raw = _battery(question, items, named, sav, request.questionnaire)
        raws.append((sav.names.index(named[0]), raw))
    told += _missing_remarks([n for n in single if n not in used], sav)
    raws += [(k, _column(name, sav)) for k, name in enumerate(sav.names) if name not in used]
    ordered = [raw for _, raw in sorted(raws, key=lambda pair: pair[0])]
    people = People(sav.rows, group=group)
    return assemble(ordered, people, request, source="spss", title=path.name, remarks=told)


READER = Reader("spss", Text(en="SPSS (.sav)", ru="SPSS (.sav)"), recognise, read)


def _own(path: Path, sav: SavFile, questionnaire: Questionnaire, request: Request) -> Dataset:
    """A file of Konsilium's writer: variables back to the headings of the wide table."""
    table: dict[str, Sequence[str]] = {}
    groups: Sequence[str] = ()
    for heading, name in sav_names(questionnaire).items():
        if name not in sav.names:
            continue
        cells = sav.cells(name)
        hidden = sav.code_of(name, NOT_SHOWN_LABEL)
        if heading == GROUP and sav.value_labels(name):
            groups = list(sav.value_labels(name).values())
            cells = sav.labelled(name)
        elif hidden is not None:
            shown = ["0" if cell == hidden else "1" for cell in cells]
            cells = ["" if cell == hidden else cell for cell in cells]
            table[f"{heading}{SHOWN}"] = shown
        table[heading] = cells
    for heading in (RESPONDENT, GROUP):
        if heading not in table:
            raise SurveyError(
                "sav_person_missing",
                "the file {file} has no variable {name}, which Konsilium writes; it is expected",
                file=path.name,
                name=heading,
            )
    return from_wide(path.name, table, questionnaire, group_names=request.group_names,
                     groups=groups, source="spss")  # fmt: skip


def _items(names: Sequence[str], question: str, sav: SavFile) -> tuple[Item, ...]:
    codes = [n.removeprefix(question).lstrip("_.") or n for n in names]
    return tuple(
        Item(code if len(set(codes)) == len(codes) else name, sav.label(name))
        for code, name in zip(codes, names, strict=True)
    )


def _dichotomies(name: str, each: MultipleSet, sav: SavFile, told: list[Remark]) -> Ticks:
    names = list(each.variables)
    counted = each.counted
    columns = [sav.valid(variable) for variable in names]
    chosen = np.array([[cell == counted for cell in cells] for cells in columns]).T
    given = np.array([[cell != "" for cell in cells] for cells in columns]).T
    states = np.where(chosen, SELECTED, np.where(given, NOT_SELECTED, NOT_SHOWN)).astype(np.int8)
    if not (given & ~chosen).any() and not given.all():
        some = np.asarray(given.any(axis=1), dtype=np.bool_)
        states[some[:, None] & ~given] = NOT_SELECTED
        told.append(_lost(name, int((~some).sum())))
    return Ticks(name, each.label or name, _items(names, name, sav), states)


def _categories(name: str, each: MultipleSet, sav: SavFile, told: list[Remark]) -> Ticks:
    names = list(each.variables)
    labels: dict[str, str] = {}
    for variable in names:
        labels |= sav.value_labels(variable)
    missing = {code for v in names for code in sav.value_labels(v) if sav.is_missing(v, code)}
    columns = [sav.valid(variable) for variable in names]
    codes = dict.fromkeys(code for code in labels if code not in missing)
    codes |= dict.fromkeys(cell for cells in columns for cell in cells if cell)
    places = {code: k for k, code in enumerate(codes)}
    states = np.full((sav.rows, len(codes)), NOT_SELECTED, dtype=np.int8)
    anything = np.zeros(sav.rows, dtype=np.bool_)
    for cells in columns:
        for row, cell in enumerate(cells):
            if cell:
                states[row, places[cell]] = SELECTED
                anything[row] = True
    states[~anything] = NOT_SHOWN
    if not anything.all():
        told.append(_lost(name, int((~anything).sum())))
    items = tuple(Item(code, labels.get(code, code)) for code in codes)
    return Ticks(name, each.label or name, items, states)


def _lost(name: str, rows: int) -> Remark:
    return remark(
        "set_states_lost",
        "the set {question} marks chosen options only: {count} respondents who chose none are read "
        "as not shown the question, which may be wrong",
        grave=True,
        question=name,
        count=rows,
    )


def _battery(
    question: str,
    items: tuple[Item, ...],
    names: Sequence[str],
    sav: SavFile,
    questionnaire: Questionnaire | None,
) -> Raw:
    """Variables that the questionnaire knows to be cells of one question."""
    asked = None if questionnaire is None else questionnaire.question(question)
    if isinstance(asked, (SingleChoice, MultipleChoice)):
        states = {"1": SELECTED, "": NOT_SHOWN}
        columns = [[states.get(cell, NOT_SELECTED) for cell in sav.valid(n)] for n in names]
        return Ticks(question, question, items, np.array(columns, dtype=np.int8).T)
    labels: dict[str, str] = {}
    for name in names:
        labels |= sav.value_labels(name)
    shown = np.stack([sav.shown(name) for name in names], axis=1)
    return Columns(question, question, items, [sav.valid(n) for n in names], shown, labels)


def _column(name: str, sav: SavFile) -> Column:
    missing = {c for c in sav.value_labels(name) if sav.is_missing(name, c)}
    labels = {c: text for c, text in sav.value_labels(name).items() if c not in missing}
    kind = "" if labels else ("text" if sav.is_text(name) else "number")
    label = sav.label(name)
    return Column(name, label, sav.valid(name), sav.shown(name), labels, kind=kind)


def _missing_remarks(names: Sequence[str], sav: SavFile) -> list[Remark]:
    declared = {n: int((_filled(sav.cells(n)) & ~_filled(sav.valid(n))).sum()) for n in names}
    found = {name: count for name, count in declared.items() if count}
    if not found:
        return []
    return [
        remark(
            "values_missing_declared",
            "{count} values that the file declares missing are read as shown and not answered, "
            "in {found}",
            count=sum(found.values()),
            found=examples(found),
        )
    ]


def _filled(cells: Sequence[str]) -> npt.NDArray[np.bool_]:
    return np.array([cell != "" for cell in cells], dtype=np.bool_)
