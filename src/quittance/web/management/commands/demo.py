"""Fill the demo: a practice of each installed country, its professionals, then the country's own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from quittance.people.models import (
    Issuer,
    Membership,
    Practice,
    Professional,
    Role,
    Substitution,
    SubstitutionDay,
    User,
)
from quittance.web import country

SOURCE = Path(__file__).resolve().parents[2] / "demo.yaml"
PRACTICE = ("time_zone", "address_line1", "postcode", "city")
DAYS = 30
PERSON = ("first_name", "last_name", "profession", "profile")


def _address(login: str) -> str:
    return f"{login}@demo.quittance.example"


def _member(practice: Practice, spec: dict[str, Any], role: str) -> User:
    names = {"first_name": spec["first_name"], "last_name": spec["last_name"]}
    email = _address(spec["login"])
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, **names)
    Membership.objects.for_(practice).get_or_create(user=user, defaults={"role": role})
    return user


def _substitute(practice: Practice, spec: dict[str, Any]) -> None:
    """Let somebody replace a professional on the days to come, as he would have confirmed them."""
    user, owner = _member(practice, spec, Role.SUBSTITUTE), User.objects.get(email=_address(spec["replaces"]))
    names = {name: spec[name] for name in PERSON if name in spec} | {"title": spec.get("title", "")}
    substitute, _ = Professional.objects.for_(practice).get_or_create(user=user, is_substitute=True, defaults=names)
    holder = Professional.objects.for_(practice).get(user=owner)
    pair, _ = Substitution.objects.for_(practice).get_or_create(
        holder=holder, substitute=substitute, defaults={"created_by": owner}
    )
    confirmed = {"confirmed_at": timezone.now(), "confirmed_by": owner, "credential": "demo"}
    for days in range(DAYS):
        day = practice.today() + timedelta(days=days)
        SubstitutionDay.objects.for_(practice).get_or_create(substitution=pair, day=day, defaults=confirmed)


def _professional(practice: Practice, spec: dict[str, Any], role: str) -> None:
    user = _member(practice, spec, role)
    known = {"title": spec.get("title", "")} | {name: spec[name] for name in PERSON}
    person, _ = Professional.objects.for_(practice).get_or_create(user=user, defaults=known)
    label = {"professional": person, "label": person.full_name}
    Issuer.objects.for_(practice).get_or_create(number=spec["number"], defaults=label)


@transaction.atomic
def fill(spec: dict[str, Any]) -> Practice:
    """Make one demo practice and its professionals; what exists stays. The first one owns it."""
    known = {name: spec[name] for name in PRACTICE}
    same = {"country": spec["country"], "name": spec["name"]}
    practice, _ = Practice.objects.get_or_create(**same, is_demo=True, defaults=known)
    for place, person in enumerate(spec["professionals"]):
        _professional(practice, person, Role.COLLEAGUE if place else Role.OWNER)
    for person in spec.get("members", []):
        _member(practice, person, person["role"])
    for person in spec.get("substitutes", []):
        _substitute(practice, person)
    return practice


class Command(BaseCommand):
    help = "Fill the demo practices (invented people); running it again changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Fill every practice of demo.yaml, then ask its country, when installed, and each room for the rest."""
        webs = country.countries()
        for spec in yaml.safe_load(SOURCE.read_text(encoding="utf-8")):
            practice = fill(spec)
            if practice.country in webs:
                webs[practice.country].demo(practice)
            for config in apps.get_app_configs():
                if hasattr(config, "demo"):
                    config.demo(practice)
            self.stdout.write(f"{practice}: {len(spec['professionals'])} professionals")
