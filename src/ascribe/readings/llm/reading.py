"""Checked facts -> accounts: what holds goes the way of every reader's marks, what does not is kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ascribe.errors import SchemaError
from ascribe.model import (
    UNDECIDED,
    Account,
    ActorValue,
    CodeValue,
    DateValue,
    Evidence,
    PersonValue,
    PlaceValue,
    Skipped,
    Statement,
    TextValue,
    Value,
    Voice,
)
from ascribe.readings import naming
from ascribe.readings.assemble import assemble
from ascribe.readings.counts import count_value
from ascribe.readings.llm.facts import Checked
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.slots import SLOTS, STATUS, WITH_STATUS
from ascribe.readings.marks import ONE_PERSON, Mark, MarkedIncident
from ascribe.readings.voices import voice_at
from ascribe.schema import Schema

# How sure a value is by the way it came about; no probability, but in the right order. What is undecided stays below
# the least confidence with which values are told as found, so that it is proposed.
STATED, INFERRED, PROPOSED, UNSUPPORTED = 0.9, 0.6, 0.05, 0.0
MODELS_READING = "models_reading"

_CLAIM_CODES = frozenset({"claimed", "not_claimed"})


def accounts_of(
    ground: Ground, checked: Sequence[Checked], schema: Schema
) -> tuple[tuple[Account, ...], tuple[Skipped, ...]]:
    """The accounts of a document, in the order of the text, and what could not be put anywhere."""
    try:
        return _Assembling(ground, checked, schema).made()
    finally:
        ground.setting.chosen = {}  # what was chosen is no reading of the calendar's for the checks of a later answer


@dataclass(frozen=True, slots=True)
class _Voices:
    """The voices of a document's words; `groups` are the spans of its groups."""

    ground: Ground
    groups: tuple[tuple[int, int], ...]

    def at(self, one: Checked) -> Voice:
        return voice_at(self.ground.text, one.start, self.ground.words.lexicon, self.groups)


