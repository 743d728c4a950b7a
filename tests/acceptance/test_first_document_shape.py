"""What an essay says of claims, attributions, contacts, responses and numbers comes out as it stands there."""

from __future__ import annotations

from datetime import date

import pytest
from invented_essay import PUBLISHED, TEXT, Command

from ascribe.analysis.counting import Answer
from ascribe.model import CountValue
from ascribe.project import IncidentSummary, Project

AGENCY, WEEKLY = "2019-05-17", "2019-05-19"


def incident(project: Project, key: str) -> IncidentSummary:
    """The incident of which the account has this key."""
    return next(s for s in project.incidents() if key in {t.account.key for t in s.incident.accounts})


def views(project: Project, key: str, as_of: str | None = None) -> dict[str, tuple[str, str]]:
    found = project.claims.attribution(incident(project, key).incident.id, as_of)["views"]
    return {v["actor"]: (v["state"], v["stance"]) for v in found}


def answer(project: Project, words: str) -> Answer:
    (checked,) = project.counting.check([TEXT], PUBLISHED)
    return next(a for a in checked.answers if words in a.statement.evidence.quote)  # type: ignore[union-attr]


# attribution


def test_a_suspicion_is_held_until_another_view_takes_its_place(project: Project) -> None:
    then, later = views(project, "graz", "2018-11-20"), views(project, "graz", "2019-06")
    assert then["Ash Front"] == ("held", "suspected")
    assert then["Reed League"][0] == "perhaps"  # since when, the text does not say
    assert later == {"Ash Front": ("given_up", "suspected"), "Reed League": ("held", "suspected")}


def test_the_holder_of_the_later_view_and_what_it_replaced_are_told(project: Project, command: Command) -> None:
    (found,) = command("attribution", incident(project, "graz").incident.id, "--as-of", "2019-06")
    by_actor = {v["actor"]: v for v in found["views"]}
    assert by_actor["Ash Front"]["superseded_by"] == "Reed League"
    assert by_actor["Reed League"]["holder"] == "the Austrian government"


def test_a_contested_part_stays_open_and_involvement_is_in_the_text_s_words(project: Project) -> None:
    (contested,) = project.claims.attribution(incident(project, "novi-glas").incident.id)["views"]
    assert contested["stance"] == "suspected"
    assert [q["quote"] for q in contested["opposing"]] == ["is contested"]
    (controlled,) = project.claims.attribution(incident(project, "zagreb").incident.id)["views"]
    assert (controlled["involvement"], controlled["involvement_words"]) == ("directed", ["planned and controlled"])


def test_an_involvement_that_is_only_compared_is_none(project: Project) -> None:
    (view,) = project.claims.attribution(incident(project, "pula").incident.id)["views"]
    assert view["involvement"] is None
    assert view["involvement_words"] == ["in keeping with how the guided attacks"]


def test_loyal_people_are_not_the_organisation(project: Project) -> None:
    assert list(views(project, "split")) == ["people loyal to the Ash Front"]


# claims


def test_a_claim_through_the_agency_comes_within_a_day(project: Project) -> None:
    (claim,) = project.claims.life_cycle(incident(project, "maribor").incident.id)["claims"]
    assert (claim["claimants"], claim["outlets"], claim["date"]) == (["Ash Front"], ["Cinder"], AGENCY)
    assert 0 <= claim["lag"]["min_days"] <= claim["lag"]["max_days"] <= 1


def test_the_weekly_s_item_is_a_copy_and_no_second_source(project: Project, command: Command) -> None:
    (cycle,) = command("claims", incident(project, "maribor").incident.id)
    assert [(e["step"], e["date"]) for e in cycle["events"] if e["date"] in (AGENCY, WEEKLY)] == [
        ("claimed", AGENCY),
        ("repeated", WEEKLY),
    ]
    (copy,) = [e for e in cycle["events"] if e["step"] == "repeated"]
    assert (copy["outlets"], copy["items"], copy["copy_of"]) == (
        ["Ember"],
        ["212th issue of Ember"],
        ["the Cinder message"],
    )
    assert [(c["copies"], c["documents"]) for c in cycle["claims"]] == [(1, 1)]


