"""The engine for readers that wait for a server: threads of this process, one document each.

Time is bounded by the reader itself, request by request; memory is not bounded, because nothing is parsed here but
answers whose length the reader bounds.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any, Generic

from ascribe.engines import Item, Result, reason_of
from ascribe.errors import AscribeError, EndpointError
from ascribe.model import Skipped

_AHEAD = 2  # items in hand for each thread, so that none waits for the slowest


class _Done:
    """Marks the end of an item's results."""


@dataclass(slots=True)
class _Task(Generic[Item]):
    item: Item
    results: SimpleQueue[Any] = field(default_factory=SimpleQueue)


class ConcurrentEngine:
    """So many threads. They are daemons, so that Ctrl-C need not wait for a server that takes its time."""

    def __init__(self, width: int) -> None:
        if width < 1:
            raise AscribeError(f"{width} documents at once are none; ask for one or more")
        self._width = width

    def map(
        self, function: Callable[[Item], Iterable[Result]], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Skipped]]:
        """See `Engine.map`. An EndpointError ends it all: what one item meets there, all others would meet too."""
        todo: SimpleQueue[_Task[Item] | None] = SimpleQueue()
        stopped = threading.Event()
        coming = iter(items)
        tasks: deque[_Task[Item]] = deque()
        threads = 0
        try:
            while True:
                while len(tasks) < self._width * _AHEAD and (item := next(coming, None)) is not None:
                    tasks.append(_Task(item))
                    todo.put(tasks[-1])
                    if threads < min(self._width, len(tasks)):
                        threads += 1
                        threading.Thread(target=_work, args=(function, todo, stopped), daemon=True).start()
                if not tasks:
                    return
                result = tasks[0].results.get()
                if isinstance(result, _Done):
                    tasks.popleft()
                elif isinstance(result, EndpointError):
                    raise result
                else:
                    yield tasks[0].item, result
        finally:
            stopped.set()
            for _ in range(threads):
                todo.put(None)


def _work(
    function: Callable[[Any], Iterable[Any]], todo: SimpleQueue[_Task[Any] | None], stopped: threading.Event
) -> None:
    while (task := todo.get()) is not None and not stopped.is_set():
        try:
            for result in function(task.item):
                task.results.put(result)
                if stopped.is_set():
                    return
        except EndpointError as error:
            task.results.put(error)
        except Exception as error:
            task.results.put(Skipped(task.item.name, reason_of(error)))
        task.results.put(_Done())
