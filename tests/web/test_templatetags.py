import doctest
from datetime import UTC, date, datetime

import pytest

from quittance.web.templatetags import quittance as tags


def test_the_examples_of_the_filters_hold():
    assert doctest.testmod(tags).failed == 0


@pytest.mark.parametrize(
    ("cents", "text"), [(0, "0,00 €"), (5, "0,05 €"), (-290, "−2,90 €"), (123456789, "1 234 567,89 €"), (None, "")]
)
def test_it_writes_euros(cents, text):
    assert tags.euros(cents) == text.replace(" ", "\u202f")


def test_it_writes_days():
    assert tags.day(date(2026, 11, 22)) == tags.day("2026-11-22") == "22/11/2026"
    assert tags.long_day(date(2026, 11, 22)) == "22 novembre 2026"
    assert tags.day(None) == ""


def test_the_bar_is_filled_to_its_end():
    bar = tags.segments([{"cents": 1}, {"cents": 1}, {"cents": 1}])
    assert [(s["x"], s["width"]) for s in bar] == [(0, 333), (333, 333), (666, 334)]
    assert tags.segments([{"cents": 0}])[0]["width"] == 0


def test_it_writes_instants():
    assert tags.moment(datetime(2026, 7, 1, 12, 5, tzinfo=UTC)) == "01/07/2026 14:05"
    assert tags.moment(None) == ""


def test_a_template_asks_for_powers(acting):
    assert tags.may(acting, "bill.write")
    assert not tags.may(None, "bill.write")
    with pytest.raises(KeyError):
        tags.may(acting, "bill.burn")
