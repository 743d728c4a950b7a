"""What can be said of an incident, a claim, an attribution or a person's status: data, loaded once.

A kind is a file in `kinds/`, a closed list a file in `lists/`. Validation, the casebook's views, `ascribe schema`,
the export columns and the schema page of the docs are derived from what is loaded here.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ascribe.errors import SchemaError
from ascribe.model import Account, CodeValue, Statement, Value
from ascribe.schema.types import ValueType, value_type
from ascribe.schema.types.comparing import NO_RULES, ListRules, Relation

PICKS = {
    "first": "the first report's",
    "latest": "the latest report's",
    "earliest": "the earliest value",
    "lowest": "the lowest value",
    "majority": "the value of most independent sources",
    "most_reliable": "the most reliable source's",
}
_NEED_ORDER = ("earliest", "lowest")
_KIND_KEYS = {"label", "definition", "about", "identity", "rivals"}
_PROPERTY_KEYS = {"type", "list", "many", "sensitive", "pick", "rises", "part_of", "label", "definition"}
_LIST_KEYS = ("code", "label", "definition")
_LIST_RULES = ("kind_of", "beside", "ends")
_KIND_ORDER = ("incident", "claim", "attribution", "person_status", "contact", "response", "connection", "term")


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a closed list.

    `kind_of` names the codes that it is a finer form of, `beside` those that may be true of the same thing as well,
    `ends` those that hold no more once it does. All other codes of the list exclude it.
    """

    code: str
    label: str
    definition: str
    kind_of: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Property:
    """What can be said of a kind. `pick` names the rule that chooses the value shown among several statements.

    `many` properties hold a set of values; `sensitive` ones stay out of exports unless a reason is given. `rises` is
    true of a figure that grows while more becomes known; `part_of` is the property that this one gives a part of.
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
    rules: ListRules = NO_RULES
    rises: bool = False
    part_of: str | None = None

    @property
    def path(self) -> str:
        """`kind.property`, as used by extractors to say what they fill."""
        return f"{self.kind}.{self.id}"

    def compare(self, one: Value, other: Value) -> Relation:
        """How the first value stands to the second, as values of one thing at one time."""
        return self.type.compare(one, other, self.rules)

    def revises(self, later: Value, earlier: Value) -> bool:
        """Whether a later value may take the place of an earlier one that it excludes, because time has gone on."""
        if isinstance(later, CodeValue) and isinstance(earlier, CodeValue):
            return earlier.code in self.rules.ends.get(later.code, ())
        low, high = self.type.bounds(later)[0], self.type.bounds(earlier)[1]
        return self.rises and low is not None and high is not None and low > high

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
    """A sort of thing that can be told of. `about` is the kind whose accounts it belongs to, if any.

    `identity` names the properties that tell whether two documents speak of one thing of this kind; by default those
    that name an actor or a person. `rivals` is the property by which two things about one incident can exclude each
    other, such as the actor of two attributions.
    """

    id: str
    label: str
    definition: str
    properties: tuple[Property, ...]
    about: str | None = None
    identity: tuple[str, ...] = ()
    rivals: str | None = None

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

    def with_picks(self, picks: Mapping[str, str]) -> Schema:
        """This schema with other rules for some properties: `{"incident.killed": "lowest"}`. SchemaError if wrong."""
        known = {p.path: p for p in self.properties()}
        for path in picks:
            if path not in known:
                raise SchemaError(f"there is no property {path!r}; a property is named like 'incident.killed'")
        changed = {path: _picked(known[path], pick, f"the rule for {path}") for path, pick in picks.items()}
        return Schema(
            tuple(replace(k, properties=tuple(changed.get(p.path, p) for p in k.properties)) for k in self.kinds)
        )

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
        if not set(_LIST_KEYS) <= set(row) <= {*_LIST_KEYS, *_LIST_RULES} or not row["code"]:
            raise SchemaError(f"{path.name}: every row needs code, label and definition")
        if row["code"] in seen:
            raise SchemaError(f"{path.name}: the code {row['code']!r} stands there twice")
        seen.add(row["code"])
    codes = tuple(_code(row) for row in rows)
    for code in codes:
        if unknown := {*code.kind_of, *code.beside, *code.ends} - seen:
            raise SchemaError(f"{path.name}: {code.code} names {sorted(unknown)[0]!r}, which is not on the list")
    return codes


def _code(row: dict[str, str | None]) -> Code:
    label, definition = row["label"] or "", row["definition"] or ""
    return Code(row["code"] or "", label, definition, *(tuple((row.get(name) or "").split()) for name in _LIST_RULES))


def _rules(codes: tuple[Code, ...]) -> ListRules:
    """What a list says, with the kinds of kinds: a finer form of a finer form is finer than both."""
    direct = {c.code: c.kind_of for c in codes}

    def above(code: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        wider = frozenset(direct[code]) - seen
        return wider.union(*(above(w, seen | wider) for w in wider))

    return ListRules(
        {c.code: above(c.code) for c in codes},
        {c.code: frozenset(c.beside) for c in codes},
        {c.code: frozenset(c.ends) for c in codes},
    )


def _property(kind: str, property_id: str, block: dict[str, Any], lists: dict[str, tuple[Code, ...]]) -> Property:
    where = f"kinds/{kind}.toml: properties.{property_id}"
    if unknown := set(block) - _PROPERTY_KEYS:
        raise SchemaError(f"{where}: unknown key {sorted(unknown)[0]!r}; known are {', '.join(sorted(_PROPERTY_KEYS))}")
    if missing := {"type", "label", "definition"} - set(block):
        raise SchemaError(f"{where}: {sorted(missing)[0]!r} is missing")
    _check_words(where, block, ("type", "list", "pick", "part_of", "label", "definition"))
    list_id = block.get("list")
    if (block["type"] == "code") != (list_id is not None):
        raise SchemaError(f"{where}: a code needs a `list`, and only a code")
    if list_id is not None and list_id not in lists:
        raise SchemaError(f"{where}: there is no lists/{list_id}.csv")
    codes = lists.get(list_id, ()) if list_id else ()
    prop = Property(
        id=property_id,
        kind=kind,
        type=value_type(block["type"]),
        label=block["label"],
        definition=" ".join(block["definition"].split()),
        many=block.get("many", False),
        sensitive=block.get("sensitive", False),
        list_id=list_id,
        codes=codes,
        rules=_rules(codes) if codes else NO_RULES,
        rises=block.get("rises", False),
        part_of=block.get("part_of"),
    )
    return _picked(prop, block["pick"], f"{where}: `pick`") if "pick" in block else prop


def _picked(prop: Property, pick: str, where: str) -> Property:
    """A property under another rule; SchemaError where there is no such rule or the values have no order for it."""
    if pick not in PICKS:
        raise SchemaError(f"{where} is one of {', '.join(PICKS)}, not {pick!r}")
    if prop.many:
        raise SchemaError(f"{where}: {prop.path} holds a set of values, all of which are shown; there is none to pick")
    if pick in _NEED_ORDER and prop.type.name not in ("count", "date"):
        raise SchemaError(f"{where}: {pick!r} needs a count or a date; {prop.path} is a {prop.type.name}")
    return replace(prop, pick=pick)


def _check_words(where: str, block: dict[str, Any], words: tuple[str, ...], lists: tuple[str, ...] = ()) -> None:
    """Raise SchemaError where a key that names things holds something else."""
    for key in words:
        if key in block and not isinstance(block[key], str):
            raise SchemaError(f"{where}: {key!r} must be words in quotation marks, not {block[key]!r}")
    for key in lists:
        named = block.get(key, [])
        if not isinstance(named, list) or not all(isinstance(n, str) for n in named):
            raise SchemaError(f"{where}: {key!r} must be a list of properties, not {named!r}")


def _kind(path: Path, lists: dict[str, tuple[Code, ...]]) -> Kind:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SchemaError(f"kinds/{path.name}: {error}") from None
    head = data.get("kind", {})
    if unknown := set(head) - _KIND_KEYS:
        raise SchemaError(f"kinds/{path.name}: unknown key {sorted(unknown)[0]!r} in [kind]")
    properties = tuple(_property(path.stem, i, block, lists) for i, block in data.get("properties", {}).items())
    _check_words(f"kinds/{path.name}", head, ("label", "definition", "about", "rivals"), ("identity",))
    known = {p.id for p in properties}
    parts = [p.part_of for p in properties if p.part_of]
    for named in (*head.get("identity", ()), *([head["rivals"]] if "rivals" in head else ()), *parts):
        if named not in known:
            raise SchemaError(f"kinds/{path.name}: there is no property {named!r}")
    return Kind(
        path.stem,
        head["label"],
        " ".join(head["definition"].split()),
        properties,
        head.get("about"),
        tuple(head.get("identity", ())),
        head.get("rivals"),
    )


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
