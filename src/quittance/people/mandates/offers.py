"""What may be entrusted by mandate: the types of a country, and who may give them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.apps import apps

from quittance.people.country import CountryPeople, Scope, people_of, scopes_of
from quittance.people.models import Professional


def types_of(country: str) -> dict[str, Scope]:
    """Map the scopes of a country that may be given as a mandate."""
    return {code: scope for code, scope in scopes_of(country).items() if scope.parties}


def countries() -> list[str]:
    """List the countries that have types of mandates."""
    codes = [getattr(config, "country_code", "") for config in cast("list[Any]", apps.get_app_configs())]
    return [code for code in codes if code and types_of(code)]


def country_for(wished: str = "") -> str:
    """Give the country whose mandates a page speaks of: as wished if it has any, else the first; may be empty."""
    known = countries()
    return wished if wished in known else next(iter(known), "")


def people(country: str) -> CountryPeople:
    """Give what a country that has mandates tells of people."""
    found = people_of(country)
    assert found is not None
    return found


def number_of(professional: Professional, day: date) -> str:
    """Give the number a mandate names a provider by; empty with a visa only."""
    return people(professional.practice.country).provider_number(professional, day)


def given_by(professional: Professional, day: date) -> Mapping[str, Scope]:
    """Map the types that a provider may give: without a provider's number, only those that a visa is enough for."""
    known = types_of(professional.practice.country)
    numbered = bool(known) and bool(number_of(professional, day))
    return {code: scope for code, scope in known.items() if numbered or scope.needs != "number"}
