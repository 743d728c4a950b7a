"""Whose word a statement is: statements in their documents, and which of them are one source.

Below the stages, because summaries, exports and every analysis need it.
"""

from ascribe.sources.counting import Sources
from ascribe.sources.things import Cited, Thing, found_only, in_order, is_found, published, things_about

__all__ = ["Cited", "Sources", "Thing", "found_only", "in_order", "is_found", "published", "things_about"]
