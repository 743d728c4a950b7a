"""The engine without processes: for a few small documents, where starting workers would take longer than reading."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from types import FrameType

from ascribe.engines import Item, Result, reason_of, too_slow
from ascribe.model import Skipped


class _TookTooLong(BaseException):
    """Raised by the alarm; not an Exception, so that no handler in a parser swallows it."""


class InProcessEngine:
    """Runs everything here. Time is bounded by an alarm in the main thread of POSIX systems; memory is not bounded."""

    def __init__(self, seconds: float = 60.0) -> None:
        self._seconds = seconds

    def map(
        self, function: Callable[[Item], Iterable[Result]], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Skipped]]:
        """See `Engine.map`."""
        for item in items:
            results: Iterator[Result] | None = None
            while True:
                try:
                    with _Alarm(self._seconds):
                        if results is None:
                            results = iter(function(item))
                        result = next(results)
                except StopIteration:
                    break
                except _TookTooLong:
                    yield item, Skipped(item.name, too_slow(self._seconds))
                    break
                except Exception as error:
                    yield item, Skipped(item.name, reason_of(error))
                    break
                yield item, result


class _Alarm:
    """Raises `_TookTooLong` in the block after so many seconds, where the system has alarms."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._works = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def __enter__(self) -> None:
        if self._works:
            self._before = signal.signal(signal.SIGALRM, _ring)
            signal.setitimer(signal.ITIMER_REAL, self._seconds)

    def __exit__(self, *_: object) -> None:
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TookTooLong
