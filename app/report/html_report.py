"""The report as one page that needs no network: reads on a phone, prints on A4."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from app.analysis import Findings
from app.i18n import Language
from app.report.files import replace_file
from app.report.model import Column, Section, Table
from app.report.pictures import NARROW, WIDE, svg
from app.report.sections import sections
from app.words.names import Names
from app.words.phrases import plain


@dataclass(frozen=True, slots=True)
class _Drawn:
    wide: Markup
    narrow: Markup


def write(findings: Findings, lang: Language, path: Path) -> None:
    """Write the page; the file is there whole or not at all."""
    replace_file(path, render(findings, lang).encode())


def render(findings: Findings, lang: Language) -> str:
    """Return the page as text."""
    environment = Environment(
        loader=PackageLoader("app.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = Names(findings.study, lang)
    parts = sections(findings, lang)
    return environment.get_template("report.html").render(
        lang=lang,
        words={
            "contents": lang.say("Contents"),
            "kinds": lang.say("Numbers are marked by where they come from:"),
            "origins": lang.say(
                "Where the numbers come from; everything else is computed from them:"
            ),
        },
        rows=lambda count: lang.say_many("{count} row", "{count} rows", count),
        study=findings.study,
        sections=parts,
        drawn={section.key: _drawn(section) for section in parts},
        kind=names.kind,
        cell=lambda column, value: _cell(column, value, lang),
        numeric=_is_numeric,
        doi=_doi(findings),
    )


def _drawn(section: Section) -> list[_Drawn]:
    return [
        _Drawn(
            svg(picture.wide(), WIDE, f"{section.key}{k}w"),
            svg(picture.narrow(), NARROW, f"{section.key}{k}n"),
        )
        for k, picture in enumerate(section.pictures)
    ]


def _cell(column: Column, value: Any, lang: Language) -> str:  # noqa: ANN401 - text or number
    if value is None:
        return "–"
    if isinstance(value, str):
        return value
    if column.percent:
        return lang.percent(value, column.digits or 0)
    if column.digits is None or (float(value).is_integer() and column.digits <= 1):
        return plain(value, lang)
    return lang.number(value, column.digits)


def _is_numeric(table: Table, place: int) -> bool:
    """Whether a column holds numbers, which stand to the right."""
    values = [row[place] for row in table.rows if row[place] is not None]
    return bool(values) and all(not isinstance(v, str) for v in values)


def _doi(findings: Findings) -> dict[str, str]:
    """Links of the sources that have a DOI."""
    return {
        entry.doi: f"https://doi.org/{entry.doi}"
        for entry in findings.study.settings.sources.values()
        if entry.doi
    }
