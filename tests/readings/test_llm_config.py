"""Where a model is asked and how: what settings may say, and that no key gets into them."""

from __future__ import annotations

import pytest

from ascribe.errors import AscribeError, EndpointError
from ascribe.readings.llm.config import Config, config_of, is_local, with_environment


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.10", "::1"])
def test_this_machine_is_known(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "localhost.example.org",
        "10.0.0.1",
        "0.0.0.0",
        "127.0.0.1.example.org",
        "127.1",
        "2130706433",
        "::",
    ],
)
def test_whatever_may_be_another_machine_is_one(host: str) -> None:
    assert not is_local(host)


def test_the_environment_wins_over_the_settings() -> None:
    settings = config_of({"url": "https://one.example.org/v1", "model": "one", "price_in": 2})
    found = with_environment(settings, {"ASCRIBE_LLM_URL": "http://localhost:8080", "ASCRIBE_LLM_MODEL": "two"})
    assert (found.host, found.model, found.price_in) == ("localhost", "two", 2.0)
    assert with_environment(settings, {}) == settings


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"api_key": "sk-4711"}, "keys are not kept in files"),
        ({"key": "sk-4711"}, "keys are not kept in files"),
        ({"key_from": "sk-4711"}, "name a variable"),
        ({"url": "https://me:sk-4711@example.org"}, "must not hold a name or password"),
        ({"url": "ftp://sk-4711"}, "must be an address"),
        ({"url": "http://[sk-4711"}, "must be an address"),
        ({"url": "localhost:11434"}, "must be an address"),
        ({"url": 5}, "must be an address"),
        ({"modell": "m"}, "did you mean 'model'"),
        ({"model": " "}, "a few words"),
        ({"model": "m\x1b[31m"}, "a few words"),
        ({"attempts": 0}, "whole number from 1 to 20"),
        ({"attempts": True}, "whole number"),
        ({"seconds": "60"}, "number from"),
        ({"answers": "xml"}, "one of auto"),
        ({"second_pass": 1}, "true or false"),
        ({"requests_per_minute": float("nan")}, "number from"),
    ],
)
def test_a_wrong_setting_is_one_line_that_does_not_show_its_value(table: dict[str, object], words: str) -> None:
    with pytest.raises(AscribeError, match=words) as error:
        config_of(table)
    assert "4711" not in str(error.value)


def test_without_url_or_model_the_line_says_what_to_set() -> None:
    for missing in (lambda: Config().address, lambda: Config().asking()):
        with pytest.raises(EndpointError, match="ASCRIBE_LLM_URL and ASCRIBE_LLM_MODEL"):
            missing()
