"""One document on its way through a model: first every part, then once more what is missing or failed its check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast, get_args

from ascribe.model import Document, Reading, Skipped, Stance
from ascribe.readings.llm.answers import Answer, Given, parse_answer
from ascribe.readings.llm.exchange import NAME, Asking, Message, Request, version
from ascribe.readings.llm.facts import Checked, Fact
from ascribe.readings.llm.ground import Ground
from ascribe.readings.llm.grounding import check_fact, check_together
from ascribe.readings.llm.joining import joined, numbers_of
from ascribe.readings.llm.parts import Part, parts, shown
from ascribe.readings.llm.prompt import MENTION, Known, answer_form, names, question, second_question, system_prompt
from ascribe.readings.llm.reading import accounts_of
from ascribe.readings.llm.second import asked_again, merged
from ascribe.schema import Property, Schema

_STANCES = frozenset(get_args(Stance))
_AGAIN = "-again"


class Talk:
    """A conversation about one document; see `exchange.Conversation`."""

    def __init__(self, document: Document, schema: Schema, asking: Asking, ground: Ground | None = None) -> None:
        self.document = document
        self.schema = schema
        self.asking = asking
        self._names: Mapping[str, Property] = names(schema)
        self._system = system_prompt(schema)
        self._form = answer_form(schema)
        self.ground = ground or Ground(document)
        self._foreign = document.language not in (None, "en")
        held = () if self._foreign else self.ground.sentences
        self._parts: tuple[Part, ...] = parts(held, asking.part_tokens, asking.overlap)
        self._waiting: dict[str, Request] = {}
        self._asked: set[str] = set()
        self._first: list[Checked] = []
        self._again: list[Checked] = []
        self._titles: dict[int, Known] = {}
        self._skipped: list[Skipped] = []
        self._second_begun = False
        self._go_on()

    def requests(self) -> tuple[Request, ...]:
        """All questions that can be asked now, in order."""
        return tuple(self._waiting.values())

    @property
    def done(self) -> bool:
        """Whether nothing is left to ask."""
        return not self._waiting

    def take(self, request_id: str, text: str | None, error: str | None = None, *, cut: bool = False) -> None:
        """The reply to a request, or the reason why there is none."""
        if request_id not in self._waiting:
            raise ValueError(f"{request_id!r} was not asked, or is answered already")
        del self._waiting[request_id]
        answer = parse_answer(text) if text is not None else Answer()
        if not answer.found_object:
            self._skip(request_id, error or "the reply holds no JSON object")
        if answer.cut or cut:
            self._skip(request_id, "the reply broke off; what was whole in it is used")
        for problem in answer.problems:
            self._skip(request_id, problem)
        number = int(request_id.removesuffix(_AGAIN).removeprefix("part-"))
        if request_id.endswith(_AGAIN):
            self._again += [check_fact(self.ground, fact) for fact in self._facts(answer, number, request_id)]
        else:
            self._take_part(answer, number, request_id)
        self._go_on()

    def reading(self) -> Reading:
        """The reading as far as replies are in."""
        extra = [Skipped(self._where(r), "not answered yet") for r in self._waiting]
        if self._foreign:
            extra.append(
                Skipped(
                    self.document.name, f"the text is in {self.document.language!r}; this reader reads English only"
                )
            )
        checked = self._all()
        accounts, left_out = accounts_of(self.ground, checked, self.schema)
        skipped = (*extra, *self._skipped, *self._speaking(), *left_out)
        return Reading(self.document.id, NAME, version(self.schema, self.asking), accounts, skipped)

    def checked(self) -> list[Checked]:
        """Every fact that was answered, with what the checks made of it."""
        return self._all()

    def _all(self) -> list[Checked]:
        first = check_together(self.ground, joined(self.ground, self._first))
        if not self._again:
            return first
        # whose words they are is judged with all facts in view, those that held before included
        held = [c for c in first if c.holds]
        again = check_together(self.ground, [*held, *self._again])
        return merged(first, again[len(held) :])

    def _go_on(self) -> None:
        """Put the next questions: the next part, or all of them, and after the last the second ones."""
        if self._waiting:
            return
        open_parts = [p for p in self._parts if f"part-{p.number}" not in self._asked]
        for part in open_parts[:1] if self.asking.running_list else open_parts:
            known = list(self._titles.values()) if self.asking.running_list else []
            self._ask(f"part-{part.number}", question(self.document, part, known))
        if not open_parts and self.asking.second_pass and not self._second_begun:
            self._second_begun = True
            self._ask_again()

    def _ask(self, request_id: str, content: str) -> None:
        messages = (Message("system", self._system), Message("user", content))
        self._asked.add(request_id)
        self._waiting[request_id] = Request(request_id, self.document.id, messages, self._form, self.asking)

    def _ask_again(self) -> None:
        held = self.ground.sentences
        self._first = joined(self.ground, self._first)
        checked = check_together(self.ground, self._first)
        titles = {n: k.title for n, k in self._titles.items()}
        for number, again in sorted(asked_again(checked, titles, self.schema, held).items()):
            sentences = [held[n - 1] for n in sorted(again.sentences)]
            self._ask(f"part-{number}{_AGAIN}", second_question(self.document, sentences, again.lines))

    def _take_part(self, answer: Answer, number: int, request_id: str) -> None:
        """The facts of a part, under the numbers that its incidents have in the document."""
        told = [Fact(t.incident, None, 1, t.quote, t.sentence, t.quote, part=number) for t in answer.incidents]
        checked = [check_fact(self.ground, f) for f in (*told, *self._facts(answer, number, request_id))]
        known = self._titles if self.asking.running_list else {}
        following = max(self._titles, default=0) + 1
        given = numbers_of(self.ground, self._first, checked, known, following)
        self._first += [replace(c, fact=replace(c.fact, incident=given.get(c.fact.incident, 0))) for c in checked]
        for one in answer.incidents:
            title = shown(one.title or one.quote)[:80]
            self._titles.setdefault(given.get(one.incident, 0), Known(given.get(one.incident, 0), title, one.sentence))
        self._titles.pop(0, None)
        for incident in given.values():
            self._titles.setdefault(incident, Known(incident, "", min(c.fact.sentence for c in self._first)))

    def _facts(self, answer: Answer, number: int, request_id: str) -> Iterable[Fact]:
        for given in answer.facts:
            fact = self._fact(given, number)
            if isinstance(fact, str):
                self._skip(request_id, fact)
            else:
                yield fact

    def _fact(self, given: Given, number: int) -> Fact | str:
        """A fact of the schema, or why it is none."""
        stance = cast(Stance, given.stance) if given.stance in _STANCES else "asserted"
        if given.property == MENTION:
            return Fact(given.incident, None, 1, given.quote, given.sentence, given.quote, part=number)
        prop = self._names.get(given.property.removeprefix("incident."))
        if prop is None:
            return f"the schema has no property {given.property[:60]!r}"
        if (given.incident == 0) != (self.schema[prop.kind].about is None and prop.kind != "incident"):
            return f"{given.property}: {'belongs to no incident' if given.incident else 'belongs to an incident'}"
        value = given.value.strip()
        if prop.codes and value not in {c.code for c in prop.codes}:
            value = value.lower().replace(" ", "_").replace("-", "_")
            if value not in {c.code for c in prop.codes}:
                return f"{given.property}: {given.value[:60]!r} is not on the list"
        return Fact(given.incident, prop, given.thing, value, given.sentence, given.quote, stance, number)

    def _where(self, request_id: str) -> str:
        number = request_id.removesuffix(_AGAIN).removeprefix("part-")
        second = ", second question" if request_id.endswith(_AGAIN) else ""
        return f"{self.document.name}, part {number} of {len(self._parts)}{second}"

    def _skip(self, request_id: str, reason: str) -> None:
        self._skipped.append(Skipped(self._where(request_id), reason))

    def _speaking(self) -> Iterable[Skipped]:
        """A line for each sentence that speaks to a machine, so that an attack is seen."""
        for number in sorted(self.ground.speaking) if not self._foreign else ():
            sentence = self.ground.sentences[number - 1]
            words = shown(self.document.text[sentence.start : sentence.end])
            words = words if len(words) <= 120 else words[:119] + "…"
            reason = (
                f"sentence {number} speaks to whoever reads it by machine (“{words}”); nothing in it is taken as found"
            )
            yield Skipped(self.document.name, reason)
