"""Reads one .sav file for another process: run as a script, with the file and where to write.

The library that reads such files is written in C, and a few damaged bytes can end the process it
runs in. So it runs in one of its own, within limits; what it finds is written as JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

MOST_BYTES = 6 << 30  # of address space, where the system can limit it


def read(path: str, most_columns: int, most_cells: int) -> dict[str, Any]:
    """Cells as texts and the dictionary, or how large the file is if it is too large."""
    import pyreadstat  # noqa: PLC0415 - only in the process made for it

    _, head = pyreadstat.read_sav(path, metadataonly=True)
    columns, rows = head.number_columns or 0, max(head.number_rows or 0, 0)
    if columns > most_columns or columns * rows > most_cells:
        return {"columns": columns, "cells": columns * rows}
    meta: Any
    found, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    return {
        "cells": {name: [code_text(value) for value in found[name]] for name in meta.column_names},
        "declared": head.number_rows,
        "title": meta.file_label or "",
        "labels": dict(meta.column_names_to_labels),
        "values": {
            name: [[code_text(code), str(text)] for code, text in known.items()]
            for name, known in meta.variable_value_labels.items()
        },
        "missing": {
            name: [[each["lo"], each["hi"]] for each in ranges]
            for name, ranges in meta.missing_ranges.items()
        },
        "types": dict(meta.original_variable_types),
        "sets": {
            name: {
                "label": each["label"] or "",
                "dichotomy": bool(each["is_dichotomy"]),
                "counted": code_text(each["counted_value"]),
                "variables": list(each["variable_list"]),
            }
            for name, each in (meta.mr_sets or {}).items()
        },
    }


def code_text(value: object) -> str:
    """The shortest text that gives the value back; nothing for a missing one."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        number = float(value)
        if number != number:  # noqa: PLR0124 - NaN alone differs from itself
            return ""
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return str(value)


def main(path: str, out: str, most_columns: str, most_cells: str) -> None:
    """Write what was found into the file `out`."""
    try:
        import resource  # noqa: PLC0415 - only some systems have it
    except ImportError:
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = read(path, int(most_columns), int(most_cells))
    Path(out).write_text(json.dumps(found), encoding="utf-8", errors="surrogatepass")


if __name__ == "__main__":
    main(*sys.argv[1:])
