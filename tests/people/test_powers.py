from dataclasses import dataclass

import pytest

from quittance.people.powers import POWERS, may


@dataclass
class Subject:
    role: str
    on_duty: bool = False
    manages: bool = False
    granted: frozenset[str] = frozenset()


@pytest.mark.parametrize("power", POWERS)
def test_the_owner_may_do_everything_and_a_stranger_nothing(power):
    assert may(Subject("owner"), power)
    assert may(Subject("stranger"), power) == (power == "practice.work")


def test_a_secretary_bills_but_does_not_change_the_practice():
    assert may(Subject("secretary"), "bill.issue")
    assert not may(Subject("secretary"), "practice.change")
    assert not may(Subject("colleague"), "practice.change")


@pytest.mark.parametrize("power", [name for name in POWERS if name.rpartition(".")[2] not in {"read", "work", "list"}])
def test_a_reader_changes_nothing(power):
    assert not may(Subject("reader"), power)


def test_a_substitute_bills_on_his_days_only():
    assert may(Subject("substitute", on_duty=True), "bill.issue")
    for power in POWERS:
        assert may(Subject("substitute"), power) == (power == "practice.work")
    assert not may(Subject("substitute", on_duty=True), "substitute.manage")
    assert not may(Subject("colleague", on_duty=True), "practice.change")


def test_a_scope_opens_its_powers_and_nothing_else():
    mandatary = Subject("mandatary", granted=frozenset({"record.social"}))
    open_to_him = {power for power in POWERS if may(mandatary, power)}
    assert open_to_him == {"practice.work", "record.social", "record.read"}


def test_a_manager_gives_rights_without_having_them():
    manager = Subject("member", manages=True)
    assert may(manager, "right.manage")
    assert not may(manager, "bill.read")


def test_an_unknown_power_is_a_mistake():
    with pytest.raises(KeyError):
        may(Subject("owner"), "bill.wirte")
