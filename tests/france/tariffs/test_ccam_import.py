"""The imports: what a list changes, that nothing is half done, and that the same files give the same bytes."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quittance.france.tariffs.ccam.errors import HistoryFormatError, PublishedFormatError
from quittance.france.tariffs.ccam.importer import import_ccam, import_history, import_published
from quittance.france.tariffs.ccam.sources import read_sources
from quittance.france.tariffs.ccam.store import load
from quittance.france.tariffs.ccam.tables import Key, decode_prices, encode_prices
from tests.france.tariffs.ccam_sample import sample

ACTS = [("ZQFA001", "Acte d'essai"), ("ZQFA009", "Acte qui disparaît"), ("ZZLP025", "Geste complémentaire")]
GRIDS = [*range(3, 7), *range(8, 20)]
V33 = {
    "infotarif": ("code,remboursement,entente_prealable,exo1,exo2,exo3,exo4,exo5", "ZQFA001,1,N,1,7,0,0,0"),
    "classif_activite": ("code,activity,regroupement", "ZQFA001,1,ADC\nZQFA001,4,ADA"),
    "modificateurs_par_activite": ("code,activity,modifier", "ZQFA001,1,J\nZQFA001,1,O\nZQFA001,4,A\nZQFA001,4,F"),
    "phase_prix": (
        "code,activity,phase,dom1_x1000,dom2_x1000,dom3_x1000,dom4_x1000,charges_cabinet_centimes",
        "ZQFA001,1,0,1143,1143,1143,1214,000000\nZQFA001,4,0,1000,1000,1000,1000,001000",
    ),
    "gestes_complementaires": ("code,assoc_code", "ZQFA001,ZZLP025"),
    "incompatibilites": ("code,incompatible_code", "ZQFA009,ZQFA001\nZQFA001,ZQFA009"),
}
OLDER = (
    "code,ext_doc,label,chapter,activity,phase,tarif_s1_optam_eur,tarif_hors_s1_eur,remb_sous_conditions,"
    "accord_prealable,exo_tm,regroupement,modificateurs_code,gestes_complementaires\n"
    "ZQFA001,,Acte d'essai,1.01,1,0,50.00,40.00,,,2021-07-01,ADC,AFJ,ZZLP025\n"
    "ZQFA001,,Acte d'essai,1.01,4,0,60.00,60.00,,,,ADA,AFJ,ZZLP025\n"
)


def dated(name: str) -> list[Any]:
    """The JSON lists of the dated history, for the three acts."""
    first = [{"code": code, "activite": "1", "phase": "0", "date_effet": "2010-01-01"} for code, _ in ACTS]
    grids = {str(grid): 48.5 if grid != 15 else 47 for grid in GRIDS}
    lists: dict[str, list[Any]] = {
        "ccam_actes": [
            {
                "code": code,
                "libelle_long": label,
                "libelle_court": label[:9],
                "type_acte": "0",
                "date_debut": "2005-03-01",
            }
            for code, label in ACTS
        ],
        "ccam_hierarchie_actes": [
            {"code": "000002", "strate": "01.00.00.00", "libelle": "SYSTÈME NERVEUX", "type": "H"},
            {"code": "000003", "strate": "01.01.00.00", "libelle": "Actes", "type": "H"},
            *({"code": code, "strate": "01.01.00.00", "libelle": label, "type": "A"} for code, label in ACTS),
        ],
        "ccam_tarifs_detailles": [
            *({**row, "7": 48.5, **grids} for row in first),
            {**first[0], "activite": "4", "date_effet": "2012-05-01", **grids},
        ],
        "ccam_regroupement": [{"code": code, "activite": "1", "regroupement": "ATM"} for code, _ in ACTS],
        "ccam_libelle_regroupement": [
            {"regroupement": code, "libelle_regroupement": code} for code in ("ADA", "ADC", "ATM", "SDE")
        ],
        "ccam_libelle_modificateur": [{"modificateur": "F", "libelle_modificateur": "Dimanche"}],
        "ccam_notes": [
            {"code": "ZQFA001", "date_debut": "2005-03-01", "type_note": "01", "note": "À l'exclusion ¶- de"}
        ],
    }
    return lists[name]


@pytest.fixture
def history(tmp_path: Path) -> Path:
    folder = tmp_path / "history"
    (folder / "dated_v78.10").mkdir(parents=True)
    (folder / "v33_2014").mkdir()
    for name in (
        "ccam_actes",
        "ccam_hierarchie_actes",
        "ccam_tarifs_detailles",
        "ccam_regroupement",
        "ccam_libelle_regroupement",
        "ccam_libelle_modificateur",
        "ccam_notes",
    ):
        content = json.dumps(dated(name), ensure_ascii=False).encode()
        (folder / "dated_v78.10" / f"{name}.json.gz").write_bytes(gzip.compress(content, mtime=0))
    for name, (header, rows) in V33.items():
        (folder / "v33_2014" / f"{name}_v33.csv.gz").write_bytes(gzip.compress(f"{header}\n{rows}\n".encode()))
    (folder / "ccam_acts_v67_2021-04-26.csv").write_text(OLDER, encoding="utf-8")
    (folder / "ccam_acts_v78_2025-02-01.csv").write_text(OLDER, encoding="utf-8")
    (folder / "ccam_association_chapters.csv").write_text(
        "rule_family,chapter_or_code\ndental,01.01\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def tables(tmp_path: Path, history: Path) -> Path:
    folder = tmp_path / "tariffs" / "tables"
    import_history(history, folder=folder)
    return folder


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    path = tmp_path / "ccam_v90.csv"
    path.write_bytes(sample())
    return path


MAIN = Key("ZQFA001", "1", "0")
ANAESTHESIA = Key("ZQFA001", "4", "0")


def test_history(tables):
    read = load(tables)
    rows = read.prices[MAIN]
    assert [(row.start, row.end) for row in rows] == [("2010-01-01", "2024-12-31"), ("2025-01-01", "")]
    assert (rows[0].cents[7], rows[0].cents[17], rows[1].cents[7], rows[1].cents[17]) == (4850, -1, -1, 4850)
    assert read.extras[MAIN].reunion_milli == 1214
    assert read.extras[ANAESTHESIA].cabinet_cents == 1000
    assert read.incompatible == {"ZQFA001": ("ZQFA009",)}
    assert read.notes[0].text == "À l'exclusion\n- de"


def test_properties_over_the_years(tables):
    said = load(tables).properties[MAIN]
    assert [(row.start, row.end, row.modifiers, row.doubtful, row.source) for row in said] == [
        ("2005-03-01", "2013-06-30", "J", False, "ccam-v33"),
        ("2013-07-01", "2014-12-31", "JO", False, "ccam-v33"),
        ("2015-01-01", "", "J", False, "ccam-v78"),
    ]
    assert said[-1].exemption == "1-7", "a spreadsheet had turned 1-7 into the 1st of July"


def test_published_list_opens_and_closes(tables, spreadsheet):
    report = import_published(spreadsheet, folder=tables)
    read = load(tables)
    before, after = read.prices[MAIN][-2:]
    assert (before.end, after.start, after.end, after.source) == ("2026-02-28", "2026-03-01", "", "ccam-v90")
    assert (after.cents[16], after.cents[14]) == (5184, 4010)
    assert (after.cents[13], after.cents[15], after.doubtful) == (4850, 4700, 1 << 13 | 1 << 15)
    assert read.prices[Key("ZZLP025", "1", "0")][-1].doubtful == 1 << 15, "a dental grouping follows the list"
    assert read.acts["ZQFA009"].end == "2026-02-28"
    assert read.prices[Key("ZQFA009", "1", "0")][-1].end == "2026-02-28"
    assert Key("ZQFA002", "2", "0") not in read.prices
    assert [key.code for key in report.ended] == ["ZQFA009"]
    assert {key.code for key in report.added} == {"ZQFA002"}
    assert "terminées 1 (ZQFA009)" in report.text()


def test_modifiers_go_to_their_activity(tables, spreadsheet):
    import_published(spreadsheet, folder=tables)
    read = load(tables)
    assert read.properties[ANAESTHESIA][-1].modifiers == "7AFL"
    assert read.properties[MAIN][-1].modifiers == "JL", "version 33 gave F to the anaesthesia alone"
    assert read.properties[Key("ZQFA002", "1", "1")][-1].modifiers == "F"


def test_same_import_twice_changes_no_byte(tables, spreadsheet):
    import_published(spreadsheet, folder=tables)
    first = {path.name: path.read_bytes() for path in tables.iterdir()}
    again = import_published(spreadsheet, folder=tables)
    assert {path.name: path.read_bytes() for path in tables.iterdir()} == first
    assert (again.added, again.changed, again.ended) == ([], [], [])


def test_day_can_be_given(tables, spreadsheet):
    import_published(spreadsheet, date(2026, 4, 1), folder=tables)
    assert load(tables).prices[MAIN][-1].start == "2026-04-01"


def test_older_list_is_refused(tables, spreadsheet):
    import_published(spreadsheet, folder=tables)
    with pytest.raises(PublishedFormatError, match="dans l'ordre de leurs dates"):
        import_published(spreadsheet, date(2025, 6, 1), folder=tables)


def test_source_row_is_added_once(tables, spreadsheet):
    import_published(spreadsheet, folder=tables)
    import_published(spreadsheet, folder=tables)
    source = read_sources(tables.parent)["ccam-v90"]
    assert (source["published"], source["verified_until"]) == ("2026-03-01", "2026-03-01")


def test_folder_or_file(tables, history, spreadsheet):
    assert "version 90" in import_ccam(spreadsheet, folder=tables).title
    assert "Historique" in import_ccam(history, folder=tables).title
    assert load(tables).prices[MAIN][-1].end == "", "the history alone ends before the list of March"


def test_act_ended_before_a_newer_list_stays_ended(history, tmp_path):
    path = history / "dated_v78.10" / "ccam_actes.json.gz"
    acts = [{**act, "date_fin": "2023-04-01"} if act["code"] == "ZQFA001" else act for act in dated("ccam_actes")]
    path.write_bytes(gzip.compress(json.dumps(acts).encode()))
    import_history(history, folder=tmp_path / "out")
    read = load(tmp_path / "out")
    assert read.acts["ZQFA001"].end == "2023-03-31"
    assert read.prices[MAIN][-1].end == "2023-03-31"
    assert read.properties[MAIN][-1].end == "2023-03-31"


def test_refused_file_changes_nothing(tables, spreadsheet):
    before = {path.name: path.read_bytes() for path in tables.iterdir()}
    spreadsheet.write_bytes(sample() + b"hello,,,,,,,,,,\n")
    with pytest.raises(PublishedFormatError):
        import_published(spreadsheet, folder=tables)
    assert {path.name: path.read_bytes() for path in tables.iterdir()} == before


def test_missing_file_and_missing_history(tmp_path, spreadsheet):
    with pytest.raises(PublishedFormatError, match="fichier illisible"):
        import_published(tmp_path / "none.csv", folder=tmp_path)
    with pytest.raises(PublishedFormatError, match="importez d'abord"):
        import_published(spreadsheet, folder=tmp_path)


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("dated_v78.10/ccam_actes.json.gz", None, "ccam_actes.json.gz : fichier absent"),
        ("dated_v78.10/ccam_actes.json.gz", b"not gzip", "ccam_actes.json.gz : fichier absent ou illisible"),
        ("dated_v78.10/ccam_actes.json.gz", gzip.compress(b"[{}]", mtime=0), "chaque élément doit porter code"),
        ("v33_2014/infotarif_v33.csv.gz", None, "infotarif_v33.csv.gz : fichier absent"),
        ("v33_2014/infotarif_v33.csv.gz", gzip.compress(b"code\nA\n", mtime=0), "les colonnes code, remboursement"),
        ("ccam_acts_v67_2021-04-26.csv", None, "ccam_acts_v67_AAAA-MM-JJ.csv : fichier absent"),
        ("ccam_acts_v78_2025-02-01.csv", OLDER.replace("50.00", "cher").encode(), "ligne 2 : tarif cher illisible"),
        ("ccam_acts_v78_2025-02-01.csv", b"\xff\xfe", "fichier absent ou illisible"),
    ],
)
def test_broken_history_is_named(history, tmp_path, path, content, said):
    target = history / path
    if content is None:
        target.unlink()
    else:
        target.write_bytes(content)
    with pytest.raises(HistoryFormatError) as caught:
        import_history(history, folder=tmp_path / "out")
    assert said in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_price_text_goes_and_comes():
    text = "52.96:3,5,9,11,16-18 37.17:4,6,8"
    assert encode_prices(decode_prices(text)) == text
