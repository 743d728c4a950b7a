"""Text -> counting statements: "fifty attacks in 2015", "the last lethal attack in X was in 2018"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import get_args

from ascribe.model import ActorValue, CountedArea, CountingStatement, CountKind, CountValue, Document, Evidence
from ascribe.readings.counted.scope import Period, Scope
from ascribe.readings.counted.words import CountingWords, counting_words
from ascribe.readings.counts.amounts import Amount, amount_at
from ascribe.readings.numbers import ordinal, tokens
from ascribe.readings.sentences import Sentence, sentences
from ascribe.readings.setting import Setting
from ascribe.registers.regions import RegionRegister, region_register

# Where the words that bound a statement end: a relative clause, a semicolon, the next clause.
_CLAUSE = re.compile(
    r"[;:]|,\s+(?:which|who|when|while|but|after|before|as|among|including|against)\b"
    r"|\b(?:which|that|who|whose|compared)\b|(?<!more )(?<!less )(?<!fewer )\bthan\b"
)
_NO = "no"
_ELIDED = re.compile(r"\s+(?=in\s+\d{4}\b)")
_APPOSED = re.compile(r"(?:,|—|–|\()\s*$")
_DETERMINED = re.compile(r"(?:\b(?:the|its|their|his|her|only the)|[’']s?|\bone of the)\s+$", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:its|their)\s+$", re.IGNORECASE)
_ONE_OF = re.compile(r"\bone of the\s+$", re.IGNORECASE)
_JUST_OVER = re.compile(r"(?:just|slightly|a little|well)\s+(?:over|more)\b", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[\s,;.:—–(]|(?<=\s)(?:and|but|or|with|in|on|of|at|by))+$")


def counting_statements(document: Document, regions: RegionRegister | None = None) -> tuple[CountingStatement, ...]:
    """The counting statements of an English text, in order.

    A statement needs something that bounds it: a period, an area, or a group. A number of acts on one day is no
    counting statement but the tale of one operation.
    """
    return tuple(_Finder(document, regions or region_register()).found())


class _Finder:
    def __init__(self, document: Document, regions: RegionRegister) -> None:
        self.document, self.text = document, document.text
        self.words: CountingWords = counting_words("en")
        self.setting = Setting(document)
        self.scope = Scope(document, self.setting, self.words, regions)
        self.sentences: list[Sentence] = sentences(self.text)
        self.news = self.scope.news()

    def found(self) -> Iterator[CountingStatement]:
        since: Period = Period()
        last = 0
        for number, sentence in enumerate(self.sentences):
            if "\n" in self.text[last : sentence.start]:
                since = Period()
            last = sentence.end
            opening = self._opening_since(sentence)
            since = opening or since
            made = [*self._superlatives(number, sentence), *self._numbers(number, sentence, since)]
            kept: list[CountingStatement] = []
            for one in sorted(made, key=lambda s: (s.evidence.start, -s.evidence.end)):
                if all(one.evidence.start >= k.evidence.end for k in kept):
                    kept.append(one)
            yield from (replace(k, news=self.news) for k in kept)

    def _opening_since(self, sentence: Sentence) -> Period | None:
        """ "Since March 2019 ..." at the head of a sentence holds for the statements after it in its paragraph."""
        if not self.text[sentence.start : sentence.start + 6].lower().startswith("since "):
            return None
        made = self.scope.period(sentence.start, min(sentence.end, sentence.start + 120), None, (0, 0))
        return made if made.value is not None and made.value.rule == "since" else None

    # numbers

    def _numbers(self, index: int, sentence: Sentence, since: Period) -> Iterator[CountingStatement]:
        starts = self._amounts(sentence)
        for i, (start, noun_end, count, said) in enumerate(starts):
            after = starts[i + 1][0] if i + 1 < len(starts) else sentence.end
            end = self._clause_end(noun_end, after)
            before = starts[i - 1][1] if i else sentence.start
            one = self._number(index, sentence, (start, noun_end, end), said, count, since, before)
            if one is not None:
                yield one

    def _amounts(self, sentence: Sentence) -> list[tuple[int, int, CountValue, tuple[int, int]]]:
        """(start, end, value, where the words from the number to the noun stand) of every number of acts.

        "More than seventy in 2016" after "fifty attacks in 2015" counts attacks too.
        """
        found = tokens(self.text, sentence.start, sentence.end)
        made: list[tuple[int, int, CountValue, tuple[int, int]]] = []
        at = 0
        while at < len(found):
            amount = amount_at(found, at, self.setting.language)
            if amount is None and found[at].word == _NO:  # "no ETA attacks" is a number of attacks, not of people
                amount = Amount(at, at + 1, CountValue(0, 0), "nobody")
            if amount is None:
                at += 1
                continue
            at = amount.after
            start, stop = found[amount.first].start, found[amount.after - 1].end
            counted = self.words.counted.match(self.text, stop, sentence.end)
            value = self._value(amount.value, start)
            if counted is not None and self._is_plural(counted["noun"], value):
                made.append((start, counted.end(), value, (stop, counted.end())))
            elif made and counted is None and _ELIDED.match(self.text, stop):
                made.append((start, stop, value, made[-1][3]))
        for match in self.words.vague.finditer(self.text, sentence.start, sentence.end):
            unknown = CountValue(None, None, "unknown")
            made.append((match.start(), match.end(), unknown, (match.start("mods"), match.end())))
        for match in self.words.superlative.finditer(self.text, sentence.start, sentence.end):
            if self.words.victims.fullmatch(match["noun"]):
                continue
            if self.words.order["rank"].fullmatch(match["order"]):
                rank = ordinal(match["order"], self.setting.language)
                if rank is not None and not _ONE_OF.search(self.text, sentence.start, match.start()):
                    made.append((match.start(), match.end(), CountValue(rank, rank), (match.end("order"), match.end())))
        return sorted(made, key=lambda m: m[:2])

    def _value(self, value: CountValue, start: int) -> CountValue:
        """ "just over half a dozen" is a range and not any larger number."""
        if value.qualifier == "at_least" and value.minimum and _JUST_OVER.match(self.text, start):
            return CountValue(value.minimum + 1, None, "at_least")
        return value

    @staticmethod
    def _is_plural(noun: str, value: CountValue) -> bool:
        one = value.minimum == value.maximum == 1
        return not one and noun.lower().rstrip("’'").endswith(("s", "acts of terror", "acts of terrorism", "violence"))

    def _number(
        self,
        index: int,
        sentence: Sentence,
        at: tuple[int, int, int],
        said: tuple[int, int],
        count: CountValue,
        since: Period,
        before: int,
    ) -> CountingStatement | None:
        start, noun_end, end = at
        noun = self.text[said[0] : said[1]]
        told = self._before(index, sentence, start)
        other = self.words.filters["other"].search(noun) is not None
        told_day = self._day(told) if other or self._is_rank(start) else None
        period = self.scope.period(noun_end, end, told_day or self._day(told), (before, start))
        areas, outside = self._areas((before, start), (noun_end, end))
        sufferer = self.scope.sufferer(before, start) if not areas else None
        areas = (sufferer,) if sufferer else areas
        if period.value is None and since.value is not None:
            period = replace(period, value=since.value)
        bounded = outside or (areas and self._is_rank(start))
        if (period.value is None and not bounded) or (count.qualifier == "unknown" and not areas):
            return None
        group = self.scope.group(start, min(noun_end + 60, end)) or self.scope.only_group(start)
        excluded = told if other else None
        made = self._statement("number", (start, end), noun, count, group, (areas, outside), period, excluded)
        mods = (said[0], said[1] - len(noun.rsplit(maxsplit=1)[-1]))
        return replace(made, unread=self.scope.unread(mods, (noun_end, end), areas))

    def _is_rank(self, start: int) -> bool:
        return self.words.order["rank"].match(self.text, start) is not None

    def _areas(self, head: tuple[int, int], tail: tuple[int, int]) -> tuple[tuple[CountedArea, ...], bool]:
        """The areas of a number: what it is told to lie outside of, those after it, the one that heads its clause."""
        ahead, ahead_out = self.scope.areas(*head)
        if ahead_out:
            return ahead, True
        after, out = self.scope.areas(*tail)
        return (after, out) if after else (ahead if self._opens(head[0], ahead) else (), False)

    def _opens(self, start: int, areas: Sequence[CountedArea]) -> bool:
        """Whether an area before the number heads the clause: "In Europe there were 63 attacks"."""
        return bool(areas) and areas[0].evidence.start - start < 12

    # superlatives

    def _superlatives(self, index: int, sentence: Sentence) -> Iterator[CountingStatement]:
        for match in self.words.superlative.finditer(self.text, sentence.start, sentence.end):
            if self.words.order["rank"].fullmatch(match["order"]):
                continue
            kinds = [k for k in get_args(CountKind) if k in self.words.order]
            kind = next(k for k in kinds if self.words.order[k].fullmatch(match["order"]))
            lead = self.text[max(sentence.start, match.start() - 30) : match.start()]
            if match.start() > sentence.start and (not _DETERMINED.search(lead) or _ONE_OF.search(lead)):
                continue
            struck = self.words.victims.fullmatch(match["noun"]) is not None
            made = self._victim(sentence, match, kind) if struck else self._superlative(index, sentence, match, kind)
            if made is not None:
                yield made

    def _victim(self, sentence: Sentence, match: re.Match[str], kind: CountKind) -> CountingStatement | None:
        """ "X was the first victim of the group": where the first act was; "the worst victim": where most were."""
        area = self.scope.subject(sentence.start, match.start())
        if area is None or not self._is_predicate(sentence.start, match.start()):
            return None
        end = self._clause_end(match.end(), sentence.end)
        group = self.scope.group(match.end(), end)
        period = self.scope.period(match.end(), end, None, (sentence.start, sentence.start))
        if group is None and period.value is None:
            return None
        asked: CountKind = "most" if kind == "deadliest" else kind
        span = (area.evidence.start, end)
        made = self._statement(asked, span, "", None, group, ((), False), period, area.evidence)
        unread = self.scope.unread(match.span("mods"), (match.end(), end), (area,))
        return replace(made, told_places=(area.place,) if area.place else (), unread=unread)

    def _superlative(
        self, index: int, sentence: Sentence, match: re.Match[str], kind: CountKind
    ) -> CountingStatement | None:
        link = self._link_after(match.end(), sentence.end)
        scope_end = link[0] if link else self._clause_end(match.end(), sentence.end)
        told: Evidence | None
        if link is not None:
            told = self.document.quote(link[1], sentence.end) if link[1] < sentence.end else None
        elif self._is_predicate(sentence.start, match.start()):
            told = self._before(index, sentence, match.start())
        else:
            return None
        day = self._day(told)
        period = self.scope.period(match.end(), scope_end, day, (sentence.start, sentence.start))
        areas, outside = self.scope.areas(match.end(), scope_end)
        owner = self._owner(sentence.start, match.start())
        group = self.scope.group(match.start(), scope_end) or owner
        if told is None or not (areas or group or period.value):
            return None
        if link is None and day is not None and not self._still(sentence.start, match.start()):
            period = replace(period, reference=period.reference or day)
        start = owner[1].start if owner and owner[1].end <= match.start() else match.start()
        end = sentence.end if link else scope_end
        made = self._statement(
            kind, (start, end), match["mods"] + " " + match["noun"], None, group, (areas, outside), period, told
        )
        return replace(made, unread=self.scope.unread(match.span("mods"), (match.end(), scope_end), areas))

    def _link_after(self, start: int, end: int) -> tuple[int, int] | None:
        """Where "was" stands that says which act it is, no further than the words that bound the statement."""
        links = self.words.links["is"].finditer(self.text, start, end)
        found = next((m for m in links if not m.group().isupper()), None)  # "IS" is a name
        if found is None or re.search(r"[;:]|\b(?:which|that|who)\b", self.text[start : found.start()]):
            return None
        return (found.start(), found.end()) if found.start() - start < 160 else None

    def _is_predicate(self, start: int, at: int) -> bool:
        """Whether "was" or a comma stands before: "it was the deadliest ...", "..., the deadliest ..."."""
        before = _DETERMINED.sub("", self.text[start:at])
        verb = re.search(self.words.links["was"].pattern + r"(?:\s+\w+ly)?\s*$", before, re.IGNORECASE)
        return verb is not None or _APPOSED.search(before) is not None

    def _still(self, start: int, at: int) -> bool:
        return self.words.links["still"].search(self.text, max(start, at - 24), at) is not None

    def _owner(self, start: int, at: int) -> tuple[ActorValue, Evidence] | None:
        """Whose "its deadliest attack" or "IS's first attack" is."""
        if _OWNED.search(self.text, max(start, at - 8), at):
            return self.scope.only_group(at)
        named = self.scope.group(max(start, at - 40), at)
        return named if named and re.fullmatch(r"[’']s?\s+", self.text[named[1].end : at]) else None

    # both

    def _before(self, index: int, sentence: Sentence, at: int) -> Evidence | None:
        """The words before a statement that tell of an act: those of its own sentence, else the sentence before."""
        if self.scope.days(sentence.start, at) or self.scope.towns(sentence.start, at):
            return self.document.quote(sentence.start, at)
        previous = self.sentences[index - 1] if index else None
        return self.document.quote(previous.start, previous.end) if previous else None

    def _day(self, told: Evidence | None) -> date | None:
        days = self.scope.days(told.start, told.end) if told else ()
        return next((d.start for d in days if d.precision in ("day", "days") and d.start), None)

    def _clause_end(self, start: int, end: int) -> int:
        found = _CLAUSE.search(self.text, start, end)
        return found.start() if found else end

    def _statement(
        self,
        kind: CountKind,
        span: tuple[int, int],
        noun: str,
        count: CountValue | None,
        group: tuple[ActorValue, Evidence] | None,
        where: tuple[tuple[CountedArea, ...], bool],
        period: Period,
        told: Evidence | None,
    ) -> CountingStatement:
        start, end = span
        end = start + len(_TRAILING.sub("", self.text[start:end]))
        has = {name: search.search(noun) is not None for name, search in self.words.filters.items()}
        lethal = True if has["lethal"] or self.words.lethal_acts.search(noun) else False if has["harmless"] else None
        tactics = [c for c, search in self.words.acts.items() if c != "any" and search.search(noun)]
        return CountingStatement(
            evidence=self.document.quote(start, end),
            kind=kind,
            count=count,
            group=group[0] if group else None,
            group_evidence=group[1] if group else None,
            areas=where[0],
            outside=where[1],
            period=period.value,
            reference=period.reference,
            lethal=lethal,
            claimed=True if has["claimed"] else False if has["unclaimed"] else None,
            tactics=tuple(tactics),
            told=told,
            told_days=self.scope.days(told.start, told.end) if told else (),
            told_places=self.scope.towns(told.start, told.end) if told else (),
        )
