"""The shipped NGAP prices: the day before and the day of each change of the common codes."""

from __future__ import annotations

from datetime import date

import pytest

from quittance.france.tariffs.ngap.rows import OPTIONS, SECTORS, ZONES, Price
from quittance.france.tariffs.ngap.show import check, show
from quittance.france.tariffs.ngap.table import TariffError, acts, prices
from quittance.kernel.dated import day_number


def row(code, specialty, day, zone="metropole", sector="1", option="none", months=None) -> Price | None:
    """The one price for a professional and a day; the test fails when there are two."""
    number = day_number(date.fromisoformat(day))
    found = [
        one
        for one in prices()
        if one.code == code
        and one.zones >> ZONES.index(zone) & 1
        and one.specialties >> int(specialty) & 1
        and one.sectors >> SECTORS.index(sector) & 1
        and one.options >> OPTIONS.index(option) & 1
        and one.from_day <= number <= one.to_day
        and (months is None or one.age_from_months <= months < one.age_to_months)
    ]
    assert len(found) <= 1, found
    return found[0] if found else None


def cents(*args, **more) -> int | None:
    found = row(*args, **more)
    return found.cents if found else None


@pytest.mark.parametrize(
    ("code", "specialty", "day", "expected"),
    [
        ("G", "01", "2017-04-30", None),
        ("G", "01", "2017-05-01", 2500),
        ("G", "01", "2023-10-31", 2500),
        ("G", "01", "2023-11-01", 2650),
        ("G", "01", "2024-12-21", 2650),
        ("G", "01", "2024-12-22", 3000),
        ("VG", "22", "2023-10-31", 2500),
        ("VG", "22", "2023-11-01", 2650),
        ("VG", "22", "2024-12-22", 3000),
        ("C", "01", "2010-12-31", None),
        ("C", "01", "2011-01-01", 2300),
        ("C", "01", "2025-01-01", 2300),
        ("C", "19", "2023-10-14", 2300),
        ("C", "21", "2024-01-01", 2300),
        ("CS", "03", "2024-12-21", 2300),
        ("CS", "03", "2024-12-22", 2650),
        ("CS", "70", "2024-12-21", 2300),
        ("CS", "70", "2024-12-22", 3200),
        ("CS", "70", "2025-12-31", 3200),
        ("CS", "70", "2026-01-01", 3500),
        ("CNPSY", "33", "2022-03-31", 3900),
        ("CNPSY", "33", "2022-04-01", 4250),
        ("CNPSY", "33", "2024-12-21", 4250),
        ("CNPSY", "33", "2024-12-22", 5000),
        ("CNPSY", "33", "2025-12-31", 5000),
        ("CNP", "33", "2026-01-01", 5200),
        ("COE", "12", "2023-10-31", 4600),
        ("COE", "12", "2023-11-01", 4750),
        ("COE", "12", "2024-12-21", 4750),
        ("COE", "12", "2024-12-22", 5400),
        ("COE", "01", "2025-12-31", 5400),
        ("COE", "01", "2026-01-01", 6000),
        ("APC", "03", "2018-05-31", 4800),
        ("APC", "03", "2018-06-01", 5000),
        ("APC", "03", "2022-03-31", 5000),
        ("APC", "03", "2022-04-01", 5500),
        ("APC", "03", "2023-10-31", 5500),
        ("APC", "03", "2023-11-01", 5650),
        ("APC", "03", "2024-12-21", 5650),
        ("APC", "03", "2024-12-22", 6000),
        ("MPC", "03", "2023-10-31", 200),
        ("MPC", "03", "2023-11-01", 350),
        ("MPC", "03", "2024-12-21", 350),
        ("MPC", "03", "2024-12-22", None),
        ("GS", "22", "2024-12-21", 2500),
        ("GS", "22", "2024-12-22", None),
        ("CCX", "03", "2023-10-31", 4600),
        ("CCX", "03", "2023-11-01", 4750),
        ("TE2", "03", "2025-12-31", 2000),
        ("TE2", "03", "2026-01-01", 2300),
        ("AMI", "24", "2012-05-26", None),
        ("AMI", "24", "2012-05-27", 315),
        ("BSA", "24", "2019-12-31", None),
        ("BSA", "24", "2020-01-01", 1300),
        ("IFD", "24", "2024-01-27", 250),
        ("IFD", "24", "2024-01-28", 275),
        ("IFI", "24", "2024-01-28", 275),
        ("AMS", "26", "2012-07-14", None),
        ("AMS", "26", "2012-07-15", 215),
        ("AMK", "26", "2024-02-21", 215),
        ("AMK", "26", "2024-02-22", 221),
        ("RAM", "26", "2024-02-21", None),
        ("RAM", "26", "2024-02-22", 221),
        ("AMS", "26", "2024-02-22", None),
        ("TMK", "26", "2024-02-22", 215),
        ("AMO", "28", "2023-12-31", 250),
        ("AMO", "28", "2024-01-01", 260),
        ("SF", "21", "2024-02-21", 280),
        ("SF", "21", "2024-02-22", 310),
        ("SF", "21", "2024-12-31", 310),
        ("SF", "21", "2025-01-01", 320),
        ("SP", "21", "2024-02-21", 1855),
        ("SP", "21", "2024-02-22", 310),
        ("MSF", "21", "2024-02-21", 200),
        ("MSF", "21", "2024-02-22", 350),
        ("IK", "21", "2024-02-21", 45),
        ("IK", "21", "2024-02-22", 61),
        ("IK", "26", "2024-01-01", 38),
        ("POD", "27", "2020-01-01", 2700),
        ("AMY", "29", "2020-01-01", 260),
    ],
)
def test_it_knows_the_price_of_the_day_before_and_of_the_day(code, specialty, day, expected):
    assert cents(code, specialty, day) == expected


