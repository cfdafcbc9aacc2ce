"""The NGAP importer: a small publication, broken ones and their messages, whole tables or none."""

from __future__ import annotations

import gzip
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.france.tariffs.ngap import decisions, table
from quittance.france.tariffs.ngap.check import faults, overlaps
from quittance.france.tariffs.ngap.importer import import_table, verified_days
from quittance.france.tariffs.ngap.publication import cents, read_folder, thousandths
from quittance.france.tariffs.ngap.rows import ALL_OPTIONS, ALL_SECTORS, ALL_ZONES, Price, common, joined, lay, without
from quittance.france.tariffs.ngap.table import TariffError
from quittance.kernel.dated import OPEN, day_number

TABLE = (
    "id,code,libelle,zone,tarif,maj_nuit,maj_ferie,coefficient_requis,coef_min,coef_max,compl_ferie,compl_nuit,"
    "compl_urgence,entente_prealable,debut,fin,specialites\n"
)
ROW = "1,G,Consultation,metro,25,35,19.06,0,,,1,1,0,0,2017-05-01,,1\n"
HISTORY = "profession,code,zone,price_eur,from,to,source,note\n"
PAST = (
    "GP,G,metro,30.00,2024-12-22,,service-public F17042,\n"
    "GP,maj N (20-24h),metro,35.00,2002-01-01,,Mediboard NGAP 11/2022,\n"
)


def publication(folder, rows=ROW, past=PAST, header=TABLE):
    """A publication of the form of the real one, in a folder."""
    (folder / "tarifs.csv").write_text(header + rows, encoding="utf-8")
    (folder / "historique.csv").write_text(HISTORY + past, encoding="utf-8")
    return folder


def prices_in(folder):
    return [table.price_of(cells, f"ligne {at}") for at, cells in enumerate(table.read_rows(folder / table.PRICES), 2)]


def test_it_writes_the_prices_of_a_publication(tmp_path):
    target = tmp_path / "tables"
    report = import_table(publication(tmp_path), target)
    assert (report.table_rows, report.history_rows) == (1, 2)
    assert "1 lignes de tarif" in report.text()
    found = [one for one in prices_in(target) if one.code == "G" and one.specialties >> 1 & 1]
    old, new = sorted(found, key=lambda one: one.from_day)
    assert (old.cents, new.cents) == (2500, 3000)
    assert old.to_day == day_number(date(2024, 12, 21))
    assert new.to_day == OPEN
    assert (new.night_cents, new.sunday_cents) == (3500, 1906), "the new row opens what the old one did"


def test_the_same_publication_gives_the_same_bytes(tmp_path):
    target = tmp_path / "tables"
    import_table(publication(tmp_path), target)
    first = {path.name: path.read_bytes() for path in target.iterdir()}
    import_table(tmp_path, target)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == first


BROKEN = [
    ("1,G,Consultation,metro,vingt,35,19.06,0,,,1,1,0,0,2017-05-01,,1\n", "n'est pas un montant"),
    ("1,G,Consultation,metro,25.001,35,19.06,0,,,1,1,0,0,2017-05-01,,1\n", "n'est pas un montant"),
    ("1,G,Consultation,metro,-25,35,19.06,0,,,1,1,0,0,2017-05-01,,1\n", "n'est pas un montant"),
    ("1,G,Consultation,lune,25,35,19.06,0,,,1,1,0,0,2017-05-01,,1\n", "n'est pas une zone connue"),
    ("1,G,Consultation,metro,25,35,19.06,0,,,1,1,0,0,hier,,1\n", "n'est pas une date"),
    ("1,G,Consultation,metro,25,35,19.06,0,,,1,1,0,0,2017-05-01,2016-01-01,1\n", "avant son premier jour"),
    ("1,G,Consultation,metro,25,35,19.06,0,,,1,1,0,0,2017-05-01,,\n", "aucune spécialité"),
    ("1,G,Consultation,metro,25,35,19.06,0,,,1,1,0,0,2017-05-01,,GP\n", "n'est pas une liste de spécialités"),
    ("1,g!,Consultation,metro,25,35,19.06,0,,,1,1,0,0,2017-05-01,,1\n", "n'est pas un code d'acte"),
    ("1,QQQ,Consultation,metro,25,35,19.06,0,,,1,1,0,0,2017-05-01,,1\n", "Actes sans libellé"),
    ("1,G,Consultation,metro,25,35,19.06,0,5,2,1,1,0,0,2017-05-01,,1\n", "corrigez les bornes"),
    ("", "ne contient pas de table"),
]


@pytest.mark.parametrize(("rows", "words"), BROKEN)
def test_it_refuses_a_broken_table_and_writes_nothing(tmp_path, rows, words):
    target = tmp_path / "tables"
    with pytest.raises(TariffError, match=words):
        import_table(publication(tmp_path, rows), target)
    assert not target.exists()


