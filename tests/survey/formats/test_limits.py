"""Files made to harm, each through the one door: refused in a sentence, soon and in little memory."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from openpyxl import Workbook

from survey import SurveyError
from survey.formats.detect import read_answers

_SECONDS = 20.0
_MEMORY = 400 << 20  # bytes that Python may hold at once
_SIZE = 20 << 20


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    tracemalloc.start()
    begun = time.perf_counter()
    yield
    took, (_, peak) = time.perf_counter() - begun, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took < _SECONDS
    assert peak < _MEMORY


def refused(path: Path, sentence: str) -> None:
    with pytest.raises(SurveyError, match=sentence):
        read_answers(path)


@pytest.mark.parametrize("name", ["garbage.csv", "garbage.xlsx", "garbage.sav", "garbage"])
def test_twenty_megabytes_of_garbage(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(np.random.default_rng(1).bytes(_SIZE))
    refused(path, "is no text: it holds bytes that no table of text does")


def test_garbage_behind_the_first_bytes_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "garbage.xlsx"
    path.write_bytes(b"PK\x03\x04" + np.random.default_rng(2).bytes(_SIZE))
    refused(path, "is damaged or cut short: it cannot be opened as an archive or workbook")


def test_garbage_behind_the_first_bytes_of_an_spss_file(tmp_path: Path) -> None:
    path = tmp_path / "garbage.sav"
    path.write_bytes(b"$FL2@(#)" + np.random.default_rng(3).bytes(_SIZE))
    refused(path, "cannot be read as an SPSS system file")


def test_twenty_megabytes_of_letters_without_a_table(tmp_path: Path) -> None:
    path = tmp_path / "letters.csv"
    signs = np.frombuffer(b"abcdefghij klmnopqrs\n", dtype=np.uint8)
    path.write_bytes(np.random.default_rng(4).choice(signs, _SIZE).tobytes())
    refused(path, "is in none of the known formats")


def test_twenty_megabytes_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "line.csv"
    path.write_bytes(b"a" * _SIZE)
    refused(path, "is no text|is in none of the known formats")


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    path = tmp_path / "quote.csv"
    good = b"a,b\n" + b"1,0\n" * 200_000
    path.write_bytes(good + b'1,"' + b"0,1\n" * (_SIZE // 4))
    refused(path, "has a quotation mark that is not closed")


def test_a_zip_bomb(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    book = Workbook()
    book.active.append(["a", "b"])
    book.save(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w") as member,
    ):
        for _ in range(300):
            member.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    refused(path, "times its size, as in a zip bomb")


def test_many_members_that_are_large_together(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for k in range(2_100):
            archive.writestr(f"xl/{k}.xml", "")
    refused(path, "is an archive of 2100 files")


def test_a_workbook_with_external_links(tmp_path: Path) -> None:
    path = tmp_path / "links.xlsx"
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append([1, 0])
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", "<externalLink/>")
    refused(path, "takes values from other files")


def test_an_spss_file_cut_in_half(tmp_path: Path) -> None:
    path = tmp_path / "half.sav"
    values = np.random.default_rng(5).integers(0, 2, (20_000, 10)).astype(float)
    pyreadstat.write_sav(pd.DataFrame(values, columns=list("abcdefghij")), str(path))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    refused(path, "is damaged or cut short: it cannot be read as an SPSS system file")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_of_a_million_columns(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "wide.csv"
    line = sign.join("1" * 1_000_000)
    path.write_text(f"{line}\n{line}\n", encoding="utf-8")
    refused(path, "columns or more; at most 16384 are expected")


def test_a_million_named_columns(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f'"q_{k}"' for k in range(1_000_000)) + "\n", encoding="utf-8")
    refused(path, "columns or more; at most 16384 are expected")


@pytest.mark.parametrize("content", [b"", b"\n\n\n", b"\xef\xbb\xbf"])
def test_a_file_of_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(content)
    refused(path, "is empty; a table of answers is expected")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    refused(tmp_path / "none.csv", "cannot be opened")
