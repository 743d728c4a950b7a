"""One request to an endpoint: what is sent, what is understood, and every way in which the other side can fail."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from ascribe.errors import EndpointError
from ascribe.readings.llm.config import Config
from ascribe.readings.llm.endpoint import Endpoint, NoAnswerError
from ascribe.readings.llm.exchange import Asking, Message, Request
from tests.readings.llm_server import ModelServer

KEY = "sk-very-secret-4711"
TEXT = "[1] A bomb killed 5 people in Port Amsel."


def request(text: str = TEXT) -> Request:
    messages = (Message("system", "Read."), Message("user", text))
    return Request("part-1", "d" * 64, messages, {"type": "object"}, Asking("tester"))


def ask(server: ModelServer, key: str | None = KEY, **settings: object) -> object:
    config = Config(url=server.url, model="tester", **settings)  # type: ignore[arg-type]
    endpoint = Endpoint(config, key)
    try:
        return endpoint.ask(request())
    finally:
        endpoint.close()


def test_it_sends_the_question_with_the_key_and_without_streaming() -> None:
    with ModelServer() as server:
        reply = ask(server)

    asked = server.asked[0]
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.body["stream"] is False
    assert asked.body["model"] == "tester"
    assert asked.body["response_format"]["type"] == "json_schema"
    assert '"5"' in reply.text  # type: ignore[attr-defined]
    assert (reply.tokens_in, reply.tokens_out) == (1000, 100)  # type: ignore[attr-defined]


def test_without_a_key_none_is_sent() -> None:
    with ModelServer() as server:
        ask(server, key=None)
    assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/", "/v1/chat/completions", "/openai/v2"])
def test_the_address_may_be_given_with_or_without_its_end(path: str) -> None:
    config = Config(url=f"http://localhost:1234{path}", model="m")
    start = "/openai/v2" if "openai" in path else "/v1"
    assert config.address == f"http://localhost:1234{start}/chat/completions"


def test_a_server_without_schemas_is_asked_for_an_object_and_that_is_remembered() -> None:
    with ModelServer(always="formless") as server:
        endpoint = Endpoint(Config(url=server.url, model="tester"), None)
        endpoint.ask(request())
        endpoint.ask(request())
        endpoint.close()
    forms = [a.body.get("response_format", {}).get("type") for a in server.asked]
    assert forms == ["json_schema", "json_object", "json_object"]


def test_parameters_that_a_server_does_not_know_are_left_out() -> None:
    with ModelServer(always="plain") as server:
        assert ask(server)
    last = server.asked[-1].body
    assert "response_format" not in last
    assert "temperature" not in last
    assert last["max_completion_tokens"] == Asking("m").answer_tokens


def test_a_form_that_was_set_is_kept() -> None:
    with ModelServer(always="formless") as server, pytest.raises(NoAnswerError):
        ask(server, answers="json_schema")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("fault", "again", "reason"),
    [
        ("500", True, "has a fault (500)"),
        ("503", True, "has a fault (503 invalid_request_error)"),
        ("429", True, "is asked too often (429 rate_limit_exceeded)"),
        ("garbage", True, "no chat completion"),
        ("wrong", True, "no chat completion"),
        ("deep", True, "no chat completion"),
        ("empty", True, "holds no message"),
        ("fault", True, "reports a fault (502)"),
        ("closing", True, "broke off"),
        ("half", True, "broke off"),
        ("declined", False, "declined"),
        ("400", False, "refuses the request (400 context_length_exceeded)"),
        ("bomb", False, "packs its answers"),
        ("endless", False, "longer than"),
        ("silent", True, "did not answer within 1 s"),
        ("drip", True, "took too long"),
    ],
)
def test_every_failure_is_one_line_that_says_whether_to_try_again(fault: str, again: bool, reason: str) -> None:
    with ModelServer(faults=[fault]) as server, pytest.raises(NoAnswerError) as error:
        ask(server, seconds=1 if fault in ("silent", "drip") else 60)
    assert reason in error.value.reason
    assert error.value.again is again
    assert "\n" not in error.value.reason


@pytest.mark.parametrize(
    ("fault", "words"),
    [("401", "refuses the key"), ("404", "check url and model"), ("redirect", "redirects"), ("quota", "used up")],
)
def test_what_no_other_try_can_mend_ends_it_all(fault: str, words: str) -> None:
    with ModelServer(faults=[fault]) as server, pytest.raises(EndpointError, match=words):
        ask(server)
    assert len(server.asked) == 1


@pytest.mark.parametrize(("fault", "wait"), [("429-wait", 7.0), ("429", None), ("429-tomorrow", 86400.0)])
def test_the_time_a_server_asks_for_is_told(fault: str, wait: float | None) -> None:
    with ModelServer(faults=[fault]) as server, pytest.raises(NoAnswerError) as error:
        ask(server)
    assert error.value.wait == wait


def test_nothing_listens() -> None:
    with ModelServer() as server:
        pass
    with pytest.raises(NoAnswerError, match="cannot be reached") as error:
        ask(server)
    assert error.value.unreachable


@pytest.mark.parametrize("fault", ["echo", "401", "500", "closing", "silent"])
def test_no_message_shows_the_key_or_the_text(fault: str) -> None:
    with ModelServer(always=fault) as server, pytest.raises((NoAnswerError, EndpointError)) as error:
        ask(server, seconds=1)
    shown = f"{error.value!r} {error.value} {error.getrepr(style='long')}"
    assert KEY not in str(error.value)
    assert "Port Amsel" not in str(error.value)
    assert error.value.__cause__ is None
    assert KEY not in repr(Endpoint(Config(url=server.url, model="m"), KEY)), shown


def test_a_key_that_is_sent_back_is_taken_out_of_the_reply() -> None:
    with ModelServer(always="parrot") as server:
        reply = ask(server)
    assert KEY not in reply.text  # type: ignore[attr-defined]
    assert "[key]" in reply.text  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", ["two words", "line\nbreak", "schlüssel"])
def test_what_cannot_be_a_key_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(EndpointError) as error:
        Endpoint(Config(url="http://localhost:1", model="m"), key)
    assert key not in str(error.value)
    assert "ASCRIBE_LLM_KEY" in str(error.value)


def test_a_local_endpoint_is_not_asked_by_way_of_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with ModelServer() as server:
        assert ask(server)


@pytest.fixture
def fresh() -> Callable[[str], str]:
    def run(code: str) -> str:
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    return run


def test_httpx_is_loaded_by_the_first_request_only(fresh: Callable[[str], str]) -> None:
    code = (
        "import sys, ascribe.project, ascribe.readings as r; r.extractor('llm').fills; "
        "print([m for m in ('httpx', 'pydantic') if m in sys.modules])"
    )
    assert fresh(code) == "[]"
