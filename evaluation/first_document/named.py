"""The lines that are asked for by name, each through the library face of the command that answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from ascribe.errors import AscribeError
from ascribe.model import CountValue
from ascribe.project import PropertySummary
from evaluation.first_document.looking import Look, Verdict, actor

Json = dict[str, Any]


def named_lines(look: Look) -> Iterator[Verdict]:
    """Each line by its name."""
    for name, command, ask in _LINES:
        try:
            seen = ask(look)
        except AscribeError as error:
            seen = str(error)
        yield Verdict(name, not seen, command, seen)


def _views(look: Look, key: str, as_of: str) -> dict[str, Json]:
    return {actor(v["actor"]): v for v in look.project.claims.attribution(look.id(key), as_of)["views"]}


def _istanbul_then(look: Look) -> str:
    views = _views(look, "I19", "2022-11-20")
    first, second = views.get("Islamic State", {}), views.get("Kurdistan Workers’ Party", {})
    right = (first.get("state"), first.get("stance")) == ("held", "suspected") and second.get("state") != "held"
    return "" if right else _states(views)


def _istanbul_later(look: Look) -> str:
    views = _views(look, "I19", "2023-11")
    first, second = views.get("Islamic State", {}), views.get("Kurdistan Workers’ Party", {})
    right = (
        first.get("state") == "given_up"
        and actor(first.get("superseded_by")) == "Kurdistan Workers’ Party"
        and second.get("state") == "held"
        and "Turkish government" in (second.get("holder") or "")
    )
    return "" if right else _states(views)


def _states(views: dict[str, Json]) -> str:
    return "; ".join(f"{name}: {v['state']}, {v['stance']}, by {v['holder']}" for name, v in views.items()) or "no view"


def _brussels_claim(look: Look) -> str:
    (claim, *others) = look.project.claims.life_cycle(look.id("I21"))["claims"] or [{}]
    lag = claim.get("lag") or {}
    right = "Amaq" in claim.get("outlets", ()) and lag.get("min_days", 9) >= 0 and (lag.get("max_days") or 9) <= 1
    return "" if right and not others else f"{claim}"


def _brussels_copy(look: Look) -> str:
    cycle = look.project.claims.life_cycle(look.id("I21"))
    items = [e for e in cycle["events"] if e["step"] in ("claimed", "repeated") and e["date"] == "2023-10-19"]
    copies = [e for e in items if e["step"] == "repeated" and "Al-Naba" in e["outlets"] and e["copy_of"]]
    right = len(cycle["claims"]) == 1 and len(items) == len(copies) == 1 and cycle["claims"][0]["copies"] == 1
    return "" if right else f"{len(cycle['claims'])} claims; {[(e['step'], e['outlets'], e['copy_of']) for e in items]}"


def _toll(look: Look, key: str, name: str) -> PropertySummary:
    found = look.incident(key)
    if found is None:
        raise AscribeError("there is no such incident")
    return found.thing[name]


def _brussels_wounded(look: Look) -> str:
    shown = _toll(look, "I21", "wounded").shown
    right = len(shown) == 1 and shown[0].value == CountValue(2, 2) and shown[0].per_claimant
    return "" if right else "; ".join(f"{s.value} {s.reservation()}" for s in shown) or "no wounded"


def _arras(look: Look) -> str:
    cycle = look.project.claims.life_cycle(look.id("I20"))
    steps = {e["step"] for e in cycle["events"]}
    right = cycle["status"] == "not_claimed" and {"confessed", "pledged"} <= steps
    return "" if right else f"{cycle['status']}; {', '.join(sorted(steps))}"


def _las_vegas(look: Look) -> str:
    cycle = look.project.claims.life_cycle(look.id("I23"))
    right = cycle["status"] == "claimed" and cycle["doubted"]
    return "" if right else f"{cycle['status']}, doubted: {cycle['doubted']}"


def _paris(look: Look) -> str:
    killed, parts = _toll(look, "I02", "killed"), _toll(look, "I02", "killed_of_which")
    values = [s.value for s in killed.shown]
    told = [c.statement.value for c in killed.others]
    right = values == [CountValue(130, 130)] and CountValue(90, 90) in [s.value for s in parts.shown]
    return "" if right and CountValue(220, 220) not in (*values, *told) else f"{values}; parts {parts.shown}"


def _boudina(look: Look) -> str:
    key = look.id("I05")
    counted = [a for a in look.answers() if key in a["of"].counted or key in a["of"].named]
    cases = [r for t in look.project.claims.tables() for r in t["rows"] if key in r["incidents"]]
    return "" if not counted and not cases else f"counted in {len(counted)} answers and {len(cases)} rows"


def _answer_at(look: Look, start: int, end: int) -> Any:
    for row in look.answers():
        if any(s < end and e > start for s, e in row["spans"]):
            return row["of"]
    raise AscribeError("no counting statement is found there")


def _strasbourg(look: Look) -> str:
    answer = _answer_at(look, 3017, 3107)
    right = answer.verdict == "consistent" and look.id("I09") in answer.named and answer.query.lethal
    return "" if right and answer.query.claimed else f"{answer.verdict}: {', '.join(answer.named)}"


def _fifty(look: Look) -> str:
    answer = _answer_at(look, 687, 713)
    year = (answer.query.start, answer.query.end) == (date(2015, 1, 1), date(2015, 12, 31))
    return "" if answer.verdict == "cannot be verified" and year else answer.verdict


_LINES: tuple[tuple[str, str, Callable[[Look], str]], ...] = (
    ("Istanbul as of 2022-11-20", "ascribe attribution ISTANBUL --as-of 2022-11-20", _istanbul_then),
    ("Istanbul as of 2023-11", "ascribe attribution ISTANBUL --as-of 2023-11", _istanbul_later),
    ("Brussels claimed within a day", "ascribe claims BRUSSELS", _brussels_claim),
    ("the newsletter is a copy", "ascribe claims BRUSSELS", _brussels_copy),
    ("two wounded per claimant only", "ascribe show BRUSSELS", _brussels_wounded),
    ("Arras unclaimed", "ascribe claims ARRAS", _arras),
    ("Las Vegas claimed and doubted", "ascribe claims LAS-VEGAS", _las_vegas),
    ("Paris 130, of whom 90, never 220", "ascribe show PARIS", _paris),
    ("the foiled plot is no attack", "ascribe check, ascribe claims --tables", _boudina),
    ("Strasbourg the latest claimed", "ascribe check", _strasbourg),
    ("fifty attacks in 2015", "ascribe check", _fifty),
)
