"""What can be said of an incident, a claim, an attribution or a person's status: data, loaded once.

A kind is a file in `kinds/`, a closed list a file in `lists/`. Validation, the casebook's views, `ascribe schema`,
the export columns and the schema page of the docs are derived from what is loaded here.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ascribe.errors import SchemaError
from ascribe.model import Account, Statement
from ascribe.schema.types import ValueType, value_type

PICKS = ("first", "latest", "earliest")
_KIND_KEYS = {"label", "definition", "about"}
_PROPERTY_KEYS = {"type", "list", "many", "sensitive", "pick", "label", "definition"}
_KIND_ORDER = ("incident", "claim", "attribution", "person_status", "contact", "response", "connection", "term")


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a closed list."""

    code: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Property:
    """What can be said of a kind. `pick` names the rule that chooses the value shown among several statements.

    `many` properties hold a set of values; `sensitive` ones stay out of exports unless a reason is given.
    """

    id: str
    kind: str
    type: ValueType
    label: str
    definition: str
    many: bool = False
    sensitive: bool = False
    pick: str = "first"
    list_id: str | None = None
    codes: tuple[Code, ...] = ()

    @property
    def path(self) -> str:
        """`kind.property`, as used by extractors to say what they fill."""
        return f"{self.kind}.{self.id}"

    def check(self, statement: Statement) -> None:
        """Raise SchemaError, naming the property, if the statement's value does not fit."""
        try:
            self.type.check(statement.value, frozenset(c.code for c in self.codes))
        except SchemaError as error:
            raise SchemaError(f"{self.path}: {error}") from None
        if not statement.evidence:
            raise SchemaError(f"{self.path}: a value without evidence cannot be stated")
        if not 0.0 <= statement.confidence <= 1.0:
            raise SchemaError(f"{self.path}: confidence {statement.confidence} is not in 0 .. 1")


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of thing that can be told of. `about` is the kind whose accounts it belongs to, if any."""

    id: str
    label: str
    definition: str
    properties: tuple[Property, ...]
    about: str | None = None

    def __getitem__(self, property_id: str) -> Property:
        """The property with this id; SchemaError names the known ones otherwise."""
        for found in self.properties:
            if found.id == property_id:
                return found
        known = ", ".join(p.id for p in self.properties)
        raise SchemaError(f"{self.id} has no property {property_id!r}; it has {known}")


@dataclass(frozen=True, slots=True)
class Schema:
    """All kinds, the incident first."""

    kinds: tuple[Kind, ...]

    def __getitem__(self, kind_id: str) -> Kind:
        """The kind with this id; SchemaError names the known ones otherwise."""
        for found in self.kinds:
            if found.id == kind_id:
                return found
        raise SchemaError(f"no kind {kind_id!r}; known are {', '.join(k.id for k in self.kinds)}")

    def properties(self) -> tuple[Property, ...]:
        """Every property of every kind, in order."""
        return tuple(p for kind in self.kinds for p in kind.properties)

    def check(self, account: Account) -> None:
        """Raise SchemaError if a statement of this account does not fit its property."""
        kind = self[account.kind]
        if (kind.about is None) != (account.about is None):
            raise SchemaError(f"account {account.key}: a {kind.id} {'needs' if kind.about else 'has no'} `about`")
        for statement in account.statements:
            kind[statement.property].check(statement)


def _read_list(path: Path) -> tuple[Code, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    seen: set[str] = set()
    for row in rows:
        if set(row) != {"code", "label", "definition"} or not row["code"]:
            raise SchemaError(f"{path.name}: every row needs code, label and definition")
        if row["code"] in seen:
            raise SchemaError(f"{path.name}: the code {row['code']!r} stands there twice")
        seen.add(row["code"])
    return tuple(Code(**row) for row in rows)


def _property(kind: str, property_id: str, block: dict[str, Any], lists: dict[str, tuple[Code, ...]]) -> Property:
    where = f"kinds/{kind}.toml: properties.{property_id}"
    if unknown := set(block) - _PROPERTY_KEYS:
        raise SchemaError(f"{where}: unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(_PROPERTY_KEYS))}")
    if missing := {"type", "label", "definition"} - set(block):
        raise SchemaError(f"{where}: {sorted(missing)[0]!r} is missing")
    list_id = block.get("list")
    if (block["type"] == "code") != (list_id is not None):
        raise SchemaError(f"{where}: a code needs a `list`, and only a code")
    if list_id is not None and list_id not in lists:
        raise SchemaError(f"{where}: there is no lists/{list_id}.csv")
    if block.get("pick", "first") not in PICKS:
        raise SchemaError(f"{where}: `pick` is one of {', '.join(PICKS)}")
    return Property(
        id=property_id,
        kind=kind,
        type=value_type(block["type"]),
        label=block["label"],
        definition=" ".join(block["definition"].split()),
        many=block.get("many", False),
        sensitive=block.get("sensitive", False),
        pick=block.get("pick", "first"),
        list_id=list_id,
        codes=lists.get(list_id, ()) if list_id else (),
    )


def _kind(path: Path, lists: dict[str, tuple[Code, ...]]) -> Kind:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"kinds/{path.name}: {error}") from None
    head = data.get("kind", {})
    if unknown := set(head) - _KIND_KEYS:
        raise SchemaError(f"kinds/{path.name}: unknown key {sorted(unknown)[0]!r} in [kind]")
    properties = tuple(_property(path.stem, i, block, lists) for i, block in data.get("properties", {}).items())
    return Kind(path.stem, head["label"], " ".join(head["definition"].split()), properties, head.get("about"))


def load_schema(folder: Path) -> Schema:
    """The schema of a folder that holds `kinds/*.toml` and `lists/*.csv`."""
    lists = {path.stem: _read_list(path) for path in sorted((folder / "lists").glob("*.csv"))}
    kinds = {path.stem: _kind(path, lists) for path in (folder / "kinds").glob("*.toml")}
    for kind in kinds.values():
        if kind.about is not None and kind.about not in kinds:
            raise SchemaError(f"kinds/{kind.id}.toml: about = {kind.about!r} is no kind")
    order = [k for k in _KIND_ORDER if k in kinds] + sorted(set(kinds) - set(_KIND_ORDER))
    return Schema(tuple(kinds[k] for k in order))


@lru_cache(maxsize=1)
def bundled_schema() -> Schema:
    """The schema that ships with Ascribe."""
    return load_schema(Path(str(files("ascribe.schema"))))
