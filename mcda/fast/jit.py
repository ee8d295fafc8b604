"""Compilation of kernels, kept on disk where the disk can be written."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])

_numba: Any = import_module("numba")


def jit(**options: Any) -> Callable[[_F], _F]:  # noqa: ANN401 - numba's own options
    """Compile without the interpreter's lock, so that threads run side by side."""

    def compiled(function: _F) -> _F:
        # Without "numpy" every division looks first whether it divides by zero, and no loop that
        # divides becomes vector instructions.
        chosen = {"nogil": True, "error_model": "numpy"} | options
        try:
            kernel: _F = _numba.njit(cache=True, **chosen)(function)
        except RuntimeError:  # neither beside the file nor in the home directory can it be kept
            kernel = _numba.njit(**chosen)(function)
        return kernel

    return compiled
