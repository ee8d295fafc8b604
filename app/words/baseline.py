"""Where the region stood before: the sources' own tables, with their known errors."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from app.i18n import Language
from app.study import Study
from app.words.phrases import plain, quoted, stop, text_of


def sentences(study: Study, lang: Language) -> list[str]:
    """Say what changed over the years, where the region stands, and what to mind."""
    said = [each for _, table in yearly_tables(study) for each in _changes(table, lang)]
    said += [each for _, table in regional_tables(study) for each in _places(table, study, lang)]
    said += _notes(study, lang)
    return said or [lang.say("This study has no tables of the past.")]


def yearly_tables(study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    """Context tables that follow indicators over the years."""
    for name, table in study.context.items():
        if {"indicator", "year", "value", "name_en", "name_ru"} <= set(table.columns):
            yield name, table


def regional_tables(study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    """Context tables that set regions beside each other."""
    for name, table in study.context.items():
        if {"indicator", "region", "value", "region_en", "region_ru"} <= set(table.columns):
            yield name, table


def own_region(table: pd.DataFrame, study: Study) -> str | None:
    """Id of the study's own region, where the table of regions has it."""
    own = study.settings.region_id
    return own if own in set(table["region"].astype(str)) else None


def _changes(table: pd.DataFrame, lang: Language) -> list[str]:
    up: list[str] = []
    down: list[str] = []
    table = table.dropna(subset=["value"])
    for _, rows in table.groupby("indicator", sort=False):
        ordered = rows.sort_values("year")
        start, end = ordered.iloc[0], ordered.iloc[-1]
        unit = text_of(start.get(lang.column("unit")))
        change = lang.say(
            "“{name}” {start} → {end} {unit}{since}",
            name=start[lang.column("name")],
            start=plain(float(start["value"]), lang),
            end=plain(float(end["value"]), lang),
            unit=unit,
            since=_years(start["year"], end["year"], table, lang),
        ).strip()
        (up if end["value"] > start["value"] else down).append(change)
    first, last = int(table["year"].min()), int(table["year"].max())
    total = len(up) + len(down)
    said = []
    if up:
        said.append(
            lang.say(
                "From {first} to {last}, {count} of {total} indicators rose: {parts}.",
                first=first,
                last=last,
                count=len(up),
                total=total,
                parts="; ".join(up),
            )
        )
    if down:
        said.append(
            lang.say(
                "From {first} to {last}, {count} of {total} indicators did not rise: {parts}.",
                first=first,
                last=last,
                count=len(down),
                total=total,
                parts="; ".join(down),
            )
        )
    return said


def _years(start: int, end: int, table: pd.DataFrame, lang: Language) -> str:
    """Years of an indicator that has not all those of the table."""
    if (start, end) == (table["year"].min(), table["year"].max()):
        return ""
    return lang.say(" ({first}–{last})", first=int(start), last=int(end))


def _places(table: pd.DataFrame, study: Study, lang: Language) -> list[str]:
    own = own_region(table, study)
    if own is None:
        return []
    parts = []
    for _, rows in table.groupby("indicator", sort=False):
        mine = rows[rows["region"] == own]
        if mine.empty:
            continue
        value = float(mine["value"].iloc[0])
        parts.append(
            lang.say(
                "“{name}” {value}, place {place} of {total}",
                name=mine[lang.column("name")].iloc[0],
                value=plain(value, lang),
                place=1 + int((rows["value"] > value).sum()),
                total=len(rows),
            )
        )
    region = table.loc[table["region"] == own, lang.column("region")].iloc[0]
    return [
        lang.say(
            "{region} among those compared, largest first: {parts}.",
            region=region,
            parts="; ".join(parts),
        )
    ]


def _notes(study: Study, lang: Language) -> list[str]:
    """Known errors of the tables shown here, each once."""
    said = []
    for name, table in (
        each for tables in (yearly_tables, regional_tables) for each in tables(study)
    ):
        entry = study.settings.tables.get(f"context/{name}.csv")
        column = lang.column("note")
        if entry is None or column not in table.columns:
            continue
        rows = table[table[column].map(text_of) != ""]
        for note, mine in rows.groupby(column, sort=False):
            subjects = list(dict.fromkeys(mine[lang.column("name")]))
            said.append(
                lang.say(
                    "To mind in {place}, {subjects}: {note}",
                    place=lang.pick(entry.place),
                    subjects=quoted(lang, subjects),
                    note=stop(text_of(note)),
                )
            )
    return said
