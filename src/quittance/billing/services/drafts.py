"""Begin a draft, keep what was typed in it, throw it away; favourites. Each writes its event with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from quittance.audit import record
from quittance.billing.models import Draft, Favourite
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.models import Issuer, Professional


@transaction.atomic
def draft_for(acting: Acting, patient: Patient) -> Draft:
    """Find the draft of a patient that the professional has begun, or make one; a substitute's names both."""
    professional = acting.professional
    assert professional is not None
    mine = Draft.objects.for_(acting).filter(patient=patient, professional=professional, substitute=acting.substitute)
    begun = mine.order_by("-updated_at").first()
    return begun or _begin(acting, professional, patient)


def _begin(acting: Acting, professional: Professional, patient: Patient) -> Draft:
    draft = Draft.objects.for_(acting).create(
        professional=professional,
        substitute=acting.substitute,
        issuer=_issuer(acting, professional),
        patient=patient,
        country=acting.practice.country,
        input={"date": acting.today().isoformat(), "acts": [], "cover": {}, "extras": _extras(professional)},
    )
    record(acting, "change", "draft.begin", draft)
    return draft


def _extras(professional: Professional) -> dict[str, Any]:
    """Begin as the professional prefers: at home, say."""
    return {"place": "home"} if professional.preferences.get("home") else {}


def situations(acting: Acting, professional: Professional) -> list[Issuer]:
    """List the situations in which a professional bills now, the main one first."""
    return list(Issuer.objects.for_(acting).filter(professional=professional, archived_at=None).order_by("pk"))


@transaction.atomic
def choose_situation(acting: Acting, draft: Draft, pk: int) -> bool:
    """Bill in another situation of the professional; False for one that is none of his, or closed."""
    issuer = next((one for one in situations(acting, draft.professional) if one.pk == pk), None)
    if issuer is None:
        return False
    rows = Draft.objects.for_(acting).filter(pk=draft.pk)
    rows.update(issuer=issuer, version=F("version") + 1, updated_at=timezone.now())
    record(acting, "change", "draft.situation", draft)
    return True


def _issuer(acting: Acting, professional: Professional) -> Issuer:
    issuer = next(iter(situations(acting, professional)), None)
    return issuer or Issuer.objects.for_(acting).create(
        professional=professional, label=professional.full_name, number=f"{professional.pk}"
    )


@transaction.atomic
def keep_draft(acting: Acting, draft: Draft, typed: dict[str, Any], *, tell: bool = True) -> bool:
    """Save what was typed; False when another window has saved in between.

    `tell`: not where the bill is issued in the same request, whose event says it.
    """
    rows = Draft.objects.for_(acting).filter(pk=draft.pk, version=draft.version)
    if not rows.update(input=typed, version=F("version") + 1, updated_at=timezone.now()):
        return False
    draft.version += 1
    if tell:
        record(acting, "change", "draft.change", draft)
    return True


@transaction.atomic
def drop_draft(acting: Acting, draft: Draft) -> None:
    """Throw a draft away."""
    key = draft.pk
    draft.delete()
    draft.pk = key
    record(acting, "change", "draft.delete", draft)


@transaction.atomic
def keep_favourite(
    acting: Acting, professional: Professional, label: str, acts: Sequence[Any], beside: Sequence[Any] = ()
) -> Favourite:
    """Keep acts under a name, and lines beside the quote; the same name again replaces it."""
    rows = Favourite.objects.for_(acting)
    held = {"acts": acts, **({"beside": beside} if beside else {})}
    kept, _made = rows.update_or_create(professional=professional, label=label, defaults={"input": held})
    record(acting, "change", "favourite.keep", kept)
    return kept


@transaction.atomic
def drop_favourite(acting: Acting, favourite: Favourite) -> None:
    """Take a favourite away; bills already made stay as they are."""
    key = favourite.pk
    favourite.delete()
    favourite.pk = key
    record(acting, "change", "favourite.delete", favourite)
