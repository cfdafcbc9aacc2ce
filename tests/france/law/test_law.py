"""The law files: figures of each change, one answer for each professional, and refusals of a slip."""

from __future__ import annotations

from datetime import date

import pytest

from quittance.france import law
from quittance.france.law import _read


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("exemption_threshold", "2005-03-24", None),
        ("exemption_threshold", "2005-03-25", 9100),
        ("exemption_threshold", "2011-02-28", 9100),
        ("exemption_threshold", "2011-03-01", 12000),
        ("contribution", "2018-12-31", 1800),
        ("contribution", "2019-01-01", 2400),
        ("key_coefficient_threshold", "2011-02-28", 50000),
        ("key_coefficient_threshold", "2011-03-01", 60000),
        ("pathway_reduction", "2009-01-31", 4000),
        ("monthly_ceiling", "2024-12-31", None),
        ("monthly_ceiling", "2025-06-01", 392500),
        ("monthly_ceiling", "2026-06-01", 400500),
        ("monthly_ceiling", "2027-01-01", None),
        ("flat_participation", "2024-05-14", 100),
        ("flat_participation", "2024-05-15", 200),
        ("auxiliary_franchise", "2024-03-30", 50),
        ("auxiliary_franchise", "2024-03-31", 100),
        ("overseas_uplift", "2022-03-31", 0),
        ("overseas_uplift", "2022-04-01", 300),
        ("overseas_uplift", "2025-12-31", 300),
        ("overseas_uplift", "2026-01-01", 400),
        ("association_rate_3", "2026-01-01", 7500),
        ("no_convention_coefficient", "2026-01-01", 1600),
    ],
)
def test_a_parameter_has_the_value_of_the_day(name, day, expected):
    found = law.parameters()[name].on(date.fromisoformat(day))
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("doctor", "2025-01-01", 7000),
        ("dentist", "2023-10-14", 7000),
        ("dentist", "2023-10-15", 6000),
        ("dental", "2023-10-14", 7000),
        ("dental", "2023-10-15", 6000),
        ("dentist_medical", "2023-10-15", 7000),
        ("auxiliary", "2025-01-01", 6000),
        ("local_scheme", "2025-01-01", 9000),
        ("fsv", "2025-01-01", 8000),
        ("child_examination", "2025-01-01", 10000),
    ],
)
def test_a_rate_has_the_value_of_the_day(name, day, expected):
    found = law.rates()[name].on(date.fromisoformat(day))
    assert found is not None
    assert found.value == expected


def test_every_value_tells_its_source():
    everything = [*law.parameters().values(), *law.rates().values()]
    assert all(one.label and all(value.source for value in one.values) for one in everything)


def test_the_surgical_list_is_the_one_of_the_price_group():
    expected = {"04", "07", "10", "11", "15", "16", "18", "41", *map(str, range(43, 50)), "70", "77", "79"}
    assert law.groups()["surgery"] == expected
    assert law.groups()["anaesthesia"] == {"02", "20"}
    assert law.groups()["dentist"] == {"19", "36", "53", "54"}


@pytest.mark.parametrize(
    ("group", "sector", "option", "day", "expected"),
    [
        ("surgery", "1", "none", "2017-12-31", 3),
        ("surgery", "2", "none", "2017-12-31", 4),
        ("surgery", "1", "none", "2018-01-01", 3),
        ("surgery", "2", "optam_aco", "2026-01-01", 3),
        ("surgery", "2", "none", "2026-01-01", 4),
        ("surgery", "1DP", "optam", "2026-01-01", 5),
        ("surgery", "0", "none", "2026-01-01", 6),
        ("anaesthesia", "1", "none", "2024-12-31", 7),
        ("anaesthesia", "2", "none", "2024-12-31", 8),
        ("anaesthesia", "1", "none", "2025-01-01", 18),
        ("anaesthesia", "2", "optam", "2025-01-01", 17),
        ("anaesthesia", "2", "none", "2025-01-01", 19),
        ("anaesthesia", "0", "none", "2025-01-01", 8),
        ("general", "1", "none", "2026-01-01", 9),
        ("general", "2", "none", "2026-01-01", 10),
        ("paediatrics", "2", "optam", "2026-01-01", 11),
        ("paediatrics", "0", "none", "2026-01-01", 12),
        ("dentist", "1", "none", "2026-01-01", 13),
        ("other", "2", "none", "2026-01-01", 14),
        ("midwife", "1", "none", "2026-01-01", 15),
        ("other", "1", "none", "2026-01-01", 16),
    ],
)
def test_a_professional_has_the_grid_of_the_day(group, sector, option, day, expected):
    when = date.fromisoformat(day)
    found = [
        row.grid
        for row in law.grids()
        if row.group == group
        and sector in row.sectors
        and option in row.options
        and row.from_day <= when
        and (row.to_day is None or when <= row.to_day)
    ]
    assert found == [expected]


