"""Documents whose questions have gone out in a file and are not answered yet: kept with their bytes until they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from ascribe.documents import Source
from ascribe.errors import ProjectError
from ascribe.model import sha256


@dataclass(frozen=True, slots=True)
class Pending:
    """How a source was handed in; `include_restricted` that questions about restricted documents went out too."""

    name: str
    published: str | None = None
    restricted: bool = False
    format: str | None = None
    include_restricted: bool = False


class PendingFolder:
    """Two files a source: how it was handed in, and its bytes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, pending: Pending, data: bytes) -> None:
        """Keep a source; one that is kept already stays."""
        told = json.dumps(asdict(pending), ensure_ascii=True, sort_keys=True)
        stem = sha256(told + sha256(data))[:32]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{stem}.bytes").write_bytes(data)
            (self._folder / f"{stem}.json").write_text(told, encoding="ascii")
        except OSError as error:
            raise ProjectError(f"{self._folder}: documents cannot be kept here: {error.strerror}") from None

    def __iter__(self) -> Iterator[tuple[str, Pending, Source]]:
        """Each kept source with its id, in a fixed order."""
        for path in sorted(self._folder.glob("*.json")):
            try:
                pending = Pending(**json.loads(path.read_text("ascii")))
                data = path.with_suffix(".bytes").read_bytes()
            except (OSError, ValueError, TypeError):
                raise ProjectError(f"{path}: damaged; delete it, and prepare its document again") from None
            yield path.stem, pending, Source(pending.name, data)

    def remove(self, stem: str) -> None:
        """Forget a source."""
        for suffix in (".json", ".bytes"):
            with suppress(FileNotFoundError):
                (self._folder / f"{stem}{suffix}").unlink()
