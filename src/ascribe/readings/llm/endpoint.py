"""One request to an OpenAI-compatible endpoint, within bounds. The only module of Ascribe that opens a connection.

The other side is trusted with nothing: no redirect is followed, certificates are checked, an answer may be neither
longer nor slower than allowed, and what it says of a fault is shown by its code only, because it may repeat the text.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from ascribe import __version__
from ascribe.errors import EndpointError
from ascribe.readings.llm.config import Config
from ascribe.readings.llm.envelope import Fault, NoReplyError, fault_of, reply_of
from ascribe.readings.llm.exchange import Form, Request
from ascribe.readings.llm.replies import Reply

MOST_BYTES = 16 * 1024 * 1024
_MOST_FAULT_BYTES = 64 * 1024
_TRY_AGAIN = frozenset({408, 409, 425, 429, *range(500, 600)})
_UNFIT = frozenset({400, 422, 501})  # also what servers answer that do not know a parameter
_FORMS: tuple[Form, ...] = ("json_schema", "json_object", "none")
_KEY = re.compile(r"[\x21-\x7e]{1,4096}")


class NoAnswerError(Exception):
    """A request that was not answered. `again` tells that another try may help, `wait` how many seconds to let pass.

    `unreachable` tells that there was no connection at all.
    """

    def __init__(
        self, reason: str, *, again: bool = False, wait: float | None = None, unreachable: bool = False
    ) -> None:
        super().__init__(reason)
        self.reason, self.again, self.wait, self.unreachable = reason, again, wait, unreachable


class Endpoint:
    """Asks one endpoint. Safe for use by several threads; it learns what the server does not understand.

    `key` is sent to the endpoint and to nobody else, and stands in no message, reply or representation.
    """

    def __init__(self, config: Config, key: str | None) -> None:
        self._config = config
        self._address = config.address
        self._key = _checked(key, config.key_from)
        self._forms = list(_FORMS if config.answers == "auto" else (config.answers,))
        self._unknown: set[str] = set()  # parameters that the server refused
        self._understood: set[Form] = set()  # forms of answer that it has given
        self._lock = threading.Lock()
        # A machine's own address is never asked by way of a proxy, whatever the environment says: text would leave it.
        self._client = httpx.Client(
            timeout=httpx.Timeout(config.seconds, connect=min(config.seconds, 20.0)),
            follow_redirects=False,
            trust_env=not config.is_local,
            limits=httpx.Limits(max_keepalive_connections=0),
        )

    def __repr__(self) -> str:
        """The host alone."""
        return f"Endpoint({self._config.host})"

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def ask(self, request: Request, room: int = 1) -> Reply:
        """The reply to a request, with so many times the tokens that it asks for.

        NoAnswerError says whether to try again; EndpointError that nothing more can be asked.
        """
        while True:
            with self._lock:
                form, unknown = self._forms[0], frozenset(self._unknown)
            status, headers, data = self._send(_body(request, form, unknown, room))
            if status == 200:
                self._understood.add(form)
                return self._reply(data)
            fault = fault_of(data)
            if status not in _UNFIT or not self._fitted(form, unknown, fault):
                raise self._refusal(status, headers, fault)

    def _reply(self, data: bytes) -> Reply:
        try:
            reply = reply_of(data)
        except NoReplyError as error:
            raise NoAnswerError(error.reason, again=not error.refused) from None
        if self._key and self._key in reply.text:  # a server that sends back what it was sent
            return Reply(reply.text.replace(self._key, "[key]"), reply.cut, reply.tokens_in, reply.tokens_out)
        return reply

    def _fitted(self, form: Form, unknown: frozenset[str], fault: Fault) -> bool:
        """Leave out what the server does not understand, if that is the fault; whether there is something to try."""
        words = f"{fault.code} {fault.param} {fault.words}".lower()
        with self._lock:
            if self._forms[0] != form or self._unknown != unknown:
                return True  # another thread has learnt it meanwhile
            for name in ("max_tokens", "temperature"):
                if (fault.param == name or (not fault.param and name in words)) and name not in self._unknown:
                    self._unknown.add(name)
                    return True
            named = any(word in words for word in ("response_format", "json_object", "schema", "grammar"))
            untried = form not in self._understood and "context" not in words
            if len(self._forms) == 1 or not (named or untried):
                return False
            self._forms.pop(0)
            return True

    def _send(self, body: Mapping[str, Any]) -> tuple[int, httpx.Headers, bytes]:
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # a small answer cannot unfold to a large one
            "User-Agent": f"ascribe/{__version__}",
        }
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        deadline = time.monotonic() + self._config.seconds
        with (
            self._troubles(),
            self._client.stream("POST", self._address, content=content, headers=headers) as response,
        ):
            if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                raise NoAnswerError("the server packs its answers although it was asked not to")
            most = MOST_BYTES if response.status_code == 200 else _MOST_FAULT_BYTES
            return response.status_code, response.headers, _within(response.iter_raw(), most, deadline)

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Errors of the connection as lines of ours: theirs might show headers."""
        host = self._config.host
        try:
            yield
        except httpx.TimeoutException as error:
            unreachable = isinstance(error, httpx.ConnectTimeout)
            reason = f"{host} did not answer within {self._config.seconds:g} s"
            raise NoAnswerError(reason, again=True, unreachable=unreachable) from None
        except httpx.ConnectError as error:
            if "certificate" in str(error).lower():
                raise EndpointError(f"the certificate of {host} is not valid; nothing was sent") from None
            raise NoAnswerError(f"{host} cannot be reached", again=True, unreachable=True) from None
        except httpx.ProxyError:
            raise NoAnswerError(f"the proxy on the way to {host} refuses", again=True, unreachable=True) from None
        except httpx.TransportError:
            raise NoAnswerError(f"{host} broke off the connection", again=True) from None
        except (httpx.HTTPError, httpx.InvalidURL, ValueError):
            raise NoAnswerError(f"{host} gave an answer that cannot be read") from None

    def _refusal(self, status: int, headers: httpx.Headers, fault: Fault) -> Exception:
        host = self._config.host
        shows_key = self._key is not None and self._key in fault.code
        code = f"{status} {fault.code}" if fault.code and not shows_key else f"{status}"
        if 300 <= status < 400:
            return EndpointError(
                f"{host} redirects to another address ({code}), which is not followed; set the url to where it leads"
            )
        if status in (401, 403):
            given = "refuses the key" if self._key else "wants a key"
            return EndpointError(f"{host} {given} ({code}); put it into the environment as {self._config.key_from}")
        if status in (404, 405):
            return EndpointError(f"{host} has no such address or model ({code}); check url and model")
        if status in (402,) or fault.code == "insufficient_quota":
            return EndpointError(f"{host} says that the account is used up ({code})")
        if status in _TRY_AGAIN:
            told = "is asked too often" if status == 429 else "has a fault"
            return NoAnswerError(f"{host} {told} ({code})", again=True, wait=_retry_after(headers))
        return NoAnswerError(f"{host} refuses the request ({code})")


