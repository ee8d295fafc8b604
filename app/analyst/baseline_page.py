"""Baseline: the sources' own tables, as printed, with their known errors."""

from __future__ import annotations

from itertools import zip_longest

import pandas as pd
import streamlit as st

from app.analyst.provenance import short_source
from app.analyst.tables import Column, source_number, table
from app.analyst.view import View
from app.charts import baseline as charts
from app.words import baseline as words

_LANGUAGES = ("_en", "_ru")
# Here a sentence lists several figures: one is as much as a finding can hold.
_LEAD = 1


def show(view: View) -> None:
    """Show the page."""
    said = words.sentences(view.study, view.lang)
    view.finding(said, _LEAD)
    context = view.study.context
    by_year, by_region = (
        dict(words.yearly_tables(view.study)),
        dict(words.regional_tables(view.study)),
    )
    for name in dict.fromkeys([*by_year, *by_region, *context]):
        frame = context[name]
        view.heading(_title(view, name))
        if name in by_year:
            _lines(view, frame)
        elif name in by_region:
            view.chart(charts.regions(frame, view.study, view.lang))
        elif "statement" + _LANGUAGES[0] in frame:
            _statements(view, frame)
        else:
            _plain(view, frame)
        if name in by_year or name in by_region:
            with st.expander(view.lang.say("The table")):
                _pivot(view, frame, "year" if name in by_year else "region")
        view.sources((f"context/{name}.csv",))
    view.rest(said, _LEAD)


def _title(view: View, name: str) -> str:
    """Place of the table in its source, as the study names it."""
    entry = view.study.settings.tables.get(f"context/{name}.csv")
    if entry is None:
        return name
    if name == "reference_lines":
        return view.lang.say("Figures to compare with")
    source = short_source(view.study, view.lang, entry.source)
    return view.lang.say("{source}, {place}", source=source, place=view.lang.pick(entry.place))


def _lines(view: View, frame: pd.DataFrame) -> None:
    """Show every indicator over the years, two beside each other where there is room."""
    indicators = frame.dropna(subset=["value"])["indicator"].drop_duplicates().tolist()
    for pair in zip_longest(indicators[::2], indicators[1::2]):
        for column, indicator in zip(st.columns(2), pair, strict=True):
            if indicator is not None:
                with column:
                    view.chart(charts.change(frame, view.lang, indicator))


def _pivot(view: View, frame: pd.DataFrame, across: str) -> None:
    """Show an indicator per row and a year or region per column."""
    say, lang = view.lang.say, view.lang
    rows = []
    for _, part in frame.groupby("indicator", sort=False):
        first = part.iloc[0]
        row: dict[str, object] = {"name": first[lang.column("name")]}
        unit = lang.column("unit")
        row["unit"] = first[unit] if unit in part else ""
        for head, value in zip(part[across], part["value"], strict=True):
            row[str(head)] = "" if pd.isna(value) else source_number(float(value), lang)
        rows.append(row)
    columns = {"name": Column(say("Indicator"), width="medium")}
    if any(row["unit"] for row in rows):
        columns["unit"] = Column(say("Unit"))
    label = lang.column("region") if across == "region" else across
    heads = frame.drop_duplicates(across)
    if across == "year":
        heads = heads.sort_values("year")
    columns |= {
        str(h): Column(str(name)) for h, name in zip(heads[across], heads[label], strict=True)
    }
    shown = pd.DataFrame(rows, columns=list(columns)).fillna("")
    table(shown, columns, lang, say("The table as printed"))


def _statements(view: View, frame: pd.DataFrame) -> None:
    """Show statements as lists, by what they are about."""
    lang = view.lang
    sector, statement = lang.column("sector"), lang.column("statement")
    if sector not in frame:
        view.points(frame[statement])
        return
    for name, part in frame.groupby(sector, sort=False):
        with st.expander(str(name)):
            if "force" not in part:
                view.points(part[statement])
                continue
            for force, title in (
                ("driver", lang.say("What drives it:")),
                ("restraint", lang.say("What holds it back:")),
            ):
                told = part.loc[part["force"] == force, statement]
                if len(told):
                    view.text(title)
                    view.points(told)


def _plain(view: View, frame: pd.DataFrame) -> None:
    """Show a table as it stands, texts in the reader's language."""
    lang = view.lang
    if {"low", "high"} <= set(frame.columns):
        values = [
            source_number(low, lang)
            if low == high
            else f"{source_number(low, lang)}–{source_number(high, lang)}"
            for low, high in zip(frame["low"], frame["high"], strict=True)
        ]
        at = list(frame.columns).index("low")
        frame = frame.drop(columns=["low", "high"])
        frame.insert(at, "value", values)
    heads = {
        "name": lang.say("Indicator"),
        "year": lang.say("Year"),
        "unit": lang.say("Unit"),
        "what": lang.say("What it is"),
        "source": lang.say("Source"),
        "value": lang.say("Value"),
        "note": lang.say("Note"),
    }
    shown, columns = pd.DataFrame(index=frame.index), {}
    texts = {c.removesuffix(e) for c in frame.columns for e in _LANGUAGES if c.endswith(e)}
    for column in frame.columns:
        stem = column[:-3] if column.endswith(_LANGUAGES) else column
        if stem in columns or (stem in texts and column != lang.column(stem)):
            continue
        if stem == "series" and "name" in texts:
            continue
        cells = frame[column]
        if stem != "year" and pd.api.types.is_numeric_dtype(cells):
            cells = cells.map(lambda x: "" if pd.isna(x) else source_number(float(x), lang))
        shown[stem] = cells
        columns[stem] = Column(heads.get(stem, stem), width="large" if stem == "what" else None)
    table(shown, columns, lang, lang.say("The table as printed"))
