"""One rule, one text: a session priced plainly and compiled gives the same integers and messages."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

import quittance
from bench.equal import differences
from bench.generated_belgium import session
from quittance.cli import main

pytestmark = pytest.mark.compiled


def test_plain_and_compiled_give_the_same_integers_on_generated_sessions() -> None:
    seed = int(os.environ.get("QUITTANCE_SEED", "20260101"))
    random = Random(seed)
    assert differences([session(random) for _ in range(3000)], "BE") == [], f"QUITTANCE_SEED={seed}"


def test_price_finds_the_country_of_a_file_by_its_columns(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "bill": ["a", "b", "c", "d", "d"],
            "code": ["711314", "711314", "711315", "425014", "425014"],
            "date": pa.array([20577, 20577, 20577, 17622, 17622], pa.int32()).cast(pa.date32()),
            "profession": ["speech_therapist"] * 3 + ["nurse"] * 2,
            "convention": ["none", "conventioned", "none", "conventioned", "conventioned"],
            "custom_fee_cents": [4500, None, None, None, None],
            "past": [0, 0, 0, 0, 1],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    assert main(["price", str(tmp_path / "in.parquet"), "-o", str(tmp_path / "out.parquet")]) == 0
    out = pq.read_table(tmp_path / "out.parquet").to_pydict()
    asked: dict[str, Any] = {
        "country": "BE",
        "date": "2026-05-04",
        "professional": {"profession": "speech_therapist", "convention": "none"},
        "custom_tariffs": [{"code": "711314", "fee": "45"}],
        "acts": [{"code": "711314"}],
    }
    (act,) = quittance.quote(asked)["acts"]
    assert (act["fee"], act["insurer"]) == ("45.00", "24.66")
    assert (out["fee_cents"][:2], out["insurer_cents"][:2]) == ([4500, 3837], [2466, 3287])
    assert out["refused"] == [False, False, True, True, True]
    pq.write_table(table.drop_columns(["profession"]), tmp_path / "short.parquet")
    assert main(["price", "--country", "BE", str(tmp_path / "short.parquet"), "-o", str(tmp_path / "x")]) == 1
    assert "profession" in capsys.readouterr().err


def test_a_file_in_pieces_is_priced_as_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a piece stays for the next, which has its memory: neither amounts nor refusals nor own tariffs."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from quittance.kernel import price

    random = Random(20260101)
    bills = sorted(random.choices(range(150), k=400))
    fees = {bill: random.choice([None, 4500, 5000]) for bill in bills}
    table = pa.table(
        {
            "bill": bills,
            "code": random.choices(["711314", "711336", "701013", "nothing"], [9, 9, 9, 1], k=400),
            "date": pa.array([20577 + bill % 9 for bill in bills], pa.int32()).cast(pa.date32()),
            "profession": ["speech_therapist"] * 400,
            "convention": [("none", "conventioned")[bill % 2] for bill in bills],
            "custom_fee_cents": [fees[bill] for bill in bills],
        }
    )
    pq.write_table(table, tmp_path / "in.parquet")
    chunks, found = price.chunks, []
    for size in (500, 7):
        monkeypatch.setattr(price, "chunks", partial(chunks, size=size))
        price.price_file(tmp_path / "in.parquet", tmp_path / f"{size}.parquet")
        found.append(pq.read_table(tmp_path / f"{size}.parquet"))
    assert found[0].equals(found[1])
    assert 0 < sum(found[0]["refused"].to_pylist()) < 400
