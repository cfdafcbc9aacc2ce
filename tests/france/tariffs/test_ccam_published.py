"""The reader of the published spreadsheet: what it takes from each line, and what it says of a broken one."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quittance.france.tariffs.ccam.errors import PublishedFormatError
from quittance.france.tariffs.ccam.published import PublishedModifier, read_published
from tests.france.tariffs.ccam_sample import BODY, HEADER, sample


def test_title_and_chapters():
    read = read_published(sample())
    assert (read.version, read.applicable) == (90, date(2026, 3, 1))
    assert read.chapters["01"] == "SYSTÈME NERVEUX CENTRAL"
    assert read.chapters["01.01"] == "Actes diagnostiques"
    assert read.chapter_notes == {"01": ["À l'exclusion de : analgésie postopératoire"]}


def test_act_with_anaesthesia():
    act = read_published(sample()).acts[0]
    assert (act.code, act.label, act.chapter) == ("ZQFA001", "Acte d'essai, avec anesthésie", "01.01")
    assert act.modifiers == "7AFJL"
    assert act.gestures == ["ZQFA002", "ZZLP025"]
    assert act.notes == ["Formation : spécifique à cet acte"]
    first, second = act.rows
    assert (first.activity, first.phase, first.optam_cents, first.other_cents) == ("1", "0", 5184, 4010)
    assert (first.agreement, first.exemption, first.grouping) == (True, "1", "ADC")
    assert (second.activity, second.label, second.grouping) == ("4", "anesthésie", "ADA")
    assert second.agreement, "the agreement of an act is asked for all its activities"


def test_malformed_complementary_act_is_told_not_taken():
    text = ',,"(ZQFA002, ABC123, ZZLP025)",,,,,,,,\n'
    read = read_published(sample(BODY.replace(',,"(ZQFA002, ZZLP025)",,,,,,,,\n', text)))
    assert read.acts[0].gestures == ["ZQFA002", "ZZLP025"]
    assert "« ABC123 » écarté" in read.oddities[0]
    assert "ZQFA001" in read.oddities[0]


def test_phases_conditions_and_no_price():
    act = read_published(sample()).acts[1]
    pose, removal = act.rows
    assert (pose.phase, pose.optam_cents, pose.exemption, pose.conditional) == ("1", 124815, "2-7", True)
    assert (removal.phase, removal.optam_cents, removal.other_cents) == ("2", None, None)
    assert act.modifiers == "F"


def test_modifier_values():
    assert read_published(sample()).modifiers == [
        PublishedModifier("F", "Acte réalisé en urgence un dimanche", "eur", 1906, 1906),
        PublishedModifier("F", "Acte réalisé en urgence par les chirurgiens", "eur", 4000, 4000),
        PublishedModifier("9", "Soins conservateurs", "pct", 3000, 1570),
        PublishedModifier("B", "Radiographie au bloc", "pct", 4900, 4900),
    ]


def test_semicolons_and_windows_letters():
    rows = [
        "CCAM version 90 applicable 01/03/2026;;;;;;;;;;",
        "Code;;Texte;Activité;Phase;Tarif 1;Tarif 2;Rembt;Accord;Exo;Regroupement",
        "01;;Généralités;;;;;;;;",
        "ZQFA001;;Épreuve;1;0;12,50;12,50;;;1;ATM",
    ]
    read = read_published("\r\n".join(rows).encode("cp1252"))
    assert read.acts[0].label == "Épreuve"
    assert read.acts[0].rows[0].optam_cents == 1250


ACT = "ZQFA001,,Acte,1,0,51.84,40.10,,,1,ADC\n"
BROKEN = {
    "empty": (b"", "Ligne 1 : le titre"),
    "excel": (b"PK\x03\x04 and more", "classeur Excel"),
    "not text": (b"\x81\x8d\x8f\x90\x9d", "illisible comme texte"),
    "other title": (sample(title="NGAP 2026"), "Ligne 1 : le titre"),
    "impossible day": (sample(title="CCAM version 90 applicable 31/02/2026"), "31/02/2026 n'existe pas"),
    "no header": (sample(header=",,,,,,,,,,", body="\n" * 20 + ACT), "Les 20 premières lignes"),
    "other header": (sample(header="Code,,Texte,Prix,,,,,,,"), "Ligne 2 : colonnes inattendues"),
    "no act": (sample("01,,Chapitre,,,,,,,,\n"), "sans aucun acte"),
    "cut line": (sample("ZQFA001,,Acte,1,0,51.84\n"), "Ligne 7 : 6 colonnes au lieu de 11"),
    "price": (sample(ACT.replace("51.84", "gratuit")), "Ligne 7 (ZQFA001) : tarif « gratuit » illisible"),
    "three decimals": (sample(ACT.replace("51.84", "51.845")), "tarif « 51.845 » illisible"),
    "negative price": (sample(ACT.replace("51.84", "-1.00")), "tarif « -1.00 » illisible"),
    "blank price": (sample(ACT.replace("51.84", "")), "tarif «  » illisible"),
    "activity": (sample(ACT.replace(",1,0,", ",6,0,")), "activité « 6 »"),
    "phase": (sample(ACT.replace(",1,0,", ",1,9,")), "phase « 9 »"),
    "exemption": (sample(ACT.replace(",1,ADC", ",8,ADC")), "exonération « 8 »"),
    "twice": (sample(ACT + ACT), "Ligne 8 : l'acte ZQFA001 figure deux fois"),
    "price without act": (sample("01,,Chapitre,,,,,,,,\n,,Pose,1,0,5.00,5.00,,,1,ATM\n"), "rattaché à aucun acte"),
    "modifiers without act": (sample('"[F, P]",,,,,,,,,,\n'), "liste de modificateurs « [F, P] »"),
    "open bracket": (sample(ACT + '"[F, P",,,,,,,,,,\n'), "liste de modificateurs « [F, P »"),
    "not a letter": (sample(ACT + '"[F, ?]",,,,,,,,,,\n'), "liste de modificateurs « [F, ?] »"),
    "column A": (sample("hello,,,,,,,,,,\n"), "« hello » en colonne A"),
    "modifier value": (
        sample(ACT + "19.03,,M,,,,,,,,\nF,,Fête,,,beaucoup,1.00,,,,\n"),
        "« beaucoup » du modificateur F",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_named(name):
    content, said = BROKEN[name]
    with pytest.raises(PublishedFormatError) as caught:
        read_published(content)
    assert said in str(caught.value)


def test_header_lines_are_counted_as_in_the_file():
    assert HEADER.count("\n") == 3, "the header takes four lines of the file: the first act above is on line 7"


@pytest.mark.property
@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_garbage_bytes_raise_only_our_error(content):
    for data in (content, sample(body="") + content, sample() + content):
        with suppress(PublishedFormatError):
            read_published(data)


@pytest.mark.property
@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_damage_raises_only_our_error(data):
    content = sample()
    at = data.draw(st.integers(0, len(content)))
    cut = data.draw(st.integers(0, 40))
    with suppress(PublishedFormatError):
        read_published(content[:at] + data.draw(st.binary(max_size=12)) + content[at + cut :])
