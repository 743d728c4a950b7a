"""What asking costs: an estimate before, from the length of the questions, and the sum after."""

from __future__ import annotations

from dataclasses import dataclass

from ascribe.readings.llm.config import Config

# How long answers are beside the text that is asked about, where every value of 16 annotated documents is given.
ANSWER_SHARE = 2.6


@dataclass(frozen=True, slots=True)
class Estimate:
    """What would be asked of a model: documents, requests, those of them whose replies are kept, and tokens.

    Tokens are reckoned from characters. The second pass, which depends on the answers, is not in it.
    """

    documents: int = 0
    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: Estimate) -> Estimate:
        """Both together."""
        return Estimate(
            self.documents + other.documents,
            self.requests + other.requests,
            self.cached + other.cached,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
        )


def money(config: Config, tokens_in: int, tokens_out: int) -> float | None:
    """The price of so many tokens in the configured currency; None where a price is not known."""
    if config.price_in is None or config.price_out is None:
        return None
    return (tokens_in * config.price_in + tokens_out * config.price_out) / 1e6