class _Assembling:
    """The facts of a document on their way to accounts."""

    def __init__(self, ground: Ground, checked: Sequence[Checked], schema: Schema) -> None:
        self.ground = ground
        self.schema = schema
        self.checked = checked
        spans = {(c.start, c.end) for c in checked if c.holds and c.fact.path in ("attribution.actor", "claim.by")}
        self.voices = _Voices(ground, tuple(sorted(spans)))
        self.skipped: list[Skipped] = []

    def made(self) -> tuple[tuple[Account, ...], tuple[Skipped, ...]]:
        """All accounts: those of marks, with what is stated beside them and what is unsupported."""
        by_incident: dict[int, list[Checked]] = defaultdict(list)
        for one in self.checked:
            by_incident[one.fact.incident].append(one)
        alone = by_incident.pop(0, [])
        told = {number: held for number, held in by_incident.items() if _acts(held)}
        for number, held in by_incident.items():
            if number not in told:
                self._leave_out(held)
        ordered = sorted(told.values(), key=lambda held: min(c.start for c in _acts(held)))
        incidents = [MarkedIncident(tuple(self._marks(held))) for held in ordered]
        held_dates = (
            (c.start, c.end, c.date) for c in self.checked if c.holds and not c.undecided and c.date is not None
        )
        self.ground.setting.chosen = {(start, end): day for start, end, day in held_dates}
        accounts = _by_key(assemble(self.ground.document, incidents, self.ground.setting))
        made: list[Account] = []
        for number, held in enumerate(ordered, start=1):
            key = f"i{number}"
            own = _with_origins(accounts.get(key, []), held)
            made += self._beside(key, own, held)
        made += self._alone(alone)
        return tuple(made), tuple(self.skipped)

    def _leave_out(self, held: Sequence[Checked]) -> None:
        """An incident of which no act stands in the text."""
        one = held[0]
        reason = one.failure.reason if one.failure else "no words of it tell an act"
        title = " ".join(one.fact.quote.split())[:60]
        self.skipped.append(Skipped(self.ground.document.name, f"the incident of “{title}” was left out: {reason}"))

    def _marks(self, held: Sequence[Checked]) -> Iterator[Mark]:
        persons = {c.fact.thing: c for c in held if c.holds and not c.undecided and c.fact.path == WITH_STATUS}
        marks = {self._mark(c, persons) for c in held if c.holds and _by_mark(c)}
        if not any(m.slot == "event" for m in marks):  # the only words for the act carry an undecided tactic
            marks.add(replace(self._mark(_acts(held)[0], persons), codes=(), confidence=INFERRED))
        yield from sorted(marks, key=lambda m: (m.start, m.end, m.slot, -m.confidence, m.codes, m.refers_to or ""))

    def _mark(self, one: Checked, persons: dict[int, Checked]) -> Mark:
        fact, prop = one.fact, one.fact.prop
        slot, codes = SLOTS[fact.path]
        if prop is not None and prop.type.name == "code":
            codes = (fact.value,)
        rule, named = "", one.named
        if prop is not None and prop.type.name == "count":
            read = count_value(self.ground.text[one.start : one.end], self.ground.setting.language)
            rule = "" if read is not None else ONE_PERSON
        if slot == "fate" and fact.thing in persons:
            who = persons[fact.thing]
            named = who.named or " ".join(self.ground.text[who.start : who.end].split())
        return Mark(
            one.start,
            one.end,
            slot,
            codes,
            refers_to=named,
            stance=fact.stance
            if slot == "group" or fact.stance in ("denied", "doubted", "hypothetical")
            else "asserted",
            voice=Voice() if slot == "event" else self.voices.at(one),
            confidence=_sure(one),
            rule=rule,
        )

    def _beside(self, key: str, own: list[Account], held: Sequence[Checked]) -> list[Account]:
        """The accounts of an incident, with the values that no mark carries and with the unsupported ones."""
        book = _Book(key, own, held)
        for one in sorted(_beside_marks(held), key=lambda c: bool(c.undecided)):
            book.add(one, self._stated(one))
        for one in held:
            if one.failure is not None and one.fact.prop is not None:
                kept = self._unsupported(one)
                if kept is not None:
                    book.add(one, kept)
        return book.accounts

    def _alone(self, held: Sequence[Checked]) -> Iterator[Account]:
        """What stands without an incident, such as terms."""
        things: dict[tuple[str, int], list[Statement]] = {}
        for one in held:
            if one.fact.prop is None:
                continue
            kept = self._stated(one) if one.holds else self._unsupported(one)
            if kept is not None:
                things.setdefault((one.fact.prop.kind, one.fact.thing), []).append(kept)
        for number, ((kind, _), statements) in enumerate(things.items(), start=1):
            yield Account(f"{kind}.{number}", kind, tuple(statements), statements[0].evidence[0])

    def _stated(self, one: Checked) -> Statement:
        """A value that the normaliser of its type makes of the quote."""
        prop = one.fact.prop
        assert prop is not None
        value = self._value(one)
        rule = f"{UNDECIDED}{one.undecided}" if one.undecided else getattr(value, "rule", "")
        rule = rule or (MODELS_READING if one.inferred else "")
        return Statement(
            prop.id,
            value,
            (self.ground.document.quote(one.start, one.end),),
            self.voices.at(one),
            one.fact.stance,
            "inferred" if one.inferred else "stated",
            rule,
            _sure(one),
        )

    def _value(self, one: Checked) -> Value:
        prop, mark = one.fact.prop, Mark(one.start, one.end, "place")
        assert prop is not None
        words = " ".join(self.ground.text[one.start : one.end].split())
        match prop.type.name:
            case "count":
                return self.ground.setting.count(mark) or self.ground.setting.count(replace(mark, rule=ONE_PERSON))  # type: ignore[return-value]
            case "date":
                found = one.date or self.ground.setting.date(mark)
                assert found is not None
                return found
            case "place":
                return self.ground.setting.place(mark)
            case "person":
                name = one.named or words
                return PersonValue(name, naming.is_name(name), (words,))
            case "actor":
                name = one.named or words
                found_group = self.ground.setting.group_register.certain(name)
                return ActorValue(name, found_group.id if found_group else None)
            case "code":
                return CodeValue(one.fact.value)
        return TextValue(words)

    def _unsupported(self, one: Checked) -> Statement | None:
        """The model's own value, marked as one that its words do not carry; noted as skipped where it is no value."""
        prop, failure = one.fact.prop, one.failure
        assert prop is not None
        assert failure is not None
        words = self._pointed_at(one)
        try:
            value = _plain(prop.type.parse(one.fact.value))
            if words is None:
                raise SchemaError(failure.reason)
            made = Statement(
                prop.id,
                value,
                (words,),
                stance=one.fact.stance,
                origin="unsupported",
                rule=f"{failure.check}: {failure.reason}",
                confidence=UNSUPPORTED,
            )
            prop.check(made)
        except SchemaError as error:
            reason = f"{prop.path} = {one.fact.value[:60]!r} was left out: {error}"
            self.skipped.append(Skipped(self.ground.document.name, reason))
            return None
        return made

    def _pointed_at(self, one: Checked) -> Evidence | None:
        """The quote, or the whole sentence that is said to hold it; None where there is no such sentence."""
        if one.found:
            return self.ground.document.quote(one.start, one.end)
        sentence = self.ground.sentence(one.fact.sentence)
        return self.ground.document.quote(sentence.start, sentence.end) if sentence else None


def _sure(one: Checked) -> float:
    return PROPOSED if one.undecided else INFERRED if one.inferred else STATED


def _plain(value: Value) -> Value:
    """A value as a model writes it claims no coordinates and no register."""
    return PlaceValue(value.name) if isinstance(value, PlaceValue) else value


