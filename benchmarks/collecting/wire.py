"""HTTP/1.1 over one connection that is kept open, as a browser keeps its own.

No library: the machine is shared with the server that is measured, and this costs a tenth of them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

HOST = "127.0.0.1"
PATIENCE = 60.0
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> str:
        """First header of this name, given in lower case; empty if there is none."""
        for line in self.head.split(b"\r\n")[1:]:
            found, _, value = line.partition(b":")
            if found.lower() == name:
                return value.strip().decode("latin-1")
        return ""


class _Wire(asyncio.Protocol):
    def __init__(self) -> None:
        self.transport: Any = None
        self.waiting: asyncio.Future[Answer] | None = None
        self.read = bytearray()

    def connection_made(self, transport: Any) -> None:  # uvloop's has no base class
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.read += data
        end = self.read.find(_END)
        if end < 0 or self.waiting is None or self.waiting.done():
            return
        head = bytes(self.read[:end])
        length = _length(head)
        start = end + len(_END)
        if length is None:
            self.waiting.set_exception(ConnectionError("an answer without a length"))
            self.close()
        elif len(self.read) >= start + length:
            body = bytes(self.read[start : start + length])
            del self.read[: start + length]
            self.waiting.set_result(Answer(int(head[9:12]), head, body))
            if b"\r\nconnection: close" in head.lower():
                self.close()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's
        self.transport = None
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(ConnectionError("the server has closed the connection"))

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()
            self.transport = None


def _length(head: bytes) -> int | None:
    low = head.lower()
    at = low.find(b"\r\ncontent-length:")
    if at < 0:
        return None
    return int(low[at + 17 : (low + b"\r\n").find(b"\r\n", at + 2)])


class Client:
    """One browser's connection to one server; opened again when it was closed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookie = ""
        self.opened = 0
        self._wire: _Wire | None = None

    async def get(self, path: str) -> Answer:
        return await self._ask(f"GET {path} HTTP/1.1\r\n{self._common}\r\n".encode())

    async def post(self, path: str, form: str) -> Answer:
        body = form.encode("ascii")
        head = (
            f"POST {path} HTTP/1.1\r\n{self._common}Origin: http://{HOST}:{self.port}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self._ask(head.encode() + body)

    @property
    def _common(self) -> str:
        cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
        return f"Host: {HOST}:{self.port}\r\nAccept-Language: en\r\n{cookie}"

    async def _ask(self, request: bytes) -> Answer:
        """Send and wait; `ConnectionError` or `TimeoutError` if no answer came."""
        wire = self._wire
        if wire is None or wire.transport is None:
            loop = asyncio.get_running_loop()
            _, wire = await loop.create_connection(_Wire, HOST, self.port)
            self._wire = wire
            self.opened += 1
        if wire.transport is None:
            raise ConnectionError("the server has closed the connection")
        wire.waiting = asyncio.get_running_loop().create_future()
        wire.transport.write(request)
        try:
            return await asyncio.wait_for(wire.waiting, PATIENCE)
        except TimeoutError:
            self.close()
            raise

    def close(self) -> None:
        if self._wire is not None:
            self._wire.close()
            self._wire = None
