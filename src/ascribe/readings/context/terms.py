"""Terms of the debate: who uses, rejects, defines or reports them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from ascribe.model import Account, CodeValue, Document, Evidence, Statement, TextValue, Voice
from ascribe.readings.context.index import Needs
from ascribe.readings.context.making import CONFIDENCE, dated
from ascribe.readings.context.words import ContextWords
from ascribe.readings.lexicon import lexicon
from ascribe.readings.marks import Mark
from ascribe.readings.setting import Setting
from ascribe.readings.voices import voice_at
from ascribe.registers.terms import TermRegister, TermSpan

MOST = 50  # uses of one term in one document that are looked at
_BEFORE, _AFTER = 60, 70
_NAME_BEFORE, _NAME_AFTER = re.compile(r"(?<![.!?:] )\b[A-Z][\w’'-]*\s+$"), re.compile(r"\s[A-Z]")
_OPENING, _CLOSING = "“\"‘'«", "”\"’'»"


def terms(document: Document, setting: Setting, words: ContextWords, register: TermRegister) -> Iterator[Account]:
    """The uses of terms in a document; those of one speaker, one kind and one date are one account."""
    held: dict[tuple[str, Voice, str, Evidence | None], list[Statement]] = {}
    spans: dict[tuple[str, Voice, str, Evidence | None], list[Evidence]] = {}
    counted: Counter[str] = Counter()
    for span in _spans(document.text, setting, register):
        counted[span.term] += 1
        if counted[span.term] > MOST:
            continue
        voice = voice_at(document.text, span.start, lexicon("en"))
        use = _use(document.text, span, voice, words)
        when = _date(document, span, setting) if voice.kind != "author" or use == "reported" else None
        key = (span.term, voice, use, when.evidence[0] if when else None)
        spans.setdefault(key, []).append(document.quote(span.start, span.end))
        held[key] = [when] if when else []
    for number, (key, quotes) in enumerate(spans.items(), start=1):
        term, voice, use, _ = key
        evidence = tuple(quotes)
        statements = [
            Statement("term", TextValue(term), evidence, voice, rule="term", confidence=CONFIDENCE),
            Statement("use", CodeValue(use), evidence, voice, rule="term", confidence=CONFIDENCE),
        ]
        if voice.speaker is not None:
            statements.append(
                Statement("speaker", TextValue(voice.speaker), evidence, voice, rule="term", confidence=CONFIDENCE)
            )
        yield Account(f"term.{number}", "term", (*statements, *held[key]), evidence[0], evidence)


def _spans(text: str, setting: Setting, register: TermRegister) -> Iterator[TermSpan]:
    for sentence in _needs(register).places(text, setting.passages)["terms"]:
        found = register.spans(text, sentence.start, sentence.end)
        yield from (span for span in found if not _is_in_name(text, span))


def _is_in_name(text: str, span: TermSpan) -> bool:
    """Whether the words are part of a longer name in capitals: "Islamic Freedom Fighters", "Self-Defence Forces"."""
    words = text[span.start : span.end]
    before, after = text[max(0, span.start - 40) : span.start], text[span.end : span.end + 3]
    return (
        words[:1].isupper()
        and not words.isupper()
        and (_NAME_BEFORE.search(before) or _NAME_AFTER.match(after)) is not None
    )


@lru_cache(maxsize=4)
def _needs(register: TermRegister) -> Needs:
    return Needs({"terms": [form for term in register.terms for form in term.forms]})


def _use(text: str, span: TermSpan, voice: Voice, words: ContextWords) -> str:
    """What is done with a term, by the words right before and after it."""
    line = text.rfind("\n", 0, span.start) + 1
    before, after = text[max(line, span.start - _BEFORE) : span.start], text[span.end : span.end + _AFTER]
    cues = words.terms
    if cues["rejected_before"].search(before) or cues["rejected_after"].match(after):
        return "rejected"
    if cues["defined_after"].match(after) or (cues["defined_before"].search(before) and _is_quoted(text, span)):
        return "defined"
    if cues["reported_before"].search(before):
        return "reported"
    return "reported" if voice.kind == "author" and _is_quoted(text, span) else "used"


def _is_quoted(text: str, span: TermSpan) -> bool:
    """Whether the term stands alone between quotation marks: the author keeps it at a distance."""
    return text[span.start - 1 : span.start] in tuple(_OPENING) and text[span.end : span.end + 1] in tuple(_CLOSING)


def _date(document: Document, span: TermSpan, setting: Setting) -> Statement | None:
    """The date in the same sentence, where it has just one."""
    start, end = setting.sentence(Mark(span.start, span.end, "event"))
    found = [d for d in setting.dates if start <= d.start < end and d.value is not None]
    return dated(document, found[0]) if len(found) == 1 else None
