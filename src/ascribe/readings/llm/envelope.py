"""The envelope around a model's words: a chat completion as OpenAI-compatible servers and batch services write it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, Field, ValidationError

from ascribe.readings.llm.replies import Reply

_Tokens = Annotated[int, Field(ge=0, le=10**9)]


class NoReplyError(Exception):
    """An envelope without an answer in it. `reason` is one line and holds no more than a few words of the server's.

    `code` is the server's own short name for the fault, where it has one. `refused` tells that the model did answer,
    and declined.
    """

    def __init__(self, reason: str, code: str = "", *, refused: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.code, self.refused = reason, code, refused


class _Piece(BaseModel):
    text: str = ""


class _Message(BaseModel):
    content: str | list[_Piece] | None = None
    refusal: str | None = None

    def words(self) -> str:
        content = self.content or ""
        return content if isinstance(content, str) else "".join(piece.text for piece in content)


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: _Tokens | None = None
    completion_tokens: _Tokens | None = None


class _Fault(BaseModel):
    message: str | None = None
    code: str | int | None = None
    type: str | None = None
    param: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice] = []
    usage: _Usage | None = None
    error: _Fault | str | None = None


def reply_of(data: bytes | str | dict[str, Any]) -> Reply:
    """The first answer in a completion; NoReplyError where there is none. Depth and size are bounded by the parser."""
    try:
        found = _Completion.model_validate(data) if isinstance(data, dict) else _Completion.model_validate_json(data)
    except (ValidationError, RecursionError):
        raise NoReplyError("the server's answer is no chat completion") from None
    if found.error is not None:
        raise NoReplyError(f"the server reports a fault{_told(found.error)}", _code(found.error))
    if not found.choices:
        raise NoReplyError("the server's answer holds no message")
    choice = found.choices[0]
    text = choice.message.words()
    if choice.finish_reason == "content_filter" or (choice.message.refusal and not text):
        raise NoReplyError("the model declined to answer", refused=True)
    cut = choice.finish_reason == "length"
    if not text.strip() and not cut:
        raise NoReplyError("the model answered with nothing")
    usage = found.usage or _Usage()
    return Reply(text, cut, usage.prompt_tokens, usage.completion_tokens)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a server says is wrong: a short code, the parameter it dislikes, and its words, which are never shown."""

    code: str = ""
    param: str = ""
    words: str = ""


def fault_of(data: bytes) -> Fault:
    """The fault in the body of a refusal, empty where there is none to be read."""
    try:
        error = _Completion.model_validate_json(data).error
    except (ValidationError, RecursionError):
        error = None
    if error is None:
        return Fault(words=data[:2000].decode("utf-8", "replace"))
    if isinstance(error, str):
        return Fault(words=error[:2000])
    return Fault(_code(error), error.param or "", (error.message or "")[:2000])


def _code(error: _Fault | str) -> str:
    """A server's name for a fault, if it is a name and not a text."""
    if isinstance(error, str):
        return ""
    for given in (error.code, error.type):
        name = str(given) if given is not None else ""
        if 0 < len(name) <= 40 and name.isascii() and name.replace("_", "").replace("-", "").replace(".", "").isalnum():
            return name
    return ""


def _told(error: _Fault | str) -> str:
    code = _code(error)
    return f" ({code})" if code else ""
