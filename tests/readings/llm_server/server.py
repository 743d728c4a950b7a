"""An HTTP server in a thread that answers as OpenAI-compatible servers do, or fails in one of the ways they fail."""

from __future__ import annotations

import gzip
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from tests.readings.llm_server.models import Body, Model, good

Handler = BaseHTTPRequestHandler


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: Body


@dataclass
class ModelServer:
    """Answers by `model`. `faults` are spent first, one a request; `always` is the fault of all others."""

    model: Model = good
    faults: Iterable[str] = ()
    always: str | None = None
    asked: list[Asked] = field(default_factory=list)
    busiest: int = 0

    def __post_init__(self) -> None:
        self._faults = deque(self.faults)
        self._lock = threading.Lock()
        self._busy = 0
        owner = self

        class _Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                owner._serve(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        """The address to set as the endpoint's."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> ModelServer:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _serve(self, handler: Handler) -> None:
        raw = handler.rfile.read(int(handler.headers.get("Content-Length", "0")))
        body = json.loads(raw)
        with self._lock:
            self.asked.append(Asked(handler.path, dict(handler.headers.items()), body))
            fault = self._faults.popleft() if self._faults else self.always
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
        try:
            with suppress(BrokenPipeError, ConnectionResetError):
                _FAULTS[fault](self, handler, body) if fault else self._answer(handler, body)
        finally:
            with self._lock:
                self._busy -= 1

    def _answer(self, handler: Handler, body: Body, finish: str = "stop", words: str | None = None) -> None:
        text = self.model(body) if words is None else words
        send(handler, 200, completion(text, finish))


def completion(text: str, finish: str = "stop") -> dict[str, Any]:
    """A chat completion around a model's words."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "model": "tester",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": 100, "total_tokens": 1100},
    }


def send(handler: Handler, status: int, data: Any, **headers: str) -> None:
    """An answer in JSON, or in the bytes given."""
    content = data if isinstance(data, bytes) else json.dumps(data).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(content)


def _fault(message: str, code: str | None = None, param: str | None = None) -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "code": code, "param": param}}


def _cut(server: ModelServer, handler: Handler, body: Body) -> None:
    whole = server.model(body)
    server._answer(handler, body, "length", whole[: len(whole) * 2 // 3])


def _slow(server: ModelServer, handler: Handler, body: Body) -> None:
    time.sleep(0.2)
    server._answer(handler, body)


def _silent(server: ModelServer, handler: Handler, body: Body) -> None:
    time.sleep(3.0)
    server._answer(handler, body)


def _drip(server: ModelServer, handler: Handler, body: Body) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(60):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def _endless(server: ModelServer, handler: Handler, body: Body) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" " * 1_000_000)


def _closing(server: ModelServer, handler: Handler, body: Body) -> None:
    handler.close_connection = True
    handler.connection.close()


def _half(server: ModelServer, handler: Handler, body: Body) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [')
    handler.close_connection = True


def _bomb(server: ModelServer, handler: Handler, body: Body) -> None:
    send(handler, 200, gzip.compress(b" " * 20_000_000), Content_Encoding="gzip")


def _echo(server: ModelServer, handler: Handler, body: Body) -> None:
    """Repeats the text and the key it was sent, as some servers do."""
    message = f"{handler.headers.get('Authorization')} {body['messages'][-1]['content']}"
    send(handler, 400, _fault(message, handler.headers.get("Authorization", "").removeprefix("Bearer ")))


def _parrot(server: ModelServer, handler: Handler, body: Body) -> None:
    """Answers well, and with the key it was sent."""
    whole = json.loads(server.model(body))
    whole["key"] = handler.headers.get("Authorization")
    server._answer(handler, body, words=json.dumps(whole))


def _formless(server: ModelServer, handler: Handler, body: Body) -> None:
    """Knows JSON objects, but no schema for them."""
    if body.get("response_format", {}).get("type") == "json_schema":
        send(handler, 400, _fault("response_format.type must be json_object", param="response_format"))
    else:
        server._answer(handler, body)


def _plain(server: ModelServer, handler: Handler, body: Body) -> None:
    """Knows no form of answer, wants `max_completion_tokens`, and knows no temperature."""
    for name in ("response_format", "max_tokens", "temperature"):
        if name in body:
            send(handler, 400, _fault(f"Unsupported parameter: '{name}'", "unsupported_parameter", name))
            return
    server._answer(handler, body)


def _once(server: ModelServer, handler: Handler, body: Body) -> None:
    """Refuses the first question it gets, and answers the others."""
    if len(server.asked) == 1:
        send(handler, 400, _fault("the context is too long", "context_length_exceeded"))
    else:
        server._answer(handler, body)


def _sends(status: int, data: Any, **headers: str) -> Callable[[ModelServer, Handler, Body], None]:
    return lambda _server, handler, _body: send(handler, status, data, **headers)


_FAULTS: dict[str, Callable[[ModelServer, Handler, Body], None]] = {
    "500": _sends(500, b"<html>Internal Server Error</html>"),
    "503": _sends(503, _fault("overloaded")),
    "429": _sends(429, _fault("slow down", "rate_limit_exceeded")),
    "429-wait": _sends(429, _fault("slow down"), Retry_After="7"),
    "429-date": _sends(429, _fault("slow down"), Retry_After="Wed, 21 Oct 2015 07:28:30 GMT"),
    "429-tomorrow": _sends(429, _fault("slow down"), Retry_After="86400"),
    "quota": _sends(429, _fault("you are out of money", "insufficient_quota")),
    "401": _sends(401, _fault("Incorrect API key provided")),
    "404": _sends(404, {"error": "model not found"}),
    "400": _sends(400, _fault("the context is too long", "context_length_exceeded")),
    "400-once": _once,
    "redirect": _sends(307, b"", Location="http://203.0.113.7/v1/chat/completions"),
    "garbage": _sends(200, b"\xff\x00 no json at all"),
    "wrong": _sends(200, {"choices": [{"text": 5}]}),
    "empty": _sends(200, {"choices": []}),
    "fault": _sends(200, {"error": {"message": "the model has crashed", "code": 502}}),
    "deep": _sends(200, b'{"choices": ' + b"[" * 200_000),
    "declined": _sends(
        200, {"choices": [{"message": {"content": None, "refusal": "I cannot"}, "finish_reason": "stop"}]}
    ),
    "cut": _cut,
    "slow": _slow,
    "silent": _silent,
    "drip": _drip,
    "endless": _endless,
    "closing": _closing,
    "half": _half,
    "bomb": _bomb,
    "echo": _echo,
    "parrot": _parrot,
    "formless": _formless,
    "plain": _plain,
}
