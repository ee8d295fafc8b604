"""Answers written into a study: all of them and its settings, or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import yaml

from app.study import formats
from app.study.answer_tables import Frame
from app.study.draft import SETTINGS
from app.study.faults import StudyError
from app.study.study import check_study
from app.study.yamledit import edited, end, entries, sections


def write_study(frame: Frame, tables: Mapping[str, pd.DataFrame], out: Path) -> None:
    """Write the study with these answers into `out`: a new folder, or the study's own.

    It is made beside, checked, and only then put in place: a fault changes nothing.

    Raises
    ------
    StudyError
        Faults that the study did not have before, or faults of the answers.
    OSError
        The folder cannot be written.

    """
    before = set(check_study(str(frame.folder)))
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".konsilium-", dir=out.parent) as scratch:
        made = Path(scratch) / "study"
        shutil.copytree(frame.folder, made)
        put_tables(made, tables)
        settings = made / SETTINGS
        text = settings.read_bytes().decode("utf-8-sig")
        settings.write_bytes(_named(text, list(tables)).encode())
        faults = [
            each
            for each in check_study(str(made))
            if each not in before or each.file in formats.ANSWERS
        ]
        if faults:
            raise StudyError(faults)
        if out.exists() and any(out.iterdir()):
            _replace(made, out)
        else:
            if out.exists():
                out.rmdir()
            made.replace(out)


def put_tables(folder: Path, tables: Mapping[str, pd.DataFrame]) -> None:
    """Write tables of answers into a study folder; its former ones are taken away."""
    for file in formats.ANSWERS:
        target = folder / file
        target.parent.mkdir(exist_ok=True)
        if file in tables:
            tables[file].to_csv(target, index=False, lineterminator="\n")
        else:
            target.unlink(missing_ok=True)


def _named(text: str, files: list[str]) -> str:
    """Text of study.yaml whose entry of the answers, as it stands, is that of these files."""
    table = sections(text)["tables"][1]
    assert isinstance(table, yaml.MappingNode)
    own = next((value for key, value in table.value if key.value in formats.ANSWERS), None)
    if own is None:
        return text
    said = text[own.start_mark.index : end(own)]
    return edited(text, entries(table, formats.ANSWERS, [f"{file}: {said}" for file in files]))


def _replace(made: Path, out: Path) -> None:
    """Put answers and settings in place of the old ones; should one fail, all are as before."""
    files = (*formats.ANSWERS, SETTINGS)
    with _kept(out / file for file in files):
        (out / formats.RESPONSES.file).parent.mkdir(exist_ok=True)
        for file in files:
            if (made / file).exists():
                (made / file).replace(out / file)
            else:
                (out / file).unlink(missing_ok=True)


@contextmanager
def _kept(files: Iterable[Path]) -> Iterator[None]:
    old: Mapping[Path, bytes | None] = {
        file: file.read_bytes() if file.exists() else None for file in files
    }
    try:
        yield
    except OSError:
        for file, content in old.items():
            if content is None:
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(content)
        raise
