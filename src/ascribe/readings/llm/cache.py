"""Replies kept by the content of their requests, so that nothing is asked twice. A key of the endpoint is not in it."""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from pathlib import Path

from ascribe.errors import AscribeError
from ascribe.readings.llm.replies import Reply

_LARGEST = 64 * 1024 * 1024


class ReplyCache:
    """A folder with a small file for each reply, named by its request's key. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> Reply | None:
        """The kept reply to a request; None where there is none, or where its file is damaged."""
        if self._folder is None:
            return None
        try:
            path = self._path(key)
            if path.stat().st_size > _LARGEST:
                return None
            data = json.loads(path.read_text("utf-8"))
            text, cut, tokens = data["text"], data["cut"], [data.get("tokens_in"), data.get("tokens_out")]
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        sound = isinstance(text, str) and isinstance(cut, bool) and all(t is None or type(t) is int for t in tokens)
        if not sound:
            return None
        return Reply(text, cut, tokens[0], tokens[1], cached=True)

    def put(self, key: str, reply: Reply) -> None:
        """Keep a reply. The file is there whole or not at all."""
        if self._folder is None:
            return
        path = self._path(key)
        beside = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
        data = {"text": reply.text, "cut": reply.cut, "tokens_in": reply.tokens_in, "tokens_out": reply.tokens_out}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(data, ensure_ascii=True), encoding="utf-8")
            beside.replace(path)
        except OSError as error:
            with suppress(OSError):
                beside.unlink(missing_ok=True)
            raise AscribeError(f"{self._folder}: replies cannot be kept here: {error.strerror}") from None

    def _path(self, key: str) -> Path:
        assert self._folder is not None
        return self._folder / key[:2] / f"{key}.json"
