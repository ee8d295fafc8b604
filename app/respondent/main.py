"""The respondent's application: no page of the analyst is in it."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.respondent import answering, entrance, finishing, pages
from app.respondent.desk import Desk
from app.respondent.security import guard
from survey.collection.marks import Marks
from survey.collection.sealing import KEY_FILE, Sealer
from survey.collection.store import Store, home

_GET, _POST = ["GET"], ["POST"]
PUBLIC_URL_VARIABLE = "KONSILIUM_PUBLIC_URL"


def _today() -> date:
    return datetime.now(UTC).date()


def create_app(
    store: Store,
    *,
    signing_key: bytes,
    public_url: str | None = None,
    today: Callable[[], date] = _today,
    now: Callable[[], float] = time.time,
    close_store: bool = False,
) -> Starlette:
    """Application over an open store.

    Parameters
    ----------
    store
        Where the waves are.
    signing_key
        Marks the cookies of this server.
    public_url
        Address as respondents see it; with ``https`` cookies are only sent by TLS.
    today, now
        Clock.
    close_store
        Whether the store is closed with the application.

    """
    desk = Desk(
        store=store,
        key=signing_key,
        public_url=public_url.rstrip("/") if public_url else None,
        today=today,
        now=lambda: int(now()),
        marks=Marks(store),
    )

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()
        if close_store:
            store.close()

    app = Starlette(
        routes=_routes(),
        lifespan=lifespan,
        middleware=[guard(https=desk.https, failed=_failed)],
        exception_handlers={HTTPException: _refuse},
    )
    app.state.desk = desk
    return app


def from_environment() -> Starlette:
    """Application of one worker process, which opens the store itself."""
    folder = home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return create_app(
        Store.open(),
        signing_key=Sealer.open(folder / KEY_FILE).derive("cookie"),
        public_url=os.environ.get(PUBLIC_URL_VARIABLE) or None,
        close_store=True,
    )


def _routes() -> list[Route]:
    return [
        Route("/", entrance.start, methods=_GET),
        Route("/i/{token}", entrance.invited, methods=_GET),
        Route("/code", entrance.typed_code, methods=_POST),
        Route("/w/{wave}", entrance.open_wave, methods=_GET + _POST),
        Route("/begin", entrance.begin, methods=_POST),
        Route("/next", answering.go_on, methods=_GET),
        Route("/q/{id}", answering.question, methods=_GET),
        Route("/q/{id}", answering.answer, methods=_POST),
        Route("/save/{id}", answering.autosave, methods=_POST),
        Route("/review", finishing.review, methods=_GET),
        Route("/submit", finishing.submit, methods=_POST),
        Route("/done", finishing.done, methods=_GET),
        Route("/withdraw", finishing.withdraw, methods=_GET + _POST),
        Route("/language/{code}", entrance.choose_language, methods=_GET),
        Route("/healthz", entrance.health, methods=_GET),
        Route("/static/{name}", pages.static, methods=_GET),
    ]


async def _refuse(request: Request, error: Exception) -> Response:
    return pages.failure(request, getattr(error, "status_code", 500))


async def _failed(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope, receive)
    await pages.failure(request, 500)(scope, receive, send)
