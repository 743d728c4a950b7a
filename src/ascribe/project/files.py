"""Paths to sources: folders are walked, files are opened one at a time, and what cannot be opened is told."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from ascribe.documents import Limits, Source, is_readable
from ascribe.model import Skipped

STDIN = "-"
LARGE = 1 << 40


def files_of(paths: Sequence[Path | str]) -> list[Path | Skipped]:
    """The files meant by paths: those of a folder that can be read, in order, and every file that is named."""
    found: list[Path | Skipped] = []
    for path in map(Path, paths):
        if path.is_dir():
            walked = sorted(Path(top) / name for top, _, names in os.walk(path) for name in names)
            readable = [p for p in walked if is_readable(p.name) and p.is_file() and not _hidden(p.relative_to(path))]
            found += readable or [Skipped(str(path), "there is no file in this folder that can be read")]
        elif path.exists() or str(path) == STDIN:
            found.append(path)
        else:
            found.append(Skipped(_told(path), "there is no such file or folder"))
    return list(dict.fromkeys(found))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _told(path: Path) -> str:
    """A path as it can be shown, also where its name is no text."""
    return os.fsencode(path).decode("utf-8", "replace")


def sources_of(files: Iterable[Path | Skipped], stdin: BinaryIO | None = None) -> Iterator[Source | Skipped]:
    """The bytes of each file, read when it is its turn; one byte over the limit is enough to be told as too large."""
    most = Limits().max_bytes + 1
    for file in files:
        if isinstance(file, Skipped):
            yield file
            continue
        try:
            if str(file) == STDIN:
                yield Source("(standard input)", stdin.read(most) if stdin is not None else b"")
            else:
                with file.open("rb") as opened:
                    yield Source(_told(file), opened.read(most))
        except OSError as error:
            yield Skipped(_told(file), f"cannot be opened: {error.strerror}")


def size_of(file: Path | Skipped) -> int:
    """Bytes of a file; what is no regular file may hold anything and counts as large."""
    if isinstance(file, Skipped):
        return 0
    try:
        found = file.stat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else LARGE
