"""What runs in a worker process: take an item, send its results one by one, until the pipe closes."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from ascribe.engines import reason_of

try:
    import resource
except ImportError:  # not on Windows; memory is not bounded there
    resource = None  # type: ignore[assignment]

READY, RESULT, DONE, FAILED, EXHAUSTED = "ready", "result", "done", "failed", "exhausted"


def work(pipe: Connection, memory: int | None) -> None:
    """Serve one pipe. `memory` is in bytes, beyond what the empty worker takes; None is without limit."""
    # Ctrl-C goes to the whole group of processes; the parent alone decides what becomes of the workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        if memory is not None:
            _limit_memory(memory)
        pipe.send((READY, None))
        while True:
            task = pipe.recv()
            if task is None:
                return
            if not _serve(pipe, *task):
                return
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the parent is gone


def _serve(pipe: Connection, function: Callable[[Any], Iterable[Any]], item: Any) -> bool:
    """Whether the worker can go on: after an exhausted memory it may not be trusted any more."""
    try:
        for result in function(item):
            pipe.send((RESULT, result))
    except (BrokenPipeError, ConnectionResetError, EOFError):
        raise
    except MemoryError as error:
        reason = reason_of(error)
        del error, item
        pipe.send((EXHAUSTED, reason))
        return False
    except Exception as error:
        pipe.send((FAILED, reason_of(error)))
        return True
    pipe.send((DONE, None))
    return True


def _limit_memory(memory: int) -> None:
    if resource is None:
        return
    limit = _address_space() + memory
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def _address_space() -> int:
    """Bytes of address space this process has now, where the system tells; libraries reserve much and use little."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * resource.getpagesize()
