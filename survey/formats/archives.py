"""Zip archives (workbooks, LimeSurvey's .lsa): looked at before anything in them is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from survey.errors import SurveyError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 2_000
MOST_UNPACKED = 1 << 29  # bytes of all members
MOST_RATIO = 200  # unpacked to packed; sheets of real exports stay below 50
# NotImplementedError (a compression method it does not know) is a RuntimeError.
_FAULTS = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError)
_SMALL = 1 << 20  # members up to this size may be packed as tightly as they like


@contextmanager
def checked_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at `path`, refused if unpacking it would take memory out of all proportion."""
    try:
        archive = zipfile.ZipFile(path)
    except _FAULTS as error:
        raise damaged(path.name) from error
    with archive:
        members = archive.infolist()
        if len(members) > MOST_MEMBERS:
            raise SurveyError(
                "archive_members",
                "the file {file} is an archive of {found} files; at most {expected} are expected",
                file=path.name,
                found=len(members),
                expected=MOST_MEMBERS,
            )
        size = sum(member.file_size for member in members)
        if size > MOST_UNPACKED:
            raise SurveyError(
                "archive_large",
                "the file {file} would unpack to {found} bytes; at most {expected} are expected",
                file=path.name,
                found=size,
                expected=MOST_UNPACKED,
            )
        for member in members:
            ratio = member.file_size / max(member.compress_size, 1)
            if member.file_size > _SMALL and ratio > MOST_RATIO:
                raise SurveyError(
                    "archive_ratio",
                    "{member} in the file {file} would unpack to {found} times its size, "
                    "as in a zip bomb; at most {expected} times is expected",
                    member=member.filename,
                    file=path.name,
                    found=int(ratio),
                    expected=MOST_RATIO,
                )
        yield archive


def member_bytes(archive: zipfile.ZipFile, name: str, file: str) -> bytes:
    """One member, unpacked to no more than it declares."""
    try:
        return archive.read(name)
    except _FAULTS as error:
        raise damaged(file) from error


def member_start(archive: zipfile.ZipFile, name: str, file: str, count: int) -> bytes:
    """The first bytes of one member."""
    try:
        with archive.open(name) as content:
            return content.read(count)
    except _FAULTS as error:
        raise damaged(file) from error


def refuse_entities(data: bytes, name: str) -> None:
    """Refuse XML whose own entities could make a little text endless, or fetch another file."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise SurveyError(
            "xml_entities",
            "the XML in {file} defines entities of its own; an export without any is expected",
            file=name,
        )


def damaged(name: str) -> SurveyError:
    """The fault of an archive that cannot be opened."""
    return SurveyError(
        "archive_damaged",
        "the file {file} is damaged or cut short: it cannot be opened as an archive or workbook",
        file=name,
    )
