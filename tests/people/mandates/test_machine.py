"""The life of mandates as a machine: any steps in any order, on a real database, against a model of a few lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quittance.people.acting import acting_for
from quittance.people.mandates import parties, services
from quittance.people.mandates.errors import MandateError
from quittance.people.models import Mandate, MandateEvent, Practice, Side
from tests.people.mandates import making

NUMBERS = count(1)
MOST = 3
SIDES = st.sampled_from(["grantor", "grantee"])
WHO = st.sampled_from(["person", "company"])
CLOSES = {"refuse": "refused", "withdraw": "withdrawn", "end": "ended"}


@dataclass
class Model:
    """What the rules say of one mandate; days are counted from the machine's first."""

    who: str
    started_by: str
    first: int
    last: int | None
    signed: set[str] = field(default_factory=set)
    closed: str = ""
    closed_by: str = ""
    events: list[tuple[str, str]] = field(default_factory=list)

    def expired(self, now: int) -> bool:
        return self.last is not None and now > self.last

    def active(self, now: int) -> bool:
        return len(self.signed) == 2 and not self.closed and self.first <= now and not self.expired(now)

    def may(self, verb: str, side: str, now: int) -> bool:
        if self.closed or self.expired(now):
            return False
        both = len(self.signed) == 2
        return {
            "sign": side not in self.signed,
            "refuse": side not in self.signed and not both,
            "withdraw": not both and (side in self.signed or side == self.started_by),
            "end": both,
        }[verb]

    def again(self, verb: str, side: str) -> bool:
        """Whether it is the second click of what is already done."""
        if verb == "sign":
            return side in self.signed and not self.closed
        return self.closed == CLOSES[verb] and self.closed_by == side


def _checked(digits: str) -> str:
    return f"{digits}{97 - int(digits) % 97:02d}"


class Mandates(RuleBasedStateMachine):
    """Steps by either side, double clicks among them, and days that pass."""

    known = Bundle("known")

    def __init__(self) -> None:
        super().__init__()
        number, self.now = next(NUMBERS), 0
        practice = Practice.objects.create(name=f"Cabinet {number}", country="BE", time_zone="Europe/Brussels")
        self.grantor = making.provider(practice, f"Grantor{number}", _checked(f"6{number:05d}"))
        self.niss, self.bce = _checked(f"900101{number:03d}"), _checked(f"07{number:06d}")
        self.person = making.user(f"Person{number}", self.niss)
        self.manager, self.clerk = making.user(f"Manager{number}"), making.user(f"Clerk{number}")
        company = making.organisation(f"Company {number}", bce=self.bce)
        making.joins(company, self.manager)
        making.entrust(making.joins(company, self.clerk, "user"), making.BILLING, self.manager)
        self.company = company.practice
        self.models: dict[int, Model] = {}

    def by(self, model: Model, side: str) -> parties.By:
        if side == "grantor":
            assert self.grantor.user is not None
            return parties.By(self.grantor.user, Side.GRANTOR)
        if model.who == "person":
            return parties.By(self.person, Side.GRANTEE)
        return parties.By(self.manager, Side.GRANTEE, self.company)

    def row(self, pk: int) -> Mandate:
        rows = Mandate.objects.for_(self.grantor).select_related("practice", "grantor__practice")
        return rows.get(pk=pk)

    @precondition(lambda self: len(self.models) < MOST)
    @rule(target=known, who=WHO, side=SIDES, later=st.integers(0, 2), length=st.none() | st.integers(0, 4))
    def start(self, who: str, side: str, later: int, length: int | None) -> Any:
        first = self.now + later
        model = Model(who, side, first, None if length is None else first + length)
        day = self.grantor.practice.today() + timedelta(days=later)
        terms = services.Terms(
            grantor=self.grantor,
            type=making.BILLING,
            party=who,
            number=self.niss if who == "person" else self.bce,
            name=who,
            from_day=day,
            to_day=None if length is None else day + timedelta(days=length),
        )
        made = services.start(self.by(model, side), terms)
        same = (who, side, model.first, model.last)
        alike = [
            pk
            for pk, one in self.models.items()
            if (one.who, one.started_by, one.first, one.last) == same and not one.closed
        ]
        if alike:
            assert made.pk in alike
            return multiple()
        assert made.pk not in self.models
        model.events.append(("started", side))
        self.models[made.pk] = model
        return made.pk

    @rule(pk=known, side=SIDES)
    def sign(self, pk: int, side: str) -> None:
        self.step(pk, side, "sign")

    @rule(pk=known)
    def sign_both(self, pk: int) -> None:
        for side in Side:
            self.step(pk, side.value, "sign")

    @rule(pk=known, side=SIDES, verb=st.sampled_from(["refuse", "withdraw", "end"]), clicks=st.integers(1, 2))
    def close(self, pk: int, side: str, verb: str, clicks: int) -> None:
        for _ in range(clicks):
            self.step(pk, side, verb)

    @rule(pk=known, verb=st.sampled_from(["refuse", "withdraw", "end"]))
    def close_from_both_sides(self, pk: int, verb: str) -> None:
        for side in Side:
            self.step(pk, side.value, verb)

    def step(self, pk: int, side: str, verb: str) -> None:
        model = self.models[pk]
        may, again = model.may(verb, side, self.now), model.again(verb, side)
        try:
            self.do(pk, model, side, verb)
        except MandateError:
            assert not may, (verb, side, model)
            assert not again, (verb, side, model)
            return
        assert may or again, (verb, side, model)
        if may:
            self.write(model, side, verb)

    def do(self, pk: int, model: Model, side: str, verb: str) -> None:
        by, row = self.by(model, side), self.row(pk)
        if verb == "sign":
            services.sign(by, row, making.proof(by.user))
        else:
            services.CLOSING[CLOSES[verb]](by, row)

    def write(self, model: Model, side: str, verb: str) -> None:
        if verb == "sign":
            model.signed.add(side)
            model.events.append(("signed", side))
        else:
            model.closed, model.closed_by = CLOSES[verb], side
            model.events.append((CLOSES[verb], side))

    @rule(pk=known)
    def a_stranger_can_do_nothing(self, pk: int) -> None:
        row, model = self.row(pk), self.models[pk]
        other = self.manager if model.who == "person" else self.person
        for side in Side:
            with pytest.raises(MandateError):
                services.sign(parties.By(other, side), row, making.proof(other))
            with pytest.raises(MandateError):
                services.end(parties.By(other, side), row)

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        for row in Mandate.objects.for_(self.grantor):
            row.from_day -= timedelta(days=days)
            row.to_day = row.to_day - timedelta(days=days) if row.to_day else None
            row.save()
        self.now += days

    @invariant()
    def the_product_is_as_the_model(self) -> None:
        day = self.grantor.practice.today()
        for pk, model in self.models.items():
            row = self.row(pk)
            assert (row.state_on(day) == Mandate.State.ACTIVE) == model.active(self.now), model
            assert row.closed_as == model.closed
            events = MandateEvent.objects.for_(self.grantor).filter(mandate=row)
            assert list(events.values_list("kind", "side")) == model.events
            opened = acting_for(self.person if model.who == "person" else self.clerk, f"mandate:{pk}")
            assert (opened is not None) == model.active(self.now), model
            if opened is not None:
                assert opened.confined_to == self.grantor.pk
                assert "bill.write" in opened.granted


@pytest.mark.property
@pytest.mark.once
def test_any_steps_in_any_order(db):
    unhurried = settings(
        max_examples=50,
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    run_state_machine_as_test(Mandates, settings=unhurried)
