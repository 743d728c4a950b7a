"""Ascribe reads reports of political violence into a casebook in which every value carries its words."""

__version__ = "0.1.0"
