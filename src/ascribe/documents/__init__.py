"""Bytes -> Document: every format behind one seam, bad content told in one line.

`load` decides by content what a source is and yields its documents; nothing here reads a file, a clock or the
network. Parsers of formats are loaded on use.
"""

from __future__ import annotations

from ascribe.documents.loading import FORMATS, SUFFIXES, formats, is_readable, load
from ascribe.documents.near_copies import NearCopies
from ascribe.documents.published import parse_published
from ascribe.documents.source import Format, Limits, LoadOptions, Source

__all__ = [
    "FORMATS",
    "SUFFIXES",
    "Format",
    "Limits",
    "LoadOptions",
    "NearCopies",
    "Source",
    "formats",
    "is_readable",
    "load",
    "parse_published",
]
