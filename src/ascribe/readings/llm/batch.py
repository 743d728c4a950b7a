"""Questions and answers as lines of files, in the batch format of OpenAI: for services that answer overnight, for
machines without a network, and for whoever else can fill in answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from ascribe.readings.llm.config import Config
from ascribe.readings.llm.envelope import NoReplyError, reply_of
from ascribe.readings.llm.exchange import Request
from ascribe.readings.llm.replies import Reply

_LONGEST = 32 * 1024 * 1024  # bytes of a line
_ADDRESS = "/v1/chat/completions"


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of a file of answers: whose it is and what it says, or what is wrong with it (`problem`)."""

    line: int
    key: str | None
    reply: Reply | None
    problem: str | None = None


def question_line(request: Request, config: Config) -> str:
    """One question as a line, without its line end. Its `custom_id` is the request's key."""
    form = "json_schema" if config.answers == "auto" else config.answers
    return json.dumps(
        {"custom_id": request.key, "method": "POST", "url": _ADDRESS, "body": request.body(form)}, ensure_ascii=False
    )


def answers_in(file: IO[bytes]) -> Iterator[Answer]:
    """Every line of a file that is not empty, one at a time. Nothing in it is trusted."""
    number = 0
    while line := file.readline(_LONGEST + 1):
        number += 1
        if len(line) > _LONGEST and not line.endswith(b"\n"):
            _skip_rest(file)
            yield Answer(number, None, None, f"longer than {_LONGEST // 1024 // 1024} MiB")
        elif line.strip():
            yield _answer(number, line)


def _skip_rest(file: IO[bytes]) -> None:
    while (rest := file.readline(_LONGEST)) and not rest.endswith(b"\n"):
        pass


def _answer(number: int, line: bytes) -> Answer:
    try:
        data = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError):
        return Answer(number, None, None, "no JSON")
    key = data.get("custom_id") if isinstance(data, dict) else None
    if not isinstance(key, str):
        return Answer(number, None, None, 'no "custom_id" in it')
    if "method" in data and "body" in data and "response" not in data:
        return Answer(number, key, None, "is a question and no answer")
    try:
        return Answer(number, key, _reply(data))
    except NoReplyError as error:
        return Answer(number, key, None, error.reason)


def _reply(data: dict[str, Any]) -> Reply:
    """The reply in a line: in `response.body` as batch services write it, or a bare completion beside the id."""
    response = data.get("response")
    if isinstance(response, dict):
        status = response.get("status_code", 200)
        if status != 200:
            raise NoReplyError(f"was refused by the service ({status})" if type(status) is int else "was refused")
        body = response.get("body")
        return reply_of(body if isinstance(body, dict) else {})
    if data.get("error") is not None and not data.get("choices"):
        raise NoReplyError("was not answered by the service")
    return reply_of(data)
