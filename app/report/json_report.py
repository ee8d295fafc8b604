"""findings.json: everything as plain numbers and texts."""

from __future__ import annotations

import json
from pathlib import Path

from app.analysis import Findings
from app.report.files import replace_file


def write(findings: Findings, path: Path) -> None:
    """Write the findings as UTF-8 JSON; a number that is not finite is an error, never NaN."""
    text = json.dumps(findings.to_dict(), ensure_ascii=False, indent=1, allow_nan=False)
    replace_file(path, (text + "\n").encode())
