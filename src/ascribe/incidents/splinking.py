"""Scoring many pairs at once, by Splink on DuckDB. Loaded only where there are many: it takes half a second.

Source: https://moj-analytical-services.github.io/splink/ (Splink 5).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ascribe.incidents.comparisons import COLUMNS, COMPARISONS
from ascribe.incidents.levels import Comparison
from ascribe.incidents.weights import Weights

Pair = tuple[int, int]
Scored = tuple[int, int, float, tuple[int, ...]]  # the two accounts, the weight, the outcome of each comparison

_LISTS = frozenset({"sites", "tactics", "families", "perpetrators", "victims", "groups", "targets"})
_WORDS = frozenset({"country", "place", "place_id"})
_DEGREES = frozenset({"latitude", "longitude"})
_AT_ONCE = 500_000  # rows fetched from DuckDB at a time


def settings(weights: Weights) -> dict[str, Any]:
    """The model in Splink's own terms. Its blocking rule is never used: the pairs are handed over."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "account",
        "probability_two_random_records_match": weights.prior,
        "blocking_rules_to_generate_predictions": ["l.account = r.account"],
        "comparisons": [_comparison(c, weights) for c in COMPARISONS],
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": False,
    }


def _comparison(comparison: Comparison, weights: Weights) -> dict[str, Any]:
    missing = {"sql_condition": comparison.missing.sql, "label_for_charts": "not said", "is_null_level": True}
    said = [
        {"sql_condition": level.sql, "label_for_charts": level.words, "m_probability": m, "u_probability": u}
        for level, m, u in zip(comparison.levels, weights.m[comparison.name], weights.u[comparison.name], strict=True)
    ]
    return {"output_column_name": comparison.name, "comparison_levels": [missing, *said]}


def score(features: Mapping[int, str], pairs: Iterable[Pair], weights: Weights) -> Iterator[Scored]:
    """Every pair with its weight and outcomes. `features` holds, by the account's number, what `to_json` gave."""
    import duckdb  # noqa: PLC0415 - loaded on use
    import pandas as pd  # noqa: PLC0415
    from splink import DuckDBAPI, Linker  # noqa: PLC0415

    logging.getLogger("splink").setLevel(logging.ERROR)
    connection = duckdb.connect()
    try:
        kept = pd.DataFrame({"account": list(features), "said": list(features.values())})
        left, right = zip(*pairs, strict=True)
        blocked = pd.DataFrame({"match_key": "0", "join_key_l": left, "join_key_r": right})
        connection.register("kept", kept)
        connection.execute(f"CREATE TABLE accounts AS {_columns()}")
        database = DuckDBAPI(connection=connection)
        linker = Linker(database.register("accounts"), settings(weights), log_level=logging.ERROR)
        linker.table_management.register_blocked_pairs_for_predict(database.register(blocked))
        predicted = linker.inference.predict(warning_mode="never")
        yield from _scored(connection, predicted.physical_name)
    finally:
        connection.close()


def _columns() -> str:
    """The features of every account as columns, out of their JSON."""
    shape = json.dumps({column: _type(column) for column in COLUMNS})
    chosen = ", ".join(_chosen(column) for column in COLUMNS)
    return f"SELECT account, {chosen} FROM (SELECT account, json_transform(said, '{shape}') AS f FROM kept)"


def _type(column: str) -> str | list[str]:
    if column in _LISTS:
        return ["VARCHAR"]
    if column in _WORDS:
        return "VARCHAR"
    return "DOUBLE" if column in _DEGREES else "BOOLEAN" if column == "coarse" else "INTEGER"


def _chosen(column: str) -> str:
    empty = {True: "[]::VARCHAR[]"}.get(column in _LISTS, "false" if column == "coarse" else "")
    return f"coalesce(f.{column}, {empty}) AS {column}" if empty else f"f.{column} AS {column}"


def _scored(connection: Any, table: str) -> Iterator[Scored]:
    outcomes = ", ".join(
        f"CASE WHEN gamma_{c.name} < 0 THEN -1 ELSE {len(c.levels) - 1} - gamma_{c.name} END" for c in COMPARISONS
    )
    found = connection.execute(f"SELECT account_l, account_r, match_weight, {outcomes} FROM {table}")
    while rows := found.fetchmany(_AT_ONCE):
        yield from ((row[0], row[1], row[2], tuple(row[3:])) for row in rows)
