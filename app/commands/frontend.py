"""konsilium app: the analyst's pages in a browser, on this machine."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
from pathlib import Path

from app.analyst.settings import CODE_VARIABLE, STUDY_VARIABLE, entry, streamlit_flags
from app.commands.faults import UserError
from app.commands.tables import console
from app.i18n import Language
from app.study import StudyError, bundled_studies, check_study
from app.study.answer_tables import lacks_answers

HOST = "127.0.0.1"
_PORTS = 65535
_CODE = 6  # bytes: 48 bits, of which ten guesses are allowed


def serve(study: str, port: int, words: Language, *, browser: bool) -> int:
    """Open a study in the front end and stay until it is stopped; returns the exit status."""
    faults = check_study(study)
    if faults and not lacks_answers(faults):
        raise StudyError(faults)
    _check_port(port)
    name = study if study in bundled_studies() else str(Path(study).resolve())
    environment = os.environ | {STUDY_VARIABLE: name, "KONSILIUM_LANG": words.code}
    if _is_without_accounts():
        code = environment[CODE_VARIABLE] = secrets.token_hex(_CODE)
        # Beside what the command prints: a code is for who sees this terminal, not for a pipe.
        console(stderr=True).print(
            words.say(
                "To collect answers, make the first account on the page Log in with the code {code}; it works once.",
                code=code,
            ),
            soft_wrap=True,
        )
    address = f"http://localhost:{port}"
    console().print(
        words.say("{study} opens at {address}; Ctrl-C stops it.", study=study, address=address),
        soft_wrap=True,
    )
    if faults:
        console().print(
            words.say(
                "It has no answers yet that fit its questionnaire: its pages for collecting them open."
            ),
            soft_wrap=True,
        )
    flags = streamlit_flags(port, not browser)
    command = [sys.executable, "-m", "streamlit", "run", str(entry()), *flags]
    # What the server prints for its own developers is not for ours; its errors stay.
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:  # noqa: S603
        # Whoever stops this command stops its server; Ctrl-C reaches both by itself.
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            status = server.wait()
        except KeyboardInterrupt:
            # The terminal has sent Ctrl-C to the server too; it closes its pages by itself.
            server.wait()
            return 0
    # Told to stop, the server closes its pages and then ends by that signal.
    return 0 if status == -signal.SIGTERM else status


def _is_without_accounts() -> bool:
    """Whether nobody can log in yet; a store that is not there yet is not made for the question."""
    if not os.environ.get("KONSILIUM_DATABASE_URL"):
        from survey.collection.store import FILE_NAME, home  # noqa: PLC0415 - loads the database

        if not (home() / FILE_NAME).exists():
            return True
    from survey.collection.accounts import list_accounts  # noqa: PLC0415 - loads the database
    from survey.collection.store import Store  # noqa: PLC0415 - same
    from survey.errors import SurveyError  # noqa: PLC0415 - same

    try:
        with Store.open() as store:
            return not list_accounts(store)
    except SurveyError:
        return False  # the study can be looked at; the pages of Collecting say what is wrong


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
