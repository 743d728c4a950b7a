"""The files of MUC-4 in GTT's format: documents, gold and predictions.

A document is a line with `docid`, `text`, and where known `body_start` (the offset after dateline and tags) and `date`
(ISO). Gold is a line with `docid` and `gtt` (or `templates`). Documents go by their long id (TST3-MUC4-0001) or by the
number that GTT gives the test documents (30001); both are read, `ids` says which is written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from evaluation.muc4_scoring import ROLES, TYPE, Entity, Template

Ids = Literal["long", "gtt"]
_NUMBER = re.compile(r"([1-4])(\d{4})")
_LONG = re.compile(r"TST([1-4])-MUC[34]-(\d{4})")


@dataclass(frozen=True, slots=True)
class Report:
    """One document to read; `published` is an ISO day, or None where the dateline has no year."""

    id: str
    text: str
    body_start: int
    published: str | None


def long_id(docid: str) -> str:
    """GTT's 30001 as TST3-MUC4-0001; any other id unchanged. The first test set belongs to MUC-3."""
    found = _NUMBER.fullmatch(docid)
    if not found:
        return docid
    return f"TST{found[1]}-MUC{'3' if found[1] == '1' else '4'}-{found[2]}"


def gtt_id(docid: str) -> str:
    """TST3-MUC4-0001 as GTT's 30001; any other id unchanged."""
    found = _LONG.fullmatch(docid)
    return found[1] + found[2] if found else docid


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def load_reports(path: Path) -> list[Report]:
    """The documents of a file, in its order."""
    found = []
    for row in _lines(path):
        published = str(row.get("date"))
        known = re.fullmatch(r"\d{4}-\d\d-\d\d", published)
        found.append(Report(row["docid"], row["text"], row.get("body_start") or 0, published if known else None))
    return found


def _entity(entity: Any) -> Entity:
    """Mentions may come with offsets; a bare string is an entity with one mention."""
    mentions = [entity] if isinstance(entity, str) else entity
    return tuple(str(m) if isinstance(m, str) else str(m[0]) for m in mentions)


def template(row: Mapping[str, Any], gold: bool = False) -> Template:
    """A template of either file. Roles that are absent are empty; empty entities of the gold are left out."""
    kind = row.get(TYPE)
    roles = {role: tuple(map(_entity, row.get(role) or ())) for role in ROLES}
    if gold:
        roles = {role: tuple(e for e in entities if e) for role, entities in roles.items()}
    return Template(kind if isinstance(kind, str) else "attack", roles)


def load_gold(path: Path) -> dict[str, list[Template]]:
    """The gold templates by long id."""
    rows = ((row["docid"], row["gtt"] if "gtt" in row else row["templates"]) for row in _lines(path))
    return {long_id(docid): [template(t, gold=True) for t in templates] for docid, templates in rows}


def load_predictions(path: Path) -> dict[str, list[Template]]:
    """Predictions by long id: one object by id, or lines with `docid`, or lines of `{id: templates}`."""
    text = path.read_text("utf-8")
    try:
        whole = json.loads(text)
    except ValueError:
        rows = list(_lines(path))
    else:
        rows = [whole]
    found: dict[str, list[Template]] = {}
    for row in rows:
        by_id = {row["docid"]: row["templates" if "templates" in row else "pred_templates"]} if "docid" in row else row
        for docid, content in by_id.items():
            templates = content["pred_templates"] if isinstance(content, dict) else content
            found.setdefault(long_id(docid), []).extend(template(t) for t in templates)
    return found


def write_predictions(path: Path, predictions: Mapping[str, list[dict[str, Any]]], ids: Ids) -> None:
    """Write GTT's prediction file: one object `{id: {"pred_templates": [...]}}`."""
    name = gtt_id if ids == "gtt" else long_id
    content = {name(docid): {"pred_templates": templates} for docid, templates in predictions.items()}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