@pytest.mark.parametrize(
    ("code", "specialty", "day", "zone", "expected"),
    [
        ("G", "01", "2024-12-22", "reunion", 3560),
        ("AMI", "24", "2024-02-01", "guadeloupe", 330),
        ("BSC", "24", "2024-02-01", "mayotte", 2925),
        ("AMK", "26", "2024-02-21", "guyane", 236),
        ("AMK", "26", "2024-02-22", "guyane", 243),
        ("AMO", "28", "2023-12-31", "martinique", 262),
        ("AMO", "28", "2024-01-01", "reunion", 272),
        ("IKS", "24", "2020-01-01", "martinique", 366),
        ("C", "03", "2018-01-01", "guadeloupe", 2760),
    ],
)
def test_it_knows_the_price_of_each_overseas_zone(code, specialty, day, zone, expected):
    assert cents(code, specialty, day, zone) == expected


@pytest.mark.parametrize("option", ["optam", "optam_aco"])
def test_a_specialist_of_sector_2_codes_cs_only_with_an_option(option):
    assert cents("CS", "03", "2025-01-01", sector="2", option=option) == 2650
    assert cents("CS", "03", "2025-01-01", sector="2") is None
    assert cents("CS", "03", "2024-12-21", sector="2") == 2300
    assert cents("C", "03", "2025-01-01", sector="2") == 2300


def test_child_examinations_follow_the_convention_and_the_age():
    assert cents("COD", "01", "2025-01-01", months=71) == 3500
    assert cents("COD", "01", "2025-01-01", months=72) is None
    assert cents("COB", "01", "2025-01-01", months=72) == 3000
    assert cents("COV", "01", "2025-01-01", sector="2", months=10) == 2800
    assert cents("COV", "01", "2025-01-01", sector="1") is None
    assert cents("COB", "01", "2024-06-01") is None, "the history leaves a gap: no price is better than an old one"
    assert cents("COH", "12", "2025-12-31", months=23) == 4500
    assert cents("COH", "12", "2026-01-01", months=23) == 5000


@pytest.mark.parametrize(
    ("code", "specialty", "day", "night", "deep", "sunday"),
    [
        ("G", "01", "2025-01-01", 3500, -1, 1906),
        ("G", "22", "2025-01-01", 3500, -1, 1906),
        ("CS", "12", "2025-01-01", 3500, -1, 1906),
        ("CS", "03", "2025-01-01", 2515, -1, 1906),
        ("C", "03", "2025-01-01", 2515, -1, 1906),
        ("C", "19", "2025-01-01", 2515, -1, 1906),
        ("AMI", "24", "2019-12-31", 915, 1830, 800),
        ("AMI", "24", "2020-01-01", 915, 1830, 850),
        ("AMK", "26", "2025-01-01", 915, -1, 762),
        ("RAM", "26", "2025-01-01", 915, -1, 762),
        ("SF", "21", "2019-01-31", 3500, -1, 2100),
        ("SF", "21", "2019-02-01", 3500, -1, 4000),
        ("MCS", "03", "2025-01-01", -1, -1, -1),
        ("IK", "24", "2025-01-01", -1, -1, -1),
        ("INJ", "24", "2022-01-01", -1, -1, 1906),
    ],
)
def test_it_knows_the_complements_of_each_profession(code, specialty, day, night, deep, sunday):
    found = row(code, specialty, day)
    assert found is not None
    assert (found.night_cents, found.deep_night_cents, found.sunday_cents) == (night, deep, sunday)


def test_coefficients_are_bounded_as_the_table_says():
    consultation = row("C", "21", "2024-01-01")
    assert consultation is not None
    assert consultation.coefficient_min_milli <= 2500 <= consultation.coefficient_max_milli
    for day, most in (("2026-02-22", 40000), ("2026-02-23", 40020)):
        speech = row("AMO", "28", day)
        assert speech is not None
        assert speech.coefficient_max_milli == most
    plain = row("G", "01", "2025-01-01")
    assert plain is not None
    assert (plain.coefficient_min_milli, plain.coefficient_max_milli) == (1000, 1000)


def test_sources_that_disagree_leave_a_mark():
    doubtful = row("AMK", "26", "2020-01-01", "guyane")
    sure = row("AMK", "26", "2020-01-01")
    assert doubtful is not None
    assert sure is not None
    assert (doubtful.doubtful, sure.doubtful) == (True, False)


def test_an_open_row_is_verified_until_the_day_of_its_source():
    found = row("AMP", "27", "2026-01-01")
    assert found is not None
    assert found.verified_until >= day_number(date(2022, 11, 7))


def test_the_shipped_table_passes_its_check():
    assert check() == []


def test_majorations_name_their_hosts_newer_codes_included():
    assert "CNPSY" in acts()["MCS"].hosts
    assert set(acts()["MAU"].hosts) == {"AMI", "TMI"}


def test_show_gives_the_prices_of_a_code_on_a_day():
    found = show("G", date(2025, 1, 1), "01", "metropole")
    assert "30,00 €" in found.text()
    assert show("GS", date(2025, 1, 1)).prices == ()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(("ZZZ",), "n'est pas un acte NGAP"), (("G", None, "x", None), "Zone ou"), (("G", None, None, "lune"), "zones :")],
)
def test_show_says_what_it_does_not_know(arguments, words):
    with pytest.raises(TariffError, match=words):
        show(*arguments)
