"""Where a large language model is asked and how: from the `[llm]` table of `ascribe.toml` and from the environment.

The key is no part of it: it stands in the environment only, and is taken from there when a request is sent.
"""

from __future__ import annotations

import difflib
import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from ascribe.errors import AscribeError, EndpointError
from ascribe.readings.llm.exchange import Asking

Answers = Literal["auto", "json_schema", "json_object", "none"]
KEY = "ASCRIBE_LLM_KEY"
UNSET = (
    "no large language model is set up, and nothing was sent: set ASCRIBE_LLM_URL and ASCRIBE_LLM_MODEL, or url and "
    "model under [llm] in ascribe.toml"
)
_PATH = "/chat/completions"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_MOST_THREADS = 64


@dataclass(frozen=True, slots=True)
class Config:
    """Where and how to ask.

    `url` is an OpenAI-compatible endpoint, with or without its `/chat/completions`; `key_from` names the variable of
    the environment that holds the key. `seconds` bounds one request, `attempts` how often it is tried, `concurrency`
    how many documents are in hand at once, `requests_per_minute` all of them together (None: no limit). `answers` is
    what the server can be held to; "auto" finds out. Prices are for a million tokens, in `currency`; None is unknown.
    The rest is `Asking`.
    """

    url: str | None = None
    model: str | None = None
    key_from: str = KEY
    seconds: float = 180.0
    attempts: int = 5
    concurrency: int = 4
    requests_per_minute: float | None = None
    answers: Answers = "auto"
    price_in: float | None = None
    price_out: float | None = None
    currency: str = "USD"
    part_tokens: int = Asking("").part_tokens
    answer_tokens: int = Asking("").answer_tokens
    running_list: bool = True
    second_pass: bool = True
    temperature: float = 0.0

    def asking(self) -> Asking:
        """How the model is asked; EndpointError where no model is named."""
        if self.model is None:
            raise EndpointError(UNSET)
        return Asking(
            self.model,
            part_tokens=self.part_tokens,
            answer_tokens=self.answer_tokens,
            running_list=self.running_list,
            second_pass=self.second_pass,
            temperature=self.temperature,
        )

    @property
    def address(self) -> str:
        """The whole address that requests go to; EndpointError where none is set."""
        if self.url is None:
            raise EndpointError(UNSET)
        found = urlsplit(self.url)
        path = found.path.rstrip("/")
        if not path.endswith(_PATH):
            path = (path or "/v1") + _PATH
        return found._replace(path=path).geturl()

    @property
    def host(self) -> str:
        """The machine that requests go to, in lower case."""
        return (urlsplit(self.address).hostname or "").lower()

    @property
    def is_local(self) -> bool:
        """Whether requests stay on this machine."""
        return is_local(self.host)


def is_local(host: str) -> bool:
    """Whether a host is this machine under one of the names that cannot mean another: no name is looked up."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def config_of(table: Mapping[str, Any]) -> Config:
    """The configuration that a table of settings gives. AscribeError names what is wrong, and shows no value of it."""
    return Config(**{key: _checked(key, value) for key, value in table.items()})


def with_environment(config: Config, environment: Mapping[str, str]) -> Config:
    """The configuration with url and model as the environment gives them, where it does."""
    url, model = environment.get("ASCRIBE_LLM_URL"), environment.get("ASCRIBE_LLM_MODEL")
    if url:
        config = replace(config, url=_url(url, "ASCRIBE_LLM_URL"))
    return replace(config, model=_words("ASCRIBE_LLM_MODEL", model)) if model else config


def _checked(key: str, value: Any) -> Any:
    known = {f.name: f for f in fields(Config)}
    if key not in known:
        if "key" in key or "token" in key or "secret" in key:
            raise AscribeError(f"{key}: keys are not kept in files; put it into the environment as {KEY}")
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
        raise AscribeError(f"unknown key {key!r}; {hint}")
    if key == "url":
        return _url(value, key)
    if key == "key_from":
        if not isinstance(value, str) or not _VARIABLE.fullmatch(value):
            raise AscribeError(f"key_from must name a variable of the environment, such as {KEY}, and not hold a key")
        return value
    if key == "answers":
        if value not in get_args(Answers):
            raise AscribeError(f"answers must be one of {', '.join(get_args(Answers))}")
        return value
    if key in ("model", "currency"):
        return _words(key, value)
    if key in ("running_list", "second_pass"):
        if not isinstance(value, bool):
            raise AscribeError(f"{key} must be true or false")
        return value
    return _number(key, value)


def _words(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > 200 or not value.isprintable():
        raise AscribeError(f"{key} must be a few words in quotation marks")
    return value.strip()


_BOUNDS = {
    "seconds": (1, 3600),
    "attempts": (1, 20),
    "concurrency": (1, _MOST_THREADS),
    "requests_per_minute": (0.01, 1e6),
    "price_in": (0, 1e6),
    "price_out": (0, 1e6),
    "part_tokens": (200, 1_000_000),
    "answer_tokens": (100, 1_000_000),
    "temperature": (0, 2),
}
_WHOLE = {"attempts", "concurrency", "part_tokens", "answer_tokens"}


def _number(key: str, value: Any) -> float | int:
    low, high = _BOUNDS[key]
    wanted = int if key in _WHOLE else (int, float)
    if isinstance(value, bool) or not isinstance(value, wanted) or not low <= value <= high:
        raise AscribeError(f"{key} must be a {'whole ' if key in _WHOLE else ''}number from {low:g} to {high:g}")
    return value if key in _WHOLE else float(value)


def _url(value: Any, where: str) -> str:
    """The address as it is, if it is one; what is wrong is told without it, since it might hold a password."""
    try:
        found = urlsplit(value.strip()) if isinstance(value, str) else None
        host = found.hostname if found and found.port != 0 else None
    except ValueError:
        found = host = None
    if found is None or found.scheme not in ("http", "https") or not host:
        raise AscribeError(f"{where} must be an address such as http://localhost:11434/v1")
    if found.username is not None or found.password is not None:
        raise AscribeError(f"{where} must not hold a name or password; put the key into the environment as {KEY}")
    return found.geturl()
