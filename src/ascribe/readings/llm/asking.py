"""A request to its reply: from the cache, or from the endpoint with patience. What was spent on it is counted."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ascribe.errors import EndpointError
from ascribe.readings.llm.cache import ReplyCache
from ascribe.readings.llm.config import Config
from ascribe.readings.llm.exchange import CHARACTERS_A_TOKEN, Request, unusable
from ascribe.readings.llm.pacing import LONGEST_WAIT, Pace, back_off

if TYPE_CHECKING:  # httpx and pydantic are loaded by the first request
    from ascribe.readings.llm.endpoint import Endpoint
    from ascribe.readings.llm.replies import Reply

_CUT = "the answer was cut"


@dataclass(frozen=True, slots=True)
class Spent:
    """What asking has cost: requests sent, replies taken from the cache, tokens in and out.

    Tokens that a server does not count are estimated, and `estimated` says so.
    """

    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """A reply, or the reason why there is none; both where the reply is cut or of no use, and was all that came."""

    reply: Reply | None = None
    reason: str | None = None


class Asker:
    """Answers requests for all threads. An endpoint that refuses everything is asked once and then no more."""

    def __init__(self, config: Config, cache: ReplyCache, connect: Callable[[], Endpoint], pace: Pace) -> None:
        self._config, self._cache, self._connect, self._pace = config, cache, connect, pace
        self._lock = threading.Lock()
        self._endpoint: Endpoint | None = None
        self._over: EndpointError | None = None
        self.spent = Spent()

    def kept(self, request: Request) -> Outcome | None:
        """The kept reply to a request, if there is one."""
        found = self._cache.get(request.key)
        if found is None:
            return None
        self._count(cached=1)
        return Outcome(found, _CUT if found.cut else None)

    def answer(self, request: Request) -> Outcome:
        """Ask the endpoint. The reply is kept for the next time where something can be read out of it."""
        outcome = self._ask(request)
        reply = outcome.reply
        if reply is not None and unusable(reply.text) is None:
            self._cache.put(request.key, reply)
        return outcome

    def _ask(self, request: Request) -> Outcome:
        from ascribe.readings.llm.endpoint import NoAnswerError  # noqa: PLC0415

        best: Reply | None = None
        reason, room = "", 1
        for attempt in range(1, self._config.attempts + 1):
            self._pace.wait()
            try:
                reply = self._sent(request, room)
            except NoAnswerError as error:
                reason = error.reason
                if error.unreachable and attempt == self._config.attempts:
                    raise self._ended(EndpointError(f"{reason}; what was answered is kept, so run it again")) from None
                if not error.again or (error.wait or 0) > LONGEST_WAIT:
                    break
                if error.wait is not None and attempt < self._config.attempts:
                    self._pace.pause(error.wait)
                    continue
            else:
                problem = unusable(reply.text)
                if problem is None and not reply.cut:
                    return Outcome(reply)
                best, reason = reply, problem or _CUT
                if reply.cut and room > 1:
                    break  # what came is used
                room = 2 if reply.cut else 1
            if attempt < self._config.attempts:
                self._pace.rest(back_off(attempt))
        return Outcome(best, reason)

    def _sent(self, request: Request, room: int) -> Reply:
        with self._lock:
            if self._over is not None:
                raise self._over
            if self._endpoint is None:
                self._endpoint = self._connect()
        try:
            reply = self._endpoint.ask(request, room)
        except EndpointError as error:
            raise self._ended(error) from None
        given = reply.tokens_in is not None and reply.tokens_out is not None
        tokens_in = reply.tokens_in if reply.tokens_in is not None else request.input_tokens
        tokens_out = reply.tokens_out if reply.tokens_out is not None else len(reply.text) // CHARACTERS_A_TOKEN + 1
        self._count(requests=1, tokens_in=tokens_in, tokens_out=tokens_out, estimated=not given)
        return reply

    def _ended(self, error: EndpointError) -> EndpointError:
        with self._lock:
            self._over = self._over or error
        return error

    def _count(
        self, requests: int = 0, cached: int = 0, tokens_in: int = 0, tokens_out: int = 0, estimated: bool = False
    ) -> None:
        with self._lock:
            before = self.spent
            self.spent = replace(
                before,
                requests=before.requests + requests,
                cached=before.cached + cached,
                tokens_in=before.tokens_in + tokens_in,
                tokens_out=before.tokens_out + tokens_out,
                estimated=before.estimated or estimated,
            )
