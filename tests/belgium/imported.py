"""The country after an import: a small publication laid over a copy of the shipped tables, for one test.

Its form is that of the official tables; its amounts are made for tests.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from quittance.belgium.build import build
from quittance.belgium.country import country
from quittance.belgium.pricing.encode import Words
from quittance.belgium.pricing.texts import Texts
from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.nomensoft.importer import import_publication
from quittance.belgium.tariffs.search import ActIndex
from quittance.kernel.flat import Flat, write
from tests.belgium.tariffs import publication
from tests.oracle import belgium_tables

SUMMARY = """nomen_code|nomen_grp_n|nomen_desc_fr|ambhos_pat_cat|key_letter1|key_coeff1|key_letter1_value
425110|N99|Toilette|1|W|1,167|6,340189
425515|N99|Toilette, week-end|1|W|1,785|6,330532
424373|N99|Soins de plaie spécifiques|1|W|2,9|6,344828
425272|N99|Forfait A|1|W|3,83|6,344648
101076|N01|Consultation au cabinet|1|N||
101673|N01|Consultation vidéo|1|||
102852|N01|Suivi d'un patient diabétique|1|||
475075|N01|Examen électrocardiographique|1|K||
599001|N99|Acte d'essai sans profession|1|K||
719994|N99|Séance d'essai de logopédie|1|R||
"""
FEES = """nomen_code|dbegin_fee|dend_fee|fee_code|fee
425110|2026-01-01|2999-12-31|0|7.40
425110|2026-01-01|2999-12-31|1300|7.40
425110|2026-01-01|2999-12-31|1600|5.55
425515|2026-01-01|2999-12-31|0|11.30
425515|2026-01-01|2999-12-31|1300|11.30
425515|2026-01-01|2999-12-31|1600|8.48
424373|2026-01-01|2999-12-31|0|18.40
424373|2026-01-01|2999-12-31|1300|18.40
424373|2026-01-01|2999-12-31|1600|13.80
425272|2026-01-01|2999-12-31|0|24.30
425272|2026-01-01|2999-12-31|1300|24.05
425272|2026-01-01|2999-12-31|1600|18.23
101076|2026-01-01|2999-12-31|0|34.00
101076|2026-01-01|2999-12-31|1300|32.50
101076|2026-01-01|2999-12-31|1600|28.00
101076|2026-03-01|2026-03-31|1900|20.00
101673|2022-07-01|2999-12-31|0|23.06
101673|2022-07-01|2999-12-31|1600|19.06
102852|2026-01-01|2999-12-31|0|20.00
102852|2026-01-01|2999-12-31|1600|20.00
475075|2026-01-01|2999-12-31|0|18.00
475075|2026-01-01|2999-12-31|1300|17.00
475075|2026-01-01|2999-12-31|1600|14.00
599001|2026-01-01|2999-12-31|0|50.00
599001|2026-01-01|2999-12-31|1600|40.00
719994|2026-01-01|2999-12-31|0|40.00
719994|2026-01-01|2999-12-31|1600|34.00
"""


def lay(tmp_path: Path, monkeypatch: Any) -> None:
    """Import the publication of 2026-01-05 into tables of the test's own; both calculators then read them."""
    at = tmp_path / "tariffs" / "tables"
    shutil.copytree(store.folder(), at)
    shutil.copy(store.folder().parent / store.SOURCES, at.parent)
    given = tmp_path / "TXT"
    given.mkdir()
    for name, text in (("SUMMARY_EXT", SUMMARY), ("FEECODES", publication.KINDS), ("CODE_FEE_LIM", FEES)):
        (given / f"NOMEN_{name}.txt").write_text(text, encoding="utf-8")
    import_publication(given, date(2026, 1, 5), target=at)
    monkeypatch.setattr(store, "folder", lambda: at)
    store.shipped.cache_clear()
    write(tmp_path / "BE.flat", *build(), f"imported into {tmp_path}")
    flat = Flat(tmp_path / "BE.flat")
    index = ActIndex.from_strings(flat.strings)
    for name, one in (("flat", flat), ("texts", Texts(flat)), ("words", Words(flat.strings)), ("index", index)):
        monkeypatch.setitem(country.__dict__, name, one)
    monkeypatch.setattr(belgium_tables, "TABLES", at)
    forget()


def forget() -> None:
    """Read everything anew: before the test what the tables of before left, after it what its own did."""
    from quittance.belgium.services import tariff_codes

    for kept in (store.shipped, belgium_tables.acts, belgium_tables.prices):
        kept.cache_clear()
    tariff_codes._numbers.cache_clear()
