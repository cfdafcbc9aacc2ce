"""What is known of a Belgian professional, explained: number, competence, convention status (I02, A02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from quittance.belgium import status
from quittance.belgium.numbers import NumberError, bce, inami
from quittance.belgium.professional_form import CONVENTIONS, SPEECH
from quittance.people.country import Fact
from quittance.people.models import Professional
from quittance.web.templatetags.quittance import day as write_day

INAMI_SITE = "https://www.inami.fgov.be"
BCE_SITE = "https://kbopub.economie.fgov.be"


def facts(professional: Professional, day: date) -> list[Fact]:
    """Explain the numbers and the status of a professional on a day."""
    return [*_inami(professional, day), *_bce(professional, day), _convention(professional, day)]


def _inami(professional: Professional, day: date) -> Iterator[Fact]:
    number = status.number_on(professional, status.INAMI, day)
    if not number:
        yield Fact(_("INAMI number"), _("none: visa only"), source_url=INAMI_SITE)
        return
    try:
        found = inami.check(number, speech=professional.profile.get("profession") == SPEECH)
    except NumberError as error:
        yield Fact(_("INAMI number"), number, str(error), INAMI_SITE)
        return
    yield Fact(_("INAMI number"), found.shown, " ".join(found.warnings), INAMI_SITE)
    yield Fact(_("Profession"), inami.profession(number) or _("not known"), source_url=INAMI_SITE)
    if number[8:]:
        told = inami.competence(number) or _("not explained")
        yield Fact(_("Competence %(code)s") % {"code": number[8:]}, told, source_url=INAMI_SITE)


def _bce(professional: Professional, day: date) -> Iterator[Fact]:
    number = status.number_on(professional, status.BCE, day)
    if number:
        found = bce.check(number)
        yield Fact(_("Company number (BCE)"), found.shown, " ".join(found.warnings), BCE_SITE)


def _convention(professional: Professional, day: date) -> Fact:
    period = status.convention_on(professional, day)
    if period is None:
        note = _("Without it no fee can be chosen: write it in the file of the professional.")
        return Fact(_("Convention"), _("not known on this day"), note, INAMI_SITE)
    words = {code: str(label) for code, label in CONVENTIONS}
    since = _("since %(day)s") % {"day": write_day(period.from_day)}
    until = _("until %(day)s") % {"day": write_day(period.to_day)} if period.to_day else ""
    note = " ".join(part for part in (since, until) if part)
    return Fact(_("Convention"), words.get(period.value, period.value), note, INAMI_SITE)
