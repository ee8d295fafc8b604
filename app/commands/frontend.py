"""konsilium app: the analyst's pages in a browser, on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from app.analyst.settings import STUDY_VARIABLE, entry, streamlit_flags
from app.commands.faults import UserError
from app.commands.tables import console
from app.i18n import Language
from app.study import StudyError, bundled_studies, check_study

HOST = "127.0.0.1"
_PORTS = 65535


def serve(study: str, port: int, words: Language, *, browser: bool) -> int:
    """Open a study in the front end and stay until it is stopped; returns the exit status."""
    faults = check_study(study)
    if faults:
        raise StudyError(faults)
    _check_port(port)
    name = study if study in bundled_studies() else str(Path(study).resolve())
    environment = os.environ | {STUDY_VARIABLE: name, "KONSILIUM_LANG": words.code}
    address = f"http://localhost:{port}"
    console().print(
        words.say("{study} opens at {address}; Ctrl-C stops it.", study=study, address=address),
        soft_wrap=True,
    )
    flags = streamlit_flags(port, not browser)
    command = [sys.executable, "-m", "streamlit", "run", str(entry()), *flags]
    # What the server prints for its own developers is not for ours; its errors stay.
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:  # noqa: S603
        # Whoever stops this command stops its server; Ctrl-C reaches both by itself.
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        except KeyboardInterrupt:
            # The terminal has sent Ctrl-C to the server too; it closes its pages by itself.
            server.wait()
            return 0


def _check_port(port: int) -> None:
    if not 1 <= port <= _PORTS:
        raise UserError(
            "--port is {found}; expected a number from 1 to {high}", found=port, high=_PORTS
        )
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a port that only waits out its last connection is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise UserError(
                "port {port} is taken; choose another one: --port {other}",
                port=port,
                other=port + 1,
            ) from error