def _acts(held: Iterable[Checked]) -> list[Checked]:
    return [c for c in held if c.holds and c.fact.path in ("event", "incident.tactics")]


def _by_mark(one: Checked) -> bool:
    """Whether the assembly makes a value of this fact. It picks and adds up, and knows nothing of what is undecided."""
    if one.undecided:
        return False
    if one.fact.path == "claim.status":
        return one.fact.value in _CLAIM_CODES
    return one.fact.path in SLOTS


def _beside_marks(held: Sequence[Checked]) -> list[Checked]:
    """The facts that hold and that no mark carries; of a person only where no mark of the same status names him."""
    passed = [c for c in held if c.holds and c.fact.prop is not None]
    beside = [c for c in passed if not _by_mark(c) and c.fact.path != WITH_STATUS]
    marked = {c.fact.thing for c in passed if _by_mark(c) and c.fact.path == STATUS}
    apart = {c.fact.thing for c in beside if c.fact.path == STATUS} - marked
    return beside + [c for c in passed if c.fact.path == WITH_STATUS and (c.undecided or c.fact.thing in apart)]


def _by_key(accounts: Iterable[Account]) -> dict[str, list[Account]]:
    found: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        found[account.about or account.key].append(account)
    return found


def _with_origins(accounts: Sequence[Account], held: Sequence[Checked]) -> list[Account]:
    """The accounts, values told as inferred that rest on nothing but the model's reading of their words."""
    by_words: dict[tuple[str, int, int], list[Checked]] = defaultdict(list)
    for one in held:
        if one.holds and not one.undecided:
            by_words[one.fact.path, one.start, one.end].append(one)
    return [replace(a, statements=tuple(_told(a.kind, s, by_words) for s in a.statements)) for a in accounts]


def _told(kind: str, statement: Statement, by_words: dict[tuple[str, int, int], list[Checked]]) -> Statement:
    path = f"{kind}.{statement.property}"
    facts = [c for e in statement.evidence for c in by_words.get((path, e.start, e.end), ())]
    if isinstance(statement.value, CodeValue):
        facts = [c for c in facts if c.fact.value == statement.value.code]
    if statement.origin != "stated" or not facts or not all(c.inferred for c in facts):
        return statement
    return replace(statement, origin="inferred", rule=statement.rule or MODELS_READING)


class _Book:
    """The accounts of one incident while further values are put into them."""

    def __init__(self, key: str, accounts: list[Account], held: Sequence[Checked]) -> None:
        self.key = key
        self.accounts = accounts
        self._opened: dict[tuple[str, int], str] = {}
        self._words: dict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)
        for one in held:
            if one.holds and one.fact.prop is not None:
                self._words[one.fact.prop.kind, one.fact.thing].add((one.start, one.end))

    def add(self, one: Checked, statement: Statement) -> None:
        """Put a value into the account that it belongs to; a new one where the marks made none."""
        prop = one.fact.prop
        assert prop is not None
        at = self._where(one)
        if at is None:
            key = self._free(f"{self.key}.{prop.kind}")
            self._opened[prop.kind, one.fact.thing] = key
            self.accounts.append(Account(key, prop.kind, (statement,), statement.evidence[0], about=self.key))
            return
        account = self.accounts[at]
        if all(not _same(statement, s) for s in account.values(prop.id)):
            self.accounts[at] = replace(account, statements=(*account.statements, statement))

    def _where(self, one: Checked) -> int | None:
        prop = one.fact.prop
        assert prop is not None
        mine = [i for i, a in enumerate(self.accounts) if a.kind == prop.kind]
        if prop.kind == "incident":
            return mine[0]
        opened = self._opened.get((prop.kind, one.fact.thing))
        if opened is not None:
            return next(i for i in mine if self.accounts[i].key == opened)
        if (one.failure is not None or one.undecided) and prop.type.name in ("actor", "person"):
            return None  # a name that its words hardly carry joins nobody else's account
        if not mine:
            return None
        words = self._words[prop.kind, one.fact.thing]
        shared = [sum((e.start, e.end) in words for s in self.accounts[i].statements for e in s.evidence) for i in mine]
        return mine[shared.index(max(shared))] if any(shared) else mine[min(max(one.fact.thing, 1), len(mine)) - 1]

    def _free(self, stem: str) -> str:
        taken = {a.key for a in self.accounts}
        return next(k for n in range(len(taken) + 1) if (k := f"{stem}.llm{n + 1}") not in taken)


def _same(one: Statement, other: Statement) -> bool:
    """Whether two statements give the same value, whatever rule made it."""
    return repr(_bare(one.value)) == repr(_bare(other.value))


def _bare(value: Value) -> object:
    name = getattr(value, "name", None)
    if isinstance(name, str):
        return name.casefold()
    return replace(value, rule="") if isinstance(value, DateValue) else value
