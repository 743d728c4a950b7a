"""Patience with an endpoint, limits on how often it is asked, and replies that are kept."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from ascribe.errors import AscribeError, EndpointError
from ascribe.readings.llm.asking import Asker, Outcome
from ascribe.readings.llm.cache import ReplyCache
from ascribe.readings.llm.config import Config
from ascribe.readings.llm.endpoint import Endpoint
from ascribe.readings.llm.exchange import Asking, Message, Request
from ascribe.readings.llm.pacing import Pace, back_off
from ascribe.readings.llm.replies import Reply
from tests.readings.llm_server import ModelServer, speechless

TEXT = "[1] A bomb killed 5 people in Port Amsel."


class Hours:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def request(number: int = 1) -> Request:
    messages = (Message("system", "Read."), Message("user", f"{TEXT} {number}"))
    return Request(f"part-{number}", "d" * 64, messages, {"type": "object"}, Asking("tester"))


def asker(server: ModelServer, hours: Hours, cache: ReplyCache | None = None, **settings: object) -> Asker:
    config = Config(url=server.url, model="tester", **settings)  # type: ignore[arg-type]
    pace = Pace(config.requests_per_minute, hours.clock, hours.sleep)
    return Asker(config, cache or ReplyCache(None), lambda: Endpoint(config, "sk-secret"), pace)


def answer(server: ModelServer, hours: Hours | None = None, **settings: object) -> Outcome:
    return asker(server, hours or Hours(), **settings).answer(request())  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", ["500", "429", "garbage", "closing", "half", "empty", "fault"])
def test_a_passing_fault_costs_a_pause_and_no_answer(fault: str) -> None:
    hours = Hours()
    with ModelServer(faults=[fault, fault]) as server:
        found = answer(server, hours)
    assert found.reply is not None
    assert found.reason is None
    assert len(server.asked) == 3
    assert 0.5 <= hours.slept[0] <= 1
    assert 1 <= hours.slept[1] <= 2


def test_it_gives_up_after_so_many_tries_with_the_reason() -> None:
    with ModelServer(always="500") as server:
        found = answer(server, attempts=3)
    assert found == Outcome(None, "127.0.0.1 has a fault (500)")
    assert len(server.asked) == 3


def test_a_refusal_of_one_question_is_not_tried_again() -> None:
    with ModelServer(always="declined") as server:
        found = answer(server)
    assert found.reason == "the model declined to answer"
    assert len(server.asked) == 1


def test_it_waits_as_long_as_the_server_asks() -> None:
    hours = Hours()
    with ModelServer(faults=["429-wait"]) as server:
        answer(server, hours)
    assert hours.slept == [pytest.approx(7.0)]


def test_a_server_that_asks_to_come_back_tomorrow_is_given_up() -> None:
    with ModelServer(always="429-tomorrow") as server:
        found = answer(server)
    assert found.reason is not None
    assert "asked too often" in found.reason
    assert len(server.asked) == 1


def test_a_cut_answer_is_asked_for_again_with_more_room_and_what_came_is_used() -> None:
    with ModelServer(always="cut") as server:
        found = answer(server)
    assert [a.body["max_tokens"] for a in server.asked] == [Asking("m").answer_tokens, 2 * Asking("m").answer_tokens]
    assert found.reply is not None
    assert found.reply.cut
    assert found.reason == "the answer was cut"


def test_a_cut_answer_that_is_whole_the_second_time_is_whole() -> None:
    with ModelServer(faults=["cut"]) as server:
        found = answer(server)
    assert found.reply is not None
    assert not found.reply.cut
    assert found.reason is None


def test_a_model_that_only_talks_is_asked_again_and_then_told_of() -> None:
    with ModelServer(model=speechless) as server:
        found = answer(server, attempts=2)
    assert len(server.asked) == 2
    assert found.reason == "the reply holds no JSON object"


def test_an_endpoint_that_refuses_the_key_is_asked_once_only() -> None:
    with ModelServer(always="401") as server:
        one = asker(server, Hours())
        for number in (1, 2, 3):
            with pytest.raises(EndpointError, match="refuses the key"):
                one.answer(request(number))
    assert len(server.asked) == 1


def test_an_endpoint_that_is_gone_ends_it_after_all_tries() -> None:
    with ModelServer() as server:
        pass
    with pytest.raises(EndpointError, match="cannot be reached; what was answered is kept"):
        answer(server, attempts=2)


def test_what_is_spent_is_counted() -> None:
    with ModelServer() as server:
        one = asker(server, Hours())
        one.answer(request(1))
        one.answer(request(2))
    spent = one.spent
    assert (spent.requests, spent.tokens_in, spent.tokens_out, spent.estimated) == (2, 2000, 200, False)


def test_replies_are_kept_by_content_and_without_the_key(tmp_path: Path) -> None:
    cache = ReplyCache(tmp_path)
    with ModelServer(always="parrot") as server:
        one = asker(server, Hours(), cache)
        assert one.kept(request()) is None
        one.answer(request())
        kept = one.kept(request())
        assert kept is not None
        assert kept.reply is not None
        assert kept.reply.cached
        assert one.kept(request(2)) is None
    written = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"tactics" in written
    assert b"sk-secret" not in written


def test_useless_replies_are_not_kept(tmp_path: Path) -> None:
    with ModelServer(model=speechless) as server:
        one = asker(server, Hours(), ReplyCache(tmp_path), attempts=1)
        one.answer(request())
    assert one.kept(request()) is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"text": 5, "cut": false}', '{"text": "x"}', "[" * 100_000, "\x00"]
)
def test_a_damaged_kept_reply_is_none(tmp_path: Path, content: str) -> None:
    cache = ReplyCache(tmp_path)
    cache.put("ab12", Reply("words"))
    assert cache.get("ab12") == Reply("words", cached=True)
    next(tmp_path.rglob("*.json")).write_text(content, encoding="utf-8")
    assert cache.get("ab12") is None


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AscribeError, match="replies cannot be kept here"):
        ReplyCache(tmp_path / "file").put("ab12", Reply("words"))


def test_all_threads_together_keep_to_the_limit() -> None:
    hours = Hours()
    pace = Pace(60, hours.clock, hours.sleep)
    threads = [threading.Thread(target=pace.wait) for _ in range(5)]
    for thread in threads:
        thread.start()
        thread.join()
    assert hours.now == pytest.approx(4.0)


def test_a_pause_holds_for_everybody() -> None:
    hours = Hours()
    pace = Pace(None, hours.clock, hours.sleep)
    pace.pause(30)
    pace.wait()
    assert hours.now == pytest.approx(30)
    pace.wait()
    assert hours.now == pytest.approx(30)


def test_pauses_grow_and_are_bounded() -> None:
    longest = [back_off(n, lambda: 1.0) for n in range(1, 12)]
    assert longest[:4] == [1, 2, 4, 8]
    assert max(longest) == 120
    assert back_off(3, lambda: 0.0) == 2
