"""The text that both sides sign: the same for both, written once, when the mandate is started."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from quittance.people.country import NumberRefusedError, Scope
from quittance.people.mandates import offers
from quittance.people.models import Mandate

KINDS = {Mandate.Party.PERSON: "person", Mandate.Party.COMPANY: "company", Mandate.Party.INSTITUTION: "provider"}


def shown_number(country: str, party: str, number: str) -> str:
    """Write the number of a mandatary as people print it."""
    try:
        return offers.people(country).check_number(KINDS[Mandate.Party(party)], number).shown
    except NumberRefusedError:
        return number


def doubts(country: str, party: str, number: str) -> tuple[str, ...]:
    """Tell what is odd about the number of a mandatary, though it is accepted."""
    try:
        return offers.people(country).check_number(KINDS[Mandate.Party(party)], number).warnings
    except NumberRefusedError as refused:
        return (str(refused),)


def day(value: date) -> str:
    """Write a date as 22/11/2026."""
    return value.strftime("%d/%m/%Y")


def duration(mandate: Mandate) -> str:
    """Say from when to when."""
    if mandate.to_day is None:
        return _("from %(first)s, without end date") % {"first": day(mandate.from_day)}
    return _("from %(first)s to %(last)s included") % {"first": day(mandate.from_day), "last": day(mandate.to_day)}


def text_of(mandate: Mandate, scope: Scope) -> str:
    """Write what is signed: parties, numbers, scope, what stays excluded, dates, conditions."""
    return "\n".join([*_parties(mandate, scope), "", *_scope(mandate, scope), "", *_conditions()])


def _parties(mandate: Mandate, scope: Scope) -> Iterator[str]:
    country, who = mandate.practice.country, mandate.grantor
    number = offers.number_of(who, mandate.practice.today())
    if number:
        shown = offers.people(country).check_number("provider", number).shown
        told = _("%(name)s, %(profession)s, number %(number)s")
        grantor = told % {"name": who.full_name, "profession": who.profession, "number": shown}
    else:
        told = _("%(name)s, %(profession)s, with a visa, without provider's number")
        grantor = told % {"name": who.full_name, "profession": who.profession}
    told = _("%(name)s (%(party)s), number %(number)s")
    grantee = told % {
        "name": mandate.grantee_name,
        "party": mandate.get_party_display(),
        "number": shown_number(country, mandate.party, mandate.grantee_number),
    }
    yield _("Mandate: %(label)s") % {"label": scope.label}
    yield _("Grantor: %(grantor)s") % {"grantor": grantor}
    yield _("Mandatary: %(grantee)s") % {"grantee": grantee}


def _scope(mandate: Mandate, scope: Scope) -> Iterator[str]:
    yield _("What it opens: %(about)s") % {"about": scope.about}
    if scope.excluded:
        yield _("What stays excluded: %(excluded)s") % {"excluded": scope.excluded}
    yield _("Duration: %(duration)s") % {"duration": duration(mandate)}


def conditions() -> list[str]:
    """List the conditions of every mandate."""
    return [
        _("The mandate is active only when both have signed this text, and between its dates."),
        _("The mandatary acts in the name of the grantor, who remains responsible for what is done."),
        _("Each act is written in the journal of the grantor's practice, as done by the mandatary for the grantor."),
        _("Either side reads the mandate and its history, and ends it at any moment, at once and without a reason."),
        _("The mandatary keeps professional secrecy, and passes the mandate on to nobody."),
        _("It holds in Quittance. What the authorities ask for in their own systems is done there too."),
    ]


def _conditions() -> Iterator[str]:
    yield _("Conditions")
    yield from (f"{place}. {text}" for place, text in enumerate(conditions(), 1))
