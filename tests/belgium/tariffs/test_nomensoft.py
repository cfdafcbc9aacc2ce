"""The importer of NomenSoft: tables as text and XML, a page of one code, what it lays over, all that it refuses."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.errors import NomenSoftError, TariffError
from quittance.belgium.tariffs.nomensoft.amounts import found_in
from quittance.belgium.tariffs.nomensoft.conditions import Condition, amount_kind, conditions
from quittance.belgium.tariffs.nomensoft.importer import import_publication, outside
from quittance.belgium.tariffs.nomensoft.reading import read
from quittance.belgium.tariffs.rows import FEE, KINDS, NO_AGE, PROFESSIONS, REIMBURSEMENT, Row, best
from quittance.kernel.dated import day_number
from tests.belgium.tariffs import publication
from tests.belgium.tariffs.publication import FEES, PAGE, SUMMARY, folder, zipped
from tests.belgium.tariffs.publication import KINDS as KINDS_OF_FEES

PUBLISHED = date(2027, 1, 4)
PREFERENTIAL, NON_CONVENTIONED, GMD, CHRONIC, PALLIATIVE = 1, 2, 4, 8, 16


def on(year, month, day):
    return day_number(date(year, month, day))


def rows_of(code, target):
    return [row for row in store.load(target).rows if row.code == code]


def cents(rows, kind, day, conditions=0, age=None):
    row = best(rows, kind, day, conditions, age)
    return None if row is None else row.cents


def test_it_lays_its_days_over_the_tables(tables, tmp_path):
    report = import_publication(folder(tmp_path / "TXT"), PUBLISHED, target=tables)
    rows = rows_of("711314", tables)
    day = on(2027, 6, 1)
    assert cents(rows, FEE, day) == 3913, "half up to the cent"
    assert cents(rows, REIMBURSEMENT, day) == 3363
    assert cents(rows, REIMBURSEMENT, day, PREFERENTIAL) == 3713
    assert cents(rows, REIMBURSEMENT, day, NON_CONVENTIONED) == 2523
    assert cents(rows, REIMBURSEMENT, day, PREFERENTIAL | NON_CONVENTIONED) == 3713
    assert (cents(rows, FEE, on(2026, 7, 1)), cents(rows, REIMBURSEMENT, on(2026, 12, 31))) == (3850, 3300)
    assert (cents(rows, FEE, on(2026, 6, 30)), cents(rows, REIMBURSEMENT, on(2026, 6, 30), 2)) == (3837, 2466)
    assert cents(rows, FEE, on(2025, 12, 31)) == 3735
    assert report.new_acts == 1
    assert report.acts == 3


def test_it_is_known_to_the_end_of_its_year_and_no_further(tables, tmp_path):
    import_publication(folder(tmp_path / "TXT"), PUBLISHED, target=tables)
    rows = rows_of("711314", tables)
    assert cents(rows, FEE, on(2027, 12, 31)) == 3913
    assert cents(rows, FEE, on(2028, 1, 1)) is None
    assert {row.verified_until for row in rows if row.from_day == on(2027, 1, 1)} == {on(2027, 12, 31)}
    source = store.load(tables).sources["nomensoft-2027-01-04"]
    assert (source.published, source.verified_until) == ("2027-01-04", "2027-12-31")


def test_the_last_known_day_can_be_said(tables, tmp_path):
    import_publication(folder(tmp_path / "TXT"), PUBLISHED, date(2027, 3, 31), target=tables)
    rows = rows_of("711314", tables)
    assert (cents(rows, FEE, on(2027, 3, 31)), cents(rows, FEE, on(2027, 4, 1))) == (3913, None)


def test_a_last_known_day_before_the_publication_is_refused(tables, tmp_path):
    with pytest.raises(NomenSoftError, match="seulement"):
        import_publication(folder(tmp_path / "TXT"), PUBLISHED, date(2027, 1, 3), target=tables)


def test_conditions_shares_and_letters_are_kept(tables, tmp_path):
    import_publication(folder(tmp_path / "TXT"), PUBLISHED, target=tables)
    rows, day = rows_of("101076", tables), on(2027, 2, 1)
    amounts = [cents(rows, REIMBURSEMENT, day, held) for held in (0, PREFERENTIAL, GMD, GMD | PREFERENTIAL)]
    assert amounts == [3000, 3450, 3200, 3500]
    speech = rows_of("711314", tables)
    ordinary, fee = best(speech, REIMBURSEMENT, day), best(speech, FEE, day)
    assert ordinary is not None
    assert fee is not None
    assert ordinary.share_cents == 550
    assert (fee.letter, fee.coefficient_milli, fee.value_micro) == ("R", 17_500, 2_236_231)
    two_letters = best(rows, FEE, day)
    assert two_letters is not None
    assert two_letters.letter == ""


def test_new_and_known_codes_are_described(tables, tmp_path):
    import_publication(folder(tmp_path / "TXT"), PUBLISHED, target=tables)
    acts = store.load(tables).acts
    new, known = acts["373590"], acts["711314"]
    assert (PROFESSIONS[new.profession], KINDS[new.kind], new.in_hospital) == ("dentist", "other", True)
    assert new.label == "Acte dentaire d'essai"
    assert known.category == "individual 30", "what the shipped tables say of a code stays"


def test_the_report_tells_what_was_left_out(tables, tmp_path):
    report = import_publication(folder(tmp_path / "TXT"), PUBLISHED, target=tables)
    assert dict(report.left_out) == {
        "condition inconnue : Intervention médecin stagiaire": 1,
        "ni honoraires ni remboursement : Base de remboursement": 1,
    }
    assert "3 codes, dont 1 nouveaux" in report.text()
    assert "connu jusqu'au 2027-12-31" in report.text()


def test_an_amount_that_is_not_understood_makes_those_that_answer_for_it_doubtful(tables, tmp_path):
    """Only on its days, only of its kind: a general amount must not stand unmarked where another one was left out."""
    fees = changed("101076|2027-01-01|2999-12-31|1900|20.00", "101076|2027-03-01|2027-03-31|1900|20.00")
    import_publication(folder(tmp_path / "TXT", fees=fees), PUBLISHED, target=tables)
    rows = [row for row in rows_of("101076", tables) if row.source == "nomensoft-2027-01-04"]
    note = "condition non lue : « Intervention médecin stagiaire »"
    for day, doubtful in ((on(2027, 2, 28), False), (on(2027, 3, 1), True), (on(2027, 4, 1), False)):
        paid = best(rows, REIMBURSEMENT, day)
        fee = best(rows, FEE, day)
        assert paid is not None
        assert fee is not None
        assert (paid.cents, paid.doubtful, paid.note) == (3000, doubtful, note if doubtful else "")
        assert not fee.doubtful
    assert not any(row.doubtful for row in rows_of("711314", tables) if row.from_day == on(2027, 1, 1))


@pytest.mark.parametrize(
    ("letter", "profession"),
    [("R", "speech_therapist"), ("M", "physiotherapist"), ("W", "nurse"), ("K", ""), ("B", ""), ("-", "")],
)
def test_a_key_letter_of_one_profession_tells_whose_code_it_is(tables, tmp_path, letter, profession):
    summary = changed("|N04|Acte dentaire d'essai|Proefprestatie|2|-|", f"|N99|Acte d'essai|x|1|{letter}|", SUMMARY)
    import_publication(folder(tmp_path / "TXT", summary=summary), PUBLISHED, target=tables)
    assert PROFESSIONS[store.load(tables).acts["373590"].profession] == profession


def test_the_same_publication_twice_changes_no_byte(tables, tmp_path):
    path = folder(tmp_path / "TXT")
    import_publication(path, PUBLISHED, target=tables)
    first = {one.name: one.read_bytes() for one in tables.iterdir()}
    report = import_publication(path, PUBLISHED, target=tables)
    assert {one.name: one.read_bytes() for one in tables.iterdir()} == first
    assert report.new_acts == 0


@pytest.mark.parametrize(
    ("suffix", "encoding"), [("txt", "utf-8"), ("txt", "cp1252"), ("xml", "utf-8"), ("xml", "cp1252")]
)
def test_text_and_xml_in_a_zip_say_the_same(tables, tmp_path, suffix, encoding):
    other = tmp_path / "other" / "tables"
    other.mkdir(parents=True)
    for one in tables.iterdir():
        (other / one.name).write_bytes(one.read_bytes())
    (other.parent / store.SOURCES).write_bytes((tables.parent / store.SOURCES).read_bytes())
    import_publication(folder(tmp_path / "TXT"), PUBLISHED, target=tables)
    import_publication(zipped(tmp_path / "x.zip", suffix, encoding), PUBLISHED, target=other)
    assert {one.name: one.read_bytes() for one in tables.iterdir()} == {
        one.name: one.read_bytes() for one in other.iterdir()
    }


def test_the_page_of_a_code(tables, tmp_path):
    page = tmp_path / "302805.xml"
    page.write_text(PAGE, encoding="utf-8")
    import_publication(page, PUBLISHED, target=tables)
    rows = rows_of("302805", tables)
    assert (cents(rows, FEE, on(2026, 6, 1)), cents(rows, REIMBURSEMENT, on(2026, 6, 1))) == (15870, None)
    assert (cents(rows, FEE, on(2027, 1, 1)), cents(rows, REIMBURSEMENT, on(2027, 1, 1))) == (16000, 15000)


def changed(old, new, text=FEES):
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fees": changed("711314|2027", "711315|2027")}, "chiffre de contrôle"),
        ({"fees": changed("711314|2027", "bonjour|2027")}, "chiffre de contrôle"),
        ({"fees": changed("2027-01-01", "le 1er mai")}, "n'est pas une date"),
        ({"fees": changed("2027-01-01|2999-12-31", "2027-01-01|2026-12-31")}, "avant de commencer"),
        ({"fees": changed("39.134043", "cher")}, "montant possible"),
        ({"fees": changed("39.134043", "1e9")}, "montant possible"),
        ({"fees": changed("39.134043", "99999999")}, "montant possible"),
        ({"fees": changed("39.134043", "39|13")}, "8 cellules pour 7 colonnes"),
        ({"fees": changed("nomen_code|dbegin_fee", "nomen_code|nomen_code")}, "ne nomme pas des colonnes"),
        ({"fees": "une seule colonne\n1\n"}, "ne nomme pas des colonnes"),
        ({"kinds": "autre|chose\n1|2\n"}, "donnez aussi NOMEN_FEECODES"),
    ],
)
def test_a_broken_table_is_refused_and_nothing_is_written(tables, tmp_path, changes, said):
    before = {one.name: one.read_bytes() for one in tables.iterdir()}
    with pytest.raises(NomenSoftError, match=said):
        import_publication(folder(tmp_path / "TXT", **changes), PUBLISHED, target=tables)
    assert {one.name: one.read_bytes() for one in tables.iterdir()} == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ne nomme pas des colonnes"),
        (b"PK\x03\x04junk", "ZIP illisible"),
        (b"<dataroot><a>", "XML illisible"),
        (b"<?xml version='1.0' encoding='nothing'?><a/>", "XML illisible"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "DOCTYPE"),
        (b"<a>" * 60, "l'un dans l'autre"),
        (b"<dataroot><b/></dataroot>", "aucune ligne d'honoraires"),
        (b"a|b\n\x81|\x8d\n", "ni UTF-8 ni Windows-1252"),
        (b"a|b\n" + b"x" * 200_000 + b"|1\n", "table illisible"),
        (b"a|b\n1|2\n", "aucune ligne d'honoraires"),
    ],
)
def test_what_is_no_publication_says_why(tables, tmp_path, content, said):
    path = tmp_path / "any.bin"
    path.write_bytes(content)
    with pytest.raises(NomenSoftError, match=said):
        import_publication(path, PUBLISHED, target=tables)


def test_a_missing_path_an_empty_folder_and_a_bomb(tables, tmp_path):
    with pytest.raises(NomenSoftError, match="fichier illisible"):
        import_publication(tmp_path / "absent.zip", PUBLISHED, target=tables)
    (tmp_path / "empty").mkdir()
    with pytest.raises(NomenSoftError, match="aucune ligne"):
        import_publication(tmp_path / "empty", PUBLISHED, target=tables)
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("NOMEN_FEECODES.txt", b"0" * 1_000)
    content = bytearray(bomb.read_bytes())
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (0xF0000000).to_bytes(4, "little")
    bomb.write_bytes(bytes(content))
    with pytest.raises(NomenSoftError, match="trop grand"):
        import_publication(bomb, PUBLISHED, target=tables)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ("711314|2027-01-01|2999-12-31|1600|34.00|x|1\n", "deux montants pour le même patient le même jour"),
        ("373590|2027-01-01|2999-12-31|1600|51.00|x|1\n", "remboursement plus élevé que les honoraires"),
        ("373590|2026-01-01|2999-12-31|1600|1.00|x|1\n", "remboursement sans honoraires"),
        ("373590|2027-01-01|2999-12-31|1600|-1.00|x|1\n", "montant négatif"),
        ("373590|2028-01-01|2999-12-31|0|60.00|x|1\n", "ligne qui commence après le dernier jour connu"),
        ("373590|2027-01-01|2999-12-31|1234|60.00|x|1\n", "ni honoraires ni remboursement : genre 1234 absent"),
    ],
)
def test_lines_that_cannot_stand_are_left_out_and_told(tables, tmp_path, more, reason):
    report = import_publication(folder(tmp_path / "TXT", fees=FEES + more), PUBLISHED, target=tables)
    assert [one for one, _ in report.left_out if one.startswith(reason)]


def test_the_same_line_twice_is_one(tables, tmp_path):
    line = "373590|2027-01-01|2999-12-31|0|50.00|y|2\n"
    import_publication(folder(tmp_path / "TXT", fees=FEES + line), PUBLISHED, target=tables)
    assert len(rows_of("373590", tables)) == 1


def test_a_share_that_does_not_agree_makes_the_row_doubtful(tables, tmp_path):
    fees = changed("|1700|5.500000", "|1700|5.60")
    import_publication(folder(tmp_path / "TXT", fees=fees), PUBLISHED, target=tables)
    row = best(rows_of("711314", tables), REIMBURSEMENT, on(2027, 2, 1))
    assert row is not None
    assert (row.doubtful, row.share_cents) == (True, -1)


def test_other_spellings_of_dates_and_numbers(tables, tmp_path):
    fees = changed("2027-01-01|2999-12-31|0|39.134043", "01/01/2027|31/12/2999|0.0|39,134043")
    fees = fees.replace("|2027-01-01|2999-12-31|1600|33.63", "|2027-01-01T00:00:00|2999-12-31 00:00:00|1600|33,63")
    kinds = changed("0|01|Honoraire", "0|1.0|Honoraire", KINDS_OF_FEES)
    import_publication(folder(tmp_path / "TXT", fees=fees, kinds=kinds), PUBLISHED, target=tables)
    rows = rows_of("711314", tables)
    assert (cents(rows, FEE, on(2027, 1, 1)), cents(rows, REIMBURSEMENT, on(2027, 1, 1))) == (3913, 3363)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Honoraires", [Condition()]),
        ("Intervention avec régime préférentiel", [Condition(requires=PREFERENTIAL)]),
        ("Montant de l'intervention sans régime préférentiel", [Condition(forbids=PREFERENTIAL)]),
        (
            "Intervention sans régime préférentiel - prestataire non conventionné (cabinet)",
            [Condition(requires=NON_CONVENTIONED, forbids=PREFERENTIAL)],
        ),
        ("Enfant de moins de 5 ans sans régime préférentiel", [Condition(forbids=PREFERENTIAL, age_to=60)]),
        ("Chez les nouveau-nés et les nourrissons de moins de 6 mois", [Condition(age_to=6)]),
        ("Intervention à partir du 18ème anniversaire", [Condition(age_from=216)]),
        ("Pas dans le cadre du DMG", [Condition(forbids=GMD)]),
        ("Patient palliatif avec régime préférentiel", [Condition(requires=PALLIATIVE | PREFERENTIAL)]),
        (
            "De 10 à 75 ans sans DMG et sans être malade chronique, sans régime préférentiel",
            [Condition(forbids=GMD | CHRONIC | PREFERENTIAL, age_from=120, age_to=900)],
        ),
        (
            "Avec régime préférentiel, à partir du 75ème anniversaire avec DMG et malade chronique avec DMG",
            [
                Condition(requires=PREFERENTIAL | GMD, age_from=900, age_to=NO_AGE),
                Condition(requires=PREFERENTIAL | GMD | CHRONIC, age_from=120, age_to=900),
            ],
        ),
        (
            "Enfant avant le 10e anniversaire avec/sans DMG, à partir du 10ème jusqu'à son 75ème anniversaire avec DMG",
            [Condition(age_to=120), Condition(requires=GMD, age_from=120, age_to=900)],
        ),
        ("Médecin stagiaire", []),
        ("Intervention à 75 %", []),
        ("Sans régime préférentiel, avec régime préférentiel", []),
        ("avec DMG", []),
    ],
)
def test_the_words_of_a_condition(words, said):
    assert list(conditions(words)) == said


def test_the_kind_of_an_amount():
    found = [amount_kind(category, "") for category in ("1", "2", "3", "4", "5", "6", "7", "13")]
    assert found == ["fee", "reimbursement", "reimbursement", "reimbursement", "share", "reimbursement", "", ""]
    assert amount_kind("0", "Ticket modérateur") == "share"
    assert amount_kind("0", "Montant de l'intervention") == "reimbursement"


@given(
    st.integers(0, 40),
    st.integers(0, 40),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 10)), max_size=4),
)
def test_a_row_keeps_exactly_the_days_that_no_span_covers(first, length, raw):
    row = Row("701013", FEE, first, first + length, 100, verified_until=first + length)
    spans = sorted((start, start + more) for start, more in raw)
    apart = [span for at, span in enumerate(spans) if all(span[0] > other[1] for other in spans[:at])]
    kept = [day for part in outside(row, apart) for day in range(part.from_day, part.to_day + 1)]
    covered = {day for start, end in apart for day in range(start, end + 1)}
    assert kept == [day for day in range(first, first + length + 1) if day not in covered]


@pytest.mark.property
@settings(max_examples=300)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"<", b"\xff\xfe<", b"nomen_code|fee\n", b"\xef\xbb\xbf<"]),
)
def test_any_bytes_are_read_or_refused(tmp_path_factory, content, start):
    path = tmp_path_factory.mktemp("nomensoft") / "any"
    path.write_bytes(start + content)
    with pytest.raises(NomenSoftError):
        read(path)


@pytest.mark.property
@settings(max_examples=200)
@given(st.data())
def test_any_damage_to_a_publication_is_read_or_refused(tmp_path_factory, data):
    """Bytes of a good publication put in, taken out, changed: its own error, or a result."""
    name, text = data.draw(st.sampled_from([*publication.TABLES.items(), ("page.xml", PAGE)]))
    content = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    path = tmp_path_factory.mktemp("nomensoft")
    folder(path)
    (path / name).write_bytes(bytes(content))
    with suppress(NomenSoftError):
        found_in(read(path), "nomensoft-test", on(2027, 12, 31))


@pytest.mark.property
@given(st.sampled_from(["txt", "xml"]), st.binary(min_size=1, max_size=20), st.floats(0, 1))
def test_any_damage_to_a_zip_is_read_or_refused(tmp_path_factory, suffix, bits, where):
    path = zipped(tmp_path_factory.mktemp("nomensoft") / "x.zip", suffix)
    content = bytearray(path.read_bytes())
    at = int(where * len(content))
    content[at : at + len(bits)] = bits
    path.write_bytes(bytes(content))
    with suppress(NomenSoftError):
        found_in(read(path), "nomensoft-test", on(2027, 12, 31))


@pytest.mark.property
@given(st.text(max_size=80))
def test_any_words_are_understood_or_not(text):
    for one in conditions(text):
        assert not one.requires & one.forbids
        assert one.age_from < one.age_to


def test_damaged_tables_at_hand_are_a_tariff_error(tables, tmp_path):
    (tables / store.PRICES).write_bytes(b"\x1f\x8bjunk")
    with pytest.raises(TariffError, match="CSV"):
        import_publication(folder(tmp_path / "TXT"), PUBLISHED, target=tables)
