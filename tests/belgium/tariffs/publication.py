"""A small NomenSoft publication: the form of the official tables and pages, its codes and amounts made for tests."""

from __future__ import annotations

import zipfile
from pathlib import Path

SUMMARY = """nomen_code|dbegin|dend|nomen_grp_n|nomen_desc_fr|nomen_desc_nl|ambhos_pat_cat|key_letter1|\
key_letter_index1|key_coeff1|key_letter1_value|key_letter2|key_letter3
711314|2000-01-01|2999-12-31|N99|Séance individuelle de logopédie|Individuele zitting|1|R|R01|17,5|2,236231||
101076|2002-01-01|2999-12-31|N01|Consultation au cabinet par un médecin généraliste accrédité|Raadpleging|1|N||8|3,1|Q|
373590|2027-01-01|2999-12-31|N04|Acte dentaire d'essai|Proefprestatie|2|-||||-|-
"""
KINDS = """fee_code|fee_code_cat|fee_code_desc_fr|fee_code_desc_nl
0|01|Honoraire|Honorarium
1300|03|Intervention avec régime préférentiel|Tegemoetkoming
1600|04|Intervention sans régime préférentiel|Tegemoetkoming
1610|04|Intervention sans régime préférentiel - prestataire non conventionné|Tegemoetkoming
1700|05|Part personnelle sans régime préférentiel|Persoonlijk aandeel
1800|03|Intervention avec régime préférentiel dans le cadre du DMG|x
1810|04|Intervention sans régime préférentiel dans le cadre du DMG|x
1900|04|Intervention médecin stagiaire|x
7000|07|Base de remboursement|x
"""
FEES = """nomen_code|dbegin_fee|dend_fee|fee_code|fee|author_doc|authority_id
711314|2027-01-01|2999-12-31|0|39.134043|OA2026_400|1
711314|2027-01-01|2999-12-31|1300|37.130000|OA2026_400|1
711314|2027-01-01|2999-12-31|1600|33.630000|OA2026_400|1
711314|2027-01-01|2999-12-31|1610|25.230000|OA2026_400|1
711314|2027-01-01|2999-12-31|1700|5.500000|OA2026_400|1
101076|2027-01-01|2999-12-31|0|36.00|OA2026_401|1
101076|2027-01-01|2999-12-31|1300|34.50|OA2026_401|1
101076|2027-01-01|2999-12-31|1600|30.00|OA2026_401|1
101076|2027-01-01|2999-12-31|1800|35.00|OA2026_401|1
101076|2027-01-01|2999-12-31|1810|32.00|OA2026_401|1
101076|2027-01-01|2999-12-31|1900|20.00|OA2026_401|1
101076|2027-01-01|2999-12-31|7000|36.00|OA2026_401|1
373590|2027-01-01|2999-12-31|0|50.00|OA2026_402|1
"""
HISTORY = """nomen_code|dbegin_fee|dend_fee|fee_code|fee|author_doc|authority_id
101076|2025-01-01|2025-12-31|0|33.00|OA2024_401|1
101076|2025-01-01|2025-12-31|1600|27.00|OA2024_401|1
711314|2026-07-01|2026-12-31|0|38.50|OA2026_100|1
711314|2026-07-01|2026-12-31|1300|36.50|OA2026_100|1
711314|2026-07-01|2026-12-31|1600|33.00|OA2026_100|1
"""
TABLES = {
    "NOMEN_SUMMARY_EXT.txt": SUMMARY,
    "NOMEN_FEECODES.txt": KINDS,
    "NOMEN_CODE_FEE_LIM.txt": FEES,
    "NOMEN_CODE_FEE_LIM_HIST.txt": HISTORY,
}
OTHER = "rule_ref|rule_desc_fr\nA36|Règle\n"

PAGE = """<?xml version="1.0" encoding="utf-8"?>
<dataroot xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <NOMEN_HONORAIRES>
    <nomen_code>302805</nomen_code>
    <nomen_desc_fr>Acte d'essai</nomen_desc_fr>
    <dbegin_fee>2027-01-01</dbegin_fee>
    <dend_fee>2999-12-31</dend_fee>
    <fee_code_cat>0</fee_code_cat>
    <fee_code_desc_fr>Honoraire</fee_code_desc_fr>
    <fee>160.000000</fee>
    <author_doc>OA2026_362</author_doc>
  </NOMEN_HONORAIRES>
  <NOMEN_HONORAIRES>
    <nomen_code>302805</nomen_code>
    <nomen_desc_fr>Acte d'essai</nomen_desc_fr>
    <dbegin_fee>2027-01-01</dbegin_fee>
    <dend_fee>2999-12-31</dend_fee>
    <fee_code_cat>1600</fee_code_cat>
    <fee_code_desc_fr>Intervention sans régime préférentiel</fee_code_desc_fr>
    <fee>150.000000</fee>
    <author_doc>OA2026_362</author_doc>
  </NOMEN_HONORAIRES>
</dataroot>
"""


def folder(at: Path, **changed: str) -> Path:
    """The tables in a folder; `fees="…"` and the like stand for one of them."""
    at.mkdir(parents=True, exist_ok=True)
    short = {"summary": "NOMEN_SUMMARY_EXT.txt", "kinds": "NOMEN_FEECODES.txt", "fees": "NOMEN_CODE_FEE_LIM.txt"}
    tables = TABLES | {short[name]: text for name, text in changed.items()}
    for name, text in tables.items():
        (at / name).write_text(text, encoding="utf-8")
    (at / "NOMEN_RULES.txt").write_text(OTHER, encoding="utf-8")
    (at / "LISEZMOI.pdf").write_bytes(b"%PDF")
    return at


def as_xml(text: str, table: str) -> str:
    """A text table as the same table in XML."""
    header, *lines = [line.split("|") for line in text.splitlines()]
    rows = ("".join(f"<{name}>{cell}</{name}>" for name, cell in zip(header, cells, strict=True)) for cells in lines)
    return f"<dataroot>{''.join(f'<{table}>{row}</{table}>' for row in rows)}</dataroot>"


def zipped(at: Path, suffix: str = "txt", encoding: str = "utf-8") -> Path:
    """The tables in a ZIP, as text or as XML."""
    with zipfile.ZipFile(at, "w") as archive:
        for name, text in TABLES.items():
            content = text if suffix == "txt" else as_xml(text, name.removesuffix(".txt"))
            archive.writestr(f"{name.removesuffix('txt')}{suffix}", content.encode(encoding))
    return at
