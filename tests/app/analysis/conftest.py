import importlib.util
from pathlib import Path

import pytest

from app.study import load_study

ROOT = Path(__file__).parents[3]


def by_hand(name):
    """Load one of the calculations that use no code of the project."""
    path = ROOT / "tests" / "reference" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"reference_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def reference():
    return by_hand("directions")


@pytest.fixture(scope="session")
def folder():
    return ROOT / "data" / "kuzbass"


@pytest.fixture(scope="session")
def kuzbass():
    return load_study("kuzbass")


@pytest.fixture(scope="session")
def template():
    return load_study("template")


@pytest.fixture(scope="session")
def findings(computed_kuzbass):
    return computed_kuzbass


@pytest.fixture(scope="session")
def found(findings):
    return findings.to_dict()
