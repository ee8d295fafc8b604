"""The package's names: all there, each loaded when it is asked for."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import survey

ROOT = Path(__file__).parents[2]


def test_every_public_name_is_what_its_module_gives():
    assert set(survey._HOMES) == set(survey.__all__)
    for name, home in survey._HOMES.items():
        assert getattr(survey, name) is getattr(import_module(home), name), name


def test_no_public_name_is_that_of_a_module():
    folder = Path(survey.__file__).parent
    modules = {p.stem for p in folder.iterdir()}
    assert not modules & set(survey.__all__)
    assert not any(isinstance(getattr(survey, name), ModuleType) for name in survey.__all__)


def test_the_names_are_listed_and_another_is_refused():
    assert set(survey.__all__) <= set(dir(survey))
    with pytest.raises(AttributeError, match="module 'survey' has no attribute 'prioritys'"):
        survey.prioritys  # noqa: B018 - asked for its error


def test_reading_questionnaires_and_keeping_answers_loads_no_tables_and_no_statistics():
    code = (
        "import sys, survey.collection.schema, survey.dataset, survey.questionnaire; from survey import Text; "
        "sys.exit(', '.join({'pandas', 'scipy'} & set(sys.modules)) or 0)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
