import json
import stat

import pytest

from app.report import json_report
from app.report.files import replace_file


def test_the_json_is_what_the_findings_say(computed, tmp_path):
    path = tmp_path / "findings.json"
    json_report.write(computed, path)
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(
        json.dumps(computed.to_dict())
    )


class Broken:
    def to_dict(self):
        return {"value": float("nan")}


def test_a_figure_that_is_no_number_leaves_the_old_file(tmp_path):
    path = tmp_path / "findings.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(ValueError, match="JSON compliant"):
        json_report.write(Broken(), path)
    assert [p.name for p in tmp_path.iterdir()] == ["findings.json"]
    assert path.read_text(encoding="utf-8") == "old"


def test_a_file_is_replaced_whole_and_readable_by_others(tmp_path):
    path = tmp_path / "new" / "report.html"
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"
    assert [p.name for p in path.parent.iterdir()] == ["report.html"]
    assert stat.S_IMODE(path.stat().st_mode) & stat.S_IRUSR


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        replace_file(tmp_path / "taken", b"text")
    assert [p.name for p in tmp_path.iterdir()] == ["taken"]
