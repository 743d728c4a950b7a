"""The answer of a casebook to a counting statement: consistent, inconsistent, or not to be verified with it.

A casebook is never complete. That it holds fewer acts than a text counts says nothing; that it holds more, or one that
is later than "the latest", does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from ascribe.analysis.counting.facts import Facts
from ascribe.analysis.counting.query import Query, alternatives, match, query_of
from ascribe.analysis.said import fold
from ascribe.model import CountingStatement, CountValue, DateValue, PlaceValue
from ascribe.registers.regions import RegionRegister

Verdict = Literal["consistent", "inconsistent", "cannot be verified"]
_UNDISPUTED = "nothing in these documents contradicts it"
_ABOUT = 0.25  # "about fifty" may be a quarter more or less


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of checking one statement. All tuples but `reasons` are ids of incidents.

    `counted` are those that fit the query; `unsure` those of which something is not stated; `named` those that the
    statement speaks of; `against` those that contradict it; `left_out` plots and threats, which are no attacks.
    """

    statement: CountingStatement
    query: Query
    verdict: Verdict
    reasons: tuple[str, ...]
    counted: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def check(
    statement: CountingStatement,
    incidents: Iterable[Facts],
    published: date | None,
    regions: RegionRegister,
    document_id: str | None = None,
) -> Answer:
    """Check a statement of the document `document_id`, published at `published`, against incidents in any order.

    Where an area has several definitions, those that would change the answer are told.
    A text that reports news speaks of "the last attack" as of before that news: where the statement fails only by
    incidents that the same document tells of as its news, it is judged as of the day before, and that is said.
    """
    everything = sorted(incidents, key=lambda f: (f.first or date.max, f.incident))
    answer = _as_of_its_time(statement, everything, published, regions, document_id)
    notes = []
    for region, other in alternatives(statement, regions):
        by_other = _as_of_its_time(other, everything, published, regions, document_id)
        if by_other.verdict != answer.verdict:
            notes.append(f"by the definition of {region.owner} it is {_IT_IS[by_other.verdict]}")
    return replace(answer, reasons=(*answer.reasons, *notes))


_IT_IS = {"cannot be verified": "not to be verified", "consistent": "consistent", "inconsistent": "inconsistent"}


def _as_of_its_time(
    statement: CountingStatement,
    everything: Sequence[Facts],
    published: date | None,
    regions: RegionRegister,
    document_id: str | None,
) -> Answer:
    query = query_of(statement, published, regions)
    answer = _answer(statement, query, everything)
    news = statement.news
    if answer.verdict != "inconsistent" or news is None or statement.reference is not None:
        return answer
    told_here = {f.incident for f in everything if document_id in f.documents and f.first and f.first >= news}
    if not answer.against or not told_here.issuperset(answer.against):
        return answer
    before = replace(query, as_of=news - timedelta(days=1), as_of_rule="before what the text reports as news")
    earlier = _answer(statement, before, everything)
    if earlier.verdict == "inconsistent":
        return answer
    note = f"it would not hold as of {published}, the date of publication: {', '.join(answer.against)}"
    return replace(earlier, reasons=(*earlier.reasons, note))


def _answer(statement: CountingStatement, query: Query, everything: Sequence[Facts]) -> Answer:
    if query.area is not None and query.area.undefined:
        undefined = ", ".join(f"“{u}”" for u in query.area.undefined)
        reason = f"nobody is named as defining {undefined}; define it in the project's regions.toml"
        return Answer(statement, query, "cannot be verified", (reason,))
    fits = {f.incident: match(query, f) for f in everything}
    fitting = [f for f in everything if fits[f.incident]]
    plots = [f.incident for f in everything if not f.is_attack and match(query, replace(f, statuses=())) is not False]
    known = Answer(
        statement,
        query,
        "cannot be verified",
        (),
        counted=tuple(f.incident for f in fitting),
        unsure=tuple(f.incident for f in everything if fits[f.incident] is None),
        left_out=tuple(plots),
    )
    if query.asks == "most":
        return replace(known, reasons=(_ranking(fitting),))
    if query.asks == "number":
        return _number(known, _without(fitting, statement))
    named = _named(statement, query, everything)
    return _superlative(replace(known, named=tuple(f.incident for f in named)), fitting, named)


