from dataclasses import dataclass

import pytest

from quittance.people.powers import POWERS, may


@dataclass
class Subject:
    role: str
    professional: object = None


@pytest.mark.parametrize("power", POWERS)
def test_the_owner_may_do_everything_and_a_stranger_nothing(power):
    assert may(Subject("owner"), power)
    assert not may(Subject("stranger"), power)


def test_a_secretary_bills_but_does_not_change_the_practice():
    assert may(Subject("secretary"), "bill.issue")
    assert not may(Subject("secretary"), "practice.change")
    assert not may(Subject("colleague"), "practice.change")


def test_an_unknown_power_is_a_mistake():
    with pytest.raises(KeyError):
        may(Subject("owner"), "bill.wirte")
