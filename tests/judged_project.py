"""A project of four invented reports, to be judged: its readers, and what tests ask of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from telling import PlainReader, plain_reader

from ascribe.model import Document, Reading
from ascribe.project import Project

BOMB = "On 2021-03-04 a bomb killed 5 people in Port Amsel. The Ash Front claimed it. Jonas Vell was arrested."
OTHER = "Officials in Port Amsel said that a bomb on 2021-03-04 had killed 6 people near the old harbour wall."
KNIFE = "On 2020-01-02 a knife attack in Dar Qasim left three traders hurt, killing Mina Tarn."
TWO = (
    "On 2020-01-02 a knife attack in Dar Qasim hurt three traders, the governor said.\n"
    "On 2022-06-07 a shooting in Harlow Ferry killed 2 guards. The Reed Front claimed it, police suspect the Ash Front."
)


class OtherReader(PlainReader):
    """Another extractor: other keys, narrow anchors, statements the other way round; it knows no more and no less."""

    name = "other"
    version = "3"

    def read(self, document: Document) -> Reading:
        """What the plain reader reads, put otherwise."""
        read = PlainReader().read(document)
        keys = {a.key: f"x{number}" for number, a in enumerate(read.accounts)}
        accounts = tuple(
            replace(
                a,
                key=keys[a.key],
                about=keys.get(a.about or ""),
                anchor=a.statements[0].evidence[0],
                statements=tuple(reversed(a.statements)),
            )
            for a in read.accounts
        )
        return Reading(document.id, self.name, self.version, accounts)


class DeafReader(PlainReader):
    """A version that hears of no deaths, and of nothing in Dar Qasim."""

    version = "9"

    def read(self, document: Document) -> Reading:
        """What is left."""
        read = PlainReader().read(document)
        accounts = tuple(
            replace(a, statements=tuple(s for s in a.statements if s.property != "killed"))
            for a in read.accounts
            if "Dar Qasim" not in a.anchor.quote
        )
        return Reading(document.id, self.name, self.version, accounts)


def other_reader() -> OtherReader:
    return OtherReader()


def deaf_reader() -> DeafReader:
    return DeafReader()


def fill(folder: Path) -> Path:
    inbox = folder.parent / f"{folder.name}-in"
    inbox.mkdir()
    for name, text in (("a.txt", BOMB), ("b.txt", OTHER), ("c.txt", KNIFE), ("d.txt", TWO)):
        (inbox / name).write_text(text)
    with Project.open(folder) as project:
        project.add([inbox], reader=plain_reader, jobs=0)
    return inbox


def account(project: Project, words: str, kind: str = "incident") -> str:
    """The name of the account of this kind that begins with these words."""
    for document in project.documents():
        for one in project.casebook.current_reading(document.id).of_kind(kind):
            paragraph = document.text[: one.anchor.end].rpartition("\n")[2] + document.text[one.anchor.end :]
            if words in paragraph.partition("\n")[0]:
                return f"{document.id[:12]}/{one.key}"
    raise AssertionError(words)


def incident_of(project: Project, words: str) -> str:
    name = account(project, words)
    for incident in project.casebook.incidents():
        if any(f"{t.document.id[:12]}/{t.account.key}" == name for t in incident.accounts):
            return incident.id
    raise AssertionError(words)


def membership(project: Project) -> dict[str, set[str]]:
    """The incidents, by id, with the first words of each account."""
    return {
        i.id: {t.document.text[t.account.anchor.start :].partition("\n")[0] for t in i.accounts}
        for i in project.casebook.incidents()
    }


def shown(project: Project, words: str, property_id: str) -> list[str]:
    found = project.incident(incident_of(project, words)).thing[property_id]
    return [found.property.type.show(s.value) for s in found.shown]
