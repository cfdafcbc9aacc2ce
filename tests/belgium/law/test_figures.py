"""The law files say dates, sources and doubts, and are refused where they could not be trusted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quittance.belgium.law import _read, figures, nursing_care
from quittance.belgium.tariffs import flat, store

ROWS: tuple[figures.Permission | figures.Quota, ...] = (
    *figures.third_party(),
    *figures.supplements(),
    *figures.quotas(),
)


def test_every_row_has_its_text_and_source_and_every_doubt_its_note() -> None:
    assert all(row.text and row.source for row in ROWS)
    values = [value for one in figures.parameters().values() for value in one.values]
    assert all(value.source and value.verified_until for value in values)
    assert all(value.note for value in values if value.doubtful)


def test_the_windows_of_logopedics_are_those_of_the_shipped_list() -> None:
    """Facts of pricing, section 1.5: off, on, off, on."""
    one = figures.parameters()["reduction_speech_therapist"]
    days = {
        date(2023, 12, 31): None,
        date(2024, 1, 1): 10000,
        date(2024, 3, 31): 10000,
        date(2024, 4, 1): 7500,
        date(2025, 12, 31): 7500,
        date(2026, 1, 1): 10000,
        date(2026, 3, 31): 10000,
        date(2026, 4, 1): 7500,
        date(2027, 1, 1): None,
    }
    for day, wanted in days.items():
        value = one.on(day)
        assert (value and value.value) == wanted, day


def test_the_codes_that_the_law_names_are_codes() -> None:
    """Codes that no shipped list has (GP visits without a price) still have their check digit."""
    named = {code for row in figures.quotas() for code in (*row.counts, *row.limits)}
    named |= {code for row in figures.third_party() for code in (*row.acts, *row.lifted_by)}
    named |= set(figures.flat_rates()) | figures.session_acts()
    assert all(int(code[:5]) % 7 == int(code[5]) for code in named)
    weekend = {"425412", "425434", "425456"}  # basic visits that only an imported list has
    assert set(figures.flat_rates()) | (figures.session_acts() - weekend) <= set(flat.codes())


def test_acts_by_session_are_those_of_the_day_of_care() -> None:
    """A statistical line that the price did not count by session would be charged beside its flat rate."""
    known = {code for kind in nursing_care.kinds().values() if kind.group == "session" for code in kind.codes.values()}
    assert known <= figures.session_acts()


def test_the_daily_ceiling_is_taken_from_flat_rates_a_one_for_each_place_and_kind_of_day() -> None:
    acts = store.shipped().acts
    found = [acts[code] for code in figures.ceiling_acts()]
    assert {figures.flat_rates()[one.code] for one in found} == {"A"}
    assert len({(one.places, one.weekend) for one in found}) == len(found)
    assert all(one.places.bit_count() == 1 for one in found)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": "boredom"}, "boredom"),
        ({"weekdays": ["holiday"]}, "holiday"),
        ({"places": ["moon"]}, "moon"),
        ({"text": None}, "text"),
        ({"source": None}, "source"),
    ],
)
def test_a_limit_of_a_reason_that_cannot_be_trusted_is_refused(change: dict[str, Any], said: str) -> None:
    row = {"reason": "weekend", "from": date(2020, 1, 1), "text": "x", "source": "x", **change}
    with pytest.raises(_read.LawError, match=said):
        figures._reason("here", row)


def test_holidays_are_the_ten_of_the_law_each_year() -> None:
    for year in (2018, 2026, 2030):
        assert len([day for day in figures.holidays() if day.year == year]) in {9, 10}
    assert date(2026, 5, 25) in figures.holidays()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": "euros"}, "unité"),
        ({"values": [{"value": 1.5, "from": date(2020, 1, 1), "source": "x"}]}, "nombre entier"),
        ({"values": [{"value": 1, "source": "x"}]}, "from"),
        ({"values": [{"value": 1, "from": date(2020, 1, 1)}]}, "source"),
        ({"values": [{"value": 1, "from": date(2020, 1, 1), "source": "x", "doubtful": True}]}, "pourquoi"),
        ({"values": [{"value": 1, "from": date(2020, 1, 1), "to": date(2019, 1, 1), "source": "x"}]}, "avant"),
        ({"values": [{"value": 1, "from": date(2020, 1, 1), "source": "x"}] * 2}, "deux valeurs"),
    ],
)
def test_a_figure_that_cannot_be_trusted_is_refused(change: dict[str, Any], said: str) -> None:
    row = {"label": "x", "unit": "cents", "values": [{"value": 1, "from": date(2020, 1, 1), "source": "x"}], **change}
    with pytest.raises(_read.LawError, match=said):
        figures._parameter("x", row)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"rule": "perhaps"}, "perhaps"),
        ({"professions": ["baker"]}, "baker"),
        ({"acts": ["1"]}, "six chiffres"),
        ({"text": None}, "text"),
    ],
)
def test_a_permission_that_cannot_be_trusted_is_refused(change: dict[str, Any], said: str) -> None:
    row = {"rule": "allowed", "from": date(2020, 1, 1), "text": "x", "source": "x", **change}
    with pytest.raises(_read.LawError, match=said):
        figures._permission("here", row, "rule", "third_party_rule")
