"""One contract for all engines, and what only worker processes can do."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from ascribe.engines import Engine, reason_of
from ascribe.engines.concurrent import ConcurrentEngine
from ascribe.engines.inprocess import InProcessEngine
from ascribe.engines.local import LocalEngine
from ascribe.errors import AscribeError, DocumentError, EndpointError
from ascribe.model import Skipped

MB = 1024 * 1024


@dataclass(frozen=True)
class Item:
    name: str
    deed: str = "count"
    number: int = 1


def do(item: Item, factor: int = 1) -> Iterator[int]:
    if item.deed == "hang":
        while True:
            time.sleep(0.05)
    elif item.deed == "gobble":
        yield len([bytearray(64 * MB) for _ in range(100)])
    elif item.deed == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif item.deed == "fail":
        yield -1
        raise ValueError("broken\nin two")
    elif item.deed == "refuse":
        raise DocumentError(item.name, "is no document; give one")
    elif item.deed == "sleep":
        time.sleep(0.3)
    for n in range(item.number):
        yield n * factor


ENGINES = {
    "inprocess": lambda: InProcessEngine(seconds=1.5),
    "local": lambda: LocalEngine(2, seconds=1.5),
    "concurrent": lambda: ConcurrentEngine(2),
}


@pytest.fixture(params=sorted(ENGINES))
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]()


def test_results_come_in_the_order_of_the_items(engine: Engine) -> None:
    items = [Item(f"{n}", "sleep" if n % 3 == 0 else "count", n) for n in range(7)]
    found = [(item.name, result) for item, result in engine.map(partial(do, factor=2), items)]
    assert found == [(f"{n}", 2 * i) for n in range(7) for i in range(n)]


def test_a_failing_item_is_told_in_one_line_and_the_rest_goes_on(engine: Engine) -> None:
    found = list(engine.map(do, [Item("a"), Item("b", "fail"), Item("c", "refuse"), Item("d")]))
    assert [result for _, result in found if not isinstance(result, Skipped)] == [0, -1, 0]
    lost = [result for _, result in found if isinstance(result, Skipped)]
    assert [s.name for s in lost] == ["b", "c"]
    assert "ValueError: broken in two" in lost[0].reason
    assert lost[1].reason == "is no document; give one"


@pytest.mark.parametrize("name", ["inprocess", "local"])
def test_an_item_that_hangs_is_given_up_and_the_rest_goes_on(name: str) -> None:
    engine = ENGINES[name]()
    found = list(engine.map(do, [Item("a"), Item("slow", "hang"), Item("b")]))
    assert [(i.name, isinstance(r, Skipped)) for i, r in found] == [("a", False), ("slow", True), ("b", False)]
    assert "took longer than 1.5 s" in found[1][1].reason


def test_items_are_taken_only_as_they_are_needed(engine: Engine) -> None:
    taken = []

    def endless() -> Iterator[Item]:
        n = 0
        while True:
            taken.append(n)
            yield Item(str(n))
            n += 1

    results = engine.map(do, endless())
    for _ in range(5):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert len(taken) <= 5 + 2 * 4


def test_no_items_give_no_results(engine: Engine) -> None:
    assert list(engine.map(do, [])) == []


def test_threads_work_at_once_and_no_more_than_asked_for() -> None:
    busy, most, lock = 0, 0, threading.Lock()

    def wait(item: Item) -> Iterator[str]:
        nonlocal busy, most
        with lock:
            busy += 1
            most = max(most, busy)
        time.sleep(0.05)
        with lock:
            busy -= 1
        yield item.name

    found = [result for _, result in ConcurrentEngine(3).map(wait, [Item(f"{n}") for n in range(12)])]
    assert found == [f"{n}" for n in range(12)]
    assert most == 3


def test_an_endpoint_that_refuses_everything_ends_the_work_of_threads() -> None:
    begun = []

    def refuse(item: Item) -> Iterator[str]:
        begun.append(item.name)
        raise EndpointError("no more")
        yield ""

    with pytest.raises(EndpointError, match="no more"):
        list(ConcurrentEngine(2).map(refuse, (Item(f"{n}") for n in range(1000))))
    assert len(begun) < 10


def test_breaking_off_leaves_what_has_not_begun() -> None:
    begun = []

    def slow(item: Item) -> Iterator[str]:
        begun.append(item.name)
        time.sleep(0.05)
        yield item.name

    results = ConcurrentEngine(1).map(slow, (Item(f"{n}") for n in range(100)))
    next(results)
    results.close()  # type: ignore[attr-defined]
    time.sleep(0.2)
    assert len(begun) <= 2


def test_a_worker_that_is_killed_costs_its_own_item_only() -> None:
    found = list(LocalEngine(2, seconds=5).map(do, [Item("a"), Item("dead", "die"), Item("b"), Item("c")]))
    assert [(i.name, isinstance(r, Skipped)) for i, r in found] == [
        ("a", False),
        ("dead", True),
        ("b", False),
        ("c", False),
    ]
    assert "signal 9" in found[1][1].reason


def test_an_item_that_eats_memory_is_stopped_and_the_rest_goes_on() -> None:
    found = list(LocalEngine(1, seconds=20, memory=512 * MB).map(do, [Item("big", "gobble"), Item("a"), Item("b")]))
    assert [(i.name, isinstance(r, Skipped)) for i, r in found] == [("big", True), ("a", False), ("b", False)]
    assert "memory" in found[0][1].reason


def test_a_reader_that_waits_for_others_is_not_taken_for_one_that_hangs() -> None:
    items = [Item("first", "count", 3), Item("many", "count", 5000), Item("last")]
    results = LocalEngine(2, seconds=1.0).map(do, items)
    next(results)
    time.sleep(1.5)  # a slow consumer: the second worker has filled its pipe by now
    rest = list(results)
    assert not any(isinstance(r, Skipped) for _, r in rest)
    assert len(rest) == 2 + 5000 + 1


def test_breaking_off_leaves_no_worker_behind() -> None:
    engine = LocalEngine(2, seconds=30)
    started = []
    start = engine._start
    engine._start = lambda: started.append(start()) or started[-1]  # type: ignore[method-assign,func-returns-value]
    results = engine.map(do, [Item("a"), Item("b", "hang"), Item("c", "hang")])
    next(results)
    pids = [w.process.pid for w in started]
    results.close()  # type: ignore[attr-defined]
    assert len(pids) == 2
    for pid in pids:
        deadline = time.monotonic() + 5
        while _alive(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_no_workers_is_refused() -> None:
    with pytest.raises(AscribeError, match="0 workers"):
        LocalEngine(0)
    with pytest.raises(AscribeError, match="0 documents at once"):
        ConcurrentEngine(0)


def test_reasons_are_single_lines() -> None:
    for error in (ValueError("a\nb"), MemoryError(), RecursionError(), DocumentError("x", "y"), AscribeError("z")):
        assert "\n" not in reason_of(error)
    assert "nested too deeply" in reason_of(RecursionError())
