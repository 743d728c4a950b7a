"""The only place where the stages meet: bytes -> documents -> readings -> casebook -> incidents.

Stages know nothing of each other, of files, of the clock or of processes; here they are called one after the other.
"""

from ascribe.pipeline.adding import Stored, add
from ascribe.pipeline.linking import LinkReport, link
from ascribe.pipeline.reading import Engines, Failed, MakeReader, NamedReader, Read, engines, read

__all__ = [
    "Engines",
    "Failed",
    "LinkReport",
    "MakeReader",
    "NamedReader",
    "Read",
    "Stored",
    "add",
    "engines",
    "link",
    "read",
]
