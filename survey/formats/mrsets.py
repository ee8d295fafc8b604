"""Multiple-response sets added to a written .sav file, whose library can read but not write them.

The dictionary of a system file is a run of records; the sets are an extension record (type 7,
subtype 7) anywhere before the record 999 that ends the dictionary. Layout: PSPP Developers Guide,
"System File Format".
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from survey.errors import SurveyError

_HEADER = 176  # bytes before the first record
_EXTENSION, _END = 7, 999
_LONG_NAMES = 13  # subtype of the extension that gives long names
_SETS = 7


@dataclass(frozen=True, slots=True)
class DichotomySet:
    """Variables of one question, in which `counted` means that the option was chosen."""

    name: str
    label: str
    variables: tuple[str, ...]
    counted: str = "1"


def add_sets(path: Path, sets: Sequence[DichotomySet]) -> None:
    """Put the sets into the dictionary of the .sav file at `path`."""
    if not sets:
        return
    data = path.read_bytes()
    end, short = _dictionary(data, path.name)
    text = "".join(
        f"${each.name}=D{len(each.counted)} {each.counted} {len(each.label.encode())} {each.label}"
        # The record names variables by their short names, in small letters.
        f" {' '.join(short[name.casefold()] for name in each.variables)}\n"
        for each in sets
    ).encode()
    record = struct.pack("<iiii", _EXTENSION, _SETS, 1, len(text)) + text
    path.write_bytes(data[:end] + record + data[end:])


def _dictionary(data: bytes, file: str) -> tuple[int, dict[str, str]]:
    """Place of the end of the dictionary, and the short name of each variable by its long one."""
    at = _HEADER
    names = _Names({}, {})
    try:
        while (kind := _whole(data, at)) != _END:
            if kind not in _RECORDS:
                raise _unfit(file)
            at = _RECORDS[kind](data, at + 4, names)
    except (struct.error, IndexError, ValueError) as error:
        raise _unfit(file) from error
    return at, {names.long.get(name, name).casefold(): low for name, low in names.short.items()}


@dataclass(frozen=True, slots=True)
class _Names:
    """Short names in small letters and long names, by the short ones."""

    short: dict[str, str]
    long: dict[str, str]


def _variable(data: bytes, at: int, names: _Names) -> int:
    """A variable, or the rest of a long string."""
    width, labelled, missing = struct.unpack_from("<iii", data, at)
    if width >= 0:
        name = data[at + 20 : at + 28].decode("ascii").strip()
        names.short[name] = name.casefold()
    at += 28
    if labelled:
        at += 4 + -(-_whole(data, at) // 4) * 4
    return int(at + 8 * abs(missing))


def _labels(data: bytes, at: int, _: _Names) -> int:
    count, at = _whole(data, at), at + 4
    for _ignored in range(count):
        at += 8
        at += (data[at] + 8) // 8 * 8
    return at


def _places(data: bytes, at: int, _: _Names) -> int:
    """Variables that the labels before belong to."""
    return at + 4 + 4 * _whole(data, at)


def _document(data: bytes, at: int, _: _Names) -> int:
    return at + 4 + 80 * _whole(data, at)


def _extension(data: bytes, at: int, names: _Names) -> int:
    subtype, size, count = struct.unpack_from("<iii", data, at)
    at += 12
    if subtype == _LONG_NAMES:
        pairs = data[at : at + size * count].decode().strip("\0\t")
        names.long.update((name, rest) for name, _, rest in
                          (pair.partition("=") for pair in pairs.split("\t")))  # fmt: skip
    return int(at + size * count)


_RECORDS = {2: _variable, 3: _labels, 4: _places, 6: _document, 7: _extension}


def _whole(data: bytes, at: int) -> int:
    (value,) = struct.unpack_from("<i", data, at)
    return int(value)


def _unfit(file: str) -> SurveyError:
    return SurveyError(
        "sav_dictionary",
        "the dictionary of the file {file} cannot be followed; an SPSS system file is expected",
        file=file,
    )
