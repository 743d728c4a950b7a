"""The library's face."""

from __future__ import annotations

import io
import socket
import sqlite3
from pathlib import Path

import pytest
from telling import later_plain_reader, plain_reader

from ascribe.errors import AscribeError, ProjectError, StoreError
from ascribe.model import Skipped
from ascribe.project import Failed, Options, Project, Read, read_files
from ascribe.project.files import files_of

BOMB = "On 2021-03-04 a bomb killed 5 people in Port Amsel. Jonas Vell was arrested."
OTHER = "Officials in Port Amsel said that a bomb on 2021-03-04 had killed 6 people near the old harbour wall."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(BOMB)
    (tmp_path / "in" / "b.md").write_text(OTHER)
    (tmp_path / "in" / "c.exe").write_text("no document")
    (tmp_path / "in" / ".hidden.txt").write_text("hidden")
    return tmp_path


@pytest.fixture
def project(folder: Path, empty_project: Path):  # type: ignore[no-untyped-def]
    with Project.open(empty_project) as made:
        yield made


def fill(project: Project, folder: Path):  # type: ignore[no-untyped-def]
    return project.add([folder / "in"], reader=plain_reader, jobs=0)


def test_a_project_is_made_filled_and_opened_again(project: Project, folder: Path) -> None:
    report = fill(project, folder)
    assert (report.new, report.known, report.failed, report.incidents) == (2, 0, (), 1)
    project.close()
    with Project.open(folder / "book") as again:
        assert [i.incident.id for i in again.incidents()]
        assert again.verify() == []


def test_adding_again_is_known(project: Project, folder: Path) -> None:
    fill(project, folder)
    report = fill(project, folder)
    assert (report.new, report.known, report.documents) == (0, 2, 2)


def test_a_project_is_found_from_a_folder_inside_it(project: Project) -> None:
    inside = project.folder / "deep" / "er"
    inside.mkdir(parents=True)
    with Project.find(inside) as found:
        assert found.folder.resolve() == project.folder.resolve()


def test_without_a_project_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="ascribe init"):
        Project.find(tmp_path)
    with pytest.raises(ProjectError, match="ascribe init"):
        Project.open(tmp_path)


def test_a_second_project_in_one_folder_is_refused(project: Project) -> None:
    with pytest.raises(ProjectError, match="already"):
        Project.init(project.folder)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('raeder = "rules"', "did you mean 'reader'"),
        ("zzz = 1", "known are reader"),
        ("seconds = 'long'", "seconds must be a number"),
        ("jobs = true", "jobs must be a number"),
        ("jobs = -1", "jobs must be a number"),
        ("reader = 3", "words in quotation marks"),
        ("reader = ", "ascribe.toml"),
    ],
)
def test_wrong_settings_are_named(project: Project, line: str, message: str) -> None:
    (project.folder / "ascribe.toml").write_text(line)
    with pytest.raises(ProjectError, match=message):
        Project.open(project.folder)


def test_the_settings_of_a_new_project_are_the_defaults(project: Project) -> None:
    assert (project.folder / "ascribe.toml").read_text().startswith("# Settings")
    assert project.settings.reader == "model"
    assert project.settings.jobs is None


def test_an_unknown_reader_is_an_error_before_anything_is_read(project: Project, folder: Path) -> None:
    with pytest.raises(AscribeError, match="no reader 'nobody'"):
        project.add([folder / "in"], reader="nobody", jobs=0)
    with pytest.raises(AscribeError, match="no reader 'nobody'"):
        read_files([folder / "in"], reader="nobody", jobs=0)


def test_a_wrong_date_is_an_error_before_anything_is_read(project: Project, folder: Path) -> None:
    with pytest.raises(AscribeError, match="yesterday"):
        project.add([folder / "in"], published="yesterday", reader=plain_reader, jobs=0)


def test_the_given_date_of_publication_wins(project: Project, folder: Path) -> None:
    project.add([folder / "in" / "a.txt"], published="2021-03-05", reader=plain_reader, jobs=0)
    (document,) = project.documents()
    assert document.publication is not None
    assert (str(document.publication.when.start), document.publication.how) == ("2021-03-05", "given")


def test_what_is_said_of_known_documents_is_not_lost(project: Project, folder: Path) -> None:
    fill(project, folder)
    report = project.add([folder / "in"], restricted=True, reader=plain_reader, jobs=0)
    assert (report.known, report.marked_restricted) == (2, 2)
    report = project.add([folder / "in"], published="2021-03-05", reader=plain_reader, jobs=0)
    assert (report.known, report.read_anew, report.marked_restricted, report.incidents) == (0, 2, 0, 1)
    assert all(d.restricted and d.publication and d.publication.how == "given" for d in project.documents())
    assert project.verify() == []