@pytest.mark.parametrize(
    ("past", "words"),
    [
        ("GP,G,metro,31.00,2031-01-01,,ailleurs,\n", "absente de law/ngap_mapping.csv"),
        ("GP,G,metro,trente,2024-12-22,,service-public F17042,\n", "cellule illisible"),
        ("GP,G,metro,30.00,2024-12-22,2020-01-01,service-public F17042,\n", "finit avant de commencer"),
        ("", "l'historique des prix manque"),
    ],
)
def test_it_refuses_a_history_it_cannot_map(tmp_path, past, words):
    with pytest.raises(TariffError, match=words):
        import_table(publication(tmp_path, past=past), tmp_path / "tables")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"\x1f\x8bjunk", b'"open', b"a,b\n1,2\n", b"id,code\n1", bytes(range(256)) * 20]
)
def test_garbage_is_a_tariff_error_and_nothing_else(tmp_path, content):
    path = tmp_path / "ngap.csv"
    path.write_bytes(content)
    with pytest.raises(TariffError):
        import_table(path, tmp_path / "tables")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("ngap") / "ngap.csv"
    path.write_bytes(gzip.compress(content) if content[:1] == b"z" else content)
    with pytest.raises(TariffError):
        read_folder(path)


@given(st.text(max_size=120))
def test_any_row_is_read_or_refused(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("ngap")
    (folder / "tarifs.csv").write_bytes((TABLE + ROW + text).encode("utf-8", "surrogatepass"))
    (folder / "historique.csv").write_text(HISTORY + PAST, encoding="utf-8")
    with suppress(TariffError):
        import_table(folder, folder / "tables")


def test_a_missing_path_says_so(tmp_path):
    with pytest.raises(TariffError, match="n'existe pas"):
        import_table(tmp_path / "absent")


def test_the_same_table_twice_is_refused(tmp_path):
    publication(tmp_path)
    (tmp_path / "copie.csv").write_text(TABLE + ROW, encoding="utf-8")
    with pytest.raises(TariffError, match="une même table"):
        read_folder(tmp_path)


@given(st.integers(0, 9_999_999_999))
def test_decimals_are_read_exactly(number):
    units, rest = divmod(number, 1000)
    assert thousandths(f"{units},{rest:03}") == number
    euros, part = divmod(number, 100)
    if euros < 10_000_000:
        assert cents(f"{euros}.{part:02}") == number


@pytest.mark.parametrize("text", ["", "1.2345", "1e3", "--1", "١", "12 3", "1.", "nan"])
def test_a_number_of_another_form_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        thousandths(text)


def price(**more) -> Price:
    cells = {
        "code": "G",
        "zones": ALL_ZONES,
        "specialties": 2,
        "sectors": ALL_SECTORS,
        "options": ALL_OPTIONS,
        "from_day": 0,
        "to_day": 99,
        "cents": 100,
        **more,
    }
    return Price(**cells)


PRICES = st.builds(
    lambda zones, specialties, sectors, options, start, length, amount: price(
        zones=zones,
        specialties=specialties,
        sectors=sectors,
        options=options,
        from_day=start,
        to_day=start + length,
        cents=amount,
    ),
    st.integers(1, 7),
    st.integers(1, 7),
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(0, 20),
    st.integers(0, 20),
    st.integers(0, 3),
)


def cells_of(row: Price) -> set[tuple[int, int, int, int, int]]:
    """Every (zone, speciality, sector, option, day) of a small row."""
    return {
        (zone, specialty, sector, option, day)
        for zone in range(3)
        for specialty in range(3)
        for sector in range(2)
        for option in range(2)
        for day in range(row.from_day, row.to_day + 1)
        if row.zones >> zone & 1
        and row.specialties >> specialty & 1
        and row.sectors >> sector & 1
        and row.options >> option & 1
    }


@given(PRICES, PRICES)
def test_cutting_a_row_keeps_each_cell_once(one, hole):
    cut = [cells_of(part) for part in without(one, hole)]
    assert set().union(*cut) == cells_of(one) - cells_of(hole)
    assert sum(map(len, cut)) == len(cells_of(one) - cells_of(hole))
    shared = common(one, hole)
    assert (cells_of(shared) if shared else set()) == cells_of(one) & cells_of(hole)


@given(st.lists(PRICES, max_size=6))
def test_layers_never_overlap_and_joining_changes_no_price(rows):
    laid: list[Price] = []
    expected: dict[tuple[int, ...], int] = {}
    for row in rows:
        laid = lay(laid, row)
        expected.update(dict.fromkeys(cells_of(row), row.cents))
    for stage in (laid, joined(laid)):
        assert overlaps(stage) == []
        assert {cell: row.cents for row in stage for cell in cells_of(row)} == expected


def test_the_check_names_every_fault():
    acts = {"G": table.Act("G", "Consultation", frozenset(), ()), "V": table.Act("V", "Visite", frozenset(), ())}
    rows = [price(source="x"), price(source="x", code="Z", to_day=-1, cents=-1), price(source="y", from_day=50)]
    found = " ".join(faults(rows, acts, ["x"]))
    for words in ("G le", "acte sans libellé", "source « y »", "période vide", "montant", "V : acte sans aucun prix"):
        assert words in found


def test_every_line_of_the_mapping_is_understood():
    lines = table.read_rows(decisions.LAW / "ngap_mapping.csv")
    rows = {
        (line["profession"], line["code"], line["zone"], line["from"]): {**line, "price_eur": "1.00", "to": ""}
        for line in lines
    }
    found, left_out = decisions.history(list(rows.values()), verified_days())
    assert len(rows) == 148
    assert len(found) == len(lines)
    assert not left_out
