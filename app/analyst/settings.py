"""How the pages are started: the server's flags and what the environment tells it."""

from __future__ import annotations

import os
from pathlib import Path

STUDY_VARIABLE = "KONSILIUM_STUDY"
# One-time code with which the first account is made on the page.
CODE_VARIABLE = "KONSILIUM_SETUP_CODE"
DEFAULT_STUDY = "kuzbass"

# Enough for two digits of a probability, few enough to wait for; a report takes the study's own.
DRAWS = 20_000

# Pages answer this machine only, ask nothing of the network and never show a traceback.
_FLAGS = {
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    # A full collection after every run costs more than the run itself; see `app.analyst.shell`.
    "runner.postScriptGC": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    # Colours that keep their contrast on white and on near-black.
    "theme.light.primaryColor": "#0b5cad",
    "theme.dark.primaryColor": "#6cb2f7",
    "theme.headingFontSizes": '["2rem", "1.4rem", "1.15rem"]',
}


def entry() -> Path:
    """Server that ``streamlit run`` takes."""
    return Path(__file__).parents[1] / "analyst_main.py"


def script() -> Path:
    """Script that the server runs for each page."""
    return Path(__file__).parents[1] / "analyst_script.py"


def streamlit_flags(port: int, headless: bool = False) -> list[str]:
    """Flags of ``streamlit run``.

    Parameters
    ----------
    port
        On which the pages answer.
    headless
        Open no browser.
    """
    chosen = _FLAGS | {"server.port": str(port), "server.headless": str(headless).lower()}
    return [f"--{name}={value}" for name, value in chosen.items()]


def study_name() -> str:
    """Name or path of the study to show."""
    return os.environ.get(STUDY_VARIABLE) or DEFAULT_STUDY
