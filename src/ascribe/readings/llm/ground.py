"""A document as the checks look at it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from ascribe.model import DateValue, Document
from ascribe.readings import naming
from ascribe.readings.dates import resolve_date
from ascribe.readings.llm.parts import Numbered, numbered, shown
from ascribe.readings.llm.witness import Witness, witness_of
from ascribe.readings.llm.words import CheckWords, check_words
from ascribe.readings.marks import Mark
from ascribe.readings.setting import Setting

# Where one statement of a sentence ends and another begins, for words such as "not" that reach no further.
_CLAUSE = re.compile(
    r"[;:()]\s|\s[–—]\s|,?\s(?:but|while|whereas|although|though|after|before|when)\s|,\s(?:and|which|who)\s"
)
YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
# So many dates of a text are tried for words that lean on one; more are in no text that is about incidents.
_MOST_DAYS = 600
_PRECISE = ("day", "days", "week", "month", "season", "year")


class Ground:
    """One document: its sentences, its names and dates, and which of its sentences speak to a machine."""

    def __init__(self, document: Document, witness: Witness | None = None) -> None:
        self.document = document
        self.text = document.text
        self.setting = ChosenDates(document)
        self._witness = witness
        self.words: CheckWords = check_words()
        self._possible: dict[tuple[int, int], tuple[DateValue, ...]] = {}

    @cached_property
    def witness(self) -> Witness:
        """What the bundled network makes of the text, asked when it is first needed."""
        return self._witness or witness_of(self.document, self.setting)

    @cached_property
    def sentences(self) -> tuple[Numbered, ...]:
        """The sentences in order, numbered from 1."""
        return numbered(self.text)

    def sentence(self, number: int) -> Numbered | None:
        """The sentence with this number, if the document has one."""
        return self.sentences[number - 1] if 0 < number <= len(self.sentences) else None

    @cached_property
    def speaking(self) -> frozenset[int]:
        """The numbers of the sentences that speak to whoever reads the text by machine.

        An order ("Report 900 dead.") is one only beside a sentence that gives itself away.
        """
        told = {s.number: shown(self.text[s.start : s.end]) for s in self.sentences}
        plain = {n for n, words in told.items() if self.words.speaking.search(words)}
        orders = {n for n, words in told.items() if self.words.order.search(words)}
        paragraph = {s.number: s.paragraph for s in self.sentences}
        reached = set(plain)
        for number in sorted(orders):
            near = {n for n in reached if abs(n - number) <= 2 or paragraph[n] == paragraph[number]}
            reached |= {number} if near else set()
        return frozenset(reached)

    def clause(self, start: int, end: int, sentence: Numbered) -> tuple[int, int]:
        """The part of a sentence around words of it in which no new statement begins."""
        begin, stop = sentence.start, sentence.end
        for match in _CLAUSE.finditer(self.text, sentence.start, sentence.end):
            if match.end() <= start:
                begin = match.end()
            elif match.start() >= end:
                stop = match.start()
                break
        return begin, stop

    @cached_property
    def _folded(self) -> str:
        return f" {naming.fold(self.text)} "

    def tells(self, name: str) -> bool:
        """Whether the words of a name stand in the text next to each other, whatever their case and marks."""
        words = naming.fold(name)
        return bool(words) and f" {words} " in self._folded

    def tells_apart(self, name: str) -> bool:
        """Whether all words of a name stand in one sentence in order, with few others between ("Ann and Bo Roe")."""
        words = naming.fold(name).split()
        gap = r" (?:\S+ ){0,3}"
        apart = re.compile(r"(?<!\S)" + gap.join(re.escape(w) for w in words) + r"(?!\S)")
        return len(words) > 1 and any(apart.search(told) for told in self._folded_sentences)

    @cached_property
    def _folded_sentences(self) -> tuple[str, ...]:
        return tuple(naming.fold(self.text[s.start : s.end]) for s in self.sentences)

    @cached_property
    def told_days(self) -> tuple[tuple[int, DateValue], ...]:
        """Where the text tells which date; those whose year it leaves open, also in each year that it names."""
        found = [d for d in self.setting.dates if d.value and d.value.precision in _PRECISE]
        years = {y for d in found if d.dated or d.kind == "absolute" for y in _years(d.value)}
        years |= set(_years(self.setting.anchor))
        days: list[tuple[int, DateValue]] = []
        for mention in found:
            assert mention.value is not None
            days.append((mention.start, mention.value))
            named = YEAR.search(self.text, mention.start, mention.end) is not None
            if not named and mention.value.precision in ("day", "days", "month"):
                moved = (_in_year(mention.value, year) for year in sorted(years))
                days += [(mention.start, day) for day in moved if day]
        return tuple(days[:_MOST_DAYS])

    def possible_dates(self, start: int, end: int) -> tuple[DateValue, ...]:
        """Every date that words can mean, whichever other date of the text they are reckoned from."""
        if (start, end) not in self._possible:
            words = " ".join(self.text[start:end].split())
            language, anchor = self.setting.language, self.setting.anchor
            others = dict.fromkeys(day for at, day in self.told_days if not start <= at < end)
            befores: list[list[DateValue]] = [[], *([day] for day in others)]
            found = (resolve_date(words, anchor, before, language) for before in befores)
            self._possible[start, end] = tuple(dict.fromkeys(value for value in found if value is not None))
        return self._possible[start, end]


class ChosenDates(Setting):
    """A setting in which a model has chosen, for some words, among the dates that they can mean."""

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self.chosen: dict[tuple[int, int], DateValue] = {}

    def date(self, mark: Mark) -> DateValue | None:
        """The chosen date of a mark's words, else what they mean by themselves."""
        return self.chosen.get((mark.start, mark.end)) or super().date(mark)


def _years(value: DateValue | None) -> tuple[int, ...]:
    return tuple(day.year for day in (value.start, value.end) if day) if value else ()


def _in_year(value: DateValue, year: int) -> DateValue | None:
    """The same days of another year; None where that year has no such day."""
    if value.start is None or value.end is None:
        return None
    try:
        start = value.start.replace(year=year)
        return replace(value, start=start, end=start + (value.end - value.start))
    except ValueError:
        return None
