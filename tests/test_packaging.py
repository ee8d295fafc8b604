"""What travels with Konsilium, and what must not."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

import app
from app.study import bundled_studies, check_study
from app.study import study as study_module

ROOT = Path(__file__).parents[1]
STUDIES = ["kuzbass", "template"]
_TEXT = {
    ".py",
    ".toml",
    ".lock",
    ".md",
    ".csv",
    ".yaml",
    ".yml",
    ".json",
    ".po",
    ".cfg",
    ".html",
    "",
}
# Written so that this file does not find itself.
_REGISTRY = re.compile(
    r"py[p]i\.(?:org|python\.org)/simple|files\.python[h]osted|[-]-(?:extra-)?index-url\s+\S|file[:]///"
)


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if listed.returncode != 0:
        pytest.fail("these tests run in a git checkout: " + listed.stderr)
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_studies_are_found_beside_the_packages_in_the_source_tree():
    assert list(bundled_studies()) == STUDIES
    assert bundled_studies()["kuzbass"] == ROOT / "data" / "kuzbass"


def test_studies_are_found_inside_the_package_where_it_is_installed(tmp_path, monkeypatch):
    package = tmp_path / "app"
    shutil.copytree(ROOT / "data", package / "bundled")
    monkeypatch.setattr(study_module.app, "__file__", str(package / "__init__.py"))
    assert list(bundled_studies()) == STUDIES
    assert bundled_studies()["kuzbass"].is_relative_to(package)
    assert check_study("template") == []


def test_no_tracked_file_holds_the_address_of_a_package_registry():
    guilty = [
        str(file.relative_to(ROOT))
        for file in tracked()
        if file.suffix in _TEXT and _REGISTRY.search(file.read_text("utf-8", errors="replace"))
    ]
    assert guilty == []


def test_every_locked_dependency_has_a_hash():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = re.findall(r"^[a-z0-9._-]+==", lock, re.MULTILINE)
    blocks = re.split(r"^(?=[a-z0-9._-]+==)", lock, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pinned) > 50
    assert all("--hash=sha256:" in block for block in blocks)


def test_no_page_beside_a_streamlit_entry_shadows_a_package():
    beside = {p.stem for p in (ROOT / "app").iterdir()}
    assert not beside & {"survey", "mcda", "scenarios", "streamlit", "altair"}


def test_the_packages_are_typed_and_named_as_declared():
    for name in ("survey", "mcda", "scenarios", "app"):
        assert (ROOT / name / "py.typed").is_file()
    assert Path(app.__file__).parent == ROOT / "app"


def test_imports_run_one_way():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0
