"""A model's words, however they came."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """A model's words; `cut` where it ran out of tokens. Tokens are as the server counts them, None where it does not.

    `cached` tells that nothing was sent for it.
    """

    text: str
    cut: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None
    cached: bool = False