# numbers


def _without(fitting: Sequence[Facts], statement: CountingStatement) -> list[Facts]:
    """What is counted beside the act that the text has just told of ("two other attacks")."""
    days = [d for d in statement.told_days if d.start is not None and d.start == d.end]
    spoken_of = [f for f in fitting if statement.told and any(f.first == f.last == d.start for d in days)]
    return [f for f in fitting if f not in spoken_of]


def _number(known: Answer, fitting: Sequence[Facts]) -> Answer:
    count = known.statement.count or CountValue(None, None, "unknown")
    found = len(fitting)
    if count.qualifier == "unknown":
        number = f"the text gives no number; these documents hold {found or 'none'}"
        return replace(known, counted=tuple(f.incident for f in fitting), reasons=(number,))
    holds = f"these documents hold {found or 'none'}"
    low, high = count.minimum, count.maximum
    if count.qualifier == "about" and low is not None and high is not None:
        low, high = int(low * (1 - _ABOUT)), int(high * (1 + _ABOUT)) + 1
    known = replace(known, counted=tuple(f.incident for f in fitting))
    if high is not None and found > high:
        if known.statement.unread:
            return replace(known, reasons=(f"{holds}, but {_narrower(known)}",))
        against = known.counted
        return replace(known, verdict="inconsistent", against=against, reasons=(f"{holds}: more than the text counts",))
    incomplete = "; they are never complete, so that fewer refute nothing"
    if low is None or found < low or (high == 0 and low == 0):
        return replace(known, reasons=(holds + incomplete,))
    if known.statement.unread:
        return replace(known, reasons=(f"{holds}, but {_narrower(known)}",))
    may_lack = "" if high is None else "; they may lack others"
    return replace(known, verdict="consistent", reasons=(holds + may_lack,))


def _ranking(fitting: Sequence[Facts]) -> str:
    """How many fit in each country: a ranking by number would need all of them."""
    counted = Counter(country for f in fitting for country in f.countries)
    told = ", ".join(f"{country} {number}" for country, number in sorted(counted.items(), key=lambda c: (-c[1], c[0])))
    return f"a ranking by number needs every act; these documents hold {told or 'none'}"


def _narrower(known: Answer) -> str:
    words = ", ".join(f"“{' '.join(u.quote.split())}”" for u in known.statement.unread)
    return f"the statement is narrower than the query: {words}"


# superlatives


def _named(statement: CountingStatement, query: Query, everything: Sequence[Facts]) -> list[Facts]:
    """The incidents that a superlative says are meant: those whose day, place or people its words give."""
    days = [d for d in statement.told_days if d.precision in ("day", "days", "week", "month")]
    told = fold(statement.told.quote) if statement.told else ""
    found = []
    for one in everything:
        if match(replace(query, claimed=None, lethal=None, group=None), one) is False:
            continue
        dated = any(_touches(d, one) for d in days)
        placed = any(_is_there(p, q) for p in statement.told_places for q in one.places)
        person = any(fold(name) in told for name in one.people)
        if (dated and (placed or person or not statement.told_places)) or (not days and (placed or person)):
            found.append(one)
    return found


def _is_there(told: PlaceValue, place: PlaceValue) -> bool:
    """Whether a place is the one that is told of, or lies in the country that is."""
    if told.level == "country" and told.country is not None:
        return told.country == place.country
    return fold(told.name) == fold(place.name)


def _touches(when: DateValue, one: Facts) -> bool:
    """Whether an incident may have been on a day of the interval."""
    if when.start is None or when.end is None or one.first is None or one.last is None:
        return False
    return when.start <= one.last and one.first <= when.end


