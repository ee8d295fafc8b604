"""The sources' own tables of the past."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from app.analysis import Findings
from app.charts import baseline as charts
from app.i18n import Language
from app.report.model import SOURCE, TEXT, Column, Picture, Section, Table
from app.report.sections.common import origins
from app.words import baseline as words
from app.words.phrases import text_of


def section(findings: Findings, lang: Language) -> Section | None:
    """Every context table with figures, drawn where it follows years or regions."""
    study = findings.study
    if not study.context:
        return None
    pictures = [
        Picture(
            partial(charts.changes, table, lang),
            partial(charts.changes, table, lang, columns=1, width=240),
        )
        for _, table in words.yearly_tables(study)
    ]
    pictures += [
        Picture.of(charts.regions, table, study, lang) for _, table in words.regional_tables(study)
    ]
    return Section(
        "baseline",
        lang.say("Where the region stood"),
        tuple(words.sentences(study, lang)),
        tuple(pictures),
        tuple(_table(name, table, findings, lang) for name, table in study.context.items()),
        origins(study, lang, ("context/",)),
    )


def _table(name: str, table: pd.DataFrame, findings: Findings, lang: Language) -> Table:
    say = lang.say
    titles = {
        "name": say("name"),
        "unit": say("unit"),
        "region": say("region"),
        "sector": say("sector"),
        "statement": say("statement"),
        "what": say("what it is"),
        "note": say("note"),
        "year": say("year"),
        "value": say("value"),
        "low": say("low"),
        "high": say("high"),
        "force": say("effect"),
    }
    shown = _shown(list(table.columns), lang)
    numbers = {c for c in shown if pd.api.types.is_numeric_dtype(table[c]) and c != "year"}
    entry = findings.study.settings.tables.get(f"context/{name}.csv")
    title = lang.pick(entry.place).capitalize() if entry else name
    forces = {"driver": say("drives"), "restraint": say("restrains")}
    return Table(
        f"context_{name}",
        say("{title} of the source", title=title),
        tuple(
            Column(
                titles.get(_stem(c, lang), _stem(c, lang)),
                SOURCE if c in numbers else TEXT,
                None,
            )
            for c in shown
        ),
        tuple(
            tuple(
                (None if pd.isna(row[c]) else float(row[c]))
                if c in numbers
                else forces.get(text_of(row[c]), text_of(row[c]))
                for c in shown
            )
            for _, row in table.iterrows()
        ),
    )


def _shown(columns: Sequence[str], lang: Language) -> list[str]:
    """Columns in the reader's language and those without one; ids are left out."""
    pairs = {c[:-3] for c in columns if c.endswith(("_en", "_ru"))}
    ids = {"id", "indicator", "series", "region", "sector", "source"}
    return [
        c
        for c in columns
        if c.endswith(f"_{lang.code}")
        or (not c.endswith(("_en", "_ru")) and c not in ids and c not in pairs)
    ]


def _stem(column: str, lang: Language) -> str:
    return column.removesuffix(f"_{lang.code}")
