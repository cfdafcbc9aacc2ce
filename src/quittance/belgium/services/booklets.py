"""Booklets of certificates (carnets d'attestations): which sheet is next, and numbers taken without gap or double."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from quittance.audit import record
from quittance.belgium.documents.rules import number
from quittance.belgium.models import Booklet, CareCertificate
from quittance.billing.services.errors import refuse
from quittance.people.acting import Acting
from quittance.people.models import Professional
from quittance.people.scoping import HasPractice, ScopedQuerySet
from quittance.people.turns import take_turn

FEW = 10
"""Fewer sheets than this are told: new booklets are ordered and sent by post."""


class Sheet(NamedTuple):
    """A numbered sheet of a booklet."""

    booklet: Booklet
    sheet: int

    def __str__(self) -> str:
        return f"{self.booklet.number} / {self.sheet:02d}"


def booklets_of(scope: HasPractice, professional: Professional) -> ScopedQuerySet[Booklet]:
    """Query the booklets of a professional, in the order in which they are used."""
    return Booklet.objects.for_(scope).filter(professional=professional).order_by("added_at", "pk")


def left_in(booklet: Booklet, on: date) -> int:
    """Count the sheets that a booklet still has."""
    return max(0, number("sheets_per_booklet", on) + 1 - booklet.next_sheet)


def left(scope: HasPractice, professional: Professional, on: date) -> int:
    """Count the sheets left in all booklets of a professional."""
    return sum(left_in(one, on) for one in booklets_of(scope, professional))


def coming(scope: HasPractice, professional: Professional, count: int, on: date) -> list[Sheet]:
    """List the sheets that come next, at most `count`: those of the oldest booklet first."""
    found: list[Sheet] = []
    for booklet in booklets_of(scope, professional):
        wanted = min(count - len(found), left_in(booklet, on))
        found += [Sheet(booklet, booklet.next_sheet + place) for place in range(wanted)]
    return found


def take(scope: HasPractice, professional: Professional, count: int, on: date) -> list[Sheet]:
    """Take the next sheets, in the transaction at hand; RefusedError when there are not so many.

    The caller has the professional's turn: of two who print at once, the second reads what the first has left.
    """
    found = coming(scope, professional, count, on)
    if len(found) < count:
        raise refuse("booklet.empty", _few(count, len(found)), "booklet")
    for booklet in dict.fromkeys(one.booklet for one in found):
        taken = sum(one.booklet == booklet for one in found)
        rows = Booklet.objects.for_(scope).filter(pk=booklet.pk, next_sheet=booklet.next_sheet)
        if not rows.update(next_sheet=booklet.next_sheet + taken):
            raise RuntimeError(f"booklet {booklet.pk} was taken from without its professional's turn")
    return found


def _few(count: int, found: int) -> str:
    said = {"count": count, "found": found}
    if not found:
        return _("No sheet is left in your booklets, and %(count)s are needed. Add a new booklet, then go on.") % said
    return _("%(count)s sheets are needed and %(found)s are left. Add a new booklet, then go on.") % said


@transaction.atomic
def add_booklet(acting: Acting, professional: Professional, *, named: str, next_sheet: int, model_code: str) -> Booklet:
    """Add a booklet; RefusedError when its number is known already, here or with a colleague."""
    try:
        with transaction.atomic():
            made = Booklet.objects.for_(acting).create(
                professional=professional, number=named, next_sheet=next_sheet, model_code=model_code
            )
    except IntegrityError:
        text = _("Booklet %(number)s is already in the list of the practice. Check the number printed on it.")
        raise refuse("booklet.known", text % {"number": named}, "number") from None
    record(acting, "change", "booklet.add", made)
    return made


@transaction.atomic
def change_booklet(acting: Acting, booklet: Booklet, *, next_sheet: int, model_code: str) -> Booklet:
    """Say which sheet is next (others were written by hand) and the model; RefusedError below a sheet already used."""
    take_turn(Professional, booklet.professional_id)
    first = first_free(booklet)
    if next_sheet < first:
        text = _("Sheet %(sheet)s is already used: the next one is %(first)s or after.")
        raise refuse("booklet.used", text % {"sheet": next_sheet, "first": first}, "next_sheet")
    Booklet.objects.for_(acting).filter(pk=booklet.pk).update(next_sheet=next_sheet, model_code=model_code)
    record(acting, "change", "booklet.change", booklet)
    return Booklet.objects.for_(acting).get(pk=booklet.pk)


def first_free(booklet: Booklet) -> int:
    """The first sheet after all that were printed on."""
    used = CareCertificate.objects.for_(booklet).filter(booklet=booklet).order_by("-sheet").first()
    return used.sheet + 1 if used else 1


@transaction.atomic
def delete_booklet(acting: Acting, booklet: Booklet) -> None:
    """Delete a booklet whose number was typed wrong; RefusedError once a certificate was printed on it."""
    take_turn(Professional, booklet.professional_id)
    if first_free(booklet) > 1:
        raise refuse("booklet.printed", _("Certificates bear the number of this booklet: it stays in the list."))
    key = booklet.pk
    booklet.delete()
    booklet.pk = key
    record(acting, "change", "booklet.delete", booklet)


def shown(sheets: Sequence[Sheet]) -> str:
    """Write sheets as runs of their booklets: `12*3456 / 49–50, 12*3457 / 01`."""
    found: list[str] = []
    for booklet in dict.fromkeys(one.booklet for one in sheets):
        its = [one.sheet for one in sheets if one.booklet == booklet]
        last = f"–{its[-1]:02d}" if len(its) > 1 else ""
        found.append(f"{booklet.number} / {its[0]:02d}{last}")
    return ", ".join(found)
