"""The reader that asks a large language model. What it says is held to the text before it is believed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ascribe.errors import DocumentError, EndpointError
from ascribe.model import Document, Reading
from ascribe.readings.agreement import weighed
from ascribe.readings.llm import exchange
from ascribe.readings.llm.asking import Asker, Outcome, Spent
from ascribe.readings.llm.cache import ReplyCache
from ascribe.readings.llm.config import UNSET, Config, with_environment
from ascribe.readings.llm.exchange import Asking, Conversation, Request, begin
from ascribe.readings.llm.pacing import Pace
from ascribe.readings.llm.spending import ANSWER_SHARE, Estimate
from ascribe.readings.llm.surroundings import with_surroundings
from ascribe.schema import Schema, bundled_schema

if TYPE_CHECKING:
    from ascribe.readings.llm.endpoint import Endpoint
    from ascribe.readings.trained.reader import TrainedReader

NOT_ANSWERED = "not answered yet"


@dataclass(frozen=True, slots=True)
class Permission:
    """Which other machines text may be sent to, and the ids of documents that are restricted whatever they say."""

    hosts: frozenset[str] = frozenset()
    withheld: frozenset[str] = frozenset()


NOBODY = Permission()


class LlmReader:
    """Reads by way of a large language model at an OpenAI-compatible endpoint.

    By itself it takes its configuration from the environment, keeps no replies, and sends nothing to another machine:
    `permission` names those that text may be sent to. An `offline` reader reads from kept replies alone, and gives
    a document up that is not wholly answered, unless `partial` is set.
    """

    name = exchange.NAME

    def __init__(
        self,
        config: Config | None = None,
        schema: Schema | None = None,
        cache: ReplyCache | None = None,
        permission: Permission = NOBODY,
        environment: Mapping[str, str] = os.environ,
        *,
        offline: bool = False,
        partial: bool = False,
        pace: Pace | None = None,
    ) -> None:
        self.config = config or with_environment(Config(), environment)
        self._schema = schema or bundled_schema()
        self._cache = cache or ReplyCache(None)
        self.permission, self._environment = permission, environment
        self._offline, self._partial = offline, partial
        self._asker = Asker(self.config, self._cache, self._connect, pace or Pace(self.config.requests_per_minute))
        self.fills = exchange.fills(self._schema)
        # That of prompt and checks, and the model; without a model nothing can be read at all.
        self.version = exchange.version(self._schema, self.config.asking()) if self.config.model else ""

    @property
    def concurrency(self) -> int:
        """How many documents may be in hand at once: it waits for a server most of the time."""
        return self.config.concurrency

    @property
    def spent(self) -> Spent:
        """What reading has cost so far."""
        return self._asker.spent

    def read(self, document: Document) -> Reading:
        """What the model makes of a document, as far as the text carries it.

        A reading with parts that were not answered says so among its `skipped` and in its version, so that the
        document is read again when it is added again. DocumentError where nothing was answered at all.
        """
        self._check_restriction(document)
        talk = begin(document, self._schema, self._asking)
        tally = self._answer_all(talk, document)
        if tally.lost and not tally.used:
            raise DocumentError(document.name, tally.lost[0])
        whole = f" ({tally.asked - len(tally.lost)} of {tally.asked} answers)" if tally.lost else ""
        reading = with_surroundings(self._weighed(talk.reading(), document), document)
        return replace(reading, version=self.version + whole)

    def _weighed(self, reading: Reading, document: Document) -> Reading:
        """The reading with its confidence as the bundled reader's agreement makes it; that one costs nothing."""
        if not reading.accounts:
            return reading
        bundled = _bundled()
        return weighed(reading, bundled.read(document), bundled.fills, self._schema)

    def outstanding(self, document: Document) -> list[Request]:
        """The questions about a document that can be asked now and have no kept reply."""
        return self._replay(begin(document, self._schema, self._asking), _Tally())

    def estimate(self, document: Document) -> Estimate:
        """What reading a document would cost, without a second pass. Nothing is sent."""
        found = Estimate(documents=1)
        talk = begin(document, self._schema, self._asking)
        while not talk.done:
            for request in talk.requests():
                reply = self._cache.get(request.key)
                if reply is not None:
                    talk.take(request.id, reply.text, cut=reply.cut)
                    found = replace(found, requests=found.requests + 1, cached=found.cached + 1)
                    continue
                talk.take(request.id, None, NOT_ANSWERED)
                answer = int(ANSWER_SHARE * len(request.messages[-1].content) / exchange.CHARACTERS_A_TOKEN)
                found = replace(
                    found,
                    requests=found.requests + 1,
                    tokens_in=found.tokens_in + request.input_tokens,
                    tokens_out=found.tokens_out + min(answer, request.asking.answer_tokens),
                )
        return found

    @property
    def _asking(self) -> Asking:
        return self.config.asking()

    def _check_restriction(self, document: Document) -> None:
        restricted = document.restricted or document.id in self.permission.withheld
        if restricted and not self._offline and self.config.url is not None and not self.config.is_local:
            reason = f"is restricted and is not sent to {self.config.host}; read it with a model on this machine"
            raise DocumentError(document.name, reason)

    def _answer_all(self, talk: Conversation, document: Document) -> _Tally:
        """Ask until nothing is left."""
        tally = _Tally()
        while not talk.done:
            waiting = self._replay(talk, tally)
            if waiting and self._offline and not self._partial:
                reason = f"{len(waiting)} of its questions are {NOT_ANSWERED}"
                raise DocumentError(document.name, reason)
            for request in waiting:
                outcome = Outcome(reason=NOT_ANSWERED) if self._offline else self._asker.answer(request)
                tally.count(outcome)
                if outcome.reply is None:
                    talk.take(request.id, None, outcome.reason)
                else:
                    talk.take(request.id, outcome.reply.text, cut=outcome.reply.cut)
        return tally

    def _replay(self, talk: Conversation, tally: _Tally) -> list[Request]:
        """Give a conversation all kept replies; the questions that are left and can be asked now."""
        while not talk.done:
            kept = [(request, self._asker.kept(request)) for request in talk.requests()]
            for request, outcome in kept:
                if outcome is not None and outcome.reply is not None:
                    tally.count(outcome)
                    talk.take(request.id, outcome.reply.text, cut=outcome.reply.cut)
            if all(outcome is None for _, outcome in kept):
                return [request for request, _ in kept]
        return []

    def _connect(self) -> Endpoint:
        """The endpoint, if one is set up and text may be sent there."""
        if self.config.url is None:
            raise EndpointError(UNSET)
        host = self.config.host
        if not self.config.is_local and host not in self.permission.hosts:
            raise EndpointError(f"nobody has allowed that text is sent to {host}, and nothing was; --yes allows it")
        from ascribe.readings.llm.endpoint import Endpoint  # noqa: PLC0415 - httpx is loaded by the first request

        return Endpoint(self.config, self._environment.get(self.config.key_from))


@lru_cache(maxsize=1)
def _bundled() -> TrainedReader:
    from ascribe.readings.trained.reader import TrainedReader  # noqa: PLC0415 - loaded with the first document

    return TrainedReader()


@dataclass(slots=True)
class _Tally:
    """How a document's questions went: asked, answered to some use, and why others have no answer, or half a one."""

    asked: int = 0
    used: int = 0
    lost: list[str] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        """One more question."""
        self.asked += 1
        self.used += outcome.reply is not None and (outcome.reason is None or outcome.reply.cut)
        if outcome.reason is not None:
            self.lost.append(outcome.reason)
