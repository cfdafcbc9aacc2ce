"""`quittance price IN.parquet -o OUT.parquet`: bills by the million, streamed, computed by the compiled rules.

Input: one row a line, rows of one bill side by side (same `bill`), columns as `docs/batch.md` tells. Output: the
same rows in the same order with `bill`, the amounts in cents, `messages` (bits of the catalogue) and `refused`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from quittance.kernel import batch
from quittance.kernel.columns import BatchPlan, Column
from quittance.kernel.country import countries
from quittance.kernel.flat import Flat

CHUNK = 1 << 17
"""Lines priced at once: what memory holds, whatever the file's length."""


class PriceError(Exception):
    """A file that cannot be priced; the French text says what, why and what to do."""


class Pricer:
    """The compiled rules of one country over chunks of an Arrow table."""

    def __init__(self, plan: BatchPlan, flat: Flat, layouts: Any, price_bill: Any) -> None:
        self.plan = plan
        self.tables = batch.tables_record(flat)
        self.bill_type, self.line_type = batch.record_type(layouts.bill), batch.record_type(layouts.line)
        self.columns = tuple(dict.fromkeys((*plan.outputs, "messages")))
        self.run = batch.compiled(price_bill, layouts, flat.header["arrays"], columns=self.columns)
        self._bills, self._lines = np.zeros(0, self.bill_type), np.zeros(0, self.line_type)

    def price(self, table: pa.Table) -> pa.Table:
        """Amounts of whole bills."""
        keys = _keys(table["bill"])
        starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]).astype(np.int32)
        bills, lines = self._records(len(starts), len(keys))
        bills["first"], bills["last"] = starts, np.r_[starts[1:], len(keys)]
        lines["position"] = np.arange(len(keys), dtype=np.int32) - np.repeat(starts, bills["last"] - starts)
        for column in self.plan.columns:
            self._fill(table, column, bills, lines, starts)
        priced = [np.empty(len(lines), self.line_type[name]) for name in self.columns]
        self.run(self.tables, bills, lines, *priced)
        return self._output(table, bills, dict(zip(self.columns, priced, strict=True)))

    def _records(self, bills: int, lines: int) -> tuple[Any, Any]:
        """Empty records in the memory of the chunk before: to have it given anew costs more than to empty it."""
        if len(self._bills) < bills:
            self._bills = np.zeros(bills, self.bill_type)
        if len(self._lines) < lines:
            self._lines = np.zeros(lines, self.line_type)
        found = self._bills[:bills], self._lines[:lines]
        for records in found:
            records.view(np.uint8)[:] = 0
        return found

    def _fill(self, table: pa.Table, column: Column, bills: Any, lines: Any, starts: Any) -> None:
        """Numbers of one column into its field; a bill's are those of its first line."""
        target = lines if column.owner == "line" else bills
        cell = target[column.field] if column.slot < 0 else target[column.field][:, column.slot]
        if column.name not in table.column_names:
            if column.default:
                cell[:] = column.default
            return
        values, present, wrong = self._numbers(table[column.name], column)
        if wrong is not None:
            lines["messages"][wrong] |= self.plan.unknown if column.field == "act" else self.plan.invalid
        if column.owner == "bill":
            values, present = values[starts], present[starts]
        cell[:] = values
        if column.typed:
            lines["typed"][present] |= column.typed
        if column.present:
            target[column.present][:] = present

    def _numbers(self, cells: pa.ChunkedArray, column: Column) -> tuple[Any, Any, Any]:
        """Integers of a column, which cells hold a value, and which hold one that is refused: None where none does."""
        array = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
        present = np.asarray(pc.is_valid(array))
        if column.words is not None:
            if not pa.types.is_dictionary(array.type):
                array = array.dictionary_encode()
            words = [column.words.get(str(word), -1) for word in array.dictionary.to_pylist()]
            numbers = np.array([*words, column.default], dtype=np.int64)
            places = np.asarray(array.indices.fill_null(len(words)))
            values = numbers[places]
            wrong = values < 0
        else:
            if pa.types.is_date32(array.type):
                array = array.cast(pa.int32())
            values = np.asarray(array.fill_null(column.default)).astype(np.int64, copy=False)
            if not column.most:
                return values, present, None
            wrong = present & ((values < column.least) | (values > column.most))
        return (np.where(wrong, column.default, values), present, wrong) if wrong.any() else (values, present, None)

    def _output(self, table: pa.Table, bills: Any, priced: dict[str, Any]) -> pa.Table:
        """Amounts of the chunk: a refused bill has none."""
        refused = np.repeat((bills["messages"] & self.plan.errors) != 0, bills["last"] - bills["first"])
        columns = {"bill": table["bill"]}
        for name in self.plan.outputs:
            columns[name] = pa.array(priced[name], mask=refused if refused.any() else None)
        columns["messages"] = pa.array(priced["messages"])
        columns["refused"] = pa.array(refused)
        return pa.table(columns)


