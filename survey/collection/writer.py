"""The one writer of a process: jobs of all threads, many in one transaction."""

from __future__ import annotations

import contextlib
import queue
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from survey.collection.database import (
    PATIENCE,
    RECONNECT,
    UNDO,
    Database,
    Trouble,
    driver_error,
    explained,
)
from survey.errors import SurveyError

T = TypeVar("T")
Job = Callable[[Connection], T]

_GATHER = 0.05  # seconds for which a transaction goes on taking jobs
_PAUSES = (0.02, 1.0)  # seconds between attempts: first, longest


@dataclass(slots=True, eq=False)
class _Task:
    """A job, what it came to, and who waits for it."""

    job: Job[Any]
    future: Future[Any]
    result: Any = None
    error: BaseException | None = None

    def deliver(self) -> None:
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """A thread that runs jobs one after another and commits many at once.

    While one transaction is made durable the next jobs gather, so that the cost of the disk is
    shared by all who wait. Each job has a savepoint of its own: one that fails undoes itself only.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._connection: Connection | None = None
        self._closing = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="konsilium-writer", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """Jobs that nobody has begun."""
        return self._queue.qsize()

    def submit(self, job: Job[T]) -> Future[T]:
        """Hand a job over; the future is done when its transaction is committed."""
        if threading.current_thread() is self._thread:
            raise RuntimeError("a job that writes cannot wait for another one")
        task = _Task(job, Future())
        with self._closing:
            if self._closed:
                raise RuntimeError("the store is closed")
            self._queue.put(task)
        return task.future

    def close(self) -> None:
        """Finish the jobs that were handed over, then stop."""
        with self._closing:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        with contextlib.suppress(Exception):  # the first job tries again, and tells
            self._connection = self._database.connect()
        while (task := self._queue.get()) is not None:
            if task.future.set_running_or_notify_cancel():
                tasks = [task]
                try:
                    self._serve(tasks, gather=True)
                except BaseException as error:  # noqa: BLE001 - nobody must wait for ever
                    self._drop()
                    for each in tasks:
                        if not each.future.done():
                            each.future.set_exception(error)
        self._drop()

    def _serve(self, tasks: list[_Task], *, gather: bool) -> None:
        """Run tasks until they are committed or known to be impossible; tell who waits."""
        started = time.monotonic()
        pause = _PAUSES[0]
        while True:
            try:
                with self._database.turn():
                    self._commit(tasks, gather=gather)
            except Exception as error:  # noqa: BLE001 - whatever it is, somebody waits for it
                gather = False
                trouble = self._database.trouble(driver_error(error))
                waited = time.monotonic() - started
                if trouble is not Trouble.AGAIN or not self._usable():
                    self._drop()
                again = {Trouble.AGAIN: PATIENCE, Trouble.LOST: RECONNECT}
                if trouble in again and waited < again[trouble]:
                    time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - not to meet again
                    pause = min(2 * pause, _PAUSES[1])
                    continue
                # Our own errors (the turn was not to be had) concern all alike.
                if len(tasks) > 1 and trouble not in again and not isinstance(error, SurveyError):
                    for task in tasks:  # the one at fault must not take the others with it
                        self._serve([task], gather=False)
                    return
                failure = explained(error, trouble, self._database.place)
                for task in tasks:
                    task.error = failure
            break
        for task in tasks:
            task.deliver()
        if self._connection is not None:
            with contextlib.suppress(Exception):  # it is due again after the next transaction
                self._database.tidy(self._connection)

    def _commit(self, tasks: list[_Task], *, gather: bool) -> None:
        connection = self._connection or self._database.connect()
        self._connection = connection
        until = time.monotonic() + _GATHER
        with connection.begin():
            self._database.begin(connection)
            for task in tasks:
                self._attempt(connection, task)
            while gather and len(tasks) < self._database.batch and time.monotonic() < until:
                try:
                    following = self._queue.get_nowait()
                except queue.Empty:
                    break
                if following is None:
                    self._queue.put(None)  # nothing comes after it
                    break
                if following.future.set_running_or_notify_cancel():
                    tasks.append(following)
                    self._attempt(connection, following)

    def _attempt(self, connection: Connection, task: _Task) -> None:
        """Run one job after a savepoint."""
        task.result = task.error = None
        try:
            task.result = task.job(connection)
            self._database.keep(connection)
        except BaseException as error:
            if self._database.trouble(driver_error(error)) is not None:
                raise
            try:
                connection.exec_driver_sql(UNDO)
            except Exception:  # noqa: BLE001 - the transaction is gone, through the job's own fault
                raise error from None
            task.error = error

    def _usable(self) -> bool:
        return self._connection is not None and not self._connection.invalidated

    def _drop(self) -> None:
        """Give the connection up; the next transaction opens a new one."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(Exception):  # it was broken, and is not used again
                self._database.disconnect(connection)
