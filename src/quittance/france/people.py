"""What France tells of people (`quittance.people.country.CountryPeople`): one small door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.forms import BaseForm
from django.utils.translation import gettext as _

from quittance.france import law
from quittance.france.numbers import NumberError, adeli, am_number, nir, rpps
from quittance.people.country import Checked, Fact, NumberRefusedError, Scope, Step
from quittance.people.models import Issuer, Organisation, Practice, Professional

KNOWN: dict[str, Any] = {"provider": rpps, "person": nir}


def _shown(module: Any, number: str) -> str:
    return str(module.format(number)) if module.is_valid(number) else number


def _doubt(module: Any, number: str, *more: str) -> str:
    return str(module.doubt(number, *more) or "") if module.is_valid(number) else ""


class FrenchPeople:
    """Numbers, terms and preferences of French professionals. France knows no mandate and no right of a group here."""

    def scopes(self) -> Mapping[str, Scope]:
        """Map nothing: mandates are Belgian."""
        return {}

    def check_number(self, kind: str, text: str) -> Checked:
        """Check a provider's RPPS or a person's number."""
        module = KNOWN.get(kind)
        if module is None:
            raise NumberRefusedError(_("France has no such number here: leave it empty."))
        try:
            number = module.validate(text)
        except NumberError as error:
            raise NumberRefusedError(str(error)) from None
        doubt = module.doubt(number)
        return Checked(number, module.format(number), (doubt,) if doubt else ())

    def provider_number(self, professional: Professional, day: date) -> str:  # noqa: ARG002 (it never changes)
        """Give the RPPS of a professional."""
        from quittance.france.situation_form import rpps_of

        return rpps_of(professional)

    def facts(self, professional: Professional, day: date) -> Sequence[Fact]:  # noqa: ARG002 (no dated status here)
        """Explain numbers and terms of a professional."""
        from quittance.france import situation_form as words

        rows = Issuer.objects.for_(professional).filter(professional=professional)
        main, profile = rows.order_by("pk").first(), professional.profile or {}
        own, old = words.rpps_of(professional), words.number_of(professional, words.ADELI)
        specialty = law.specialties().get(str(profile.get("specialty", "")))
        found = [
            Fact("RPPS", _shown(rpps, own), _doubt(rpps, own)),
            Fact("ADELI", _shown(adeli, old), _doubt(adeli, old)),
            Fact(
                _("Billing number"),
                _shown(am_number, main.number) if main else "",
                _doubt(am_number, main.number, own) if main else "",
            ),
            Fact(_("Specialty"), specialty.label if specialty else ""),
            Fact(_("Convention"), _chosen(words.SECTORS, profile.get("sector"))),
            Fact(_("Option"), _chosen(words.OPTIONS[1:], profile.get("option"))),
            Fact(_("Zone"), _chosen(words.ZONES, profile.get("zone"))),
            Fact(_("Fund of attachment"), _fund(str(profile.get("fund", "")))),
            Fact(_("Kind of practice"), _chosen(words.KINDS, profile.get("kind"))),
            Fact(_("Number of the situation"), str(profile.get("situation", ""))),
        ]
        return [fact for fact in found if fact.value]

    def professional_form(self, data: object, professional: Professional | None, practice: Practice) -> BaseForm:
        """Give the form of numbers and terms."""
        from quittance.france.professional_form import FrenchProfessionalForm

        return FrenchProfessionalForm(data, professional, practice)

    def situation_form(self, data: object, professional: Professional, issuer: Issuer | None) -> BaseForm:
        """Give the form of a further situation."""
        from quittance.france.situation_form import FurtherSituationForm

        return FurtherSituationForm(data, professional, issuer)

    def parts(self, professional: Professional) -> Mapping[str, Sequence[tuple[str, Any]]]:  # noqa: ARG002
        """Give the dated parts: the bank account; convention and fund stand in the situations."""
        return {"bank": ()}

    def preferences_form(self, data: object, professional: Professional) -> BaseForm | None:
        """Give the form of how a professional works."""
        from quittance.france.preferences_form import FrenchPreferencesForm

        return FrenchPreferencesForm(data, professional)

    def group_form(self, _data: object, _organisation: Organisation) -> BaseForm | None:
        """No record of a group: groups that bill in third-party payment are Belgian."""
        return None

    def steps(self) -> Sequence[Step]:
        """No step outside."""
        return ()


def _chosen(choices: Sequence[tuple[str, Any]], code: object) -> str:
    return str(dict(choices).get(str(code or ""), ""))


def _fund(number: str) -> str:
    from quittance.france.situation_form import fund_name

    return " · ".join(filter(None, (number, fund_name(number))))
