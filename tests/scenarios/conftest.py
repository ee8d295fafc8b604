"""The bundled study's tables, read with csv readers only."""

from __future__ import annotations

import importlib.util
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import scenarios as sc

TESTS = Path(__file__).parents[1]
STUDY = TESTS.parent / "data" / "kuzbass"


@pytest.fixture(scope="session")
def study_folder():
    return STUDY


@pytest.fixture(scope="session")
def reference():
    """The independent calculation, loaded by its path: tests are not a package."""
    path = TESTS / "reference" / "resilience.py"
    spec = importlib.util.spec_from_file_location("reference_resilience", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def kuzbass():
    """Panel, specification of the index, scenario table, mapping and base levels."""
    panel = sc.Panel.from_frame(pd.read_csv(STUDY / "resilience" / "series.csv"))
    rows = pd.read_csv(STUDY / "resilience" / "indicators.csv")
    default = sc.IndexSpec(
        sc.indicators_from_frame(rows[rows["default"] == "yes"]), sc.Reference(2000, 2021)
    )
    others = {i.name: i for i in sc.indicators_from_frame(rows[rows["default"] == "no"])}
    legend = pd.read_csv(STUDY / "scenarios" / "indicators.csv").set_index("indicator")
    table = sc.ScenarioTable.from_frame(
        pd.read_csv(STUDY / "scenarios" / "table.csv"), legend["sense"].to_dict()
    )
    mapping = pd.read_csv(STUDY / "resilience" / "mapping.csv", keep_default_na=False)
    return SimpleNamespace(
        panel=panel,
        spec=default,
        others=others,
        table=table,
        mapping=dict(zip(mapping["indicator"], mapping["formula"], strict=True)),
        base_levels={name: 100.0 for name in legend.index if legend.loc[name, "relative"] == "yes"},
    )


@pytest.fixture(scope="session")
def fault():
    """Context that expects one fault: its code and its whole sentence."""

    @contextmanager
    def expected(code, sentence):
        with pytest.raises(sc.ScenarioError) as caught:
            yield
        assert (caught.value.code, str(caught.value)) == (code, sentence)

    return expected
