"""The bundled examples are read as their README says. Everything in them is invented."""

from __future__ import annotations

import importlib.util
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

from ascribe.documents import NearCopies, Source, load
from ascribe.incidents import group
from ascribe.model import CodeValue, CountValue, Document, PersonValue, PlaceValue, Skipped, Told
from ascribe.readings import extractor

FOLDER = Path(__file__).parent.parent / "examples"
FILES = sorted((FOLDER / "documents").iterdir())


def loaded() -> Iterator[Document | Skipped]:
    copies = NearCopies()
    for path in FILES:
        for item in load(Source(path.name, path.read_bytes())):
            yield replace(item, near_copy_of=copies.add(item)) if isinstance(item, Document) else item


@pytest.fixture(scope="module")
def told() -> list[Told]:
    """Every account in the examples, in its document."""
    reader = extractor("rules")
    documents = [item for item in loaded() if isinstance(item, Document)]
    readings = [(document, reader.read(document)) for document in documents]
    return [Told(document, reading, a) for document, reading in readings for a in reading.accounts]


def of(told: list[Told], name: str, kind: str = "incident") -> list[Told]:
    return [t for t in told if t.document.name == name and t.account.kind == kind]


def town(one: Told) -> str:
    place = one.account.first("place")
    return place.value.name if place is not None and isinstance(place.value, PlaceValue) else ""


def test_every_example_is_read_and_nothing_is_skipped() -> None:
    items = list(loaded())

    assert [i for i in items if isinstance(i, Skipped)] == []
    assert len(items) == 13
    assert {i.format for i in items if isinstance(i, Document)} == {
        *("text", "markdown", "html", "pdf", "docx", "feed", "jsonl")
    }


def test_every_example_says_when_it_was_published() -> None:
    for item in loaded():
        assert isinstance(item, Document)
        assert item.publication is not None, item.name


def test_the_web_page_gives_its_article_and_nothing_around_it() -> None:
    (page,) = (i for i in loaded() if isinstance(i, Document) and i.format == "html")

    assert page.text.startswith("Group claims Parakou bombing")
    for foreign in ("cookies", "Related", "Kandi", "Cotton prices", "Subscribe"):
        assert foreign not in page.text


def test_the_columns_of_the_pdf_are_read_one_after_the_other() -> None:
    (paper,) = (i for i in loaded() if isinstance(i, Document) and i.format == "pdf")
    told = " ".join(paper.text.split())

    assert [p.page for p in paper.pages] == [1, 2]
    at = 0
    for paragraph in documents_script().ANALYSIS:
        assert paragraph in told[at:]
        at = told.index(paragraph, at)


def test_the_reprint_is_known_as_a_copy_of_the_agency_report() -> None:
    documents = {i.name: i for i in loaded() if isinstance(i, Document)}

    assert documents["parakou-reprint.md"].near_copy_of == documents["parakou-agency.txt"].id
    assert [n for n, d in documents.items() if d.near_copy_of] == ["parakou-reprint.md"]


def test_the_three_tellings_and_the_reprint_are_one_incident(told: list[Told]) -> None:
    incidents = group(told)
    homes = {t.document.name: key for key, members in incidents.items() for t in members if town(t) == "Parakou"}

    assert set(homes) == {
        *("parakou-agency.txt", "parakou-reprint.md", "parakou-newspaper.html", "parakou-bulletin.docx")
    }
    assert len(set(homes.values())) == 1


def test_each_telling_keeps_its_own_toll(told: list[Told]) -> None:
    tolls = {}
    for one in told:
        killed = one.account.first("killed")
        if town(one) == "Parakou" and killed is not None:
            tolls[one.document.name] = killed.value

    assert tolls["parakou-agency.txt"] == CountValue(7, None, "at_least")
    assert tolls["parakou-newspaper.html"] == CountValue(8, 8, "exact")
    assert tolls["parakou-bulletin.docx"] == CountValue(9, 9, "exact")


def test_the_agency_reports_no_claim_and_the_newspaper_a_claim(told: list[Told]) -> None:
    def status(name: str) -> list[str]:
        found = (t.account.first("status") for t in of(told, name, "claim"))
        return [s.value.code for s in found if s is not None and isinstance(s.value, CodeValue)]

    assert status("parakou-agency.txt") == ["not_claimed"]
    assert status("parakou-newspaper.html") == ["claimed"]


def test_the_claim_in_the_feed_joins_the_attack_that_it_is_about(told: list[Told]) -> None:
    shared = [
        members
        for members in group(told).values()
        if {t.document.name for t in members}
        == {"radio-lurio-2024-10-02-clinic", "radio-lurio-2024-10-04-clinic-claim"}
    ]

    assert len(shared) == 1


@pytest.mark.parametrize("name", ["pecs-gas.txt", "radio-lurio-2024-10-04-cashew"])
def test_a_document_without_an_incident_yields_none(told: list[Told], name: str) -> None:
    assert [i.name for i in loaded() if isinstance(i, Document) and i.name == name] == [name]
    assert of(told, name) == []


def test_the_analysis_tells_of_four_incidents(told: list[Told]) -> None:
    towns = [town(t) for t in of(told, "silence-analysis.pdf")]

    assert sorted(towns) == ["Bari", "Chemnitz", "Graz", "Groningen"]


def test_the_plot_is_foiled_and_the_graz_attack_explicitly_not_claimed(told: list[Told]) -> None:
    by_town = {town(t): t for t in of(told, "silence-analysis.pdf")}
    status = by_town["Bari"].account.first("status")
    claims = [
        c.first("status")
        for c in by_town["Graz"].reading.about(by_town["Graz"].account.key, "claim")
        if c.first("status") is not None
    ]

    assert status is not None
    assert status.value == CodeValue("foiled")
    assert [c.value for c in claims if c is not None] == [CodeValue("not_claimed")]


def test_the_acquitted_co_defendant_is_no_perpetrator_and_the_convicted_is_one(told: list[Told]) -> None:
    named = {
        statement.value.name
        for one in of(told, "valdivia-verdict.md")
        for statement in one.account.values("perpetrators")
        if isinstance(statement.value, PersonValue)
    }

    assert "Matías Ollarzú" in named
    assert "Camila Rehbein" not in named


# --- the files themselves --------------------------------------------------------------------------------------------


def documents_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_documents", FOLDER / "make_documents.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_built_examples_are_those_that_the_script_builds(tmp_path: Path) -> None:
    script = documents_script()
    script.main(tmp_path)
    for name in ("silence-analysis.pdf", "parakou-bulletin.docx"):
        (made,), (kept,) = (list(load(Source(name, (f / name).read_bytes()))) for f in (tmp_path, FOLDER / "documents"))

        assert isinstance(made, Document)
        assert isinstance(kept, Document)
        assert (made.text, made.title, made.publication) == (kept.text, kept.title, kept.publication)


def test_the_script_builds_the_same_bytes_twice() -> None:
    script = documents_script()

    assert script.analysis_pdf() == script.analysis_pdf()
    assert script.bulletin_docx() == script.bulletin_docx()
    with zipfile.ZipFile(BytesIO(script.bulletin_docx())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_readme_of_the_examples_names_every_file_and_says_that_all_is_invented() -> None:
    readme = (FOLDER / "README.md").read_text("utf-8")

    assert "all of them invented" in readme
    for path in FILES:
        assert f"`documents/{path.name}`" in readme
