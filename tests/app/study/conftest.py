import shutil
from pathlib import Path

import pytest

from app.study import bundled_studies, check_study
from tests.judged_study import write_judged_study


class Damaged:
    """A copy of the template in which things can be broken."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, file: str) -> Path:
        return self.folder / file

    def replace(self, file: str, old: str, new: str) -> None:
        text = self.path(file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        self.path(file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, file: str, start: str) -> int:
        """Number of the first line that begins with `start`."""
        lines = self.path(file).read_text(encoding="utf-8").splitlines()
        return next(at for at, each in enumerate(lines, start=1) if each.strip().startswith(start))

    def faults(self):
        return check_study(self.folder)

    def only(self):
        faults = self.faults()
        assert len(faults) == 1, "\n".join(map(str, faults))
        return faults[0]


@pytest.fixture
def damaged(tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(bundled_studies()["template"], folder)
    return Damaged(folder)


@pytest.fixture
def judged(tmp_path):
    """Make a copy whose criteria experts have weighed by answers of a kind, to be broken too."""
    return lambda kind="points": Damaged(write_judged_study(tmp_path / kind, kind))
