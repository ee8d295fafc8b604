"""Columns of one LimeSurvey question to a raw question: ticks, places of a ranking, rows of an array."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from survey.dataset import Remark, remark
from survey.formats.assemble import lost_state
from survey.formats.limesurvey_headings import Heading
from survey.formats.limesurvey_table import OTHER, Table, is_other, item_of
from survey.formats.limesurvey_ticks import ticks_of, yes_and_no
from survey.formats.limesurvey_xml import Known
from survey.formats.names import plain
from survey.formats.raw import Column, Columns, Ranked, Raw


def raw_questions(group: Sequence[Heading], table: Table) -> list[Raw]:
    """Raw questions that the columns of one question make: itself, and its comment if it has one."""
    first = group[0]
    known = table.known.get(first.code)
    name = first.code or first.text
    text = known.text if known else first.text
    alone = [h for h in group if not h.subs]
    parts = [h for h in group if h.subs]
    made: list[Raw] = []
    if alone:
        written = [h for h in parts if is_other(h, table)]
        comments = [h for h in parts if h.subs[-1].casefold() == "comment"]
        parts = [h for h in parts if h not in written and h not in comments]
        made.append(_column(name, text, alone[0], written=written, table=table, known=known))
        made += [_words(f"{name}_comment", h, table) for h in comments]
    uploads = [h for h in parts if h.subs[-1] == "filecount"]
    parts = [h for h in parts if h not in uploads]
    if parts:
        made += _parts(f"{name}_parts" if alone else name, text, parts, table, known)
    return made


def _column(
    name: str,
    text: str,
    head: Heading,
    *,
    written: Sequence[Heading],
    table: Table,
    known: Known | None,
) -> Column:
    cells = table.columns[head.place]
    beside = None
    if written:
        beside = [cell if cell.strip() else None for cell in table.columns[written[0].place]]
    shown = table.shown([head])[:, 0]
    labels = known.answers if known else {}
    met = {cell.strip() for cell in cells}
    other = next((c for c in met if c == "-oth-" or plain(c) in OTHER), "-oth-") if written else ""
    kind = {"T": "text", "S": "text", "U": "text", "Q": "text", "N": "number", "D": "text"}.get(
        known.kind if known else "", "single" if labels or written else ""
    )
    return Column(name, text, cells, shown, labels, beside, kind, other)


def _words(name: str, head: Heading, table: Table) -> Column:
    shown = table.shown([head])[:, 0]
    text = f"{head.text} [{head.label or head.subs[-1]}]" if head.text else name
    return Column(name, text, table.columns[head.place], shown, kind="text")


def _parts(
    name: str, text: str, parts: Sequence[Heading], table: Table, known: Known | None
) -> list[Raw]:
    comments = {
        (*h.subs[:-1], h.subs[-1][: -len("comment")]): h
        for h in parts
        if h.subs[-1].endswith("comment") and h.subs[-1] != "comment"
    }
    comments = {subs: h for subs, h in comments.items() if any(p.subs == subs for p in parts)}
    items = [h for h in parts if h not in comments.values()]
    ticked = [h for h in items if not is_other(h, table)]
    if not ticked:
        return [_words(f"{name}_{items[0].subs[-1]}", items[0], table)]
    yes_no = yes_and_no(name, text, ticked, table, known)
    if yes_no is not None:
        return [ticks_of(name, text, items, comments, yes_no, table=table, known=known)]
    labels = known.answers if known else {}
    columns = [table.columns[h.place] for h in items]
    shown = table.shown(items)
    if (known and known.kind == "R") or (not known and _is_ranking(items, columns)):
        seen = np.asarray(shown.any(axis=1), dtype=np.bool_)
        return [Ranked(name, text, columns, seen, labels)]
    rows = Columns(name, text, tuple(item_of(h, known) for h in items), columns, shown, labels)
    beside = [_words(f"{name}_{h.subs[-1]}", h, table) for h in comments.values()]
    return [rows, *beside]


def _is_ranking(items: Sequence[Heading], columns: Sequence[Sequence[str]]) -> bool:
    """Parts numbered from 1, filled from the first on, nothing put twice by one respondent."""
    numbers = [re.fullmatch(r"(\d+)" if h.code else r"\D*(\d+)", "_".join(h.subs)) for h in items]
    if len(items) < 2 or [n and int(n[1]) for n in numbers] != list(range(1, len(items) + 1)):
        return False
    rows = [[cell for cell in row if cell.strip()] for row in zip(*columns, strict=True)]
    full = [list(row[: len(kept)]) == kept for row, kept in
            zip(zip(*columns, strict=True), rows, strict=True)]  # fmt: skip
    given = [kept for kept in rows if kept]
    several = len({cell for kept in given for cell in kept}) > 1
    return several and all(full) and all(len(set(kept)) == len(kept) for kept in given)


def remarks_of(table: Table, raws: Sequence[Raw]) -> list[Remark]:
    """What was assumed of ticks, and the state that was lost, once for the whole file."""
    told = list(table.told)
    for (yes, no), count in table.converted.items():
        told.append(
            remark(
                "yes_no_converted",
                "the options of {count} questions hold {yes} and {no}: they are taken as converted "
                "from Y and N, {yes} for ticked and {no} for left; name them if the export wrote "
                "them otherwise",
                grave=True,
                count=count,
                yes=yes,
                no=no,
            )
        )
    if table.never is None:
        told += lost_state(raws, table.lost)
    return told
