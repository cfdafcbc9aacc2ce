"""Requests and notifications before they are sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.belgium.speech import Agreement, Status, check_request, days
from quittance.belgium.speech.requests import deadline, longest
from quittance.kernel.dated import day_number
from tests.belgium.speech import reading

DRAFT = Agreement("b1", day_number(date(2026, 1, 15)), day_number(date(2028, 1, 14)), Status.DRAFT)
GP = "general_practitioner"


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({}, []),
        ({"prescriber": GP}, ["prescription.general_practitioner"]),
        ({"prescriber": "specialist"}, []),
        ({"prescriber": GP, "prolongs": True}, []),
        ({"prescriber": GP, "prolongs": True, "disorder": "d"}, ["prescription.general_practitioner"]),
        ({"prescriber": GP, "prolongs": True, "disorder": "f"}, ["prescription.general_practitioner"]),
        ({"status": Status.NOTIFIED}, ["agreement.first_notified"]),
        ({"status": Status.NOTIFIED, "prolongs": True}, []),
        ({"status": Status.NOTIFIED, "prolongs": True, "disorder": "b4"}, ["agreement.no_notification"]),
        ({"prolongs": True, "disorder": "b4"}, ["agreement.never_prolonged"]),
        (
            {"prolongs": True, "disorder": "b4", "prescriber": GP},
            ["agreement.never_prolonged", "prescription.general_practitioner"],
        ),
        ({"disorder": "b4"}, []),
    ],
)
def test_what_would_be_refused(changed, codes):
    assert [reason.code for reason in check_request(replace(DRAFT, **changed), [])] == codes


def test_oral_language_is_not_prolonged_where_dysphasia_is_agreed():
    more = replace(DRAFT, disorder="b2", prolongs=True)
    dysphasia = replace(DRAFT, disorder="f", status=Status.AGREED)
    assert [one.code for one in check_request(more, [dysphasia])] == ["agreement.renewal_excluded"]
    assert check_request(more, [replace(dysphasia, status=Status.REFUSED)]) == ()
    assert check_request(more, [replace(dysphasia, begin=more.begin + 1)]) == ()
    assert check_request(replace(more, prolongs=False), [dysphasia]) == ()


@pytest.mark.parametrize(
    ("disorder", "prolongs", "last"),
    [
        ("b1", False, "14/01/2028"),
        ("b1", True, "14/01/2028"),
        ("b4", False, "14/01/2027"),
        ("b4", True, "14/01/2027"),
        ("g", True, "14/01/2027"),
    ],
)
def test_the_longest_period(disorder, prolongs, last):
    assert days.shown(longest(replace(DRAFT, disorder=disorder, prolongs=prolongs))) == last


def test_the_deadline_is_that_of_the_oldest_session():
    held = [reading.session(line) for line in ("712316 2026-02-02", "701013/b1 2026-01-08")]
    found = deadline(held)
    assert found is not None
    assert days.shown(found) == "09/03/2026"
    assert deadline([]) is None


@pytest.mark.property
@given(first=st.dates(date(2020, 1, 1), date(2040, 12, 31)), months=st.integers(1, 60))
def test_periods_follow_each_other_without_gap(first, months):
    number = day_number(first)
    last = days.last_day(number, months)
    assert last >= number + 27
    years, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    following = days.shown(last + 1)
    if first.day <= 28:
        assert following == f"{first.day:02d}/{month + 1:02d}/{years}"


@pytest.mark.property
@given(born=st.dates(date(1930, 1, 1), date(2020, 12, 31)), day=st.dates(date(2021, 1, 1), date(2040, 12, 31)))
def test_an_age_is_that_of_the_calendar(born, day):
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    number = day_number(day)
    assert days.age(day_number(born), number) == years
    assert days.birthday(day_number(born), years) <= number < days.birthday(day_number(born), years + 1)
