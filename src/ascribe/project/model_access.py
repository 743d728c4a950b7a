"""What a large language model is reached with: settings, kept replies, and the permission to send text to it."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from ascribe.errors import ProjectError
from ascribe.project.settings import SETTINGS, Settings, read_settings
from ascribe.readings.llm.asking import Spent
from ascribe.readings.llm.cache import ReplyCache
from ascribe.readings.llm.config import Config, with_environment
from ascribe.readings.llm.exchange import unusable
from ascribe.readings.llm.reader import NOBODY, LlmReader, Permission
from ascribe.readings.llm.replies import Reply
from ascribe.readings.llm.spending import money
from ascribe.schema import Schema, bundled_schema, load_schema

_FOLDER = "llm"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would leave this machine and to whom, for the person who must allow it."""

    host: str
    model: str
    encrypted: bool
    proxy: str | None

    def told(self) -> str:
        """One sentence or two."""
        way = "" if self.encrypted else ", over a connection that is NOT encrypted"
        proxy = f", by way of the proxy {self.proxy}" if self.proxy else ""
        return (
            f"The text of the documents is going to be sent to {self.host} (model {self.model}){way}{proxy}. "
            "Documents marked restricted are not sent."
        )


class ModelAccess:
    """Access to a model for one project, or for a single run where `folder` is None.

    It is a maker of readers, and gives the same one each time, so that what is spent is counted together. `withheld`
    gives the ids of documents that are known to be restricted.
    """

    def __init__(
        self,
        config: Config,
        schema: Schema,
        folder: Path | None,
        cache: Path,
        environment: Mapping[str, str],
        withheld: Callable[[], frozenset[str]] = frozenset,
    ) -> None:
        self.config = config
        self._schema, self._folder, self._environment = schema, folder, environment
        self._cache = ReplyCache(cache)
        self._allowed = _recorded(folder) if folder is not None else frozenset()
        self._withheld = withheld
        self._reader: LlmReader | None = None

    def __call__(self) -> LlmReader:
        """The reader, which may send text to those that have been allowed when it is first asked for."""
        if self._reader is None:
            self._reader = self._made()
        return self._reader

    def offline(self, *, partial: bool = False) -> LlmReader:
        """A reader that sends nothing and reads from kept replies; `partial` takes documents half answered."""
        return self._made(offline=True, partial=partial)

    @property
    def sends_away(self) -> bool:
        """Whether text goes to another machine."""
        return self.config.url is not None and not self.config.is_local

    def leaving(self) -> Leaving | None:
        """What has to be allowed before anything is sent; None where nothing leaves this machine, or it is allowed."""
        if not self.sends_away or self.config.host in self._allowed:
            return None
        encrypted = urlsplit(self.config.address).scheme == "https"
        return Leaving(self.config.host, self.config.model or "not named", encrypted, _proxy(self.config))

    def allow(self, now: datetime | None = None) -> None:
        """Allow that text is sent to the configured host; recorded in the project, where there is one."""
        self._allowed |= {self.config.host}
        if self._reader is not None:  # it may be in use already
            self._reader.permission = self._permission()
        if self._folder is not None:
            _record(self._folder, self.config, now or datetime.now(UTC))

    def has(self, key: str) -> bool:
        """Whether there is a kept reply to a question."""
        return self._cache.get(key) is not None

    def keep(self, key: str, reply: Reply) -> str | None:
        """Keep a reply; if nothing can be read out of it, it is not kept and the reason is given."""
        problem = unusable(reply.text)
        if problem is None:
            self._cache.put(key, reply)
        return problem

    @property
    def spent(self) -> Spent:
        """What has been spent so far."""
        return self().spent

    def cost_so_far(self) -> str:
        """What has been spent, in as few words as there are; empty where nothing was asked."""
        spent = self.spent
        if not spent.requests:
            return ""
        cost = money(self.config, spent.tokens_in, spent.tokens_out)
        return f"{spent.tokens_in + spent.tokens_out} tokens" if cost is None else f"{cost:.2f} {self.config.currency}"

    def price(self, tokens_in: int, tokens_out: int) -> str:
        """Tokens in words, with their price where it is known."""
        cost = money(self.config, tokens_in, tokens_out)
        price = f", about {cost:.2f} {self.config.currency}" if cost is not None else ""
        return f"{tokens_in} tokens in, {tokens_out} out{price}"

    def _permission(self) -> Permission:
        return Permission(self._allowed, self._withheld() if self.sends_away else frozenset())

    def _made(self, *, offline: bool = False, partial: bool = False) -> LlmReader:
        return LlmReader(
            self.config,
            self._schema,
            self._cache,
            NOBODY if offline else self._permission(),
            self._environment,
            offline=offline,
            partial=partial,
        )


