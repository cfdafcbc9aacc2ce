"""Every code of logopedics to the cent, against a reading that shares nothing with the tables.

The codes are written out from the rule of their numbers (stem of the pathology, digit of the place, check digit); the
amounts are the lines of the published overview, one a category. Neither is read from the product's files.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest

from quittance.belgium.tariffs.rows import FEE, PLACES, REIMBURSEMENT, best
from quittance.belgium.tariffs.store import shipped
from quittance.kernel.dated import day_number

# coefficient, value of R, fee, ordinary, preferential, shares of both, ordinary with a non-conventioned therapist
AMOUNTS = {
    "assessment": ("17.5", "2.593102", "45.38", "37.88", "42.38", "7.50", "3.00", "28.41"),
    "evaluation": ("35", "2.192167", "76.73", "65.73", "72.23", "11.00", "4.50", "49.30"),
    "30": ("17.5", "2.192383", "38.37", "32.87", "36.37", "5.50", "2.00", "24.66"),
    "school": ("17.5", "2.117663", "37.06", "31.06", "35.06", "6.00", "2.00", "23.30"),
    "60": ("35", "2.201493", "77.05", "66.05", "72.55", "11.00", "4.50", "49.54"),
    "collective": ("9", "2.195268", "19.76", "16.76", "18.76", "3.00", "1.00", "12.57"),
    "guidance": ("15", "2.192383", "32.89", "27.39", "30.89", "5.50", "2.00", "20.55"),
}
STEMS = {
    "a": "7113",
    "b1": "7123",
    "b2": "7133",
    "b3": "7143",
    "b4": "7173",
    "b5": "7183",
    "b6.1": "7193",
    "b6.2": "7213",
    "b6.3": "7293",
    "b6.4": "7233",
    "b6.5": "7243",
    "c1": "7253",
    "c2": "7263",
    "d": "7273",
    "e": "7283",
    "f": "7333",
    "g": "7244",
}
HOUR = {"b1": "7126", "b3": "7146", "b6.4": "7116", "f": "7336"}
TOGETHER = {"b1": "7124", "b5": "7184", "b6.4": "7234", "c1": "7254"}
PARENTS = {
    "b2": ("711012", "713016"),
    "b3": ("711115", "713112"),
    "b6.4": ("711211", "713215"),
    "c2": ("712014", "714011"),
    "d": ("712110", "714114"),
    "f": ("712213", "714210"),
}
PLACE = {"1": "practice", "3": "home", "5": "school", "7": "rehabilitation", "8": "hospital"}
MISSING = {"school": {"b6.3", "e", "g"}, "rehabilitation": {"g"}}


def checked(base: str) -> str:
    return base + str(int(base) % 7)


def expected() -> dict[str, tuple[str, str, str]]:
    """Category of amounts, pathology and place of each code."""
    found = {code: ("assessment", "", place) for code, place in (("701013", ""), ("701083", "hospital"))}
    found |= {code: ("evaluation", "", place) for code, place in (("700991", ""), ("701002", "hospital"))}
    for pathology, stem in STEMS.items():
        for digit, place in PLACE.items():
            if pathology not in MISSING.get(place, ()):
                found[checked(stem + digit)] = ("school" if place == "school" else "30", pathology, place)
    for pathology, stem in HOUR.items():
        found |= {checked(stem + digit): ("60", pathology, PLACE[digit]) for digit in "1378"}
    for pathology, stem in TOGETHER.items():
        found |= {checked(stem + digit): ("collective", pathology, PLACE[digit]) for digit in "178"}
    for pathology, (alone, together) in PARENTS.items():
        found |= {alone: ("60", pathology, "practice"), together: ("guidance", pathology, "practice")}
    return found


EXPECTED = expected()
WINDOWS = [  # day, whether the reimbursement is cut
    (date(2026, 1, 1), False),
    (date(2026, 3, 31), False),
    (date(2026, 4, 1), True),
    (date(2026, 12, 31), True),
]


def rows_of(code):
    return [row for row in shipped().rows if row.code == code]


def euro(row):
    return Decimal(row.cents) / 100


def test_there_are_exactly_these_codes():
    listed = {row.code for row in shipped().rows if row.source == "logopedie-2026"}
    assert len(EXPECTED) == 125
    assert listed == set(EXPECTED)


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_code_to_the_cent(code):
    category, pathology, place = EXPECTED[code]
    coefficient, value, fee, ordinary, preferential, share, small_share, cut = map(Decimal, AMOUNTS[category])
    act, rows = shipped().acts[code], rows_of(code)
    assert int(code[:5]) % 7 == int(code[5])
    assert act.pathology == pathology
    if place:
        assert act.places == 1 << PLACES.index(place)
    else:
        assert act.places
        assert not act.places >> PLACES.index("hospital") & 1
    for when, is_cut in WINDOWS:
        day = day_number(when)
        said = best(rows, FEE, day)
        assert said is not None
        assert euro(said) == fee == (coefficient * value).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for conditions, amount in (
            (0, ordinary),
            (1, preferential),
            (2, cut if is_cut else ordinary),
            (3, preferential),
        ):
            row = best(rows, REIMBURSEMENT, day, conditions)
            assert row is not None
            assert euro(row) == amount, (when, conditions)
        assert fee - ordinary == share
        assert fee - preferential == small_share


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_nothing_is_known_of_the_day_after(code):
    rows = rows_of(code)
    assert best(rows, FEE, day_number(date(2027, 1, 1))) is None
    assert best(rows, REIMBURSEMENT, day_number(date(2027, 1, 1))) is None
    assert best(rows, REIMBURSEMENT, day_number(date(2025, 12, 31))) is None


def test_pairs_are_the_codes_of_the_same_act_in_hospital():
    acts = shipped().acts
    for code, (category, pathology, place) in EXPECTED.items():
        pair = acts[code].pair
        if code in {one for both in PARENTS.values() for one in both}:
            assert not pair
            continue
        other = EXPECTED[pair]
        assert (place == "hospital") != (other[2] == "hospital")
        assert other[1] == pathology
        assert other[0] == ("30" if category == "school" else category)
    assert (acts["701013"].pair, acts["711314"].pair, acts["711384"].pair) == ("701083", "711384", "711314")


@pytest.mark.parametrize(
    ("code", "day", "fee"),
    [
        ("711314", "2013-12-31", "21.75"),
        ("701013", "2013-01-01", "30.45"),
        ("712611", "2013-06-01", "43.50"),
        ("711314", "2017-06-01", "22.24"),
        ("711351", "2018-06-01", "22.50"),
        ("712412", "2017-06-01", "11.44"),
        ("711314", "2019-06-01", "23.60"),
        ("711314", "2020-08-01", "26.50"),
        ("712611", "2021-01-01", "56.89"),
        ("711314", "2022-08-01", "29.28"),
        ("702015", "2023-06-01", "51.50"),
        ("702085", "2024-07-31", "51.50"),
        ("711351", "2024-06-01", "34.91"),
        ("712611", "2024-06-01", "72.59"),
        ("701013", "2025-06-01", "44.18"),
        ("711314", "2025-12-31", "37.35"),
        ("711314", "2014-01-01", None),
        ("711314", "2020-07-31", None),
        ("711314", "2022-01-01", None),
        ("701013", "2022-08-01", None),
        ("702015", "2024-08-01", None),
        ("700991", "2025-06-01", None),
        ("724415", "2023-06-01", None),
        ("711012", "2023-06-01", None),
    ],
)
def test_fees_of_before_have_no_reimbursement(code, day, fee):
    number = day_number(date.fromisoformat(day))
    row = best(rows_of(code), FEE, number)
    assert (None if row is None else euro(row)) == (None if fee is None else Decimal(fee))
    assert best(rows_of(code), REIMBURSEMENT, number) is None


def test_what_was_not_seen_printed_is_doubtful():
    for row in shipped().rows:
        if row.source == "logopedie-histoire":
            year = date.fromordinal(row.from_day + date(1970, 1, 1).toordinal()).year
            assert row.doubtful == (year in {2018, 2024}), row
        if row.source == "logopedie-2026":
            assert row.doubtful == (row.code in PARENTS["f"])


def test_the_windows_of_the_cut():
    said = [(cut.profession, cut.from_day, cut.to_day, cut.cut) for cut in shipped().cuts]
    assert said == [
        ("speech_therapist", day_number(first), day_number(last), cut)
        for first, last, cut in (
            (date(2024, 1, 1), date(2024, 3, 31), False),
            (date(2024, 4, 1), date(2025, 12, 31), True),
            (date(2026, 1, 1), date(2026, 3, 31), False),
            (date(2026, 4, 1), date(2026, 12, 31), True),
        )
    ]
