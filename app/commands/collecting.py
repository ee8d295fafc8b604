"""konsilium collect: the respondents' pages of all open waves."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from app.commands.faults import UserError
from app.commands.tables import console
from app.i18n import Language
from app.respondent.main import PUBLIC_URL_VARIABLE, from_environment
from survey import SurveyError
from survey.collection.store import Store
from survey.collection.wave import Wave
from survey.collection.waves import list_waves
from survey.yamltext import load_yaml

_PORTS = 65535
_WORKERS = 64
# Whoever is answering while the server stops gets an answer first.
_GRACE = 15
# Longer than between two answers, and than a proxy keeps a connection (nginx: 60 s): whoever closes
# last never sends into a closed one.
_KEEP_ALIVE = 75
_FACTORY = "app.respondent.main:from_environment"


def serve(
    study: str,
    words: Language,
    *,
    host: str,
    port: int,
    workers: int,
    public_url: str | None,
) -> int:
    """Serve the pages until stopped; returns the exit status.

    Raises
    ------
    UserError
        The study has no wave, the address cannot be used, or the port is taken.

    """
    _check_url(public_url)
    if not 1 <= workers <= _WORKERS:
        raise UserError(
            "--workers is {found}; expected a number from 1 to {high}", found=workers, high=_WORKERS
        )
    with Store.open() as store:
        waves, place = _waves_of(store, study), store.url
    _check_port(host, port)
    screen = console()
    address = public_url or f"http://{'localhost' if host in {'127.0.0.1', '::1'} else host}:{port}"
    screen.print(
        words.say("Respondents answer at {address}; Ctrl-C stops it.", address=address),
        soft_wrap=True,
    )
    screen.print(words.say("Answers are kept in {place}.", place=place), soft_wrap=True)
    for wave in waves:
        screen.print(_wave_line(wave, words, address), soft_wrap=True)
    if public_url is None or not public_url.startswith("https://"):
        screen.print(
            words.say(
                "Without TLS anybody on the way can read answers: for more than a trial put a "
                "proxy with https before it and give --public-url."
            ),
            soft_wrap=True,
        )
    if public_url:
        os.environ[PUBLIC_URL_VARIABLE] = public_url
    else:
        os.environ.pop(PUBLIC_URL_VARIABLE, None)
    _run(host, port, workers)
    return 0


def _run(host: str, port: int, workers: int) -> None:
    # The server hands a stop on to whoever listened before it, once it has ended in order.
    signal.signal(signal.SIGTERM, lambda *_: None)
    _allow_connections()
    uvicorn.run(
        _FACTORY if workers > 1 else from_environment,
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="on",
        ws="none",
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=_GRACE,
    )


def _id_of(study: str) -> str:
    """Id of the study in a folder; a name is taken for the id, as it is with bundled studies."""
    file = Path(study) / "study.yaml"
    if not file.exists():
        return study
    # Without app.study: its libraries would take most of this process's memory and start.
    with suppress(SurveyError, OSError, UnicodeError):
        settings = load_yaml(file.read_text("utf-8"))
        if isinstance(settings, dict) and isinstance(settings.get("id"), str):
            return str(settings["id"])
    from app.study.answer_tables import frame_of  # noqa: PLC0415 - see above; it tells the faults

    return frame_of(study).settings.id


def _allow_connections() -> None:
    """Let each respondent have a connection: the usual limit of 1,024 files is too low for that."""
    with suppress(ImportError, OSError, ValueError):  # Windows has none
        import resource  # noqa: PLC0415 - Unix only

        most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _waves_of(store: Store, study: str) -> tuple[Wave, ...]:
    waves = list_waves(store, _id_of(study))
    if not waves:
        raise UserError(
            "the study {study} has no wave; make one first: {command}",
            study=study,
            command=f"konsilium wave create {study}",
        )
    return waves


def _wave_line(wave: Wave, words: Language, address: str) -> str:
    title = words.pick(wave.settings.title)
    over = (
        wave.settings.closes_on is not None and wave.settings.closes_on < datetime.now(UTC).date()
    )
    if wave.state == "open" and over:
        state = words.say("its last day is over")
    else:
        state = {
            "draft": words.say("a draft: only previews open"),
            "open": words.say("open"),
            "closed": words.say("closed"),
            "frozen": words.say("frozen"),
        }[wave.state]
    line = words.say("Wave {wave}, {title}: {state}", wave=wave.id, title=title, state=state)
    if wave.settings.access == "open":
        line += "; " + words.say("its address is {address}", address=f"{address}/w/{wave.id}")
    return line


def _check_url(public_url: str | None) -> None:
    if public_url is None:
        return
    parts = urlsplit(public_url)
    plain = parts.scheme in {"http", "https"} and parts.netloc and parts.path in {"", "/"}
    if not plain or parts.query or parts.fragment:
        raise UserError(
            "--public-url is {found}; an address without a path is expected, such as {example}",
            found=public_url,
            example="https://survey.example.org",
        )


def _check_port(host: str, port: int) -> None:
    if not 1 <= port <= _PORTS:
        raise UserError(
            "--port is {found}; expected a number from 1 to {high}", found=port, high=_PORTS
        )
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(found[0][0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[0][4])
    except socket.gaierror as error:
        raise UserError(
            "--host is {found}; an address of this machine is expected", found=host
        ) from error
    except OSError as error:
        raise UserError(
            "port {port} is taken; choose another one: --port {other}", port=port, other=port + 1
        ) from error