def access_for(folder: Path, settings: Settings, schema: Schema) -> ModelAccess:
    """The access of a project: replies and permission are kept in its folder."""
    config = with_environment(settings.llm, os.environ)
    return ModelAccess(config, schema, folder, folder / _FOLDER / "replies", os.environ)


def access_here(cache: Path | None = None, start: Path | str = ".") -> ModelAccess:
    """The access of the project that a folder lies in, else by the environment alone, with replies kept in `cache`.

    `cache` is by default the folder that the system has for such things.
    """
    start = Path(start).absolute()
    folder = next((f for f in (start, *start.parents) if (f / SETTINGS).is_file()), None)
    if folder is None:
        config = with_environment(Settings().llm, os.environ)
        return ModelAccess(config, bundled_schema(), None, cache or user_cache(os.environ), os.environ)
    settings = read_settings(folder)
    config = with_environment(settings.llm, os.environ)
    withheld = partial(_restricted, folder, settings)
    return ModelAccess(config, bundled_schema(), folder, cache or folder / _FOLDER / "replies", os.environ, withheld)


def _restricted(folder: Path, settings: Settings) -> frozenset[str]:
    """The ids of the documents that a project knows to be restricted."""
    from ascribe.store import Casebook  # noqa: PLC0415 - loaded on use: most readings need no store

    where = settings.casebook if "://" in settings.casebook else folder / settings.casebook
    schema = load_schema(folder / settings.schema) if settings.schema else bundled_schema()
    with Casebook.open(where, schema) as casebook:
        return frozenset(d.id for d in casebook.documents() if d.restricted)


def user_cache(environment: Mapping[str, str]) -> Path:
    """Where this system keeps what can be made again."""
    if sys.platform == "win32" and environment.get("LOCALAPPDATA"):
        return Path(environment["LOCALAPPDATA"]) / "ascribe" / _FOLDER
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ascribe" / _FOLDER
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ascribe" / _FOLDER


def _consent(folder: Path) -> Path:
    return folder / _FOLDER / "allowed.json"


def _recorded(folder: Path) -> frozenset[str]:
    try:
        found = json.loads(_consent(folder).read_text("utf-8"))
    except (OSError, ValueError):
        return frozenset()
    return frozenset(found) if isinstance(found, dict) else frozenset()


def _record(folder: Path, config: Config, now: datetime) -> None:
    path = _consent(folder)
    try:
        before = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    except (OSError, ValueError):
        before = {}
    told = {**(before if isinstance(before, dict) else {}), config.host: {"model": config.model, "on": now.isoformat()}}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ProjectError(f"{path}: cannot be written: {error.strerror}") from None


def _proxy(config: Config) -> str | None:
    """The machine that the environment names as proxy for the endpoint."""
    if urllib.request.proxy_bypass(config.host):
        return None
    proxies = urllib.request.getproxies()
    given = proxies.get(urlsplit(config.address).scheme) or proxies.get("all")
    return urlsplit(given if "://" in given else f"//{given}").hostname if given else None
