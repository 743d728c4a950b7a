"""Readings by hand as files that a person can write: TOML, a table for each thing told and a line for each statement.

The form is explained in docs/by-hand.md. Every line that does not fit is told, and then nothing of the file is taken.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, TypeVar, get_args

from ascribe.errors import AscribeError, EvidenceError, HandError, SchemaError
from ascribe.model import (
    Account,
    Document,
    Evidence,
    Origin,
    Reading,
    Stance,
    Statement,
    Value,
    Voice,
    VoiceKind,
    is_undecided,
)
from ascribe.readings.hand import Hand, Passage, Telling, Written
from ascribe.schema import Property, Schema

_HEAD = ("document", "signed", "nothing")
_ABOUT_A_THING = ("kind", "about", "words", "at", "nth")
_STATEMENT = (
    "words",
    "at",
    "nth",
    "is",
    "voice",
    "speaker",
    "perpetrator_side",
    "stance",
    "origin",
    "rule",
    "confidence",
)
_LARGEST = 8_000_000  # characters of a file
# What a table after `is` may leave out.
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {
    "place": {"level": None, "country": None, "lat": None, "lon": None, "gazetteer_id": None},
    "person": {"named": True, "variants": ()},
    "actor": {"register_id": None},
    "count": {"min": None, "max": None, "qualifier": "exact"},
    "date": {"start": None, "end": None, "precision": "interval", "rule": "by_hand"},
}
_T = TypeVar("_T")


def document_named(name: str, text: str) -> str:
    """Which document a file is about: an id, the beginning of one, or a name. HandError where it does not say."""
    found = _parsed(name, text).get("document")
    if not isinstance(found, str) or not found.strip():
        raise HandError((f'{name}: say which document it is, as in: document = "report.txt"',))
    return found


def read_hand(name: str, text: str, document: Document, schema: Schema) -> Reading:
    """The reading that a file holds. HandError with a line for everything in it that does not fit."""
    data = _parsed(name, text)
    signed = data.get("signed", "")
    hand = Hand(document, signed if isinstance(signed, str) else "", schema)
    problems = [] if isinstance(signed, str) else [f"{name}: signed: a name in quotation marks"]
    for key, table in data.items():
        if key not in _HEAD:
            problems += [f"{name}: {problem}" for problem in _thing(hand, key, table, schema)]
    if problems:
        raise HandError(tuple(problems))
    reading = hand.reading()
    if reading.accounts and "nothing" in data:
        raise HandError((f"{name}: it tells of something: leave out the line `nothing`",))
    if not reading.accounts and data.get("nothing") is not True:
        raise HandError(
            (f"{name}: it tells of nothing: begin a thing with a line such as [i1], or say: nothing = true",)
        )
    return reading


def _parsed(name: str, text: str) -> dict[str, Any]:
    if len(text) > _LARGEST:
        raise HandError((f"{name}: too large for a reading by hand",))
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        told = "nested too deep" if isinstance(error, RecursionError) else str(error)
        raise HandError((f"{name}: {told}",)) from None


def _thing(hand: Hand, key: str, table: Any, schema: Schema) -> Iterator[str]:
    """Tell one thing; what is wrong with it."""
    if not isinstance(table, dict):
        yield f"{key}: a thing is a table that begins with a line such as [{key}]"
        return
    try:
        kind = schema[_typed(table.get("kind", "incident"), str, "kind")]
        stated = {k: v for k, v in table.items() if k not in _ABOUT_A_THING}
        known = [p.id for p in kind.properties]
        unknown = [k for k in stated if k not in known]
        yield from (f"{key}.{k}: {_unknown(k, known, kind.id)}" for k in unknown)
        about = table.get("about")
        first = table if {"words", "at"} & set(table) else _first_statement(stated)
        telling = hand.tell(
            kind.id, _passages(hand, first), key, None if about is None else _typed(about, str, "about")
        )
    except (SchemaError, EvidenceError, AscribeError) as error:
        yield f"{key}: {error}"
        return
    for prop, lines in ((kind[k], lines) for k, lines in stated.items() if k not in unknown):
        for line in _lines(lines):
            try:
                _state(hand, telling, prop, line)
            except AscribeError as error:
                yield f"{key}.{prop.id}: {str(error).removeprefix(f'{prop.path}: ')}"


def _lines(stated: Any) -> list[Any]:
    return [] if stated is None else stated if isinstance(stated, list) else [stated]


def _first_statement(stated: Mapping[str, Any]) -> Mapping[str, Any]:
    """The words that establish a thing for which the file gives none: those of its first statement."""
    first = next((line for lines in stated.values() for line in _lines(lines) if isinstance(line, dict)), None)
    if first is None:
        raise AscribeError('give the words that tell of it, as in: words = "a bomb exploded"')
    return first


def _state(hand: Hand, telling: Telling, prop: Property, line: Any) -> None:
    if not isinstance(line, dict):
        raise AscribeError('write { words = "…", is = … }')
    for key in line:
        if key not in _STATEMENT:
            raise AscribeError(_unknown(key, _STATEMENT, "a statement"))
    telling.state(
        prop.id,
        _passages(hand, line),
        _written(prop, line.get("is")),
        voice=_voice(line),
        stance=_one_of(line.get("stance", "asserted"), get_args(Stance), "stance"),
        origin=_one_of(line.get("origin", "stated"), get_args(Origin), "origin"),
        rule=_typed(line.get("rule", ""), str, "rule"),
        confidence=float(_typed(line.get("confidence", 1.0), (int, float), "confidence")),
    )


def _voice(line: Mapping[str, Any]) -> Voice:
    speaker, side = line.get("speaker"), _typed(line.get("perpetrator_side", False), bool, "perpetrator_side")
    told = "author" if speaker is None and not side else "according_to"
    kind = _one_of(line.get("voice", told), get_args(VoiceKind), "voice")
    return Voice(kind, None if speaker is None else _typed(speaker, str, "speaker"), side)


def _written(prop: Property, written: Any) -> Written | None:
    if isinstance(written, dict):
        defaults = _DEFAULTS.get(prop.type.name, {})
        try:
            value: Value = prop.type.from_json({**defaults, **written})
        except (KeyError, TypeError, ValueError, AttributeError):
            raise AscribeError(f"is: this table makes no {prop.type.name}") from None
        if unknown := sorted(set(written) - set(prop.type.to_json(value))):
            raise AscribeError(_unknown(unknown[0], sorted(prop.type.to_json(value)), f"a {prop.type.name}"))
        return value
    if isinstance(written, bool) or not isinstance(written, str | int | None):
        # TOML has dates of its own, which a person may well write without quotation marks
        return str(written) if hasattr(written, "isoformat") else _typed(written, str, "is")
    return written


def _passages(hand: Hand, line: Mapping[str, Any]) -> list[Passage]:
    """Where the words of a line stand: by their offsets, or by the words themselves."""
    if "at" in line:
        return [_span(hand, at, line.get("words")) for at in _spans(line["at"])]
    words = line.get("words")
    if words is None:
        raise AscribeError('give the words, as in: words = "five people"')
    quotes = [_typed(w, str, "words") for w in (words if isinstance(words, list) else [words])]
    if "nth" not in line or len(quotes) != 1:
        return list(quotes)
    places, nth = hand.places(quotes[0]), _typed(line["nth"], int, "nth")
    if not 1 <= nth <= len(places):
        raise AscribeError(f"nth: the words stand there {len(places)} times")
    return [places[nth - 1]]


def _spans(at: Any) -> list[Any]:
    return at if isinstance(at, list) and at and isinstance(at[0], list) else [at]


def _span(hand: Hand, at: Any, words: Any) -> tuple[int, int]:
    if not (isinstance(at, list) and len(at) == 2 and all(type(n) is int for n in at)):
        raise AscribeError("at: two offsets, as in: at = [120, 131]")
    if isinstance(words, str) and words.split() != hand.document.text[at[0] : at[1]].split():
        raise AscribeError(f"at: other words than these stand at {at[0]}:{at[1]}")
    return at[0], at[1]


def _typed(value: Any, wanted: type[_T] | tuple[type[_T], ...], what: str) -> _T:
    types = wanted if isinstance(wanted, tuple) else (wanted,)
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        names = {str: "words in quotation marks", int: "a whole number", bool: "true or false"}
        raise AscribeError(f"{what}: {names.get(types[0], 'a number')}, not {json.dumps(value, default=str)[:40]}")
    return value


def _one_of(value: Any, known: Collection[_T], what: str) -> _T:
    for one in known:
        if one == value:
            return one
    raise AscribeError(f"{what}: one of {', '.join(map(str, known))}")


def _unknown(key: str, known: Collection[str], what: str) -> str:
    near = difflib.get_close_matches(key, known, n=1)
    return f"{what} has no {key!r}; " + (f"did you mean {near[0]!r}?" if near else f"it has {', '.join(known)}")


def draft(document: Document, reading: Reading, schema: Schema) -> str:
    """A reading as such a file, for a person to correct. What it says is read back as it is."""
    hand = Hand(document, schema=schema)
    head = [
        f"# {_text(document.name)} as read by {_text(reading.extractor)} {_text(reading.version)}",
        f"document = {_text(document.id)}",
    ]
    things = [_drafted(hand, account, schema) for account in reading.accounts]
    head += ['signed = ""', *([] if reading.accounts else ["nothing = true"])]
    return "\n".join([*head, *(line for thing in things for line in ("", *thing))]) + "\n"


def _drafted(hand: Hand, account: Account, schema: Schema) -> Iterator[str]:
    yield f"[{_text(account.key)}]"
    yield f"kind = {_text(account.kind)}"
    if account.about is not None:
        yield f"about = {_text(account.about)}"
    passages = (account.anchor, *account.evidence)
    yield from _where(hand, passages)
    kind = schema[account.kind]
    for prop in (kind[p] for p in dict.fromkeys(s.property for s in account.statements)):
        lines = [f"{{ {', '.join(_line(hand, prop, s))} }}" for s in account.values(prop.id)]
        if len(lines) == 1:
            yield f"{prop.id} = {lines[0]}"
        elif lines:
            yield f"{prop.id} = ["
            yield from (f"  {line}," for line in lines)
            yield "]"


def _line(hand: Hand, prop: Property, statement: Statement) -> Iterator[str]:
    yield from _where(hand, statement.evidence)
    if (value := _value(hand, prop, statement)) is not None:
        yield f"is = {value}"
    voice = statement.voice
    if voice != Voice():
        yield f"voice = {_text(voice.kind)}"
        if voice.speaker is not None:
            yield f"speaker = {_text(voice.speaker)}"
        if voice.perpetrator_side:
            yield "perpetrator_side = true"
    for name, usual in (("stance", "asserted"), ("origin", "stated"), ("rule", "")):
        if getattr(statement, name) != usual and not (name == "rule" and is_undecided(statement)):
            yield f"{name} = {_text(getattr(statement, name))}"
    if statement.confidence != 1.0 and not is_undecided(statement):
        yield f"confidence = {statement.confidence!r}"


def _where(hand: Hand, passages: tuple[Evidence, ...]) -> Iterator[str]:
    """The words, and where they stand if that is not plain from the words."""
    spans = [(p.start, p.end) for p in passages]
    if len(spans) == 1:
        yield f"words = {_text(passages[0].quote)}"
    if len(spans) > 1 or hand.places(passages[0].quote) != spans:
        shown = ", ".join(f"[{start}, {end}]" for start, end in spans)
        yield f"at = {shown if len(spans) == 1 else f'[{shown}]'}"


def _value(hand: Hand, prop: Property, statement: Statement) -> str | None:
    """As short as it can be without saying less: nothing where the words say it, else as a person would write it."""
    shown, evidence = prop.type.show(statement.value), statement.evidence[0]
    for written in (None, shown):
        try:
            if hand.value(prop, written, evidence) == statement.value:
                return None if written is None else _text(written)
        except SchemaError:
            continue
    data = prop.type.to_json(statement.value)
    if not isinstance(data, dict):
        return _text(str(data))
    kept = {k: v for k, v in data.items() if v is not None and v != _DEFAULTS[prop.type.name].get(k)}
    return f"{{ {', '.join(f'{k} = {_inline(v)}' for k, v in kept.items())} }}"


def _inline(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_inline, value))}]"
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(words: str) -> str:
    """Words in quotation marks; JSON's escapes are TOML's too, and whatever is not seen is written as one."""
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if ord(c) < 0x10000 else f"\\U{ord(c):08x}"
        for c in json.dumps(words, ensure_ascii=False)
    )
