"""A process that has everything loaded and begets, for each line it reads, a child that works until it is killed.

A line is `save CASEBOOK FIRST_NUMBER` (prints "open", then the number of each invented document after `save` has
returned) or `create CASEBOOK`. The child's process id is printed first. After the next line, which says that it was
killed, it is waited for and "dead" is printed. So a kill meets the work and not the start of Python.
"""

from __future__ import annotations

import os
import sys
from itertools import count

import alembic.command  # noqa: F401 - loaded before a child needs it
from invented import NOON, story

from ascribe.schema import bundled_schema
from ascribe.store import Casebook

SCHEMA = bundled_schema()


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())  # one write: a line is told whole or not at all


def work(what: str, where: str, first: str = "0") -> None:
    if what == "create":
        Casebook.create(where, SCHEMA).close()
        return
    with Casebook.open(where, SCHEMA) as casebook:
        tell("open")
        for number in count(int(first)):
            casebook.save(*story(number), NOON)
            tell(str(number))


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                work(*line.split())
            finally:
                os._exit(0)
        tell(str(child))
        sys.stdin.readline()
        os.waitpid(child, 0)
        tell("dead")


if __name__ == "__main__":
    main()