def test_a_confession_and_a_pledge_are_no_claim(project: Project, command: Command) -> None:
    (cycle,) = command("claims", incident(project, "pula").incident.id)
    assert cycle["status"] == "not_claimed"
    assert not cycle["claims"]
    assert {"confessed", "pledged", "not_claimed"} == {e["step"] for e in cycle["events"]}


def test_one_sentence_of_silence_covers_three_attacks(command: Command) -> None:
    silent = {c["incident"].rsplit("-", 1)[0] for c in command("claims") if c["status"] == "not_claimed"}
    assert silent == {"split-2017-03-03", "osijek-2017-02-08", "zadar-2016-05-05", "pula-2019-05-13"}


def test_a_claim_can_be_doubted_and_stays_one(project: Project, command: Command) -> None:
    (cycle,) = command("claims", incident(project, "cork").incident.id)
    assert (cycle["status"], cycle["doubted"]) == ("claimed", True)
    assert len([e for e in cycle["events"] if e["step"] == "doubted"]) == 2
    (view,) = project.claims.attribution(cycle["incident"])["views"]
    assert view["stance"] == "claimed_only"


def test_the_tables_count_claimed_attributed_and_neither_and_give_no_rate_of_few(command: Command) -> None:
    (states,) = [t for t in command("claims", "--tables") if t["table"] == "claimed, attributed, neither"]
    rows = {r["label"].strip(): r for r in states["rows"]}
    assert (rows["claimed"]["numerator"], rows["claimed"]["denominator"]) == (3, 19)  # the foiled plot is none
    assert rows["claimed"]["rate"] == pytest.approx(3 / 19, abs=0.001)
    by_tactic = next(t for t in command("claims", "--tables") if t["table"] == "claimed by tactic")
    assert all(r["rate"] is None for r in by_tactic["rows"] if r["denominator"] < 10)


# tolls


def test_a_figure_of_the_claimants_alone_is_theirs(project: Project, command: Command) -> None:
    found = incident(project, "maribor")
    (wounded,) = found.thing["wounded"].shown
    assert (wounded.value, wounded.reservation()) == (CountValue(2, 2), "per claimant")
    (killed,) = found.thing["killed"].shown
    assert (killed.value, killed.reservation()) == (CountValue(2, 2), "")
    (shown,) = command("show", found.incident.id)
    assert shown["values"]["wounded"]["said"] == "per claimant"


def test_a_part_is_never_added_to_its_total(project: Project) -> None:
    zagreb = incident(project, "zagreb").thing
    assert [s.value for s in zagreb["killed"].shown] == [CountValue(60, 60)]
    assert [s.value for s in zagreb["killed_of_which"].shown] == [CountValue(40, 40)]
    told = [c.statement.value for c in zagreb.cited()]
    assert CountValue(100, 100) not in told


# counting


def test_a_foiled_plot_is_no_attack(project: Project) -> None:
    plot = incident(project, "plot").incident.id
    (checked,) = project.counting.check([TEXT], PUBLISHED)
    answers = checked.answers  # type: ignore[union-attr]
    assert all(plot not in (*a.counted, *a.named) for a in answers)
    assert any(plot in a.left_out for a in answers)


def test_the_latest_lethal_and_claimed_attack_is_found_although_a_later_one_was_lethal(project: Project) -> None:
    found = answer(project, "most recent lethal and claimed")
    assert (found.verdict, found.query.lethal, found.query.claimed) == ("consistent", True, True)
    assert found.named == (incident(project, "rijeka").incident.id,)
    assert incident(project, "pula").incident.id not in found.counted


def test_the_last_attack_in_a_country_is_meant_before_the_news(project: Project) -> None:
    found = answer(project, "last lethal Ash Front attack in Slovenia")
    assert found.verdict == "consistent"
    assert found.query.as_of == date(2019, 4, 30)
    assert any(incident(project, "maribor").incident.id in reason for reason in found.reasons)


