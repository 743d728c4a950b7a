"""`--reader llm` and `ascribe llm`: asking before text leaves, what it costs, and questions by way of files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ascribe.errors import EndpointError
from ascribe.project import Project
from ascribe.readings.llm import asking
from tests.readings.llm_server import ModelServer, good
from tests.readings.llm_server.server import completion

KEY = "sk-very-secret-4711"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("ASCRIBE_LLM_URL", "ASCRIBE_LLM_MODEL", "ASCRIBE_LLM_KEY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(asking, "back_off", lambda _: 0.0)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A model on this machine, set up in the environment, with a key."""
    with ModelServer() as running:
        monkeypatch.setenv("ASCRIBE_LLM_URL", running.url)
        monkeypatch.setenv("ASCRIBE_LLM_MODEL", "tester")
        monkeypatch.setenv("ASCRIBE_LLM_KEY", KEY)
        yield running


@pytest.fixture
def remote(server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """The same on another machine, which the server plays as its proxy."""
    monkeypatch.setenv("http_proxy", server.url.removesuffix("/v1"))
    monkeypatch.setenv("ASCRIBE_LLM_URL", "http://llm.example.org/v1")
    return server


def files_of(folder: Path) -> bytes:
    return b"".join(p.read_bytes() for p in folder.rglob("*") if p.is_file())


def test_reading_without_an_endpoint_is_one_line_that_says_what_to_set(ascribe: Any) -> None:
    found = ascribe("read", "report.txt", "--reader", "llm")
    assert found.status == 121
    assert found.err.startswith("ascribe: no large language model is set up")
    assert len(found.err.splitlines()) == 1


def test_a_model_on_this_machine_reads_without_a_question(ascribe: Any, server: ModelServer) -> None:
    found = ascribe("read", "report.txt", "--reader", "llm", "--format", "json")
    assert found.status == 0, found.err
    assert json.loads(found.out)["documents"][0]["incidents"][0]["killed"] == {"min": 5, "max": 5}
    assert "request" in found.err
    assert "1000 tokens in" in found.err or "2000 tokens in" in found.err


def test_a_second_run_costs_nothing(ascribe: Any, server: ModelServer) -> None:
    ascribe("read", "report.txt", "--reader", "llm")
    asked = len(server.asked)
    found = ascribe("read", "report.txt", "--reader", "llm")
    assert len(server.asked) == asked
    assert "nothing spent" in found.err


def test_many_documents_are_in_hand_at_once(ascribe: Any, server: ModelServer, work: Path) -> None:
    server.always = "slow"
    found = ascribe("read", "report.txt", "reports", "--reader", "llm", "--format", "jsonl")
    assert found.status == 0, found.err
    assert [Path(json.loads(line)["path"]).name for line in found.out.splitlines()] == [
        "report.txt",
        "knife.txt",
        "other.md",
    ]
    assert server.busiest >= 2


def test_another_machine_is_asked_only_after_somebody_allowed_it(
    ascribe: Any, remote: ModelServer, empty_project: Path
) -> None:
    arguments = ("add", "report.txt", "--reader", "llm", "--project", "book")
    refused = ascribe(*arguments)
    assert refused.status == 120
    assert "The text of the documents is going to be sent to llm.example.org (model tester)" in refused.err
    assert "NOT encrypted" in refused.err
    assert "by way of the proxy 127.0.0.1" in refused.err
    assert "--yes allows it" in refused.err
    assert remote.asked == []

    allowed = ascribe(*arguments, "--yes")
    assert allowed.status == 0, allowed.err
    assert remote.asked
    assert json.loads((empty_project / "llm" / "allowed.json").read_text())["llm.example.org"]["model"] == "tester"

    again = ascribe("add", "reports", "--reader", "llm", "--project", "book")
    assert again.status == 0
    assert "going to be sent" not in again.err


def test_a_program_allows_it_by_the_library(remote: ModelServer, work: Path, empty_project: Path) -> None:
    with Project.open(empty_project) as project:
        with pytest.raises(EndpointError, match="nobody has allowed"):
            project.add([work / "report.txt"], reader="llm", jobs=0)
        assert remote.asked == []
        project.llm.access.allow()
        assert project.add([work / "report.txt"], reader="llm", jobs=0).new == 1
        assert project.llm.access.spent.requests == len(remote.asked)


def test_permission_for_one_machine_is_none_for_another(
    ascribe: Any, remote: ModelServer, empty_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ascribe("add", "report.txt", "--reader", "llm", "--project", "book", "--yes")
    monkeypatch.setenv("ASCRIBE_LLM_URL", "http://other.example.org/v1")
    asked = len(remote.asked)
    assert ascribe("add", "reports", "--reader", "llm", "--project", "book").status == 120
    assert len(remote.asked) == asked


def test_restricted_documents_are_not_sent_and_the_rest_goes_on(
    ascribe: Any, remote: ModelServer, empty_project: Path
) -> None:
    ascribe("add", "report.txt", "--restricted", "--reader", "rules", "--project", "book")
    found = ascribe("add", "report.txt", "reports/knife.txt", "--reader", "llm", "--project", "book", "--yes")
    assert found.status == 1
    assert "report.txt: is restricted and is not sent to llm.example.org" in found.err
    sent = json.dumps([a.body for a in remote.asked])
    assert "Dar Qasim" in sent
    assert "Jonas Vell" not in sent


def test_a_document_that_the_project_restricts_is_not_sent_by_read_either(
    ascribe: Any, remote: ModelServer, empty_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ascribe("add", "report.txt", "--restricted", "--reader", "rules", "--project", "book")
    monkeypatch.chdir(empty_project)
    for command in (("read", "--reader", "llm"), ("compare", "llm", "rules")):
        found = ascribe(*command, "../report.txt", "../reports/knife.txt", "--yes")
        assert "is restricted and is not sent to llm.example.org" in found.err
        assert found.status == 1
    assert "Jonas Vell" not in json.dumps([a.body for a in remote.asked])


def test_the_key_is_nowhere_but_in_the_requests(ascribe: Any, server: ModelServer, empty_project: Path) -> None:
    server.always = "parrot"
    found = ascribe("add", "report.txt", "--reader", "llm", "--project", "book")
    server.always = "echo"
    failed = ascribe("--debug", "add", "reports", "--reader", "llm", "--project", "book")
    assert server.asked[0].headers["Authorization"] == f"Bearer {KEY}"
    assert failed.status == 2
    for text in (found.out, found.err, failed.out, failed.err, files_of(empty_project).decode("utf-8", "replace")):
        assert KEY not in text
    assert "market square" not in failed.err


def test_settings_of_the_project_are_used_and_keys_in_them_refused(
    ascribe: Any, server: ModelServer, empty_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ASCRIBE_LLM_URL")
    monkeypatch.delenv("ASCRIBE_LLM_MODEL")
    monkeypatch.setenv("OTHER_KEY", "sk-other")
    settings = empty_project / "ascribe.toml"
    before = settings.read_text()
    table = f'\n[llm]\nurl = "{server.url}"\nmodel = "tester"\nkey_from = "OTHER_KEY"\nprice_in = 2\nprice_out = 10\n'
    settings.write_text('reader = "llm"\n' + table)
    found = ascribe("add", "report.txt", "--project", "book")
    assert found.status == 0, found.err
    assert server.asked[0].headers["Authorization"] == "Bearer sk-other"
    assert "USD" in found.err
    settings.write_text(before + f'\n[llm]\napi_key = "{KEY}"\n')
    refused = ascribe("show", "documents", "--project", "book")
    assert refused.status == 121
    assert "keys are not kept in files" in refused.err
    assert KEY not in refused.err


def test_a_dry_run_tells_tokens_and_sends_nothing(ascribe: Any, server: ModelServer, empty_project: Path) -> None:
    for arguments in (
        ("read", "report.txt", "reports"),
        ("add", "report.txt", "reports", "--project", "book"),
    ):
        found = ascribe(*arguments, "--reader", "llm", "--dry-run")
        assert found.status == 0, found.err
        assert found.out.startswith("3 documents, 3 requests: about ")
        assert "tokens in" in found.out
        assert "USD" not in found.out
    assert server.asked == []
    assert ascribe("read", "report.txt", "--dry-run").status == 120


def test_what_failed_is_read_when_it_is_added_again(ascribe: Any, server: ModelServer, empty_project: Path) -> None:
    server.always = "500"
    failed = ascribe("add", "report.txt", "--reader", "llm", "--project", "book")
    assert failed.status == 1
    assert "report.txt: 127.0.0.1 has a fault (500)" in failed.err
    server.always = None
    assert "1 new" in ascribe("add", "report.txt", "--reader", "llm", "--project", "book").out
    asked = len(server.asked)
    assert "1 known already" in ascribe("add", "report.txt", "--reader", "llm", "--project", "book").out
    assert len(server.asked) == asked


def test_a_document_with_a_lost_part_is_stored_and_read_again_later(
    ascribe: Any, server: ModelServer, work: Path, empty_project: Path
) -> None:
    table = '[llm]\nanswers = "none"\npart_tokens = 200\nrunning_list = false\nsecond_pass = false\n'
    (empty_project / "ascribe.toml").write_text(table)
    dull = "The council met and spoke of the drains and of the harvest, and went home at night. " * 15
    (work / "long.txt").write_text(f"{(work / 'report.txt').read_text()}\n\n{dull}")
    server.always = "400-once"
    first = ascribe("add", "long.txt", "--reader", "llm", "--project", "book")
    assert "1 new" in first.out
    asked = len(server.asked)
    again = ascribe("add", "long.txt", "--reader", "llm", "--project", "book")
    assert "1 read anew" in again.out
    assert len(server.asked) == asked + 1
    assert "1 known already" in ascribe("add", "long.txt", "--reader", "llm", "--project", "book").out
    shown = json.loads(ascribe("show", "documents", "--format", "json", "--project", "book").out)
    assert len(shown) == 1
    assert len(json.loads(ascribe("show", "incidents", "--format", "json", "--project", "book").out)) == 1


def test_an_endpoint_that_refuses_everything_is_one_line(ascribe: Any, server: ModelServer, project: Path) -> None:
    server.always = "401"
    found = ascribe("add", "report.txt", "reports", "--reader", "llm", "--project", "book")
    assert found.status == 121
    assert [line for line in found.err.splitlines() if "refuses the key" in line] == [
        "ascribe: 127.0.0.1 refuses the key (401 invalid_request_error); put it into the environment as ASCRIBE_LLM_KEY"
    ]


def answered(questions: Path, out: Path, *more: str) -> None:
    """Answers as a batch service writes them, and further lines."""
    lines = []
    for line in questions.read_text("utf-8").splitlines():
        asked = json.loads(line)
        assert asked["method"] == "POST"
        assert asked["url"] == "/v1/chat/completions"
        body = {"status_code": 200, "request_id": "r", "body": completion(good(asked["body"]))}
        lines.append(json.dumps({"id": "b", "custom_id": asked["custom_id"], "response": body, "error": None}))
    out.write_text("\n".join([*lines, *more]) + "\n", "utf-8")


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASCRIBE_LLM_MODEL", "tester")


def test_questions_go_out_in_a_file_and_answers_come_in(
    ascribe: Any, offline: None, work: Path, empty_project: Path
) -> None:
    found = ascribe("llm", "prepare", "report.txt", "reports", "--out", "q.jsonl", "--project", "book")
    assert (found.status, found.out) == (0, "q.jsonl: 3 questions about 3 documents\n")
    (work / "report.txt").unlink()
    rounds = 0
    source = work / "q.jsonl"
    while source.read_text():
        rounds += 1
        answered(source, work / "a.jsonl")
        found = ascribe("llm", "collect", "a.jsonl", "--out", "more.jsonl", "--project", "book")
        assert found.status == 0, found.err
        source = work / "more.jsonl"
    assert rounds <= 3
    shown = json.loads(ascribe("show", "incidents", "--format", "json", "--project", "book").out)
    assert len(shown) >= 2
    finished = ascribe("llm", "collect", "a.jsonl", "--project", "book")
    assert finished.status == 120
    assert "no document waits for answers" in finished.err


def test_every_line_that_is_amiss_is_told_and_the_rest_is_taken(
    ascribe: Any, offline: None, work: Path, empty_project: Path
) -> None:
    ascribe("llm", "prepare", "report.txt", "reports", "--out", "q.jsonl", "--project", "book")
    questions = (work / "q.jsonl").read_text().splitlines()
    (work / "some.jsonl").write_text("\n".join(questions[:2]))
    answered(work / "some.jsonl", work / "a.jsonl")
    good_line = (work / "a.jsonl").read_text().splitlines()[0]
    foreign = json.dumps({"custom_id": "f" * 64, "response": {"status_code": 200, "body": completion("{}")}})
    refused = json.dumps({"custom_id": json.loads(questions[2])["custom_id"], "response": {"status_code": 500}})
    talk = json.dumps({"custom_id": json.loads(questions[2])["custom_id"], **completion("No.")})
    answered(work / "some.jsonl", work / "a.jsonl", good_line, foreign, refused, "nonsense", questions[2], "[" * 9999)
    found = ascribe("llm", "collect", "a.jsonl", "--out", "more.jsonl", "--project", "book")
    told = found.err.splitlines()
    assert told[0] == "a.jsonl: line 3: a second answer to the same question; the first one counts"
    assert told[1] == "a.jsonl: line 4: answers no question that was asked here"
    assert told[2] == "a.jsonl: line 5: was refused by the service (500)"
    assert told[3] == "a.jsonl: line 6: no JSON"
    assert told[4] == "a.jsonl: line 7: is a question and no answer"
    assert told[5] == "a.jsonl: line 8: no JSON"
    assert told[6].endswith("1 of its questions not answered")
    assert found.out.startswith("2 answers taken")
    assert found.status == 7
    open_keys = {json.loads(line)["custom_id"] for line in (work / "more.jsonl").read_text().splitlines()}
    assert json.loads(questions[2])["custom_id"] in open_keys

    (work / "talk.jsonl").write_text(talk)
    found = ascribe("llm", "collect", "talk.jsonl", "--project", "book")
    assert "talk.jsonl: line 1: the reply holds no JSON object" in found.err

    given_up = ascribe("llm", "collect", "talk.jsonl", "--partial", "--project", "book")
    assert "not answered yet" in given_up.err
    assert not list((empty_project / "llm" / "waiting").iterdir())


def test_restricted_documents_are_left_out_of_the_file_unless_asked_for(
    ascribe: Any, offline: None, work: Path, empty_project: Path
) -> None:
    ascribe("add", "report.txt", "--restricted", "--project", "book")
    found = ascribe("llm", "prepare", "report.txt", "reports", "--out", "q.jsonl", "--project", "book")
    assert found.status == 1
    assert "report.txt: is restricted and left out; --include-restricted" in found.err
    assert "Jonas Vell" not in (work / "q.jsonl").read_text()
    answered(work / "q.jsonl", work / "a.jsonl")
    ascribe("llm", "collect", "a.jsonl", "--out", "more.jsonl", "--project", "book")
    assert "Jonas Vell" not in (work / "more.jsonl").read_text()
    included = ascribe("llm", "prepare", "report.txt", "--out", "q.jsonl", "--include-restricted", "--project", "book")
    assert included.status == 0
    assert "Jonas Vell" in (work / "q.jsonl").read_text()


def test_wrong_files_are_one_line(ascribe: Any, offline: None, empty_project: Path) -> None:
    ascribe("llm", "prepare", "report.txt", "--out", "q.jsonl", "--project", "book")
    missing = ascribe("llm", "collect", "nowhere.jsonl", "--project", "book")
    assert (missing.status, len(missing.err.splitlines())) == (120, 1)
    nowhere = ascribe("llm", "prepare", "report.txt", "--out", "no/such/q.jsonl", "--project", "book")
    assert (nowhere.status, len(nowhere.err.splitlines())) == (120, 1)
