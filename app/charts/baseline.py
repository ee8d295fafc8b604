"""The sources' own tables of the past as charts."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from app.charts.theme import (
    NEUTRAL,
    PALETTE,
    colours,
    dressed,
    legend,
    lines,
    name_axis,
    rows,
    wrapped,
)
from app.i18n import Language
from app.study import Study
from app.words.baseline import own_region
from app.words.phrases import plain


def changes(table: pd.DataFrame, lang: Language, columns: int = 2, width: int = 260) -> Any:  # noqa: ANN401
    """Every indicator of a table over the years, each on its own scale."""
    panels = [
        _line(rows_, lang).properties(
            width=width,
            height=110,
            title=alt.Title(
                wrapped(str(rows_[lang.column("name")].iloc[0]), 42).split("\n"),
                anchor="start",
                fontSize=12,
                fontWeight="normal",
            ),
        )
        for _, rows_ in _by_indicator(table)
    ]
    return dressed(
        alt.concat(*panels, columns=columns),
        lang,
        title=lang.say("What changed over the years"),
        description=" ".join(_said(rows_, lang) for _, rows_ in _by_indicator(table)),
    )


def change(table: pd.DataFrame, lang: Language, indicator: str) -> Any:  # noqa: ANN401
    """One indicator of a table over the years."""
    rows_ = table[table["indicator"] == indicator].dropna(subset=["value"])
    return dressed(
        _line(rows_, lang).properties(width="container", height=150),
        lang,
        title=str(rows_[lang.column("name")].iloc[0]),
        description=_said(rows_, lang),
    )


def regions(table: pd.DataFrame, study: Study, lang: Language) -> Any:  # noqa: ANN401
    """Regions beside each other, the study's own marked."""
    own = own_region(table, study)
    name, region = lang.column("name"), lang.column("region")
    frame = pd.DataFrame(
        {
            "indicator": table[name].map(wrapped),
            "region": table[region],
            "value": table["value"],
            "own": table["region"] == own,
            "text": [plain(float(v), lang) for v in table["value"]],
        }
    )
    order = list(dict.fromkeys(frame["indicator"]))
    domain = list(dict.fromkeys(frame["region"]))
    shapes = [
        "diamond" if r in set(frame.loc[frame["own"], "region"]) else "circle" for r in domain
    ]
    base = alt.Chart(frame).encode(
        y=alt.Y("indicator:N", sort=order, axis=name_axis()),
        x=alt.X("value:Q", title=lines(lang.say("as printed")), scale=alt.Scale(zero=True)),
    )
    span = base.mark_rule(color=NEUTRAL, opacity=0.5).encode(
        x=alt.X("min(value):Q", title=lines(lang.say("as printed"))), x2="max(value):Q"
    )
    dots = base.mark_point(filled=True, opacity=0.95).encode(
        color=alt.Color("region:N", scale=colours(domain), legend=legend()),
        shape=alt.Shape("region:N", scale=alt.Scale(domain=domain, range=shapes), legend=legend()),
        size=alt.condition("datum.own", alt.value(220), alt.value(90)),
        tooltip=[
            alt.Tooltip("region:N", title=lang.say("region")),
            alt.Tooltip("indicator:N", title=lang.say("indicator")),
            alt.Tooltip("text:N", title=lang.say("value")),
        ],
    )
    return dressed(
        (span + dots).properties(width="container", height=rows(order, 60)),
        lang,
        title=lang.say("Regions beside each other")
        if own is None
        else lang.say("The region (diamond) among others"),
        description="; ".join(
            lang.say(
                "{name}: {value}",
                name=i.replace("\n", " "),
                value=", ".join(
                    f"{r} {t}"
                    for r, t in zip(
                        frame.loc[frame["indicator"] == i, "region"],
                        frame.loc[frame["indicator"] == i, "text"],
                        strict=True,
                    )
                ),
            )
            for i in order
        ),
    )


def _by_indicator(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    known = table.dropna(subset=["value"])
    return [(str(key), rows_) for key, rows_ in known.groupby("indicator", sort=False)]


def _line(rows_: pd.DataFrame, lang: Language) -> alt.Chart:
    unit = str(rows_[lang.column("unit")].iloc[0])
    frame = pd.DataFrame(
        {
            "year": rows_["year"],
            "value": rows_["value"],
            "text": [plain(float(v), lang) for v in rows_["value"]],
        }
    )
    return (
        alt.Chart(frame)
        .mark_line(color=PALETTE[0], strokeWidth=2, point=alt.OverlayMarkDef(size=40))
        .encode(
            x=alt.X(
                "year:Q",
                title=None,
                axis=alt.Axis(format="d", values=sorted(frame["year"])),
                scale=alt.Scale(zero=False, nice=False, padding=8),
            ),
            y=alt.Y("value:Q", title=lines(unit), axis=alt.Axis(tickCount=4)),
            tooltip=[
                alt.Tooltip("year:Q", title=lang.say("year")),
                alt.Tooltip("text:N", title=unit),
            ],
        )
    )


def _said(rows_: pd.DataFrame, lang: Language) -> str:
    first, last = rows_.iloc[0], rows_.iloc[-1]
    return lang.say(
        "{name}, {unit}: {start} in {first}, {end} in {last}.",
        name=first[lang.column("name")],
        unit=first[lang.column("unit")],
        start=plain(float(first["value"]), lang),
        first=int(first["year"]),
        end=plain(float(last["value"]), lang),
        last=int(last["year"]),
    )