def _keys(cells: pa.ChunkedArray) -> Any:
    array = cells.combine_chunks()
    if pa.types.is_integer(array.type):
        return np.asarray(array)
    return np.asarray(array.dictionary_encode().indices if not pa.types.is_dictionary(array.type) else array.indices)


def chunks(file: pq.ParquetFile, size: int = CHUNK) -> Iterator[pa.Table]:
    """Tables of about `size` lines that never cut a bill in two."""
    rest: pa.Table | None = None
    for piece in file.iter_batches(batch_size=size):
        table = pa.Table.from_batches([piece])
        if rest is not None:
            table = pa.concat_tables([rest, table]).unify_dictionaries()
        keys = table["bill"]
        cut = len(keys) - 1
        last = keys[cut]
        while cut > 0 and keys[cut - 1] == last:
            cut -= 1
        rest = table.slice(cut)
        if cut:
            yield table.slice(0, cut).combine_chunks()
    if rest is not None and len(rest):
        yield rest.combine_chunks()


def ahead(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same tables; each is read by a thread of its own while the one before is worked on.

    >>> list(ahead(iter([1, 2, 3])))
    [1, 2, 3]
    """
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, tables, None)
        while (table := coming.result()) is not None:
            coming = pool.submit(next, tables, None)
            yield table


def open_input(path: Path, plan: BatchPlan) -> pq.ParquetFile:
    """The input file, refused in words where it lacks a column or has one too many."""
    try:
        names = set(pq.read_schema(path).names)
    except (OSError, pa.ArrowException) as error:
        raise PriceError(f"{path.name} n'est pas un fichier Parquet lisible : {error}. Vérifiez le fichier.") from error
    known = {column.name for column in plan.columns}
    required = {"bill", *plan.required}
    if required - names:
        missing = ", ".join(sorted(required - names))
        raise PriceError(f"{path.name} : il manque les colonnes {missing}. Ajoutez-les (voir docs/batch.md).")
    if names - known - {"bill"}:
        more = ", ".join(sorted(names - known - {"bill"}))
        raise PriceError(
            f"{path.name} : colonnes inconnues {more}. Corrigez leur nom ou retirez-les (voir docs/batch.md)."
        )
    texts = [column.name for column in plan.columns if column.words is not None and column.name in names]
    return pq.ParquetFile(path, read_dictionary=texts)


def country_of(path: Path) -> str:
    """The country whose columns a file has: fewest required ones missing, then fewest that it does not know."""
    try:
        names = set(pq.read_schema(path).names)
    except (OSError, pa.ArrowException):
        names = set()
    far: dict[str, tuple[int, int]] = {}
    for code, country in countries().items():
        plan: BatchPlan = cast(Any, country).batch_plan()
        known = {column.name for column in plan.columns}
        far[code] = len(set(plan.required) - names), len(names - known)
    return min(far, key=far.__getitem__)


def price_file(source: Path, target: Path, country_code: str | None = None) -> tuple[int, int]:
    """Price a file into another, renamed into place when whole. Returns lines priced and lines refused."""
    # Arrow's own allocator keeps what it was given: with the system's, memory stays flat as the file grows.
    pool_of_arrow = pa.system_memory_pool()
    pa.set_memory_pool(pool_of_arrow)
    country: Any = countries()[country_code or country_of(source)]
    plan: BatchPlan = country.batch_plan()
    file = open_input(source, plan)
    pricer = Pricer(plan, country.flat, country.layouts(), country.batch_rules())
    temporary = target.with_name(target.name + ".part")
    lines = refused = 0
    # Written by a thread of its own: the next chunk is priced meanwhile. One write at a time keeps memory flat.
    with ThreadPoolExecutor(1) as pool, ExitStack() as stack:
        writer: pq.ParquetWriter | None = None
        written: Future[None] | None = None
        for table in ahead(chunks(file)):
            priced = pricer.price(table)
            if writer is None:
                writer = stack.enter_context(_writer(temporary, priced.schema))
            if written is not None:
                written.result()
            written = pool.submit(writer.write_table, priced)
            pool_of_arrow.release_unused()
            lines += len(priced)
            refused += pc.sum(priced["refused"]).as_py() or 0
        if written is None:
            raise PriceError(f"{source.name} ne contient aucune ligne. Vérifiez le fichier.")
        written.result()
    temporary.replace(target)
    return lines, refused


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema, compression="lz4", use_dictionary=False)


def main(arguments: Sequence[str]) -> int:
    """The command."""
    parser = argparse.ArgumentParser("quittance price", description="Price a Parquet file of bills' lines.")
    parser.add_argument("source", type=Path, metavar="IN.parquet")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.parquet")
    parser.add_argument("--country", choices=list(countries()), help="par défaut : celui des colonnes du fichier")
    options = parser.parse_args(arguments)
    try:
        lines, refused = price_file(options.source, options.output, options.country)
    except PriceError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{lines} lignes, dont {refused} refusées : {options.output}")
    return 0
