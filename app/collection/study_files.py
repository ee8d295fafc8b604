"""Files of a study put in place together, by one process at a time.

Whoever changes a study folder holds its lock. Files that are replaced are first kept beside; a
process that ends half-way leaves them there, and the next one that takes the lock puts them back.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from app.commands.faults import UserError
from app.study import study_digest

# Names that a study folder passes over.
HIDDEN = ".konsilium"
LOCK = f"{HIDDEN}.lock"
SCRATCH = f"{HIDDEN}-scratch-"
_BEFORE = f"{HIDDEN}-before"
_MAKING = f"{HIDDEN}-making"
_LIST = "files.json"
_PATIENCE = 10.0  # seconds; a change takes a few


@contextmanager
def changing(folder: Path, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock of a study folder; what another process left half-done is undone first.

    Raises
    ------
    UserError
        Somebody else holds it, or the folder cannot be written.

    """
    lock = FileLock(folder / LOCK, timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise UserError(
            "somebody else is changing {folder} at this moment; repeat when it is done",
            folder=folder,
        ) from None
    except OSError as error:
        raise UserError(
            "{folder} cannot be written: {reason}",
            folder=folder,
            reason=error.strerror or str(error),
        ) from error
    try:
        _restore(folder)
        for left in folder.glob(f"{SCRATCH}*"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        lock.release()


def check_unchanged(folder: Path, digest: str) -> None:
    """Refuse to write over a change that somebody made meanwhile."""
    if study_digest(folder) != digest:
        raise UserError(
            "{folder} was changed by somebody else meanwhile; look at it and repeat: nothing was written",
            folder=folder,
        )


@contextmanager
def replaced(folder: Path, made: Path, files: Sequence[str], gone: Sequence[str]) -> Iterator[None]:
    """Put `files` of the folder `made` into a study and take `gone` away; all or none.

    Should what is done inside fail, or the process end, the study is as it was.
    """
    _keep(folder, [*files, *gone])
    try:
        for file in files:
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (made / file).replace(folder / file)
        for file in gone:
            (folder / file).unlink(missing_ok=True)
        yield
    except BaseException:
        _restore(folder)
        raise
    _forget(folder)


def _keep(folder: Path, files: Sequence[str]) -> None:
    making = folder / _MAKING
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    for file in files:
        if (folder / file).exists():
            kept = making / file
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(folder / file, kept)
            _sync(kept)
    (making / _LIST).write_text(json.dumps(list(files)), encoding="utf-8")
    _sync(making / _LIST)
    # Only what is kept completely has this name.
    making.replace(folder / _BEFORE)


def _restore(folder: Path) -> None:
    before = folder / _BEFORE
    if not before.is_dir():
        return
    for file in json.loads((before / _LIST).read_text(encoding="utf-8")):
        if (before / file).exists():
            # Copied aside, so that an end half-way leaves everything to be restored again.
            aside = before / f"{file}.aside"
            shutil.copy2(before / file, aside)
            aside.replace(folder / file)
        else:
            (folder / file).unlink(missing_ok=True)
    _forget(folder)


def _forget(folder: Path) -> None:
    making = folder / _MAKING
    shutil.rmtree(making, ignore_errors=True)
    (folder / _BEFORE).replace(making)
    shutil.rmtree(making, ignore_errors=True)


def _sync(file: Path) -> None:
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
