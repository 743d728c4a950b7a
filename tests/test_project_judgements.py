"""Deciding in a project: what it changes, and what survives reading anew."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from judged_project import account, deaf_reader, fill, incident_of, membership, other_reader, shown
from telling import plain_reader

from ascribe.errors import AscribeError, SchemaError
from ascribe.model import CountValue, DateValue, PersonValue, PlaceValue
from ascribe.project import Project


@pytest.fixture
def project(empty_project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    monkeypatch.setenv("ASCRIBE_USER", "Ana Reyes")
    fill(empty_project)
    with Project.open(empty_project) as made:
        yield made


# --- statements ------------------------------------------------------------------------------------------------------


def test_a_correction_is_shown_before_everything_and_says_whose_it_is(project: Project) -> None:
    name = account(project, "killed 5")
    done = project.judgements.correct(f"{name}/killed", "at least 7", "two died later", quote="killed 5 people")

    (killed,) = project.incident(incident_of(project, "killed 5")).thing["killed"].shown
    assert killed.value == CountValue(7, None, "at_least")
    statement = killed.cited[0].statement
    assert (statement.rule, statement.origin, statement.confidence) == ("judgement", "stated", 1.0)
    assert [e.quote for e in statement.evidence] == ["killed 5 people"]
    assert statement.judged == done.judgement
    assert [(c.property, c.before, c.after) for c in done.changes] == [("incident.killed", "6", "7+")]


def test_a_rejected_statement_is_listed_with_who_and_why(project: Project) -> None:
    done = project.judgements.reject(f"{account(project, 'killed 6')}/killed", "counts the attackers too", "Ben")
    found = project.incident(incident_of(project, "killed 5")).thing["killed"]

    assert [found.property.type.show(s.value) for s in found.shown] == ["5"]
    (rejected,) = found.rejected
    assert rejected.statement.judged is not None
    assert rejected.statement.judged.signed == done.judgement.signed
    assert (done.judgement.signed.by, done.judgement.signed.reason) == ("Ben", "counts the attackers too")


def test_an_accepted_statement_is_shown_before_later_ones(project: Project) -> None:
    assert shown(project, "killed 5", "killed") == ["6"]
    project.judgements.accept(f"{account(project, 'killed 5')}/killed", "the hospital confirmed it")
    assert shown(project, "killed 5", "killed") == ["5"]


def test_a_corrected_place_moves_the_account(project: Project) -> None:
    name = account(project, "killed 6")
    project.judgements.correct(f"{name}/place", "Strasbourg, FR", "the port is another one")

    assert incident_of(project, "killed 5") != incident_of(project, "killed 6")


def test_every_face_sees_what_was_judged(project: Project) -> None:
    project.judgements.reject(f"{account(project, 'Jonas Vell')}/perpetrators", "cleared the next day")
    (told,) = (t for t in project.accounts() if "Jonas Vell" in t.document.text)

    assert told.account.first("perpetrators") is None
    view = project.document(told.document.id)
    assert view.current.accounts[0].first("perpetrators") is not None
    assert view.judged.accounts[0].first("perpetrators") is None
    assert all(i.thing["perpetrators"].shown == () for i in project.incidents())
    (there,) = (t for i in project.ledger.incidents() for t in i.accounts if t.document == told.document)
    assert there.account.first("perpetrators") is None


@pytest.mark.parametrize(
    ("what", "value", "wanted"),
    [
        ("date", "2021-03", "2021-03"),
        ("date", "the night of 3 March 2021", "2021-03-03"),
        ("killed", "5", "5"),
        ("killed", "5+", "5+"),
        ("killed", "at least a dozen", "12+"),
        ("killed", "unknown", "unknown"),
        ("place", "Strasbourg", "Strasbourg, FR"),
        ("place", "Nowheresville-on-Sea", "Nowheresville-on-Sea"),
        ("tactics", "armed_assault", "armed assault"),
        ("status", "Foiled", "foiled"),
        ("perpetrators", "Jonas Wells", "Jonas Wells"),
    ],
)
def test_values_are_understood_as_people_write_them(project: Project, what: str, value: str, wanted: str) -> None:
    done = project.judgements.correct(f"{account(project, 'killed 5')}/{what}", value, "checked")

    assert done.judgement.correction is not None
    prop = project.schema["incident"][what]
    assert prop.type.show(done.judgement.correction.value) == wanted
    assert project.verify() == []


def test_a_corrected_place_is_on_the_map(project: Project) -> None:
    done = project.judgements.correct(f"{account(project, 'killed 5')}/place", "Strasbourg", "checked")
    assert done.judgement.correction is not None
    place = done.judgement.correction.value
    assert isinstance(place, PlaceValue)
    assert (place.country, place.level) == ("FR", "city")
    assert place.latitude == pytest.approx(48.6, abs=0.2)


def test_a_corrected_date_says_that_a_person_gave_it(project: Project) -> None:
    done = project.judgements.correct(f"{account(project, 'killed 5')}/date", "2021-03-05", "checked")
    assert done.judgement.correction is not None
    assert isinstance(done.judgement.correction.value, DateValue)
    assert done.judgement.correction.value.rule == "judgement"


def test_a_corrected_name_keeps_the_one_that_was_read(project: Project) -> None:
    done = project.judgements.correct(f"{account(project, 'Mina Tarn')}/victims", "Minna Taarn", "misspelt")
    assert done.judgement.correction is not None
    assert done.judgement.correction.value == PersonValue("Minna Taarn", True, ("Mina Tarn",))


@pytest.mark.parametrize("value", ["", "many", "the driver", "minus two", "-2"])
def test_what_is_no_value_is_refused_and_nothing_is_stored(project: Project, value: str) -> None:
    with pytest.raises(SchemaError):
        project.judgements.correct(f"{account(project, 'killed 5')}/killed", value, "checked")
    assert project.judgements.history() == []


def test_a_code_that_is_not_on_the_list_is_refused(project: Project) -> None:
    with pytest.raises(SchemaError, match="is not on the list"):
        project.judgements.correct(f"{account(project, 'killed 5')}/tactics", "sorcery", "checked")


@pytest.mark.parametrize("quote", ["", "  ", "killed 7 people", "KILLED 5"])
def test_a_quote_must_stand_in_the_document(project: Project, quote: str) -> None:
    with pytest.raises(AscribeError, match=r"quote|stand"):
        project.judgements.correct(f"{account(project, 'killed 5')}/killed", "7", "checked", quote=quote)


def test_a_quote_is_found_across_line_breaks_and_nearest_to_the_account(empty_project: Path, tmp_path: Path) -> None:
    text = "He said so.\n\nOn 2021-03-04 a bomb in Port Amsel killed 5. He said\nso. He left."
    (tmp_path / "story.txt").write_text(text)
    with Project.open(empty_project) as project:
        project.add([tmp_path / "story.txt"], reader=plain_reader, jobs=0)
        name = account(project, "killed 5")
        done = project.judgements.correct(f"{name}/killed", "6", "why", "Ana", quote="He said so.")
        assert done.judgement.correction is not None
        (evidence,) = done.judgement.correction.evidence
        stored = project.document(name.partition("/")[0]).document.text
        assert evidence.quote == stored[evidence.start : evidence.end]
        assert re.sub(r"\s+", " ", evidence.quote) == "He said so."
        assert evidence.start > stored.index("killed 5")


# --- names -----------------------------------------------------------------------------------------------------------


def test_every_statement_can_be_judged_by_the_name_that_is_shown(project: Project) -> None:
    for named in project.judgements.accounts_with(account(project, "Reed Front")):
        for one in named.statements():
            assert project.judgements.statement(one.name).statement == one.statement


def test_a_number_tells_statements_of_one_property_apart(empty_project: Path, tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("2021-03-04: a bomb in Port Amsel. Jonas Vell was arrested. Ada Ros was arrested.")
    with Project.open(empty_project) as project:
        project.add([tmp_path / "s.txt"], reader=plain_reader, jobs=0)
        name = account(project, "Jonas Vell")
        with pytest.raises(AscribeError, match=r"perpetrators/1 \(Jonas Vell\).*perpetrators/2 \(Ada Ros\)"):
            project.judgements.reject(f"{name}/perpetrators", "why", "Ana")
        project.judgements.reject(f"{name}/perpetrators/1", "why", "Ana")
        assert shown(project, "Jonas Vell", "perpetrators") == ["Ada Ros"]
        # the other one keeps its number
        project.judgements.reject(f"{name}/perpetrators/2", "why", "Ana")
        assert shown(project, "Jonas Vell", "perpetrators") == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "DOCUMENT/KEY"),
        ("/", "DOCUMENT/KEY"),
        ("ffffff/i0/killed", "no document 'ffffff'"),
        ("{document}/i99/killed", "no account 'i99/killed'; it has i0"),
        ("{document}/i0/colour", "no statement 'colour'; it has status, date"),
        ("{document}/i0/killed/2", "no statement 'killed/2'"),
        ("{document}/i0", "no statement ''"),
    ],
)
def test_a_name_that_leads_nowhere_is_told(project: Project, name: str, said: str) -> None:
    document = account(project, "killed 5").partition("/")[0]
    with pytest.raises(AscribeError, match=re.escape(said)):
        project.judgements.accept(name.format(document=document), "why")


def test_only_accounts_of_incidents_are_joined(project: Project) -> None:
    claim = account(project, "Ash Front claimed", "claim")
    with pytest.raises(AscribeError, match="only accounts of incidents"):
        project.judgements.pair("same", claim, account(project, "killed 6"), "why")


# --- incidents -------------------------------------------------------------------------------------------------------


def test_accounts_are_put_together_and_apart_at_once(project: Project) -> None:
    five, six, knife = (account(project, w) for w in ("killed 5", "killed 6", "Mina Tarn"))
    assert incident_of(project, "killed 5") == incident_of(project, "killed 6")

    project.judgements.pair("different", five, six, "two bombs")
    assert incident_of(project, "killed 5") != incident_of(project, "killed 6")
    # the machine would never join these: another town, another year
    project.judgements.pair("same", five, knife, "the reporter mixed it up")
    assert incident_of(project, "killed 5") == incident_of(project, "Mina Tarn")


def test_of_a_pair_that_somebody_is_unsure_of_the_machine_decides_and_it_waits(project: Project) -> None:
    five, six = account(project, "killed 5"), account(project, "killed 6")
    before = membership(project)
    project.judgements.pair("different", five, six, "two bombs")
    done = project.judgements.pair("unsure", five, six, "perhaps one")

    assert membership(project) == before
    (waiting,) = project.judgements.waiting()
    assert waiting.judgement == done.judgement
    assert "one incident as the machine has it" in waiting.why


def test_a_join_followed_by_a_split_leaves_everything_as_it_was(project: Project) -> None:
    before = membership(project)
    bomb, knife = incident_of(project, "killed 5"), incident_of(project, "Mina Tarn")
    moved = [f"{t.document.id}/{t.account.key}" for t in project.incident(knife).incident.accounts]

    joined = project.judgements.join(bomb, knife, "one night")
    assert len(membership(project)) == len(before) - 1
    assert [c.incident for c in joined.changes]
    project.judgements.split(incident_of(project, "killed 5"), moved, "two nights after all")

    assert membership(project) == before


def test_a_split_followed_by_a_join_leaves_everything_as_it_was(project: Project) -> None:
    before = membership(project)
    project.judgements.split(incident_of(project, "killed 5"), [account(project, "killed 6")], "two")
    assert len(membership(project)) == len(before) + 1
    project.judgements.join(incident_of(project, "killed 5"), incident_of(project, "killed 6"), "one")

    assert membership(project) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda p, i, j: p.judgements.join(i, i, "why"), "one incident"),
        (lambda p, i, j: p.judgements.join(i, "nowhere-at-all", "why"), "no incident 'nowhere-at-all'"),
        (lambda p, i, j: p.judgements.split(i, [account(p, "Harlow Ferry")], "why"), "is no account of"),
        (
            lambda p, i, j: p.judgements.split(i, [account(p, "killed 5"), account(p, "killed 6")], "why"),
            "leave at least one",
        ),
        (lambda p, i, j: p.judgements.pair("same", account(p, "killed 5"), account(p, "killed 5"), "w"), "one account"),
        (lambda p, i, j: p.judgements.withdraw("abcdef01", "why"), "no judgement"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(project: Project, wrong, said: str) -> None:  # type: ignore[no-untyped-def]
    before = membership(project)
    with pytest.raises(AscribeError, match=re.escape(said)):
        wrong(project, incident_of(project, "killed 5"), incident_of(project, "Harlow Ferry"))
    assert membership(project) == before
    assert project.judgements.history() == []


# --- signing ---------------------------------------------------------------------------------------------------------


def test_nobody_judges_unsigned(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"{account(project, 'killed 5')}/killed"
    monkeypatch.delenv("ASCRIBE_USER")
    with pytest.raises(AscribeError, match=r"--by NAME.*ASCRIBE_USER.*`user`"):
        project.judgements.accept(name, "why")
    with pytest.raises(AscribeError, match="--reason"):
        project.judgements.accept(name, "  ", "Ana")
    assert project.judgements.history() == []


def test_who_judges_is_asked_of_the_option_the_environment_and_the_settings(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"{account(project, 'killed 5')}/killed"
    project.settings = replace(project.settings, user="From Settings")
    signers = [project.judgements.accept(name, "why", by).judgement.signed.by for by in ("An  Option", None)]
    monkeypatch.delenv("ASCRIBE_USER")
    signers.append(project.judgements.accept(name, "why").judgement.signed.by)

    assert signers == ["An Option", "Ana Reyes", "From Settings"]


# --- history ---------------------------------------------------------------------------------------------------------


def test_the_history_is_of_everything_an_incident_an_account_or_a_person(project: Project) -> None:
    first = project.judgements.reject(f"{account(project, 'killed 6')}/killed", "no")
    second = project.judgements.accept(f"{account(project, 'Harlow Ferry')}/place", "yes", "Ben")
    project.judgements.withdraw(first.judgement.id[:8], "hasty", "Ben")

    def told(of: str | None = None, by: str | None = None) -> list[tuple[str, bool]]:
        return [(d.judgement.id, d.withdrawal) for d in project.judgements.history(of, by)]

    whole = [(first.judgement.id, False), (second.judgement.id, False), (first.judgement.id, True)]
    assert told() == whole
    assert told(incident_of(project, "killed 5")) == [whole[0], whole[2]]
    assert told(account(project, "killed 6")) == [whole[0], whole[2]]
    assert told(account(project, "killed 5")) == []
    assert told(by="ben") == whole[1:]
    assert told(incident_of(project, "Harlow Ferry"), "Ana Reyes") == []
    with pytest.raises(AscribeError, match="no incident"):
        told("nowhere-at-all")


def test_the_history_says_what_a_withdrawal_brought_back(project: Project) -> None:
    done = project.judgements.pair("different", account(project, "killed 5"), account(project, "killed 6"), "two")
    back = project.judgements.withdraw(done.judgement.id, "one after all")

    assert {(c.incident, c.before, c.after) for c in back.changes} == {
        (c.incident, c.after, c.before) for c in done.changes
    }
    assert len(done.changes) == 2


# --- reading anew ----------------------------------------------------------------------------------------------------


def read_anew(project: Project, reader: object) -> None:
    project.add([f"{project.folder}-in"], reader=reader, jobs=0)  # type: ignore[arg-type]


def test_effects_survive_reading_by_another_extractor(project: Project) -> None:
    five, six, knife = (account(project, w) for w in ("killed 5", "killed 6", "Mina Tarn"))
    project.judgements.pair("different", five, six, "two bombs")
    project.judgements.pair("same", five, knife, "one")
    project.judgements.correct(f"{six}/killed", "8", "two died")
    project.judgements.reject(f"{account(project, 'Jonas Vell')}/perpetrators", "cleared")
    before = membership(project), shown(project, "killed 6", "killed"), shown(project, "killed 5", "perpetrators")

    read_anew(project, other_reader)

    assert account(project, "killed 5") != five
    after = membership(project), shown(project, "killed 6", "killed"), shown(project, "killed 5", "perpetrators")
    assert after[1:] == before[1:]
    assert sorted(map(len, after[0].values())) == sorted(map(len, before[0].values()))
    assert project.judgements.waiting() == []


def test_what_is_no_longer_read_waits_and_has_its_effect_again(project: Project) -> None:
    killed = project.judgements.accept(f"{account(project, 'killed 5')}/killed", "yes")
    knife = project.judgements.pair("same", account(project, "Mina Tarn"), account(project, "killed 5"), "one")
    corrected = project.judgements.correct(f"{account(project, 'killed 6')}/killed", "8", "two died")
    together = membership(project)

    read_anew(project, deaf_reader)

    waiting = {w.judgement.id: w.why for w in project.judgements.waiting()}
    assert set(waiting) == {killed.judgement.id, knife.judgement.id}
    assert "killed is not read so from “5”" in waiting[killed.judgement.id]
    assert "no account" in waiting[knife.judgement.id]
    assert "8" in shown(project, "killed 6", "killed")  # a correction brings its own words
    assert corrected.judgement.id not in waiting

    read_anew(project, other_reader)

    assert project.judgements.waiting() == []
    assert sorted(map(len, membership(project).values())) == sorted(map(len, together.values()))


# --- interruption ----------------------------------------------------------------------------------------------------


def test_a_judgement_that_is_cut_off_leaves_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    before = membership(project)

    def cut_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(project.casebook.judgements), "note", cut_off)
    with pytest.raises(KeyboardInterrupt):
        project.judgements.pair("different", account(project, "killed 5"), account(project, "killed 6"), "two")

    assert membership(project) == before
    assert project.judgements.history() == []
    assert project.verify() == []


def test_a_judgement_that_is_stored_is_linked(project: Project) -> None:
    """What another process finds in the file is whole."""
    project.judgements.pair("different", account(project, "killed 5"), account(project, "killed 6"), "two")
    connection = sqlite3.connect(project.casebook.path)
    (judgements,) = connection.execute("SELECT count(*) FROM judgement").fetchone()
    (effects,) = connection.execute("SELECT count(*) FROM judgement_effect").fetchone()
    (incidents,) = connection.execute("SELECT count(*) FROM incident").fetchone()
    connection.close()

    assert (judgements, effects, incidents) == (1, 1, len(membership(project)))
