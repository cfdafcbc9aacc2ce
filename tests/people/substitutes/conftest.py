"""A substitute of the practice, proved and attached; days are chosen, never the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from quittance.people.acting import acting_for
from quittance.people.models import Professional, Substitution, User
from quittance.people.substitutes import services

PASSWORD = "correct horse battery"
VALUES = {
    "title": "Dr",
    "last_name": "Rempex",
    "first_name": "Nathalie",
    "profession": "Médecin généraliste",
    "email": "nathalie@example.org",
}


@dataclass(frozen=True)
class Shown:
    """A proof as the credentials give it; a card will give one too."""

    user_id: Any
    kind: str = "pin"


@pytest.fixture
def nathalie(db: None) -> Any:
    """A substitute's account: hers, and of no practice yet."""
    return User.objects.create_user(VALUES["email"], PASSWORD, first_name="Nathalie", last_name="Rempex")


@pytest.fixture
def substitute(acting: Any, nathalie: Any) -> Any:
    """Nathalie, who has proved that the account is hers."""
    made = services.add_substitute(acting, VALUES)
    services.prove_substitute(acting, made, Shown(nathalie.pk))
    return made


@pytest.fixture
def pair(acting: Any, substitute: Any) -> Any:
    """Nathalie attached to Alice; no day yet."""
    return services.attach(acting, substitute, acting.professional)


def month_of(*days: Any) -> set[Any]:
    """Give every day of the months of these days, as the page shows them."""
    firsts = {day.replace(day=1) for day in days}
    return {
        first + timedelta(days=n)
        for first in firsts
        for n in range(31)
        if (first + timedelta(days=n)).month == first.month
    }


def replace(acting: Any, pair: Any, *days: Any) -> None:
    """Choose and confirm days beside those chosen already."""
    old = set(pair.days.values_list("day", flat=True))
    month = month_of(*days)
    services.choose_days(acting, pair, month, (old & month) | set(days))
    services.confirm_days(acting, pair, days, Shown(pair.holder.user_id))


def on_the_day(user: Any, **wishes: Any) -> Any:
    """Give the user at work today, as the middleware finds it."""
    return acting_for(user, **wishes)


def person(practice: Any, first_name: str) -> Professional:
    return Professional.objects.for_(practice).get(first_name=first_name)


def fresh(pair: Any) -> Substitution:
    return Substitution.objects.for_(pair).get(pk=pair.pk)
