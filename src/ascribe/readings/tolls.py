"""The number of killed or wounded that a document gives for an incident, chosen among its marks or made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ascribe.model import CountValue
from ascribe.readings.companions import NOBODY, Company, company
from ascribe.readings.counts import add_counts
from ascribe.readings.counts.amounts import amount_at
from ascribe.readings.marks import Mark
from ascribe.readings.numbers import ordinal, tokens
from ascribe.readings.setting import Setting
from ascribe.readings.toll_words import TollWords, toll_words

_SENTENCES_APART = 1  # full stops between two figures of which one is set against the other
_ELLIPSIS = 6  # words between two figures for which one verb of telling may do
_BEFORE = 60  # characters before a number in which the words that lead to it stand
_AFTER = 40  # characters after a number in which its clause may still say that it corrects another


@dataclass(frozen=True, slots=True)
class Toll:
    """A total with the marks it rests on, and the parts that the text gives beside it.

    `rule` says how the value was computed, and is empty where the text states it.
    """

    value: CountValue
    marks: tuple[Mark, ...]
    rule: str
    parts: tuple[tuple[CountValue, Mark], ...]


@lru_cache
def _leading(words: re.Pattern[str], between: int) -> re.Pattern[str]:
    """Words that lead up to a number, with at most so many words and no comma between."""
    return re.compile(rf"{words.pattern}[\s:]+(?:[\w’'-]+\s+){{0,{between}}}$", re.IGNORECASE)


@dataclass(frozen=True)
class _Figure:
    """A mark with the number that its words give, and what kind of number it is."""

    setting: Setting
    mark: Mark
    value: CountValue

    @cached_property
    def words(self) -> str:
        return self.setting.text[self.mark.start : self.mark.end]

    @cached_property
    def lists(self) -> TollWords:
        return toll_words("en")

    @cached_property
    def sentence(self) -> tuple[int, int]:
        return self.setting.sentence(self.mark)

    @cached_property
    def is_bare(self) -> bool:
        """Whether the words are a number and nothing else: "nine", "at least 30"."""
        found = tokens(self.words)
        amount = amount_at(found, 0, self.setting.language) if found else None
        return amount is not None and amount.after == len(found)

    @cached_property
    def is_at_large(self) -> bool:
        """Whether it counts the dead or hurt, and not people of a certain kind."""
        return self.lists.kinds["at_large"].search(self.words) is not None

    @cached_property
    def is_rank(self) -> bool:
        """Whether it counts up: "a fifth victim"."""
        found = [t for t in tokens(self.words) if t.word not in ("a", "an", "the")]
        rank = ordinal(found[0].word, self.setting.language) if found else None
        return rank is not None and rank == self.value.maximum

    @cached_property
    def is_further(self) -> bool:
        """Whether it comes on top of what was told: "four more", "another"."""
        after = tokens(self.setting.text, self.mark.end, min(self.sentence[1], self.mark.end + _AFTER))[:1]
        said = self.words + " " + (after[0].word if after and self.is_bare else "")
        return self.lists.kinds["further"].search(said) is not None

    @cached_property
    def is_inside(self) -> bool:
        """Whether it is a part of a number told before: "seven of them children", "including two nurses"."""
        among = self.lists.kinds["among"]
        return among.search(self.words) is not None or self.follows("among", 1)

    def follows(self, words: str, between: int) -> bool:
        """Whether one of these words stands before it in its sentence, with at most so many words between."""
        before = self.setting.text[max(self.sentence[0], self.mark.start - _BEFORE) : self.mark.start]
        return _leading(self.lists.kinds[words], between).search(before) is not None

    @property
    def is_certain(self) -> bool:
        """Whether it counts people of a certain kind: "two policewomen", "a cook"."""
        return not (self.is_bare or self.is_at_large or self.is_rank)


def toll(marks: Sequence[Mark], setting: Setting, others: Sequence[Mark] = ()) -> Toll | None:
    """The toll behind marks of `killed` or `wounded`; `others` are the incident's marks of victims and other tolls.

    Marks with the code "part" are parts of the toll. The last total wins, since tolls are corrected as a text goes on.
    A last number that comes on top of the parts before it ("four more", "and a cook") is no total but the last part:
    then the parts are added up. Whoever is told of in the same breath ("Judge Sarkis and his clerk") counts as well.
    A part is never added to a total that can contain it, nor a number to its own correction.
    """
    parts: list[_Figure] = []
    totals: list[_Figure] = []
    for mark in sorted(marks, key=lambda m: m.start):
        value = setting.count(mark)
        if value is not None:
            (parts if "part" in mark.codes else totals).append(_Figure(setting, mark, value))
    figures = sorted((*parts, *totals), key=lambda f: f.mark.start)
    counted = [f for f in parts if f.value.minimum and not (f.is_inside and f is not figures[0])]
    if not totals:
        return _of_parts(counted)
    # "The nurse is unhurt" takes nobody from the dead: zero counts only where no number contradicts it.
    last = next((f for f in reversed(totals) if f.value.maximum != 0), totals[-1])
    added = _added([f for f in counted if f.mark.start < last.mark.start], last) if last.value.maximum else []
    beside = _beside(added[0] if added else last, [f.mark for f in figures], others, goes_on=bool(added))
    if added or beside.marks:
        summed = [*added, last]
        value = add_counts([*(f.value for f in summed), CountValue(beside.number, beside.number)])
        held = tuple(sorted((*beside.marks, *(f.mark for f in summed)), key=lambda m: m.start))
        return Toll(value, held, "sum_of_parts", tuple((f.value, f.mark) for f in (*parts, last)))
    rivals = _rivals([f for f in figures if f.mark.start < last.mark.start and not f.is_inside], last)
    if rivals:
        apart = tuple((f.value, f.mark) for f in parts if f not in rivals)
        return Toll(_range([*rivals, last]), tuple(f.mark for f in [*rivals, last]), "rival_figures", apart)
    highest = last.value.maximum
    inside = [f for f in parts if highest is None or (f.value.minimum or 0) <= highest]
    return Toll(
        last.value,
        tuple(f.mark for f in totals if f.value == last.value),
        "",
        tuple((f.value, f.mark) for f in inside),
    )


def _of_parts(counted: Sequence[_Figure]) -> Toll | None:
    """The toll where no number is a total: the only part, or the sum of parts that are exact."""
    if len(counted) == 1:
        return Toll(counted[0].value, (counted[0].mark,), "", ())
    if not counted or any(f.value.qualifier != "exact" for f in counted):
        return None
    told = tuple((f.value, f.mark) for f in counted)
    return Toll(add_counts([v for v, _ in told]), tuple(m for _, m in told), "sum_of_parts", told)


def _beside(last: _Figure, taken: Sequence[Mark], others: Sequence[Mark], *, goes_on: bool) -> Company:
    if not last.value.maximum or last.is_rank or last.is_bare or (last.is_at_large and not last.is_further):
        return NOBODY
    return company(last.setting, last.mark, taken, others, goes_on=goes_on)


def _added(before: Sequence[_Figure], last: _Figure) -> list[_Figure]:
    """The parts that the last number comes on top of; none where it is a total or a correction."""
    if not before or last.is_rank or last.follows("sums_up", 2) or last.is_inside:
        return []
    if last.lists.kinds["sums_up"].search(last.words):
        return []
    if last.is_further:
        return list(before)
    beside = [f for f in before if f.sentence == last.sentence]
    highest, value = max(f.value.minimum or 0 for f in before), last.value.maximum
    smaller = value is not None and value <= highest
    if last.is_certain:
        apart = before[-1].is_certain or not (last.follows("corrects", 0) or _is_disputed(before, last))
        return list(before) if (beside or smaller) and apart else []
    if beside and _is_joined(beside[-1], last):
        return beside
    if last.is_bare and smaller and beside and not _is_disputed(beside, last):
        between = last.setting.text[beside[-1].mark.end : last.mark.start]
        return beside if last.lists.kinds["among"].search(between) is None else []
    return []


def _rivals(before: Sequence[_Figure], last: _Figure) -> list[_Figure]:
    """The figures that other sources give beside the last one, where the text takes neither back."""
    if not before or last.is_rank or last.is_further or last.is_inside or last.follows("sums_up", 2):
        return []
    nearest = before[-1]
    between = last.setting.text[nearest.mark.end : last.mark.start]
    if between.count(".") + between.count("\n") > _SENTENCES_APART or nearest.value == last.value:
        return []
    if between.strip() == "or":
        return [nearest]
    told = (nearest.is_bare or nearest.is_at_large, last.is_bare or last.is_at_large)
    return [nearest] if all(told) and _are_sourced(nearest, last) else []


def _are_sourced(one: _Figure, other: _Figure) -> bool:
    """Whether two figures have a source each, and nothing near them corrects one by the other."""
    text, lists = one.setting.text, one.lists
    lead = text[max(one.sentence[0], one.mark.start - _AFTER) : one.mark.start]
    tail = text[other.mark.end : min(other.sentence[1], other.mark.end + _AFTER)]
    between = text[one.mark.end : other.mark.start]
    if any(lists.kinds["corrects"].search(words) for words in (lead, between, tail)):
        return False
    search = lists.sources["telling"].search
    if len(between.split()) <= _ELLIPSIS and one.sentence == other.sentence:
        return any(search(words) for words in (lead, between, tail))  # "the army gives two dead, the mayor three"
    return any(search(words) for words in (lead, between)) and search(between + tail) is not None


def _range(figures: Sequence[_Figure]) -> CountValue:
    """From the lowest to the highest number that anybody gives."""
    ends = [n for f in figures for n in (f.value.minimum, f.value.maximum) if n is not None]
    return CountValue(min(ends), max(ends), "range")


def _is_joined(part: _Figure, last: _Figure) -> bool:
    """Whether only "and" stands between a part and the last number."""
    between = last.setting.text[part.mark.end : last.mark.start]
    return last.lists.kinds["joins"].fullmatch(" ".join(between.split()).strip(", ")) is not None


def _is_disputed(parts: Sequence[_Figure], last: _Figure) -> bool:
    """Whether somebody's number or a correction is told where the parts and the last number stand."""
    end = min(last.sentence[1], last.mark.end + _AFTER)
    said = last.setting.text[last.sentence[0] : end]
    between = last.setting.text[parts[-1].mark.end : last.mark.start]
    kinds, sources = last.lists.kinds, last.lists.sources
    searched = ((sources["telling"], said), (kinds["corrects"], between))
    return any(search.search(words) is not None for search, words in searched)
