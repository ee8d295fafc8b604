"""Every table is named in study.yaml with its source, and every file is one the format has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.study import formats
from app.study.draft import Draft
from app.study.faults import literal, message, nearest, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTEXT = "context/"
REGION = "region"
_FIXED = (
    formats.COUNTS,
    formats.RESPONSES,
    formats.JUDGEMENTS,
    formats.ALTERNATIVES,
    formats.CRITERIA,
    formats.SCORES,
    *formats.SCENARIO_FORMATS,
    formats.emphasis(()),
    *formats.RESILIENCE_FORMATS,
    formats.PUBLISHED,
)


def csv_files(folder: Path) -> Iterator[str]:
    """Tables of a folder, hidden ones left out, as paths with ``/``."""
    for path in sorted(folder.rglob("*.csv")):
        inside = path.relative_to(folder)
        if not any(part.startswith(".") for part in inside.parts) and path.is_file():
            yield inside.as_posix()


def check_folder(draft: Draft) -> None:
    """Compare the files with the format and with the tables of study.yaml; read context tables."""
    found = list(csv_files(draft.folder))
    blocks = [block.table for block in draft.settings.blocks if block.kind != "criteria"]
    known = [*(format_.file for format_ in _FIXED), *blocks]
    entries = draft.settings.tables
    for file in found:
        if file.startswith(CONTEXT):
            draft.refer(draft.read(formats.context(file)), "source", draft.settings.sources)
        elif file not in known:
            close = nearest(file, known)
            draft.add(
                file,
                None,
                None,
                message("a table that the format does not have"),
                message(
                    "the file name {nearest}, or a table in {folder}", nearest=close, folder=CONTEXT
                )
                if close
                else message("no such file here; further tables go into {folder}", folder=CONTEXT),
            )
            continue
        if file not in entries:
            draft.add_setting(
                ("tables",),
                message("no entry for {file}", file=file),
                message("its source, place and kind"),
            )
    for file in entries:
        if file not in found:
            draft.add_setting(("tables", file), literal(file), one_of(file, found))
    _check_sources(draft)
    _check_region(draft)


def _check_region(draft: Draft) -> None:
    """The region's own id stands in a context table that compares regions."""
    own = draft.settings.region_id
    if own is None:
        return
    context = [table for file, table in draft.tables.items() if file.startswith(CONTEXT)]
    if not all(table.sound for table in context):
        return
    tables = [table for table in context if REGION in table.columns]
    if not tables:
        expected = message(
            "a table in {folder} with the column {column}", folder=CONTEXT, column=REGION
        )
        draft.add_setting(("region_id",), literal(own), expected)
        return
    known = [name for table in tables for name in table.names(REGION)]
    if own not in known:
        draft.add_setting(("region_id",), literal(own), one_of(own, known))


def _check_sources(draft: Draft) -> None:
    sources = draft.settings.sources
    for key in ("tables", "bases"):
        for name, entry in getattr(draft.settings, key).items():
            if entry.source not in sources:
                place = (key, name, "source")
                draft.add_setting(place, literal(entry.source), one_of(entry.source, sources))
