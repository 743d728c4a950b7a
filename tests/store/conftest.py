"""Every place that a casebook can be kept in; each test of the contract runs on all of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ascribe.schema import bundled_schema
from ascribe.store import Casebook


@pytest.fixture(params=["sqlite"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    assert request.param == "sqlite", "another database says here where its casebook is"
    return tmp_path / "casebook.sqlite"


@pytest.fixture
def casebook(where: Path | str) -> Iterator[Casebook]:
    with Casebook.create(where, bundled_schema()) as made:
        yield made
