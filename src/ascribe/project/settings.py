"""What `ascribe.toml` may say, and what a new one says."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ascribe.errors import AscribeError, ProjectError
from ascribe.exports.summary import LEAST
from ascribe.readings import DEFAULT
from ascribe.readings.llm.config import Config, config_of

SETTINGS = "ascribe.toml"
SETTINGS_TEXT = """\
# Settings of this Ascribe project. Every key may be left out; these are the defaults.
reader = "model"          # which reader reads the documents; `ascribe schema` says which fills what
casebook = "casebook.db"  # where documents and readings are kept, from this folder
seconds = 60              # time for one document, after which it is given up
memory_mb = 2048          # memory for one worker process
# user = "A. Name"        # who judges, where `ascribe judge` is not told by --by or ASCRIBE_USER
# jobs = 2                # worker processes; by default one for each processor
# schema = "schema"       # a folder with kinds/ and lists/ of your own, instead of the bundled schema
# min_confidence = 0.5    # statements below it are shown as proposed and not exported; by default 0.1

# [picks]                 # which of several values is shown: first, latest, earliest, lowest, majority, most_reliable
# "incident.killed" = "lowest"

# [reliability]           # for most_reliable: publishers from 0 to 1; 0.5 where nothing is said
# "Evening Post" = 0.8

# [llm]                   # a large language model, for the reader "llm"; its key stands in the environment only
# url = "http://localhost:11434/v1"
# model = "..."
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `ascribe.toml` may say. `seconds` and `memory_mb` bound each document; `jobs` None is one a processor.

    `picks` is the rule for a property in place of the schema's; `reliability` gives publishers a number from 0 to 1.
    """

    reader: str = DEFAULT
    casebook: str = "casebook.db"
    seconds: float = 60
    memory_mb: int = 2048
    jobs: int | None = None
    schema: str | None = None
    user: str = ""
    min_confidence: float = LEAST
    picks: Mapping[str, str] = field(default_factory=dict)
    reliability: Mapping[str, float] = field(default_factory=dict)
    llm: Config = field(default_factory=Config)


def read_settings(folder: Path) -> Settings:
    """The settings of the project in a folder; ProjectError, naming the nearest known key, where one is wrong."""
    where = folder / SETTINGS
    try:
        data = tomllib.loads(where.read_text("utf-8"))
    except FileNotFoundError:
        raise ProjectError(f"{folder} is no project (it has no {SETTINGS}); make one with `ascribe init`") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ProjectError(f"{where}: {error}") from None
    types: dict[str, tuple[type, ...]] = {
        "reader": (str,),
        "casebook": (str,),
        "schema": (str,),
        "user": (str,),
        "seconds": (int, float),
        "memory_mb": (int,),
        "jobs": (int,),
        "min_confidence": (int, float),
    }
    picks, reliability = _picks(data.pop("picks", {}), where), _reliability(data.pop("reliability", {}), where)
    llm = _llm(data.pop("llm", {}), where)
    for key, value in data.items():
        if key not in types:
            near = difflib.get_close_matches(key, types, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(f.name for f in fields(Settings))}"
            raise ProjectError(f"{where}: unknown key {key!r}; {hint}")
        if (
            not isinstance(value, types[key])
            or isinstance(value, bool)
            or (isinstance(value, int | float) and value < 0)
        ):
            wanted = "words in quotation marks" if types[key] == (str,) else "a number"
            raise ProjectError(f"{where}: {key} must be {wanted}, not {value!r}")
    _check_share(data.get("min_confidence", 0), "min_confidence", where)
    return Settings(**data, llm=llm, picks=picks, reliability=reliability)


def _picks(table: Any, where: Path) -> Mapping[str, str]:
    if not isinstance(table, Mapping):
        raise ProjectError(f'{where}: picks must be a table: [picks], then lines like "incident.killed" = "lowest"')
    for path, rule in table.items():
        if not isinstance(rule, str):
            raise ProjectError(f"{where}: [picks] {path} must be words in quotation marks, not {rule!r}")
    return table


def _reliability(table: Any, where: Path) -> Mapping[str, float]:
    if not isinstance(table, Mapping):
        raise ProjectError(f'{where}: reliability must be a table: [reliability], then lines like "Evening Post" = 0.8')
    for name, number in table.items():
        _check_share(number, f"[reliability] {name}", where)
    return table


def _check_share(number: Any, name: str, where: Path) -> None:
    if not isinstance(number, int | float) or isinstance(number, bool) or not 0 <= number <= 1:
        raise ProjectError(f"{where}: {name} must be a number from 0 to 1, not {number!r}")


def _llm(table: Any, where: Path) -> Config:
    if not isinstance(table, Mapping):
        raise ProjectError(f"{where}: llm must be a table: [llm], then its keys on lines of their own")
    try:
        return config_of(table)
    except AscribeError as error:
        raise ProjectError(f"{where}: [llm]: {error}") from None
