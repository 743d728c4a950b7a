"""The command line: `ascribe`. It sees the project and nothing below it."""

from ascribe.cli.app import main

__all__ = ["main"]
