"""The rights of a patient as chips: what a professional must know before billing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.france.models import FrenchPatient, Scheme, TreatingDoctor
from quittance.france.pages.patient_cover import rights_chip
from quittance.france.patient_form import nir_doubt
from quittance.france.words import days_left
from quittance.patients.models import Cover, Patient, PayerKind
from quittance.web.country import Chip
from quittance.web.templatetags.quittance import day as write_day


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _rights(french: FrenchPatient, day: date) -> Chip:
    first, last = french.rights_from, french.rights_to
    if first and first > day:
        return Chip(_("AMO rights from %(day)s") % {"day": write_day(first)}, "bad")
    if last and last < day:
        return Chip(_("AMO rights closed since %(day)s") % {"day": write_day(last)}, "bad")
    left = days_left(last, day)
    if left is not None:
        return Chip(ngettext("AMO rights: %(n)s day", "AMO rights: %(n)s days", left) % {"n": left}, "warn")
    return Chip(_("AMO rights open"), "good") if last or first else Chip(_("AMO rights not dated"))


def _states(french: FrenchPatient, day: date) -> Iterator[Chip]:
    if not french.nir:
        yield Chip(_("No social security number"), "warn")
    elif nir_doubt(french.nir, french.nir_key):
        yield Chip(_("Number to check"), "bad")
    if french.ald and _holds(french.ald_from, french.ald_to, day):
        yield Chip(_("ALD"), "info", "shield-check")
    if french.scheme != Scheme.NONE and _holds(french.scheme_from, french.scheme_to, day):
        yield Chip(french.get_scheme_display(), "info", "shield-check")
    if french.exemption not in {"0", "4"} and _holds(french.exemption_from, french.exemption_to, day):
        yield Chip(_("Exemption %(code)s") % {"code": french.exemption}, "info", "shield-check")
    if french.local_scheme:
        yield Chip(_("Alsace-Moselle"), "info")
    if french.fsv:
        yield Chip(_("FSV"), "info")
    if french.treating_doctor == TreatingDoctor.YES:
        yield Chip(_("Treating doctor"))
    elif french.treating_doctor == TreatingDoctor.NO:
        yield Chip(_("No treating doctor"), "warn")


def _default(covers: list[Cover], day: date) -> Cover | None:
    """Give the contract that a bill of that day takes: open, the default first; else the default one."""
    return next((one for one in covers if one.holds_on(day)), covers[0] if covers else None)


def _mutual(patient: Patient, french: FrenchPatient | None, day: date) -> Iterator[Chip]:
    rows = Cover.objects.for_(patient).filter(patient=patient, kind=PayerKind.COMPLEMENTARY)
    cover = _default(list(rows.select_related("payer", "french")), day)
    if cover is None:
        if french is None or french.scheme == Scheme.NONE:
            yield Chip(_("No complementary cover"))
        return
    formula = getattr(getattr(cover, "french", None), "formula", "")
    yield Chip(" · ".join(part for part in (cover.payer.name, formula) if part))
    rights = rights_chip(cover, day)
    if rights is not None:
        yield Chip(_("Complementary: %(text)s") % {"text": rights.text}, rights.kind)


def chips(patient: object, day: date) -> list[Chip]:
    """Tell the rights of a patient on a day."""
    if not isinstance(patient, Patient):
        return []
    french: FrenchPatient | None = getattr(patient, "french", None)
    found = [_rights(french, day), *_states(french, day)] if french else [Chip(_("Insurance not filled in"), "warn")]
    return [*found, *_mutual(patient, french, day)]
