"""Which date an expression means: from itself, from the publication, or from the dates told before it."""

from __future__ import annotations

from ascribe.model import DateValue
from ascribe.readings.dates.named import NAMED
from ascribe.readings.dates.phrases import DateKind, Phrase
from ascribe.readings.dates.relative import RELATIVE
from ascribe.readings.dates.setting import Resolved, Setting


def resolve(phrase: Phrase, setting: Setting) -> Resolved:
    """The interval that an expression means in its setting (None where it cannot be told) and how it was found."""
    resolver = NAMED.get(phrase.form) or RELATIVE.get(phrase.form)
    value: DateValue | None
    kind: DateKind
    value, kind = resolver(phrase, setting) if resolver else (None, "vague")
    if value is None:
        return None, kind
    if phrase.open_side == "end":
        return DateValue(value.start, None, "interval", f"since_{value.rule}"), kind
    if phrase.open_side == "start":
        return DateValue(None, value.end, "interval", f"until_{value.rule}"), kind
    return value, kind
