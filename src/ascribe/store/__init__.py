"""Keeping documents, readings and membership so that nothing reported stored is lost and every quote still holds."""

from __future__ import annotations

from ascribe.store.casebook import Casebook, Counts, Sighting
from ascribe.store.judgements import Judgements
from ascribe.store.links import Home, KeptLink, Links, Name
from ascribe.store.search import Hit, Part
from ascribe.store.verify import Problem

__all__ = [
    "Casebook",
    "Counts",
    "Hit",
    "Home",
    "Judgements",
    "KeptLink",
    "Links",
    "Name",
    "Part",
    "Problem",
    "Sighting",
]
