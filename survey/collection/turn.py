"""The turn to write to an SQLite file: one process at a time, one thread of it at a time."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from filelock import FileLock, Timeout

from survey.collection.database import PATIENCE
from survey.errors import SurveyError

LOCK_ENDINGS: Final = (".lock", ".lock-next")
_POLL = 0.001


class Turn:
    """A lock of processes and threads, which a thread that holds it may take again.

    The system releases it when a process ends, however it ends. Who waits first takes the place at
    the door (a second lock): a process that writes without a pause thus cannot shut others out,
    as it would if all of them polled one lock that is free only for moments.
    """

    def __init__(self, path: Path, patience: float = PATIENCE) -> None:
        self._threads = threading.RLock()
        self._depth = 0
        self._patience = patience
        # A lock that outlives a killed process would stop everybody: better an error than that one.
        self._lock, self._door = (
            FileLock(
                path.with_name(path.name + ending),
                mode=0o600,
                thread_local=False,
                fallback_to_soft=False,
            )
            for ending in LOCK_ENDINGS
        )

    def __enter__(self) -> Self:
        self._threads.acquire()
        try:
            if self._depth == 0:
                self._take()
            self._depth += 1
        except BaseException:
            self._threads.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._depth -= 1
        try:
            if self._depth == 0:
                self._lock.release()
        finally:
            self._threads.release()

    def _take(self) -> None:
        until = time.monotonic() + self._patience
        try:
            with self._door.acquire(self._patience, _POLL):
                self._lock.acquire(max(until - time.monotonic(), 0.0), _POLL)
        except Timeout as error:  # which is an OSError too
            raise SurveyError(
                "store_busy",
                "another process has kept the store for {seconds} seconds; nothing was stored",
                seconds=round(self._patience),
            ) from error
        except OSError as error:
            raise SurveyError(
                "store_broken",
                "the store {place} could not be read or written: {reason}",
                place=self._lock.lock_file,
                reason=error.strerror or str(error),
            ) from error
