"""Files that hold links or names: for their owner's eyes only, and never over another file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from app.commands.faults import UserError

_OWNER = 0o600
_OWNERS_FOLDER = 0o700


def check_free(files: Iterable[Path]) -> None:
    """Refuse names that are taken: a sheet of links cannot be made a second time."""
    for file in files:
        if file.exists() or file.is_symlink():
            raise UserError(
                "{file} is already there and is not overwritten; choose another folder or name",
                file=file,
            )


def make_folder(folder: Path) -> None:
    """Make a folder for such files, unless it is there; refuse one that cannot be written."""
    try:
        if not folder.exists():
            folder.mkdir(mode=_OWNERS_FOLDER, parents=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise UserError("{folder} is not a folder that can be written into", folder=folder)


def write_private(file: Path, content: bytes) -> None:
    """Write a new file that only its owner can read; a half-written one is taken away.

    Raises
    ------
    UserError
        The file is already there, or cannot be written.

    """
    try:
        # The mode is set as the file is made: there is no moment at which others can read it.
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER)
    except FileExistsError:
        check_free([file])
        raise
    except OSError as error:
        raise _unwritable(file, error) from error
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        file.unlink(missing_ok=True)
        raise _unwritable(file, error) from error


def _unwritable(path: Path, error: OSError) -> UserError:
    return UserError(
        "{folder} cannot be written: {reason}", folder=path, reason=error.strerror or str(error)
    )