def _superlative(known: Answer, fitting: Sequence[Facts], named: Sequence[Facts]) -> Answer:
    if not named:
        return _by_period(known, fitting)
    wrong = [f"{f.incident}: {w}" for f in named if (w := _misfit(known.query, f))]
    if len(wrong) == len(named):
        return replace(known, verdict="inconsistent", against=known.named, reasons=tuple(wrong))
    against = [f for f in fitting if f not in named and all(_beats(known.query, f, n) for n in named)]
    if against and known.statement.unread:
        return replace(known, reasons=(f"{against[0].incident} could be one, but {_narrower(known)}",))
    if against:
        said = {"latest": "later", "first": "earlier", "deadliest": "deadlier"}[known.query.asks]
        reason = f"{len(against)} in these documents {'is' if len(against) == 1 else 'are'} {said}"
        held = _held_until(known.query, against)
        ids = tuple(f.incident for f in against)
        return replace(known, verdict="inconsistent", against=ids, reasons=(reason, *held))
    return replace(
        known, verdict="consistent", reasons=("nothing in these documents contradicts it", *_doubts(known, named))
    )


def _held_until(query: Query, against: Sequence[Facts]) -> list[str]:
    """Until when a statement about the latest held."""
    first = min((f.first for f in against if f.first), default=None)
    return [f"it holds as of any day before {first}"] if first and query.asks == "latest" else []


def _doubts(known: Answer, named: Sequence[Facts]) -> list[str]:
    lacking = [f.incident for f in named if match(known.query, f) is None]
    return [f"not everything that the statement says is stated of {', '.join(lacking)}"] if lacking else []


def _misfit(query: Query, facts: Facts) -> str:
    """What the casebook says against an incident's being one of those asked for; empty where nothing."""
    if query.lethal is not None and facts.lethal is not None and facts.lethal != query.lethal:
        return "nobody was killed" if query.lethal else "people were killed"
    if query.claimed is not None and facts.claimed is not None and facts.claimed != query.claimed:
        return "was not claimed" if query.claimed else "was claimed"
    if query.group is not None and facts.is_of(query.group) is False:
        return f"is not held to be an act of {query.group.name}"
    return ""


def _beats(query: Query, one: Facts, named: Facts) -> bool:
    """Whether an incident is certainly later, earlier or deadlier than the one that is named."""
    if query.asks == "deadliest":
        low, high = one.killed[0], named.killed[1]
        return low is not None and high is not None and low > high
    if one.first is None or one.last is None or named.first is None or named.last is None:
        return False
    return one.first > named.last if query.asks == "latest" else one.last < named.first


def _by_period(known: Answer, fitting: Sequence[Facts]) -> Answer:
    """A superlative that names no incident of the casebook, but a time: "the last one was in 2018"."""
    days = [d for d in known.statement.told_days if d.start and d.end]
    missing = "the act that the statement speaks of is not in these documents"
    if not days or known.query.asks == "deadliest":
        return replace(known, reasons=(missing,))
    start, end = min(d.start for d in days if d.start), max(d.end for d in days if d.end)
    dated = [f for f in fitting if f.first and f.last]
    if known.query.asks == "latest":
        against = [f for f in dated if f.first and f.first > end]
    else:
        against = [f for f in dated if f.last and f.last < start]
    within = [f for f in dated if f.first and f.last and f.first >= start and f.last <= end]
    if against and known.statement.unread:
        return replace(known, reasons=(f"{against[0].incident} could be one, but {_narrower(known)}",))
    if against:
        said = "later" if known.query.asks == "latest" else "earlier"
        reason = (
            f"{len(against)} in these documents {'is' if len(against) == 1 else 'are'} {said} than {start} to {end}"
        )
        held = _held_until(known.query, against)
        ids = tuple(f.incident for f in against)
        return replace(known, verdict="inconsistent", against=ids, reasons=(reason, *held))
    if not within:
        return replace(known, reasons=(missing,))
    ids = tuple(f.incident for f in within)
    return replace(known, verdict="consistent", named=ids, reasons=(_UNDISPUTED,))
