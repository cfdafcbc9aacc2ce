"""The flat file of tables: what is written is read, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.kernel.cache import digest_of, open_or_build
from quittance.kernel.flat import Flat, FlatError, padded, write

NAMES = st.text("abcdefgh_", min_size=1, max_size=8)
COLUMNS = st.tuples(st.just("q"), st.lists(st.integers(-(2**63), 2**63 - 1), max_size=80))


@given(st.dictionaries(NAMES, COLUMNS, min_size=1, max_size=6), st.dictionaries(NAMES, st.text(), max_size=4))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, arrays: dict, strings: dict) -> None:
    path = tmp_path_factory.mktemp("flat") / "FR.flat"
    write(path, arrays, strings, "digest")
    flat = Flat(path)
    for name, (_, values) in arrays.items():
        found = getattr(flat.arrays, name)
        assert list(found[: len(values)]) == values
        assert len(found) == padded(len(values))
    assert flat.strings == strings
    assert flat.digest == "digest"


def test_a_figure_too_large_for_its_type_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(OverflowError):
        write(tmp_path / "FR.flat", {"prices": ("i", [2**31])}, {}, "digest")
    assert list(tmp_path.iterdir()) == []


def test_another_file_is_not_taken_for_tables(tmp_path: Path) -> None:
    (tmp_path / "FR.flat").write_bytes(b"not a flat file at all")
    with pytest.raises(FlatError, match="law build"):
        Flat(tmp_path / "FR.flat")


def test_tables_are_built_again_when_a_source_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUITTANCE_CACHE", str(tmp_path / "cache"))
    source = tmp_path / "law.yaml"
    built = []

    def build() -> tuple[dict[str, tuple[str, list[int]]], dict[str, str]]:
        built.append(source.read_text())
        return {"value": ("i", [int(source.read_text())])}, {}

    def value() -> int:
        return int(open_or_build("XX", [source], build, tmp_path / "none").arrays.value[0])

    source.write_text("1")
    assert (value(), value()) == (1, 1)
    source.write_text("2")
    assert value() == 2
    assert built == ["1", "2"]


def test_a_digest_knows_names_and_contents(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("1")
    second.write_text("1")
    assert digest_of([first]) != digest_of([second])
    assert digest_of([first, second]) == digest_of([second, first])