def test_a_language_that_the_reader_refuses_is_told_each_time(project: Project, folder: Path) -> None:
    text = "Вчера в городе взорвалась бомба, сообщили власти. Погибли пять человек, ещё семь были ранены на рынке."
    (folder / "ru.txt").write_text(text * 4, encoding="utf-8")
    reports = [project.add([folder / "ru.txt"], jobs=0) for _ in range(2)]
    assert [(r.new, r.known) for r in reports] == [(1, 0), (0, 1)]
    assert reports[0].unread == reports[1].unread
    assert [s.name for s in reports[1].unread] == [str(folder / "ru.txt")]


def test_folders_are_walked_in_order_and_hidden_or_foreign_files_left_out(folder: Path) -> None:
    assert [p.name for p in files_of([folder / "in"]) if isinstance(p, Path)] == ["a.txt", "b.md"]
    assert [p.name for p in files_of([folder / "in" / "c.exe"]) if isinstance(p, Path)] == ["c.exe"]


def test_missing_files_and_empty_folders_are_told(folder: Path) -> None:
    (folder / "void").mkdir()
    gone, void = files_of([folder / "gone", folder / "void"])
    assert isinstance(gone, Skipped)
    assert "no such file" in gone.reason
    assert isinstance(void, Skipped)
    assert "no file in this folder" in void.reason


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert len(files_of([folder / "in", folder / "in" / "a.txt"])) == 2


def test_an_incident_is_shown_by_the_beginning_of_its_id(project: Project, folder: Path) -> None:
    fill(project, folder)
    found = project.incident("port-amsel")
    assert len(found.documents()) == 2
    with pytest.raises(StoreError):
        project.incident("nowhere")


def test_a_document_is_shown_with_old_and_current_readings(project: Project, folder: Path) -> None:
    fill(project, folder)
    assert project.add([folder / "in"], reader=later_plain_reader, jobs=0).read_anew == 2
    view = project.document(next(project.documents()).id[:10])
    assert [r.version for r in view.readings] == ["1", "2"]
    assert view.current.version == "2"
    assert len(view.incidents) == 1


def test_words_are_found_with_their_incident(project: Project, folder: Path) -> None:
    fill(project, folder)
    (hit,) = project.search("harbour wall")
    assert hit.incidents[0].startswith("port-amsel-2021-03-04")


def test_an_export_is_whole_or_not_there(project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(project, folder)
    out = folder / "incidents.csv"
    assert project.export("csv", out) == 1
    before = out.read_bytes()
    assert before.count(b"\r\n") == 2
    monkeypatch.setattr(project.casebook, "incidents", lambda **_: iter([None]))
    with pytest.raises(AttributeError):
        project.export("csv", out)
    assert out.read_bytes() == before
    assert [p.name for p in folder.iterdir() if p.name.endswith(".part")] == []


def test_an_export_to_a_place_that_cannot_be_written_says_so(project: Project, folder: Path) -> None:
    with pytest.raises(AscribeError, match="cannot be written"):
        project.export("csv", folder / "no" / "such" / "place.csv")


def test_restricted_documents_stay_restricted_in_exports(project: Project, folder: Path) -> None:
    project.add([folder / "in"], restricted=True, reader=plain_reader, jobs=0)
    out, open_ = io.StringIO(), io.StringIO()
    project.export("jsonl", out)
    project.export("jsonl", open_, Options(include_restricted=True))
    assert "[restricted: document " in out.getvalue()
    assert '"quote": "bomb"' not in out.getvalue()
    assert '"quote": "bomb"' in open_.getvalue()


def test_a_changed_casebook_is_told_by_verify(project: Project, folder: Path) -> None:
    fill(project, folder)
    project.close()
    with sqlite3.connect(project.folder / "casebook.db") as raw:
        raw.execute("UPDATE document SET text = replace(text, 'killed', 'healed')")
    raw.close()
    with Project.open(project.folder) as again:
        assert any("a.txt" in line for line in again.verify())


def test_files_are_read_without_a_project(folder: Path) -> None:
    total, outcomes = read_files([folder / "in", folder / "gone"], reader=plain_reader, jobs=0)
    found = list(outcomes)
    assert total == 3
    assert [type(o) for o in found] == [Read, Read, Failed]


def test_standard_input_is_a_source(folder: Path) -> None:
    _, outcomes = read_files(["-"], reader=plain_reader, jobs=0, stdin=io.BytesIO(BOMB.encode()))
    (found,) = outcomes
    assert isinstance(found, Read)
    assert found.reading.of_kind("incident")


def test_no_connection_is_opened_by_reading_adding_searching_or_exporting(
    project: Project, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    class NoSocket(socket.socket):  # a class still, because libraries derive theirs from it
        __init__ = refuse  # type: ignore[assignment]

    monkeypatch.setattr(socket, "socket", NoSocket)
    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    with pytest.raises(AssertionError):
        socket.socket()
    page = folder / "in" / "page.html"
    page.write_text(
        f"<html><head><link rel=stylesheet href=http://example.org/x></head><body><p>{BOMB}</p></body></html>"
    )
    assert fill(project, folder).failed == ()
    assert list(read_files([folder / "in"], reader=plain_reader, jobs=0)[1])
    project.search("bomb")
    project.verify()
    for format in ("csv", "jsonl", "geojson"):
        project.export(format, io.StringIO())
