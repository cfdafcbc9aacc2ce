"""What a country tells of people: their numbers, what may be entrusted to whom, the fields of its forms.

A country's AppConfig carries it: `people = BelgianPeople()` beside `country_code = "BE"`. A country without it has no
mandate type, no right and no number of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.apps import apps
from django.forms import BaseForm

if TYPE_CHECKING:
    from quittance.people.models import Organisation, Practice, Professional


class NumberRefusedError(ValueError):
    """A number cannot be one: the text says what is wrong, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A number that can be one: as kept, as shown, and what is odd about it (said, never refused)."""

    value: str
    shown: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a number or a status says, in words: the meaning of a competence code, a convention status."""

    label: str
    value: str
    note: str = ""
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be entrusted: to a user of a group as a right, to a mandatary as a mandate. `powers` are those opened.

    `needs` says who can give it: "number" (a provider's number) or "visa" (whoever may practise). `parties` are the
    kinds of mandatary (`Mandate.Party`); none: it is no mandate. `excluded` tells what stays closed all the same.
    `right_label` and `right_about` say what it is inside a group.
    """

    code: str
    label: str
    about: str
    powers: frozenset[str]
    excluded: str = ""
    needs: str = "number"
    parties: tuple[str, ...] = ()
    is_right: bool = False
    right_label: str = ""
    right_about: str = ""
    source_url: str = ""

    @property
    def short(self) -> str:
        """What it is called in a list of rights."""
        return self.right_label or self.label


@dataclass(frozen=True, slots=True)
class Step:
    """A step to take outside, at the authority, before a company or group may be given anything."""

    label: str
    about: str = ""
    source_url: str = ""


class CountryPeople(Protocol):
    """What a country offers to the pages of people."""

    def scopes(self) -> Mapping[str, Scope]:
        """Map each scope by its code: types of mandates and rights of a group."""

    def check_number(self, kind: str, text: str) -> Checked:
        """Check a number typed: `provider`, `company`, `person`, `third_party`, `fund`; NumberRefusedError."""

    def provider_number(self, professional: Professional, day: date) -> str:
        """Give the number a mandate names a provider by; empty when there is only a visa."""

    def facts(self, professional: Professional, day: date) -> Sequence[Fact]:
        """Explain the numbers and the status of a professional on a day."""

    def professional_form(self, data: Any, professional: Professional | None, practice: Practice) -> BaseForm:
        """Give the form of what this country adds to a professional; its `save(professional)` writes it."""

    def preferences_form(self, data: Any, professional: Professional) -> BaseForm | None:
        """Give the form of how a professional works (K04); its `save()` writes `Professional.preferences`."""

    def group_form(self, data: Any, organisation: Organisation) -> BaseForm | None:
        """Give the form of a group's record (G01); its `save()` writes it."""

    def steps(self) -> Sequence[Step]:
        """List what a company or group does at the authority first."""


def people_of(code: str) -> CountryPeople | None:
    """Find what a country tells of people; None for a country that tells nothing."""
    for config in cast("list[Any]", apps.get_app_configs()):
        if getattr(config, "country_code", None) == code:
            return cast("CountryPeople | None", getattr(config, "people", None))
    return None


def scopes_of(code: str) -> Mapping[str, Scope]:
    """Map the scopes of a country; none for a country that tells nothing of people."""
    country = people_of(code)
    return country.scopes() if country is not None else {}
