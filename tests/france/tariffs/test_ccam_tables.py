"""The tables that the product ships: prices on their days, grid by grid, and what stands beside them."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from quittance.france.tariffs.ccam import flat
from quittance.france.tariffs.ccam.check import check, faults
from quittance.france.tariffs.ccam.show import UnknownActError, show
from quittance.france.tariffs.ccam.sources import read_sources
from quittance.france.tariffs.ccam.store import load
from quittance.france.tariffs.ccam.tables import GRIDS, Key, Tables
from quittance.kernel.dated import OPEN, day_number, row_on


@pytest.fixture(scope="module")
def tables() -> Tables:
    return load()


class Reader:
    """Asks the arrays the way the rules do."""

    def __init__(self) -> None:
        codes = flat.codes()
        self.number = {code: at for at, code in enumerate(codes)}
        self.arrays = {name: values for name, (_, values) in flat.arrays(self.number).items()}
        self.strings = flat.strings()

    def key(self, code: str, activity: int, phase: int) -> int:
        act, a = self.number[code], self.arrays
        keys = range(a["ccam_key_first"][act], a["ccam_key_last"][act])
        return next(k for k in keys if (a["ccam_key_activity"][k], a["ccam_key_phase"][k]) == (activity, phase))

    def row(self, what: str, code: str, day: str, activity: int = 1, phase: int = 0) -> int:
        key, a = self.key(code, activity, phase), self.arrays
        first, last = a[f"ccam_{what}_first"][key], a[f"ccam_{what}_last"][key]
        on = day_number(date.fromisoformat(day))
        return int(row_on(a[f"ccam_{what}_from"], a[f"ccam_{what}_to"], first, last, on))

    def price(self, code: str, day: str, grid: int, activity: int = 1, phase: int = 0) -> int | None:
        row = self.row("price", code, day, activity, phase)
        cents = self.arrays["ccam_price_cents"][row * GRIDS + grid] if row >= 0 else -1
        return cents if cents >= 0 else None

    def modifiers(self, code: str, day: str, activity: int = 1) -> str:
        mask = self.arrays["ccam_modifiers"][self.row("property", code, day, activity)]
        return "".join(letter for bit, letter in enumerate(flat.SYMBOLS) if mask >> bit & 1)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("day", "cents"),
    [
        ("2005-08-31", None),
        ("2005-09-01", 2698),
        ("2007-09-11", 2698),
        ("2007-09-12", 3226),
        ("2007-12-27", 3226),
        ("2007-12-28", 3578),
        ("2014-12-31", 3578),
        ("2015-01-01", 5056),
        ("2024-12-31", 5056),
        ("2025-01-01", 5176),
        ("2025-12-31", 5176),
        ("2026-01-01", 5296),
    ],
)
def test_history_of_one_act(reader, day, cents):
    assert reader.price("AFLB001", day, 16) == cents


@pytest.mark.parametrize(("grid", "cents"), [(16, 5176), (14, 3647), (13, 3578), (15, 5056), (18, 5176), (19, 3647)])
def test_grids_on_one_day(reader, grid, cents):
    assert reader.price("AFLB001", "2025-01-01", grid) == cents


def test_grid_of_anaesthetists_ends_with_2024(reader):
    assert reader.price("AFLB001", "2024-12-31", 7) == 5056
    assert reader.price("AFLB001", "2025-01-01", 7) is None
    assert reader.price("AFLB001", "2024-12-31", 18) is None


def test_electrocardiogram_in_2026(reader):
    assert reader.price("DEQP003", "2026-01-05", 9) == 1477
    assert reader.price("DEQP003", "2026-01-05", 10) == 1381
    assert reader.price("DEQP003", "2025-12-31", 9) == 1452


def test_dentists_follow_the_list_for_their_families_only(reader):
    assert reader.price("HBJD001", "2026-01-01", 13) == 2892
    row = reader.row("price", "HBJD001", "2026-01-01")
    assert not reader.arrays["ccam_price_doubtful"][row] >> 13 & 1
    row = reader.row("price", "AFLB001", "2026-01-01")
    assert reader.price("AFLB001", "2026-01-01", 13) == 3578
    assert reader.arrays["ccam_price_doubtful"][row] == 1 << 13 | 1 << 15


def test_not_covered_has_no_price_from_2026(reader):
    assert reader.row("price", "AHQP001", "2026-01-01") == -1
    row = reader.row("property", "AHQP001", "2026-01-01")
    assert reader.arrays["ccam_covered"][row] == 0


def test_price_of_zero_does_not_cover_what_was_not(reader):
    # JHLA001: not reimbursed in version 33, 0.00 in version 81.
    assert reader.price("JHLA001", "2026-01-05", 3) == 0
    assert reader.arrays["ccam_covered"][reader.row("property", "JHLA001", "2026-01-05")] == 0
    assert reader.arrays["ccam_covered"][reader.row("property", "ZZLP054", "2026-01-05")] == 1


def test_act_that_left_the_list_ends_on_the_eve(reader):
    assert reader.row("price", "AJNF800", "2025-12-31") >= 0
    assert reader.row("price", "AJNF800", "2026-01-01") == -1


def test_verified_until(reader):
    row = reader.row("price", "AFLB001", "2026-01-01")
    until = date.fromisoformat(read_sources()["ccam-v81"]["verified_until"])
    assert reader.arrays["ccam_price_to"][row] == OPEN
    assert reader.arrays["ccam_price_verified_until"][row] == day_number(until)
    assert reader.strings["sources"][reader.arrays["ccam_price_source"][row]] == "ccam-v81"


def test_modifiers_by_activity(reader):
    # The list writes [A, F, P, S, U, 7, 3] once for the act, on the line of a note.
    assert reader.modifiers("CDQP014", "2026-01-05", 1) == "FPSU"
    assert reader.modifiers("CDQP014", "2026-01-05", 4) == "37AFPSU"


def test_letters_of_transition_have_their_days(reader):
    assert reader.modifiers("AFLB001", "2013-06-30") == "FPSU"
    assert reader.modifiers("AFLB001", "2013-07-01") == "FIPSUX"
    assert reader.modifiers("AFLB001", "2014-12-31") == "FIPSUX"
    assert reader.modifiers("AFLB001", "2015-01-01") == "FPSU"


def test_grouping_and_exemption(reader):
    row = reader.row("property", "HBBD005", "2026-01-05")
    grouping = reader.strings["groupings"][reader.arrays["ccam_grouping"][row]]
    assert grouping["code"] == "AXI"
    assert (reader.arrays["ccam_exemption"][row], reader.arrays["ccam_prevention"][row]) == (5, 1)


def test_overseas_coefficient_and_practice_charges(reader):
    key = reader.key("GDQP001", 1, 0)
    zones = [
        reader.arrays[f"ccam_zone_{zone}_milli"][key] for zone in ("guadeloupe", "martinique", "guyane", "reunion")
    ]
    assert zones == [1143, 1143, 1143, 1214]
    assert reader.arrays["ccam_cabinet_cents"][reader.key("YYYY036", 1, 0)] == 1000


def test_incompatibility_holds_both_ways(reader):
    a, number = reader.arrays, reader.number

    def others(code: str) -> list[int]:
        act = number[code]
        return a["ccam_incompatible"][a["ccam_incompatible_first"][act] : a["ccam_incompatible_last"][act]]

    assert number["AFHB001"] in others("AFLB001")
    assert number["AFLB001"] in others("AFHB001")
    assert all(list(others(code)) == sorted(others(code)) for code in ("AFLB001", "AFHB001"))


def test_families(reader):
    def family(code: str) -> int:
        return int(reader.arrays["ccam_family"][reader.number[code]])

    assert family("DGQM001") & 1, "ultrasound"
    assert family("HBJD001") & 16, "dental"
    assert family("NFQK003") & 32, "conventional radiology"
    assert not family("HJQD001") & 16, "the one dental code left out"


def test_counts_of_version_81(tables):
    living = [key for key, rows in tables.properties.items() if not rows[-1].end and rows[-1].source == "ccam-v81"]
    # 13,440 lines published: one has no grouping, one anaesthesia is written as activity 1.
    assert len(living) == 13_439
    assert len({key.code for key in living}) == 8_257
    counts = Counter(key.activity for key in living)
    assert counts == {"1": 8_278, "4": 4_938, "5": 177, "2": 42, "3": 4}
    assert sum(not tables.prices.get(key) or bool(tables.prices[key][-1].end) for key in living) == 301


def test_check_finds_nothing():
    assert check() == []


def test_check_finds_faults(tables, tmp_path):
    assert "vides" in check(tmp_path)[0]
    key = Key("AFLB001", "1", "0")
    broken = Tables(acts=tables.acts, chapters=tables.chapters, groupings={}, properties={key: tables.properties[key]})
    broken.prices = {key: [tables.prices[key][-1], *tables.prices[key]]}
    found = "\n".join(faults(broken, {}))
    assert "se chevauchent" in found
    assert "source « ccam-v81 » inconnue" in found
    assert "regroupement « ATM » inconnu" in found


def test_show(tables):
    shown = show("aflb001", date(2025, 1, 1))
    assert shown.keys[0].price is not None
    assert shown.keys[0].price.cents[16] == 5176
    text = shown.text()
    assert "AFLB001  Injection péridurale [épidurale] de sang autologue [Blood patch]" in text
    assert "→ 2025-01-01 – 2025-12-31 51.76 (grilles 3,5,9,11,16-18)" in text
    assert "pas de prix au 2004-01-01" in show("AFLB001", date(2004, 1, 1)).text()


def test_show_unknown():
    with pytest.raises(UnknownActError, match="ZZZZ999 est inconnu"):
        show("ZZZZ999", date(2026, 1, 1))


def test_labels_are_for_people():
    labels = flat.labels()
    assert len(labels) == len(flat.codes())
    assert not [label for label in labels.values() if label.isupper() and len(label) > 4]
