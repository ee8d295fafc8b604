"""The application as a process of its own, which can be ended and started again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

from survey.collection import schema
from survey.collection.replies import Reply
from survey.collection.sealing import KEY_FILE, Sealer
from survey.collection.store import FILE_NAME, Store
from survey.collection.tokens import session_key
from tests.app.respondent.conftest import QUESTIONNAIRE
from tests.waves import TODAY, opened

PROGRAM = """
import datetime, os, uvicorn
from app.respondent import main
main._today = lambda: datetime.date.fromisoformat(os.environ["TODAY"])
main.create_app.__kwdefaults__["today"] = main._today
uvicorn.run(main.from_environment, factory=True, port=int(os.environ["PORT"]),
            log_level="warning", access_log=False, timeout_graceful_shutdown=5)
"""


class Serving:
    """A store with an open wave, and a server over it."""

    def __init__(self, home, url=None, **settings):
        self.home, self.url = home, url or str(home / FILE_NAME)
        with Store.open(self.url) as store:
            sealer = Sealer.open(home / KEY_FILE)
            given = {"questionnaire": QUESTIONNAIRE} | settings
            self.wave, links = opened(store, sealer, each=20, **given)
        self._tokens = iter([link.token for link in links])
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process, self.token = None, None

    def link(self):
        """A link that nobody has used."""
        self.token = next(self._tokens)
        return f"{self.address}/i/{self.token}"

    def start(self):
        environment = os.environ | {
            "KONSILIUM_HOME": str(self.home),
            "PORT": str(self.port),
            "TODAY": TODAY.isoformat(),
            "KONSILIUM_DATABASE_URL": self.url,
        }
        self.process = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=2):
                    return
            except OSError:
                assert self.process.poll() is None, "the server ended by itself"
                time.sleep(0.1)
        raise AssertionError("the server did not answer within a minute")

    def stop(self, *, how=signal.SIGTERM):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=30)

    def stored(self):
        """What is stored of who opened the last link, by question."""
        return self._replies(session_key(self.token, self.wave.secret))

    def submitted(self):
        """What the only person has sent who has sent anything."""
        table = schema.sessions
        with Store.open(self.url) as store:
            ended = table.select().where(table.c.state == "submitted")
            (session,) = store.read(lambda conn: conn.execute(ended).all())
        return self._replies(session.id)

    def _replies(self, session):
        table = schema.answers
        with Store.open(self.url) as store:
            own = table.select().where(table.c.session == session)
            rows = store.read(lambda conn: conn.execute(own).all())
        return {row.question: Reply.from_json(row.reply) for row in rows}
