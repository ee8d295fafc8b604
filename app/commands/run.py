"""konsilium run: the whole chain on a study, printed and written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.analysis import Findings, Options, analyse
from app.commands.faults import UserError
from app.commands.summary import print_findings
from app.commands.tables import console
from app.i18n import Language
from app.report import html_report, json_report, xlsx_report
from app.study import load_study

FINDINGS, WORKBOOK, PAGE = FILES = ("findings.json", "report.xlsx", "report.html")


def run(study: str, out: Path, words: Language, draws: int | None, seed: int | None) -> None:
    """Compute everything, then write everything, then print it; a failure writes nothing."""
    _check_target(out)
    loaded = load_study(study)
    chosen = {"draws": draws, "seed": seed}
    options = Options.of(loaded, **{k: v for k, v in chosen.items() if v is not None})
    with _progress(words.say("Computing {draws} draws", draws=words.number(options.draws, 0))):
        findings = analyse(loaded, options)
    with _progress(words.say("Writing the reports")):
        write_reports(findings, words, out)
    screen = console()
    print_findings(findings, words, screen)
    for name in FILES:
        screen.print(words.say("Written: {file}", file=out / name), soft_wrap=True)


def write_reports(findings: Findings, words: Language, out: Path) -> None:
    """Write the reports into a folder: all of them, or none."""
    created = next((p for p in reversed([out, *out.parents]) if not p.exists()), None)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".konsilium-", dir=out) as scratch:
            ready = Path(scratch)
            json_report.write(findings, ready / FINDINGS)
            xlsx_report.write(findings, words, ready / WORKBOOK)
            html_report.write(findings, words, ready / PAGE)
            for name in FILES:
                (ready / name).replace(out / name)
    except BaseException as error:
        if created is not None:
            shutil.rmtree(created, ignore_errors=True)
        if isinstance(error, OSError):
            raise UserError(
                "{folder} cannot be written: {reason}",
                folder=out,
                reason=error.strerror or str(error),
            ) from error
        raise


def _check_target(out: Path) -> None:
    """Refuse at once what would fail only after all is computed."""
    there = next(p for p in [out, *out.absolute().parents] if p.exists())
    if not there.is_dir():
        raise UserError("{path} is a file; expected a folder to write into", path=there)
    if not os.access(there, os.W_OK):
        raise UserError(
            "{folder} cannot be written: {reason}", folder=there, reason=os.strerror(13)
        )
    for path in (out / name for name in FILES):
        if path.is_dir():
            raise UserError("{path} is a folder; expected a file, or nothing there", path=path)


@contextmanager
def _progress(text: str) -> Iterator[Any]:
    """Show that something is going on, on a terminal only."""
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield None
        return
    with screen.status(text) as status:
        yield status
