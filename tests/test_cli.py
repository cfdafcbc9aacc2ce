"""The command `quittance`: what it prints, what it refuses, with which exit status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import quittance
from quittance.cli import COMMANDS, main

G = {"country": "FR", "date": "2026-01-05", "professional": {"specialty": "01"}, "acts": [{"code": "G"}]}
Captured = pytest.CaptureFixture[str]


def session(tmp_path: Path, content: Any = G) -> str:
    path = tmp_path / "session.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(path)


def test_quote_prints_what_the_function_gives(tmp_path: Path, capsys: Captured) -> None:
    assert main(["quote", session(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == quittance.quote(G)


def test_quote_without_trace_has_no_steps(tmp_path: Path, capsys: Captured) -> None:
    assert main(["quote", "--no-trace", session(tmp_path)]) == 0
    assert "steps" not in json.loads(capsys.readouterr().out)["acts"][0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({**G, "acts": [{"code": "NOPE"}]}, "act.unknown"),
        ("not json", "session.invalid"),
        ("[1, 2]", "session.invalid"),
        ("[" * 100_000, "session.invalid"),
        ({}, "country.unknown"),
        ({**G, "typo": 1}, "field.unknown"),
    ],
    ids=["unknown act", "not json", "a list", "too deep", "no country", "a typo"],
)
def test_a_refused_session_is_printed_as_json_with_status_1(
    tmp_path: Path, capsys: Captured, content: Any, code: str
) -> None:
    assert main(["quote", session(tmp_path, content)]) == 1
    error = json.loads(capsys.readouterr().out)["error"][0]
    assert error["code"] == code
    assert error["message"]


def test_jsonl_answers_every_line_in_order_and_never_stops_early(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        json.dumps(G).encode(),
        b"{",
        b"\xff\xfe",
        b"",
        json.dumps({**G, "acts": []}).encode(),
        json.dumps(G).encode(),
    ]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(lines))))
    assert main(["quote", "--jsonl", "-"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    codes = [answer["error"][0]["code"] if "error" in answer else "priced" for answer in answers]
    assert codes == ["priced", "session.invalid", "session.invalid", "session.invalid", "acts.required", "priced"]


def test_the_schema_is_that_of_the_models_that_read(capsys: Captured) -> None:
    assert main(["quote", "--schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    (one,) = (part for part in schema["anyOf"] if part["properties"]["country"]["const"] == "FR")
    assert one["additionalProperties"] is False
    assert set(one["properties"]) == {"country", "date", "professional", "patient", "cover", "acts"}
    assert {"amo", "convention_tariff", "exceptional"} <= set(schema["$defs"]["FRAct"]["properties"])


def test_a_file_that_is_not_there_is_said(capsys: Captured) -> None:
    assert main(["quote", "/nowhere/session.json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"][0]["code"] == "file.unreadable"
    assert main(["explain", "/nowhere/session.json"]) == 1
    assert "Vérifiez" in capsys.readouterr().err


def test_explain_tells_a_person_each_step_with_its_source(tmp_path: Path, capsys: Captured) -> None:
    assert main(["explain", session(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "G du 2026-01-05 : 30.00 (amo 21.00, amc 0.00, patient 9.00)" in told
    assert "21.00  Part AMO, arrondie au centime" in told
    assert "source : CSS art. R160-5" in told


def test_explain_tells_a_refusal(tmp_path: Path, capsys: Captured) -> None:
    assert main(["explain", session(tmp_path, {**G, "acts": [{"code": "AMI"}]})]) == 1
    assert "✗ acts[0].code : AMI n'est pas ouvert à la spécialité 01" in capsys.readouterr().out


def test_tariffs_show_tells_the_price_of_the_day(capsys: Captured) -> None:
    assert main(["tariffs", "show", "AFLB001", "--on", "2025-06-01"]) == 0
    assert "51.76" in capsys.readouterr().out
    assert main(["tariffs", "show", "g", "--on", "2023-10-31"]) == 0
    assert "25,00" in capsys.readouterr().out
    assert main(["tariffs", "show", "NOPE"]) == 1
    assert "search" in capsys.readouterr().err


def test_tariffs_search_finds_words_in_any_order(capsys: Captured) -> None:
    assert main(["tariffs", "search", "lombale", "ponction", "liquide"]) == 0
    assert "AFHB002" in capsys.readouterr().out
    assert main(["tariffs", "search", "zzzz"]) == 1


def test_tariffs_check_finds_nothing_wrong(capsys: Captured) -> None:
    assert main(["tariffs", "check"]) == 0
    assert capsys.readouterr().out.startswith("0 défaut")


def test_an_import_of_something_else_is_refused_and_changes_nothing(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "list.csv").write_bytes(b"\x00\xff not a list")
    assert main(["tariffs", "import", "ccam", str(tmp_path / "list.csv")]) == 1
    assert capsys.readouterr().err
    assert main(["tariffs", "import", "ngap", str(tmp_path)]) == 1


def test_the_digest_is_the_law_of_every_quote(capsys: Captured) -> None:
    assert main(["law", "digest"]) == 0
    digests = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert {code: len(digest) for code, digest in digests.items()} == {"BE": 32, "FR": 32}
    assert len(set(digests.values())) == 2


def test_an_unknown_command_names_the_known_ones(capsys: Captured) -> None:
    assert main(["nope"]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in COMMANDS)


@pytest.mark.compiled
def test_price_reads_and_writes_parquet(tmp_path: Path, capsys: Captured) -> None:
    """The same amounts as the quote of the same acts, a refused bill without amounts, rows in their order."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "bill": ["a", "a", "b", "c"],
            "code": ["G", "DEQP003", "NOPE", "G"],
            "date": pa.array([20458, 20458, 20458, 20458], pa.int32()).cast(pa.date32()),
            "specialty": ["01"] * 4,
            "modifier_1": [None, "F", None, None],
            "exemption": [None, None, None, "4"],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    assert main(["price", str(tmp_path / "in.parquet"), "-o", str(tmp_path / "out.parquet")]) == 0
    out = pq.read_table(tmp_path / "out.parquet").to_pydict()
    asked = {**G, "date": "2026-01-05", "acts": [{"code": "G"}, {"code": "DEQP003", "modifiers": ["F"]}]}
    answer = quittance.quote(asked)
    assert [f"{cents // 100}.{cents % 100:02d}" for cents in out["amo_cents"][:2]] == [a["amo"] for a in answer["acts"]]
    assert out["bill"] == ["a", "a", "b", "c"]
    assert out["refused"] == [False, False, True, False]
    assert out["amo_cents"][2] is None
    assert out["amo_cents"][3] == 3000
    (tmp_path / "wrong.parquet").write_text("not parquet")
    assert main(["price", str(tmp_path / "wrong.parquet"), "-o", str(tmp_path / "x.parquet")]) == 1
    assert "Parquet" in capsys.readouterr().err
    pq.write_table(table.append_column("typo", table["bill"]), tmp_path / "typo.parquet")
    assert main(["price", str(tmp_path / "typo.parquet"), "-o", str(tmp_path / "x.parquet")]) == 1
    assert "typo" in capsys.readouterr().err
    assert not (tmp_path / "x.parquet").exists()


def test_the_program_runs_as_a_process(tmp_path: Path) -> None:
    code = "import sys; from quittance.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "quote", session(tmp_path)], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["totals"]["fee"] == "30.00"
