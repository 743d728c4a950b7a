"""How often and when: a limit on requests for all threads together, pauses that a server asks for, and tries anew."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

LONGEST_WAIT = 120.0  # seconds; a server that asks for more is given up for this run
_FIRST_WAIT = 1.0


class Pace:
    """No more than `per_minute` requests (None: no limit), evenly, by all threads that share it."""

    def __init__(
        self,
        per_minute: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap = 60.0 / per_minute if per_minute else 0.0
        self._clock, self._sleep = clock, sleep
        self._lock = threading.Lock()
        self._next = clock()

    def wait(self) -> None:
        """Return when the next request may be sent."""
        with self._lock:
            now = self._clock()
            start = max(now, self._next)
            self._next = start + self._gap
        if start > now:
            self._sleep(start - now)

    def rest(self, seconds: float) -> None:
        """Let time pass for this thread alone."""
        self._sleep(seconds)

    def pause(self, seconds: float) -> None:
        """Nobody sends anything for so long."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)


def back_off(attempt: int, chance: Callable[[], float] = random.random) -> float:
    """Seconds to wait after a failed try (counted from 1): doubled each time, and spread so that tries do not meet."""
    longest = min(LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (attempt - 1))
    return longest * (0.5 + chance() / 2)
