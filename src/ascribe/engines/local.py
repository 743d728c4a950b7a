"""The engine of worker processes on one machine, with bounded time and memory for every item.

The standard pools lose everything when one worker dies; here a worker that dies or hangs costs its own item only.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pickle import UnpicklingError
from typing import Any, Generic

from ascribe.engines import MEBIBYTE, Item, Named, Result, too_slow
from ascribe.engines.worker import DONE, EXHAUSTED, FAILED, READY, RESULT, work
from ascribe.errors import AscribeError
from ascribe.model import Skipped

_STARTING_SECONDS = 120.0
_BUFFERED_RESULTS = 32
_TASKS_PER_WORKER = 4
_FALSE_STARTS = 3


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    ready: bool = False

    def stop(self) -> None:
        """Gone when this returns, whatever it was doing."""
        self.pipe.close()
        self.process.kill()
        self.process.join()
        self.process.close()


@dataclass(slots=True)
class _Task(Generic[Item, Result]):
    item: Item
    worker: _Worker | None
    deadline: float
    results: deque[Result | Skipped] = field(default_factory=deque)

    @property
    def full(self) -> bool:
        """Whether its worker is made to wait, by leaving its results in the pipe."""
        return len(self.results) >= _BUFFERED_RESULTS


class LocalEngine:
    """Worker processes. `seconds` bounds the time to each result, `memory` the bytes of a worker (None: no bound).

    `preload` names modules that are imported once and shared by all workers, where the system can do so.
    A script that uses this engine needs `if __name__ == "__main__":` around its work, as with any such pool.
    """

    def __init__(
        self,
        jobs: int,
        seconds: float = 60.0,
        memory: int | None = 2048 * MEBIBYTE,
        preload: Sequence[str] = (),
    ) -> None:
        if jobs < 1:
            raise AscribeError(f"{jobs} workers cannot do anything; ask for one or more")
        self._jobs, self._seconds, self._memory, self._preload = jobs, seconds, memory, list(preload)

    def map(
        self, function: Callable[[Item], Iterable[Result]], items: Iterable[Item]
    ) -> Iterator[tuple[Item, Result | Skipped]]:
        """See `Engine.map`. Workers start as items come and end with the iteration, also when it is broken off."""
        run: _Run[Item, Result] = _Run(function, iter(items), self._jobs, self._seconds, self._start)
        try:
            yield from run.results()
        finally:
            run.stop()

    def _start(self) -> _Worker:
        context = _context(self._preload)
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self._memory), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()  # else the end of the worker would not be seen as the end of the pipe
        return _Worker(process, ours)


def _context(preload: list[str]) -> BaseContext:
    """Fork from a clean server where there is one: quick, and free of this process's threads and open files."""
    # The work is shared out by documents; threads for small matrices in each worker only get into each other's way.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["ascribe.engines.worker", *preload])
        return context
    return multiprocessing.get_context("spawn")


class _Run(Generic[Item, Result]):
    """One map in progress. `tasks` are in the order of the items; results leave from the first only."""

    def __init__(
        self,
        function: Callable[[Item], Iterable[Result]],
        items: Iterator[Item],
        jobs: int,
        seconds: float,
        start: Callable[[], _Worker],
    ) -> None:
        self._function, self._items, self._jobs = function, items, jobs
        self._seconds, self._start = seconds, start
        self._tasks: deque[_Task[Item, Result]] = deque()
        self._idle: list[_Worker] = []
        self._exhausted = False
        self._false_starts = 0

    def results(self) -> Iterator[tuple[Item, Result | Skipped]]:
        """Every result in order."""
        while True:
            self._hand_out()
            if not self._tasks:
                return
            first = self._tasks[0]
            while first.results:
                yield first.item, first.results.popleft()
            if first.worker is None:
                self._tasks.popleft()
            else:
                self._listen()

    def stop(self) -> None:
        """End all workers."""
        for worker in (*self._idle, *(t.worker for t in self._tasks if t.worker is not None)):
            worker.stop()
        self._idle.clear()
        self._tasks.clear()

    def _hand_out(self) -> None:
        busy = sum(t.worker is not None for t in self._tasks)
        while not self._exhausted and busy < self._jobs and len(self._tasks) < self._jobs * _TASKS_PER_WORKER:
            item = next(self._items, None)
            if item is None:
                self._exhausted = True
                return
            self._give(item)
            busy += 1

    def _give(self, item: Item) -> None:
        while True:
            worker = self._idle.pop() if self._idle else self._start()
            try:
                worker.pipe.send((self._function, item))
            except (BrokenPipeError, ConnectionResetError):
                worker.stop()  # it died while it was idle
                self._count_false_start(worker)
                continue
            seconds = self._seconds if worker.ready else _STARTING_SECONDS
            self._tasks.append(_Task(item, worker, time.monotonic() + seconds))
            return

    def _listen(self) -> None:
        """Take what has come, or give up what is over its time."""
        now = time.monotonic()
        first = self._tasks[0]
        # A task whose buffer is full is left waiting at its pipe; there is something in the pipe when its turn comes.
        listening: dict[Connection, _Task[Item, Result]] = {
            task.worker.pipe: task
            for task in self._tasks
            if task.worker is not None and (task is first or not task.full)
        }
        nearest = min(task.deadline for task in listening.values())
        ready = wait(list(listening), timeout=max(0.0, nearest - now))
        for pipe in ready:
            assert isinstance(pipe, Connection)
            self._take(listening.pop(pipe))
        now = time.monotonic()
        for task in listening.values():
            if now >= task.deadline:
                self._lose(task, too_slow(self._seconds))

    def _take(self, task: _Task[Item, Result]) -> None:
        worker = task.worker
        assert worker is not None
        try:
            sort, content = worker.pipe.recv()
        except (EOFError, OSError, UnpicklingError):
            self._lose(task, _died(worker, task.item))
            self._count_false_start(worker)
            return
        task.deadline = time.monotonic() + self._seconds
        if sort == READY:
            worker.ready = True
            self._false_starts = 0
        elif sort == RESULT:
            task.results.append(content)
        elif sort == EXHAUSTED:
            self._lose(task, content)
        else:
            assert sort in (DONE, FAILED)
            if sort == FAILED:
                task.results.append(Skipped(task.item.name, content))
            task.worker = None
            self._idle.append(worker)

    def _lose(self, task: _Task[Item, Result], reason: str) -> None:
        assert task.worker is not None
        task.worker.stop()
        task.worker = None
        task.results.append(Skipped(task.item.name, reason))

    def _count_false_start(self, worker: _Worker) -> None:
        if worker.ready:
            return
        self._false_starts += 1
        if self._false_starts >= _FALSE_STARTS:
            raise AscribeError("worker processes cannot be started here; read with one job in this process (--jobs 0)")


def _died(worker: _Worker, item: Named) -> str:
    with suppress(ValueError):
        worker.process.join(1.0)
        if worker.process.exitcode is not None and worker.process.exitcode < 0:
            return f"ended the process that read it (signal {-worker.process.exitcode}); leave it out, or split it"
    return "ended the process that read it; leave it out, or split it"
