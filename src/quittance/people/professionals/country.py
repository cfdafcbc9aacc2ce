"""What the pages of professionals ask of a country, beside `CountryPeople`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from django import forms

from quittance.people.country import CountryPeople, people_of
from quittance.people.models import Issuer, Practice, Professional

Choices = Sequence[tuple[str, Any]]


class Part(Protocol):
    """The country's form beside the generic one: shown by `template` under the name `part`.

    `warnings`, where it has any, says by field what is odd about what is kept all the same.
    """

    template: str
    errors: Any

    def is_valid(self) -> bool: ...
    def add_error(self, field: str | None, error: Any) -> None: ...
    def save(self, row: Any) -> object: ...


class RecordCountry(CountryPeople, Protocol):
    """A country whose records have dated parts and several situations."""

    def parts(self, professional: Professional) -> Mapping[str, Choices]:
        """Give the dated parts of a record (`parts.PARTS`), each with the values that its periods may have."""

    def situation_form(self, data: Any, professional: Professional, issuer: Issuer | None) -> Part | None:
        """Give the form of a further situation (`Issuer`); its `save(issuer)` fills it in, not yet written."""


class NoPart(forms.Form):
    """What a country that adds nothing to a professional shows."""

    template = "professionals/no_part.html"

    def save(self, _row: Any) -> None:
        """Write nothing."""


def half_of(practice: Practice) -> RecordCountry | None:
    """Give what the practice's country tells of people."""
    return cast("RecordCountry | None", people_of(practice.country))


def professional_part(practice: Practice, data: Any, professional: Professional | None) -> Part:
    """Give the country's half of the form of a professional."""
    half = half_of(practice)
    return cast(Part, half.professional_form(data, professional, practice)) if half else cast(Part, NoPart(data))


def situation_part(professional: Professional, data: Any, issuer: Issuer | None) -> Part | None:
    """Give the form of a further situation; None where the country has only one."""
    half = half_of(professional.practice)
    ask = getattr(half, "situation_form", None)
    return cast("Part | None", ask(data, professional, issuer)) if ask else None


def dated_parts(professional: Professional) -> Mapping[str, Choices]:
    """Give the dated parts of a record, with the values their periods may have."""
    ask = getattr(half_of(professional.practice), "parts", None)
    return cast("Mapping[str, Choices]", ask(professional)) if ask else {}


def warnings_of(part: Any) -> list[str]:
    """List what a form kept although it looks odd."""
    return [str(text) for text in getattr(part, "warnings", {}).values() if text]