def _checked(key: str | None, variable: str) -> str | None:
    key = (key or "").strip()
    if not key:
        return None
    if not _KEY.fullmatch(key):
        raise EndpointError(f"the key in {variable} holds blanks or characters that no key has; set it anew")
    return key


def _body(request: Request, form: Form, unknown: frozenset[str], room: int) -> dict[str, Any]:
    body = {**request.body(form), "stream": False}
    body["max_tokens"] *= room
    if "max_tokens" in unknown:
        body["max_completion_tokens"] = body["max_tokens"]
    return {name: value for name, value in body.items() if name not in unknown}


def _within(chunks: Iterator[bytes], most: int, deadline: float, clock: Callable[[], float] = time.monotonic) -> bytes:
    """All bytes of an answer that is neither too long nor too slow."""
    found = bytearray()
    for chunk in chunks:
        found += chunk
        if len(found) > most:
            raise NoAnswerError(f"the answer is longer than {most // 1024} KiB and was broken off")
        if clock() > deadline:
            raise NoAnswerError("the answer took too long and was broken off", again=True)
    return bytes(found)


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds that the server asks to wait. A time of day is reckoned from the server's own clock."""
    given = headers.get("Retry-After", "")
    try:
        return max(0.0, float(given))
    except ValueError:
        pass
    try:
        then, now = parsedate_to_datetime(given), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError):
        return None