@pytest.mark.parametrize(
    ("code", "specialty", "sector", "option", "day", "expected"),
    [
        ("F", "01", "1", "none", "2026-01-05", 1906),
        ("F", "04", "1", "none", "2017-12-31", 1906),
        ("F", "04", "1", "none", "2018-01-01", 4000),
        ("F", "12", "1", "none", "2018-01-01", 4000),
        ("P", "12", "1", "none", "2017-12-31", 3500),
        ("P", "12", "1", "none", "2018-01-01", 5000),
        ("P", "03", "1", "none", "2026-01-01", None),
        ("U", "03", "1", "none", "2026-01-01", 2515),
        ("U", "04", "1", "none", "2026-01-01", 5000),
        ("U", "01", "1", "none", "2026-01-01", None),
        ("S", "02", "1", "none", "2026-01-01", 8000),
        ("S", "21", "1", "none", "2026-01-01", 4000),
        ("O", "04", "1", "none", "2014-02-28", 30),
        ("O", "04", "1", "none", "2016-01-01", None),
        ("O", "04", "1", "none", "2018-01-01", 8000),
        ("K", "04", "1", "none", "2024-12-31", 2000),
        ("K", "04", "1", "none", "2025-12-31", 2500),
        ("K", "04", "1", "none", "2026-01-01", 3000),
        ("K", "04", "2", "none", "2026-01-01", 2500),
        ("K", "04", "2", "none", "2025-12-31", None),
        ("K", "21", "1", "none", "2026-01-01", 2000),
        ("K", "53", "1", "none", "2025-12-31", 2000),
        ("K", "53", "1", "none", "2026-01-01", 3000),
        ("T", "04", "2", "optam", "2025-12-31", 1650),
        ("T", "04", "2", "optam", "2026-01-01", 2150),
        ("T", "04", "1", "none", "2026-01-01", None),
        ("3", "02", "1", "none", "2024-12-31", None),
        ("3", "02", "1", "none", "2025-01-01", 1200),
        ("3", "02", "2", "optam_aco", "2026-01-01", 800),
        ("Y", "14", "1", "none", "2025-12-31", 1580),
        ("Y", "14", "1", "none", "2026-01-01", 1300),
        ("Z", "06", "1", "none", "2021-02-01", None),
        ("9", "19", "1", "none", "2026-01-01", 3000),
        ("M", "01", "1", "none", "2026-01-01", 2688),
        ("A", "02", "1", "none", "2026-01-01", 2300),
    ],
)
def test_a_modifier_has_one_value_or_none(code, specialty, sector, option, day, expected):
    when = date.fromisoformat(day)
    found = [row.value for row in law.modifiers() if row.code == code and row.serves(specialty, sector, option, when)]
    assert found == ([] if expected is None else [expected])


def test_exclusions_are_written_both_ways():
    traits = law.modifier_traits()
    assert traits["K"].without == ("T",)
    assert {code for code, one in traits.items() if one.once_a_session} == set("FOPSU")
    assert {code for code, one in traits.items() if not one.repeatable} == set("FMPSU")


def test_the_codes_of_the_contract_are_all_described():
    assert set(law.exemptions()) == set("012345679C")
    assert set(law.pathway()) == {*"TNROMJBDUH", "S1", "S2"}
    assert {code for code, one in law.pathway().items() if one.flags["out"]} == {"S1", "S2"}
    assert set(law.qualifiers()) == set("ABDEFGN")
    assert set(law.agreements()) == set("9045D")
    assert set(law.natures()) == {"illness", "maternity", "work_accident", "free_care", "prevention"}
    assert len(law.groupings()) == 44


def test_every_formula_is_there_once():
    formulas = law.formulas()
    assert len(formulas) == 31
    assert formulas["020"].of_mro == 0, "020 does not deduct the compulsory part"
    assert (formulas["029"].of_tr, formulas["029"].of_mro) == (100, -100)
    assert formulas["090"].of_tc is None
    assert formulas["061"].needs == ("percent", "tc", "ceiling")
    assert formulas["101"].lump


def test_holidays_are_those_of_the_region():
    good_friday = date(2026, 4, 3)
    assert not law.is_holiday(good_friday)
    assert law.is_holiday(good_friday, ["alsace_moselle"])
    assert law.is_holiday(date(2026, 5, 14)), "Ascension"
    assert law.is_holiday(date(2026, 12, 20), ["reunion"])
    assert not law.is_holiday(date(2026, 12, 20), ["martinique"])


@pytest.mark.parametrize("day", ["2022-04-15", "2018-03-30", "2008-03-21", "2003-04-18"])
def test_easter_gives_the_good_fridays_that_the_insurer_published(day):
    assert law.is_holiday(date.fromisoformat(day), ["alsace_moselle"])


def value(**more):
    return {"value": 1, "from": date(2020, 1, 1), "source": "JO", **more}


SLIPS = [
    ({"label": "x", "unit": "euros", "values": [value()]}, "unité"),
    ({"label": "x", "unit": "cents", "values": []}, "au moins une valeur"),
    ({"unit": "cents", "values": [value()]}, "label"),
    ({"label": "x", "unit": "cents", "values": [value(value="1,5")]}, "entier"),
    ({"label": "x", "unit": "cents", "values": [value(value=True)]}, "entier"),
    ({"label": "x", "unit": "cents", "values": [{**value(), "from": "hier"}]}, "date"),
    ({"label": "x", "unit": "cents", "values": [{**value(), "source": None}]}, "source"),
    ({"label": "x", "unit": "cents", "values": [value(to=date(2019, 1, 1))]}, "avant de commencer"),
    ({"label": "x", "unit": "cents", "values": [value(), {**value(), "from": date(2021, 1, 1)}]}, "deux valeurs"),
]


@pytest.mark.parametrize(("row", "words"), SLIPS)
def test_a_slip_in_a_law_file_is_refused(row, words):
    with pytest.raises(law.LawError, match=words):
        _read.parameter("exemple.yaml", "x", row)
