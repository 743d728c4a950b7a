"""Acceptance on the first document: what its list of facts holds must have a place in the casebook and a command.

The document itself is not here: the reading made by hand and the lines that are checked name its words by offsets.
"""
