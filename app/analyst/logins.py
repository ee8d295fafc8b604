"""Logins by password: kept in the memory of the server, one for each browser that holds its token.

Only a hash of a token is kept, so that nothing here opens anything. A restart of the server ends
them all.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final, Literal

IDLE: Final = 30 * 60  # seconds
LONGEST: Final = 12 * 3600  # seconds
_TOKEN: Final = 32  # bytes

Why = Literal["idle", "changed", "out"]


def steady() -> float:
    """Seconds that only go forward, while the machine sleeps too: plain `monotonic` stops then."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


@dataclass(frozen=True, slots=True)
class Login:
    """An analyst at work; times are of the server's steady clock, in seconds."""

    name: str
    standing: str
    began: float
    seen: float
    by_provider: bool = False

    def is_over(self, at: float) -> bool:
        """Whether it has been idle, or has lasted, too long."""
        return at - self.seen > IDLE or at - self.began > LONGEST


def key_of(token: str) -> str:
    """Hash by which a token is known; the token cannot be had from it."""
    return hashlib.sha256(token.encode()).hexdigest()


class Logins:
    """Who is logged in.

    Parameters
    ----------
    clock
        Steady clock, in seconds.
    """

    def __init__(self, clock: Callable[[], float] = steady) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kept: dict[str, Login] = {}
        # Why a login has ended is told to the tabs that still hold its token.
        self._ended: dict[str, tuple[Why, float]] = {}

    def begin(self, name: str, standing: str) -> str:
        """Log somebody in; returns the new token."""
        token = secrets.token_urlsafe(_TOKEN)
        with self._lock:
            at = self._clock()
            self._forget(at)
            self._kept[key_of(token)] = Login(name, standing, at, at)
        return token

    def look(self, token: str, standing: Callable[[str], str | None]) -> Login | None:
        """Login of a token, marked as seen now; one that is idle, too long or changed ends here.

        Parameters
        ----------
        standing
            Mark of an account as it is now, by its name.
        """
        key = key_of(token)
        with self._lock:
            login = self._kept.get(key)
        if login is None:
            return None
        mark = standing(login.name)  # asks the store, so not while others wait
        with self._lock:
            login, at = self._kept.get(key), self._clock()
            if login is None:
                return None
            if login.is_over(at) or login.standing != mark:
                self._end(key, "idle" if login.is_over(at) else "changed")
                return None
            self._kept[key] = replace(login, seen=at)
            return self._kept[key]

    def end(self, token: str) -> None:
        """Log out, in every tab of the browser."""
        key = key_of(token)
        with self._lock:
            if key in self._kept:
                self._end(key, "out")

    def why(self, token: str) -> Why | None:
        """Why the login of a token has ended; None if it has not, or nobody knows."""
        with self._lock:
            ended = self._ended.get(key_of(token))
        return None if ended is None else ended[0]

    def _end(self, key: str, why: Why) -> None:
        del self._kept[key]
        self._ended[key] = (why, self._clock())

    def _forget(self, at: float) -> None:
        for key in [key for key, login in self._kept.items() if login.is_over(at)]:
            self._end(key, "idle")
        for key in [key for key, (_, when) in self._ended.items() if at - when > LONGEST]:
            del self._ended[key]