@pytest.mark.parametrize("words", ["thirty attacks in 2014", "more than forty in 2015"])
def test_a_number_of_a_whole_campaign_cannot_be_verified(project: Project, words: str) -> None:
    assert answer(project, words).verdict == "cannot be verified"


def test_half_a_dozen_before_last_month_is_what_is_listed(project: Project) -> None:
    found = answer(project, "half a dozen Ash Front attacks")
    assert (found.verdict, len(found.counted), found.query.as_of) == ("consistent", 6, date(2019, 4, 30))


def test_a_text_of_the_casebook_is_checked_as_of_its_known_date(command: Command) -> None:
    (checked,) = command("check", str(TEXT))
    (thirty,) = [s for s in checked["statements"] if s["quote"] == "thirty attacks in 2014"]
    assert thirty["query"]["as_of"] == "2019-06-30"


def test_check_prints_query_and_incidents(command: Command) -> None:
    (checked,) = command("check", str(TEXT), "--published", PUBLISHED)
    (thirty,) = [s for s in checked["statements"] if s["quote"] == "thirty attacks in 2014"]
    assert (thirty["verdict"], thirty["query"]["from"], thirty["query"]["to"]) == (
        "cannot be verified",
        "2014-01-01",
        "2014-12-31",
    )


# what else is told


@pytest.mark.parametrize(
    ("key", "kind", "property_id", "values"),
    [
        ("pula", "contact", "type", {"report", "surveillance", "questioning"}),
        ("maribor", "contact", "type", {"warning", "decision", "lapse", "request"}),
        ("pula", "response", "measure", {"called up 3,000 soldiers"}),
        ("maribor", "response", "measure", {"had to resign"}),
        ("ljubljana", "connection", "type", {"network"}),
        ("pula", "connection", "type", {"accomplice"}),
    ],
)
def test_contacts_responses_and_connections_are_shown_with_their_incident(
    project: Project, key: str, kind: str, property_id: str, values: set[str]
) -> None:
    things = incident(project, key).of_kind(kind)
    shown = {t[property_id].property.type.show(s.value) for t in things for s in t[property_id].shown}
    assert shown == values


def test_contacts_before_an_attack_are_a_dated_line(project: Project, command: Command) -> None:
    (told,) = command("contacts", incident(project, "maribor").incident.id)
    assert [(line["date"], line["type"]) for line in told["lines"]] == [
        ("2014-07", "warning"),
        ("2018", "decision"),
        ("2018", "request"),
        (None, "decision"),
        (None, "lapse"),
    ]


def test_responses_and_connections_stand_with_their_incident(project: Project, command: Command) -> None:
    (responses,) = command("responses", incident(project, "maribor").incident.id)
    assert [(line["by"], line["measure"]) for line in responses["lines"]] == [
        ("The Minister of Justice, Vida Klemen", "had to resign")
    ]
    (links,) = command("connections", incident(project, "ljubljana").incident.id)
    assert [(line["type"], line["other"]) for line in links["lines"]] == [("network", "Zagreb")]


def test_a_term_is_told_with_who_uses_reports_and_rejects_it(command: Command) -> None:
    (found,) = command("terms", "lone wolves")
    assert sorted((use["use"], use["speaker"] or "author") for use in found["uses"]) == [
        ("rejected", "author"),
        ("rejected", "author"),
        ("reported", "author"),
        ("used", "Ember"),
    ]


def test_explanations_that_compete_stay_side_by_side(command: Command) -> None:
    assert [(r["type"], r["stance"]) for r in command("remarks")] == [
        ("explanation", "hypothetical"),
        ("pattern", "asserted"),
        ("outlook", "hypothetical"),
        ("explanation", "hypothetical"),
    ]


def test_every_quote_stands_in_the_document(project: Project) -> None:
    assert project.verify() == []
