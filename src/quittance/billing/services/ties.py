"""What ties a professional to his bills: why he stays, what goes with him (K02)."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.billing.models import Bill, BillEvent, Counter, Draft, Favourite
from quittance.people.models import Professional
from quittance.people.professionals.leaving import Ties


def ties_of(professional: Professional) -> Ties:
    """Tell the bills that are neither cancelled nor sent; no bill of this release is sent yet."""
    named = Bill.objects.for_(professional).filter(Q(professional=professional) | Q(substitute=professional))
    cancelled = BillEvent.objects.for_(professional).filter(kind=BillEvent.What.CANCELLED)
    waiting = named.filter(professional=professional).exclude(pk__in=cancelled.values("bill")).count()
    text = ngettext(
        "%(n)s bill is neither cancelled nor sent: cancel it, or send it first.",
        "%(n)s bills are neither cancelled nor sent: cancel them, or send them first.",
        waiting,
    )
    return Ties(
        reasons=(text % {"n": waiting},) if waiting else (),
        lost=tuple(_lost(professional)),
        billed=named.exists(),
        drop=lambda: _drop(professional),
    )


def _drafts(professional: Professional) -> Q:
    return Q(professional=professional) | Q(substitute=professional)


def _lost(professional: Professional) -> list[str]:
    drafts = Draft.objects.for_(professional).filter(_drafts(professional)).count()
    favourites = Favourite.objects.for_(professional).filter(professional=professional).count()
    found = []
    if drafts:
        found.append(ngettext("%(n)s bill begun", "%(n)s bills begun", drafts) % {"n": drafts})
    if favourites:
        found.append(_("favourites of the bill page"))
    return found


def _drop(professional: Professional) -> None:
    """Delete what would keep a professional who has never billed: drafts, a numbering never used."""
    Draft.objects.for_(professional).filter(_drafts(professional)).delete()
    Counter.objects.for_(professional).filter(issuer__professional=professional).delete()
