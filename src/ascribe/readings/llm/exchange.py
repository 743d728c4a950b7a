"""What is asked of a large language model and what is done with its replies, without a byte sent.

A conversation is a machine that only computes: it says what may be asked now (`requests`), takes replies in any order
(`take`), and is `done` when nothing is left to ask. Whoever drives it sends, caches, writes to a file or replays; the
same replies always give the same requests and the same reading.

    talk = begin(document, bundled_schema(), Asking("some-model"))
    while not talk.done:
        for request in talk.requests():
            talk.take(request.id, send(request.body()))
    reading = talk.reading()
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from ascribe.model import Document, Reading, sha256
from ascribe.schema import Schema

NAME = "llm"
# How the form of the answer is asked for: by its JSON schema, as any JSON object, or by the prompt alone.
Form = Literal["json_schema", "json_object", "none"]
# Roughly how many characters make one token in a text of Latin letters; for estimates only.
CHARACTERS_A_TOKEN = 4


@dataclass(frozen=True, slots=True)
class Asking:
    """How a model is asked. Every field is part of a request's key.

    `model` is its name at the endpoint; `part_tokens` bounds the text of one part, `overlap` is how many sentences a
    part repeats from the one before; `answer_tokens` bounds an answer. Without `running_list` all parts of a document
    are asked at once, each without the incidents that the parts before have told (for batches in one round).
    `second_pass` asks once more for what is missing or failed its check.
    """

    model: str
    part_tokens: int = 900
    overlap: int = 4
    answer_tokens: int = 2_500
    running_list: bool = True
    second_pass: bool = True
    temperature: float = 0.0


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a request."""

    role: Literal["system", "user"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question. `id` is unique within its conversation ("part-1", "part-1-again").

    `answer_form` is the JSON schema of the answer. Nothing of it depends on the clock, a machine or a person's key.
    """

    id: str
    document_id: str
    messages: tuple[Message, ...]
    answer_form: Mapping[str, Any] = field(hash=False)
    asking: Asking

    def body(self, form: Form = "json_schema") -> dict[str, Any]:
        """The body of an OpenAI-compatible chat completion; `form` says what the server can be held to."""
        made: dict[str, Any] = {
            "model": self.asking.model,
            "messages": [{"role": m.role, "content": m.content} for m in self.messages],
            "temperature": self.asking.temperature,
            "max_tokens": self.asking.answer_tokens,
        }
        if form == "json_schema":
            shape = {"name": "reading", "strict": True, "schema": self.answer_form}
            made["response_format"] = {"type": "json_schema", "json_schema": shape}
        elif form == "json_object":
            made["response_format"] = {"type": "json_object"}
        return made

    @property
    def key(self) -> str:
        """The content of the question as one hash: the same words to the same model with the same settings."""
        return sha256(json.dumps([self.document_id, self.body()], ensure_ascii=False, sort_keys=True))

    @property
    def input_tokens(self) -> int:
        """About how many tokens are sent; an estimate from the number of characters."""
        return sum(len(m.content) for m in self.messages) // CHARACTERS_A_TOKEN + 1


class Conversation(Protocol):
    """One document on its way through a model."""

    def requests(self) -> Sequence[Request]:
        """All questions that can be asked now and are not answered yet; they do not depend on each other."""

    def take(self, request_id: str, text: str | None, error: str | None = None, *, cut: bool = False) -> None:
        """The reply to a request, or the reason why there is none; `cut` where the model ran out of tokens.

        What is whole in a cut or broken reply is used, the rest is noted. A part that stays without a reply is noted
        as skipped and loses nothing of the others. ValueError for an id that was not asked or is answered already.
        """

    @property
    def done(self) -> bool:
        """Whether nothing is left to ask."""

    def reading(self) -> Reading:
        """The reading as far as replies are in; what is missing is among its `skipped`."""


def begin(document: Document, schema: Schema, asking: Asking) -> Conversation:
    """Start to ask about a document."""
    from ascribe.readings.llm.conversation import Talk  # noqa: PLC0415 - pydantic is loaded by the first conversation

    return Talk(document, schema, asking)


def unusable(text: str) -> str | None:
    """Why nothing can be read out of a reply, in one line; None where something can. For those who ask again."""
    from ascribe.readings.llm.answers import parse_answer  # noqa: PLC0415

    answer = parse_answer(text)
    return None if answer.found_object else "the reply holds no JSON object"


def version(schema: Schema, asking: Asking) -> str:
    """The version of the reading that these settings make: that of prompt and checks, and the model's name."""
    from ascribe.readings.llm.prompt import prompt_version  # noqa: PLC0415

    return f"{prompt_version(schema)} {asking.model}"


def fills(schema: Schema) -> frozenset[str]:
    """What the reader can state: every property of the schema."""
    return frozenset(p.path for p in schema.properties())
