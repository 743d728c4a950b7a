"""Small invented stories as accounts, for the tests of linking."""

from __future__ import annotations

from hypothesis import strategies as st
from telling import PlainReader, a_document

from ascribe.incidents import AccountRef
from ascribe.model import Told


def reading_of(
    text: str, name: str = "a.txt", published: str | None = None, near_copy_of: str | None = None
) -> list[Told]:
    """The incident accounts of a text."""
    document = a_document(text, name, published, near_copy_of=near_copy_of)
    reading = PlainReader().read(document)
    return [Told(document, reading, a) for a in reading.of_kind("incident")]


def parts_of(found: dict[str, list[Told]]) -> set[frozenset[AccountRef]]:
    """Which accounts are together, whatever the incidents are called."""
    return {frozenset(AccountRef.of(t) for t in members) for members in found.values()}


_SENTENCES = st.builds(
    "{} a {} killed {} people in {}. {}".format,
    st.sampled_from(["On 2021-03-01", "On 2021-03-02", "On 2021-03-03", "That week"]),
    st.sampled_from(["bomb", "shooting"]),
    st.sampled_from([1, 2, 30]),
    st.sampled_from(["Port Amsel", "Amsel-le-Port", "Dar Qasim", "Upper Lenn"]),
    st.sampled_from(["", "Jonas Vell was arrested.", "Tomas Orrin was arrested."]),
)
STORIES = st.lists(st.lists(_SENTENCES, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=7, unique=True)
