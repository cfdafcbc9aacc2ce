"""`quittance price`, Parquet to Parquet, 5 million lines of each country: 1 million lines/s whole, memory flat."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bench._figures import said

LINES = 5_000_000
CODES = ("G", "AFLB001", "DEQP003", "IK", "QZJA002", "C")
BELGIAN = ("711314", "711336", "701013", "712316", "714313", "700991")
RUN = "import sys, resource; from quittance.cli import main; code = main(sys.argv[1:]);"
RUN += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"


text = pa.DictionaryArray.from_arrays


def _common(lines: int, codes: tuple[str, ...]) -> tuple[dict[str, Any], Any, Any]:
    """The columns of both countries: bills of three lines over a year; with the bills and their days."""
    random = np.random.default_rng(1)
    bill = np.arange(lines) // 3
    days = (20454 + (bill % 300)).astype(np.int32)
    columns = {
        "bill": bill,
        "code": text(random.integers(0, len(codes), lines).astype(np.int32), pa.array(codes)),
        "date": pa.array(days, pa.int32()).cast(pa.date32()),
        "birth_date": pa.array((days - 400 - bill % 30_000).astype(np.int32), pa.int32()).cast(pa.date32()),
    }
    return columns, bill, days


def _belgian(path: Path, lines: int) -> None:
    columns, bill, _days = _common(lines, BELGIAN)
    table = pa.table(
        {
            **columns,
            "profession": text(np.zeros(lines, np.int32), pa.array(["speech_therapist"])),
            "convention": text((bill % 2).astype(np.int32), pa.array(["conventioned", "none"])),
            "preferential": (bill % 5 == 0).astype(np.int32),
            "third_party": (bill % 3 == 0).astype(np.int32),
            "custom_fee_cents": np.full(lines, 4_500, np.int32),
        }
    )
    pq.write_table(table, path, row_group_size=250_000)


def _french(path: Path, lines: int) -> None:
    columns, bill, _days = _common(lines, CODES)
    table = pa.table(
        {
            **columns,
            "specialty": text((bill % 2).astype(np.int32), pa.array(["01", "22"])),
            "sector": text((bill % 3 == 0).astype(np.int32), pa.array(["1", "2"])),
            "formula": text((bill % 2).astype(np.int32), pa.array(["052", "021"])),
            "percent_tr": np.full(lines, 13_000, np.int32),
            "exemption": text((bill % 9 == 0).astype(np.int32), pa.array(["0", "4"])),
        }
    )
    pq.write_table(table, path, row_group_size=250_000)


def priced(path: Path) -> tuple[float, float]:
    """Seconds of the whole command, and its memory in MiB."""
    out = path.with_suffix(".out.parquet")
    start = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", RUN, "price", str(path), "-o", str(out)], capture_output=True, text=True, check=True
    )
    taken = perf_counter() - start
    assert pq.ParquetFile(out).metadata.num_rows == pq.ParquetFile(path).metadata.num_rows
    return taken, int(done.stderr.split()[-1]) / 1024


def measured(code: str, write: Callable[[Path, int], None]) -> list[bool]:
    """A small file first (it also fills the compiler's cache), then ten times as many lines."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.parquet", Path(folder) / "large.parquet"
        write(small, LINES // 10)
        write(large, LINES)
        priced(small)
        _, small_memory = priced(small)
        taken, large_memory = min(priced(large) for _ in range(2))
    print(f"     {code}: {small_memory:,.0f} MiB for {LINES // 10:,} lines, {large_memory:,.0f} MiB for {LINES:,}")
    return [
        said(f"{code}, whole command, 5 million lines", LINES / taken / 1e6, 1, "M lines/s", at_least=True),
        said(f"{code}, memory of ten times the lines", large_memory / small_memory, 1.25, "times the small file"),
    ]


def main() -> int:
    """Both countries."""
    resource.getrusage(resource.RUSAGE_SELF)
    return 0 if all([*measured("FR", _french), *measured("BE", _belgian)]) else 1


if __name__ == "__main__":
    sys.exit(main())
