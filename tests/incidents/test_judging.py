"""What judgements do to accounts, and how they find them again in another reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import PlainReader, a_document, about, an_incident, said, told

from ascribe.incidents import AccountRef
from ascribe.incidents.judging import (
    account_anchor,
    constraints,
    find_account,
    find_statement,
    judged,
    judged_pairs,
    judged_reading,
    statement_anchor,
)
from ascribe.model import (
    Account,
    ActorValue,
    CodeValue,
    CountValue,
    Document,
    Incident,
    Judgement,
    Pairing,
    PersonValue,
    PlaceValue,
    Reading,
    Signature,
    Statement,
    StatementAnchor,
    Verdict,
)

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
TEXT = (
    "On 2021-03-04 a bomb killed 5 people in Port Amsel. The Ash Front claimed it. Jonas Vell was arrested.\n"
    "On 2021-03-09 a shooting killed 2 in Dar Qasim. The Reed Front claimed it, and police suspect the Ash Front."
)
DOCUMENT = a_document(TEXT, published="2021-03-10")
READING = PlainReader().read(DOCUMENT)


def signed(minutes: int = 0, by: str = "Ana", why: str = "because") -> Signature:
    return Signature(by, NOON + timedelta(minutes=minutes), why)


def on(statement: Statement, verdict: Verdict, correction: Statement | None = None, minutes: int = 0) -> Judgement:
    """A judgement of a statement of READING."""
    account = next(a for a in READING.accounts if statement in a.statements)
    return Judgement(f"j{minutes}", verdict, statement_anchor(READING, account, statement), signed(minutes), correction)


def of(*accounts: int, verdict: Verdict = "same", minutes: int = 0) -> Judgement:
    first, second = (account_anchor(READING, READING.of_kind("incident")[n]) for n in accounts)
    return Judgement(f"j{minutes}", verdict, Pairing((first,), (second,)), signed(minutes))


def one(property_id: str, account: int = 0) -> Statement:
    found = READING.of_kind("incident")[account].first(property_id)
    assert found is not None
    return found


def other_reader(document: Document) -> Reading:
    """The same accounts by another extractor: other keys, narrow anchors, statements the other way round."""
    keys = {a.key: f"x{n}" for n, a in enumerate(PlainReader().read(document).accounts)}
    accounts = tuple(
        replace(
            a,
            key=keys[a.key],
            about=keys.get(a.about or ""),
            anchor=a.statements[0].evidence[0],
            statements=tuple(reversed([replace(s, rule="other", confidence=0.5) for s in a.statements])),
        )
        for a in PlainReader().read(document).accounts
    )
    return Reading(document.id, "other", "7", tuple(reversed(accounts)))


# --- finding ---------------------------------------------------------------------------------------------------------


def test_every_account_is_found_again_in_its_own_reading() -> None:
    for account in READING.accounts:
        assert find_account(account_anchor(READING, account), READING) is account


def test_every_account_is_found_again_in_another_reader_s_reading() -> None:
    other = other_reader(DOCUMENT)
    for account in READING.accounts:
        found = find_account(account_anchor(READING, account), other)
        assert found is not None
        assert {s.evidence for s in found.statements} == {s.evidence for s in account.statements}


def test_an_account_in_another_document_is_not_found() -> None:
    assert find_account(account_anchor(READING, READING.accounts[0]), Reading("else", "plain", "1")) is None


def test_two_accounts_of_one_sentence_are_told_apart_by_their_own_words() -> None:
    document = a_document("On 2021-03-04 bombs went off in Port Amsel and in Dar Qasim, killing 5.")
    whole = document.quote(0, len(document.text))

    def account(key: str, town: str) -> Account:
        place = said(document, "place", PlaceValue(town, "city", "FR"), town)
        return Account(key, "incident", (said(document, "tactics", CodeValue("bombing"), "bombs"), place), whole)

    both = Reading(document.id, "plain", "1", (account("i1", "Port Amsel"), account("i2", "Dar Qasim")))
    second_only = Reading(document.id, "plain", "2", (account("i1", "Dar Qasim"),))
    first, second = (account_anchor(both, a) for a in both.accounts)

    assert find_account(first, second_only) is None
    assert find_account(second, second_only) is second_only.accounts[0]


def test_what_cannot_be_told_apart_is_not_guessed() -> None:
    document = a_document("Two bombs went off.")
    twins = Reading(document.id, "plain", "1", (an_incident(document), an_incident(document, key="i2")))
    later = replace(twins, version="2")

    for account in twins.accounts:
        assert find_account(account_anchor(twins, account), twins) is account
        assert find_account(account_anchor(twins, account), later) is None


def test_claims_of_one_sentence_about_two_incidents_are_told_apart_by_the_incident() -> None:
    document = a_document("A bomb in Port Amsel. A bomb in Dar Qasim. The Ash Front claimed both.")
    front = said(document, "by", ActorValue("Ash Front"), "Ash Front")
    incidents = [
        an_incident(document, said(document, "place", PlaceValue(t), t), key=k)
        for k, t in (("i1", "Port Amsel"), ("i2", "Dar Qasim"))
    ]
    claims = [about(document, "claim", front, key=f"{i.key}c", incident=i.key) for i in incidents]
    reading = Reading(document.id, "plain", "1", (*incidents, *claims))
    again = replace(reading, version="2", accounts=tuple(reversed(reading.accounts)))

    for claim in claims:
        found = find_account(account_anchor(reading, claim), again)
        assert found is not None
        assert found.about == claim.about


# --- statements ------------------------------------------------------------------------------------------------------


def test_what_is_accepted_is_certain_and_marked() -> None:
    doubtful = replace(READING, accounts=tuple(
        replace(a, statements=tuple(replace(s, confidence=0.3) for s in a.statements)) for a in READING.accounts
    ))  # fmt: skip
    judgement = on(one("killed"), "accepted")

    killed = judged_reading(doubtful, [judgement]).accounts[0].first("killed")

    assert killed is not None
    assert (killed.confidence, killed.judged, killed.value) == (1.0, judgement, CountValue(5, 5))


def test_what_is_accepted_is_supported_whatever_its_reader_found() -> None:
    account = an_incident(DOCUMENT, said(DOCUMENT, "killed", CountValue(5, 5), "5", origin="unsupported"))
    reading = Reading(DOCUMENT.id, "plain", "1", (account,))
    judgement = Judgement("j", "accepted", statement_anchor(reading, account, account.statements[0]), signed())

    assert judged_reading(reading, [judgement]).accounts[0].statements[0].origin == "stated"


def test_what_is_rejected_is_kept_apart() -> None:
    judgement = on(one("killed"), "rejected")

    account = judged_reading(READING, [judgement]).accounts[0]

    assert account.first("killed") is None
    assert [(s.value, s.judged) for s in account.rejected] == [(CountValue(5, 5), judgement)]


def test_what_is_corrected_stands_in_its_place() -> None:
    right = replace(one("killed"), value=CountValue(6, 6), rule="judgement")
    judgement = on(one("killed"), "corrected", right)

    account = judged_reading(READING, [judgement]).accounts[0]

    assert list(account.values("killed")) == [replace(right, judged=judgement)]
    assert [s.property for s in account.statements] == [s.property for s in READING.accounts[0].statements]


def test_a_claim_of_which_everything_is_rejected_is_gone() -> None:
    claim = READING.of_kind("claim")[0]
    everything = [on(s, "rejected", minutes=n) for n, s in enumerate(claim.statements)]

    assert claim.key not in {a.key for a in judged_reading(READING, everything).accounts}
    assert claim.key in {a.key for a in judged_reading(READING, everything[:-1]).accounts}


def test_the_last_judgement_of_a_statement_counts() -> None:
    right = replace(one("killed"), value=CountValue(6, 6))
    first, second = on(one("killed"), "corrected", right), on(one("killed"), "rejected", minutes=1)

    assert judged_reading(READING, [first, second]).accounts[0].first("killed") is None
    back = judged_reading(READING, [replace(second, signed=signed(-1)), first]).accounts[0].first("killed")
    assert back is not None
    assert back.value == CountValue(6, 6)


def test_a_withdrawn_judgement_has_no_effect() -> None:
    judgement = replace(on(one("killed"), "rejected"), withdrawn=signed(1))

    assert judged_reading(READING, [judgement]).accounts == READING.accounts


@pytest.mark.parametrize("verdict", ["accepted", "rejected"])
def test_a_value_that_is_read_otherwise_was_not_judged(verdict: Verdict) -> None:
    account = READING.accounts[0]
    read_anew = tuple(replace(s, value=CountValue(50, 50)) if s.property == "killed" else s for s in account.statements)
    anchor = statement_anchor(READING, account, one("killed"))

    assert find_statement(anchor, replace(account, statements=read_anew), verdict) is None
    assert find_statement(anchor, replace(account, statements=read_anew), "corrected") is not None


def test_a_correction_stands_where_the_statement_is_no_longer_read() -> None:
    right = replace(one("killed"), value=CountValue(6, 6))
    judgement = on(one("killed"), "corrected", right)
    forgetful = replace(READING, version="2", accounts=tuple(
        replace(a, statements=tuple(s for s in a.statements if s.property != "killed")) for a in READING.accounts
    ))  # fmt: skip

    killed = judged_reading(forgetful, [judgement]).accounts[0].first("killed")
    assert killed is not None
    assert killed.value == CountValue(6, 6)
    then_rejected = [judgement, on(one("killed"), "rejected", minutes=1)]
    assert judged_reading(forgetful, then_rejected).accounts[0].first("killed") is None


def test_names_are_found_again_whatever_the_register_says_of_them() -> None:
    document = a_document("The Ash Front bombed Port Amsel; Jonas Vell was arrested.")
    before = an_incident(
        document,
        said(document, "place", PlaceValue("Port Amsel"), "Port Amsel"),
        said(document, "perpetrators", PersonValue("Jonas Vell"), "Jonas Vell"),
    )
    after = an_incident(
        document,
        said(document, "place", PlaceValue("PORT AMSEL", "city", "FR", 48.0, 2.0, "g1"), "Port Amsel"),
        said(document, "perpetrators", PersonValue("Jonas Vell", True, ("Vell",)), "Jonas Vell"),
    )
    reading = Reading(document.id, "plain", "1", (before,))
    for number, statement in enumerate(before.statements):
        assert find_statement(statement_anchor(reading, before, statement), after, "accepted") == number


def test_incidents_without_judgements_are_given_back_as_they_are() -> None:
    incident = Incident("one", tuple(told(DOCUMENT, *READING.accounts)))

    assert judged(incident, []) is incident
    elsewhere = Reading("else", "plain", "1", (an_incident(DOCUMENT),))
    anchor = StatementAnchor(account_anchor(elsewhere, elsewhere.accounts[0]), "killed", CountValue(1, 1), ())
    assert judged(incident, [Judgement("j", "rejected", anchor, signed())]) is incident


def test_an_incident_s_claims_are_judged_with_it() -> None:
    claim = READING.of_kind("claim")[0]
    incident = Incident("one", tuple(t for t in told(DOCUMENT, *READING.accounts) if t.account.key == claim.about))
    right = replace(claim.statements[1], value=ActorValue("Reed Front"))
    after = judged(incident, [on(claim.statements[1], "corrected", right)])

    (told_now,) = after.accounts
    assert told_now.account in told_now.reading.accounts
    (claimed,) = told_now.reading.about(told_now.account.key, "claim")
    by = claimed.first("by")
    assert by is not None
    assert by.value == ActorValue("Reed Front")


# --- any judgements --------------------------------------------------------------------------------------------------

ALL = [s for a in READING.accounts for s in a.statements]
verdicts = st.sampled_from(["accepted", "rejected", "corrected"])


@st.composite
def sequences(draw: st.DrawFn) -> list[Judgement]:
    made = []
    for minute, (number, verdict, gone) in enumerate(
        draw(st.lists(st.tuples(st.integers(0, len(ALL) - 1), verdicts, st.booleans()), max_size=12))
    ):
        correction = replace(ALL[number], rule="judgement", voice=ALL[number].voice) if verdict == "corrected" else None
        judgement = on(ALL[number], verdict, correction, minute)
        made.append(replace(judgement, withdrawn=signed(99)) if gone else judgement)
    return made


@given(sequences())
def test_withdrawing_everything_gives_back_what_was_read(judgements: list[Judgement]) -> None:
    withdrawn = [replace(j, withdrawn=signed(99)) for j in judgements]

    assert judged_reading(READING, withdrawn) == READING


@given(sequences())
def test_withdrawn_judgements_are_as_if_never_made(judgements: list[Judgement]) -> None:
    standing = [j for j in judgements if j.stands]

    assert judged_reading(READING, judgements) == judged_reading(READING, standing)


@given(sequences())
def test_no_statement_is_lost_or_doubled(judgements: list[Judgement]) -> None:
    after = judged_reading(READING, judgements)
    kept = {a.key: len(a.statements) + len(a.rejected) for a in after.accounts}

    assert all(kept[a.key] == len(a.statements) for a in READING.accounts if a.key in kept)


@given(sequences())
def test_effects_survive_reading_by_another_extractor(judgements: list[Judgement]) -> None:
    def effects(reading: Reading) -> set[tuple[object, ...]]:
        after = judged_reading(reading, judgements)
        return {
            (a.kind, s.property, s.evidence, str(s.value), s.judged.id if s.judged else None, s in a.rejected)
            for a in after.accounts
            for s in (*a.statements, *a.rejected)
        }

    assert effects(other_reader(DOCUMENT)) == effects(READING)


# --- pairs -----------------------------------------------------------------------------------------------------------

REFS = [AccountRef(DOCUMENT.id, "plain", "1", a.key) for a in READING.of_kind("incident")]


def find(anchor: object) -> AccountRef | None:
    found = find_account(anchor, READING)  # type: ignore[arg-type]
    return None if found is None else AccountRef(DOCUMENT.id, "plain", "1", found.key)


def test_linking_is_told_who_decided_and_when() -> None:
    (constraint,) = constraints(judged_pairs([of(0, 1)], find))

    assert (constraint.one, constraint.other, constraint.same) == (REFS[0], REFS[1], True)
    assert "Ana" in constraint.words
    assert "because" in constraint.words
    assert constraint.decided == "2024-05-01T12:00:00.000000+00:00"


def test_of_one_pair_the_last_judgement_counts_whichever_is_named_first() -> None:
    said_twice = [of(0, 1), of(1, 0, verdict="different", minutes=1)]

    assert [c.same for c in constraints(judged_pairs(said_twice, find))] == [False]
    assert [c.same for c in constraints(judged_pairs(said_twice[:1], find))] == [True]
    withdrawn = [said_twice[0], replace(said_twice[1], withdrawn=signed(2))]
    assert [c.same for c in constraints(judged_pairs(withdrawn, find))] == [True]


def test_of_a_pair_that_somebody_is_unsure_of_linking_is_told_nothing() -> None:
    assert constraints(judged_pairs([of(0, 1), of(0, 1, verdict="unsure", minutes=1)], find)) == []


def test_accounts_that_are_not_read_any_more_are_left_out() -> None:
    assert judged_pairs([of(0, 1)], lambda _: None) == []
    assert judged_pairs([of(0, 1)], lambda _: REFS[0]) == []
