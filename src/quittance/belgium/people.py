"""What Belgium tells of people (`quittance.people.country.CountryPeople`): one small door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from quittance.belgium import numbers
from quittance.belgium.law import access
from quittance.people.country import Checked, Fact, NumberRefusedError, Scope, Step
from quittance.people.models import Organisation, Practice, Professional

if TYPE_CHECKING:
    from quittance.belgium.group_form import GroupForm
    from quittance.belgium.preferences_form import BelgianPreferencesForm
    from quittance.belgium.professional_form import BelgianProfessionalForm


def _provider(text: str) -> numbers.Checked:
    """Check a provider's number; the provider is its first eight digits, the competence changes."""
    found = numbers.inami.check(text)
    return found._replace(value=found.value[:8])


def _person(text: str) -> numbers.Checked:
    return numbers.niss.check(text, on=timezone.localdate())


def _national(text: str) -> numbers.Checked:
    """Check a person's number where a BIS number may not stand."""
    return numbers.niss.check(text, bis=False, on=timezone.localdate())


CHECKS: dict[str, Callable[[str], numbers.Checked]] = {
    "provider": _provider,
    "company": numbers.bce.check,
    "person": _person,
    "national": _national,
    "third_party": numbers.third_party.check,
    "fund": numbers.mutuality.check,
}


@cache
def _scopes() -> dict[str, Scope]:
    rights = {one.scope: one for one in access.rights().values()}
    return {
        code: Scope(
            code=code,
            label=one.label,
            about=one.text,
            powers=one.scope.powers,
            excluded=" ".join(one.excluded),
            needs="number" if one.needs_provider_number else "visa",
            parties=one.grantees,
            is_right=code in rights,
            right_label=rights[code].label if code in rights else "",
            right_about=rights[code].text if code in rights else "",
            source_url=one.scope.source.url,
        )
        for code, one in access.types().items()
    }


def _about(step: access.Step) -> str:
    return " ".join((_("Optional."), step.text)) if step.optional else step.text


class BelgianPeople:
    """Numbers, scopes and forms of Belgian professionals and groups."""

    def scopes(self) -> Mapping[str, Scope]:
        """Map the types of mandates, of which three are rights of a group as well."""
        today = timezone.localdate()
        return {code: one for code, one in _scopes().items() if access.scopes()[code].holds(today)}

    def check_number(self, kind: str, text: str) -> Checked:
        """Check `provider` (kept on eight digits), `company`, `person`, `national` (no BIS), `third_party`, `fund`."""
        try:
            found = CHECKS[kind](text)
        except numbers.NumberError as error:
            raise NumberRefusedError(str(error)) from None
        return Checked(found.value, found.shown, found.warnings)

    def provider_number(self, professional: Professional, day: date) -> str:
        """Give the INAMI number of a professional, on eight digits; empty with a visa only."""
        from quittance.belgium import status

        return status.number_on(professional, status.INAMI, day)[:8]

    def facts(self, professional: Professional, day: date) -> Sequence[Fact]:
        """Explain INAMI number, competence, company number and convention status."""
        from quittance.belgium.pages import professional as page

        return page.facts(professional, day)

    def professional_form(
        self, data: object, professional: Professional | None, practice: Practice
    ) -> BelgianProfessionalForm:
        """Give the form of numbers and convention status."""
        from quittance.belgium.professional_form import BelgianProfessionalForm

        return BelgianProfessionalForm(data, professional, practice)

    def parts(self, professional: Professional) -> Mapping[str, Sequence[tuple[str, object]]]:
        """Give the dated parts of a record, each with the values that its periods may have."""
        from quittance.belgium.professional_form import parts

        return parts(str(professional.profile.get("profession", "")))

    def preferences_form(self, data: object, professional: Professional) -> BelgianPreferencesForm:
        """Give the form of what patients are asked, and how bills open and are paid."""
        from quittance.belgium.preferences_form import BelgianPreferencesForm

        return BelgianPreferencesForm(data, professional)

    def group_form(self, data: object, organisation: Organisation) -> GroupForm:
        """Give the form of a group's record."""
        from quittance.belgium.group_form import GroupForm

        return GroupForm(data, organisation)

    def steps(self) -> Sequence[Step]:
        """List what a company or group does at CSAM first."""
        return [Step(one.label, _about(one), one.source.url) for one in access.steps("organisation")]
