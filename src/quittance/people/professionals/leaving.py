"""How a professional leaves (K02): what still holds him, what would be lost, and whether the row may go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.audit import record
from quittance.people.acting import Acting
from quittance.people.models import (
    BankAccount,
    Identifier,
    Issuer,
    Mandate,
    PracticeAddress,
    Professional,
    Substitution,
)


@dataclass(frozen=True, slots=True)
class Ties:
    """What another room has of a professional: reasons why he stays, what goes with him, whether he has billed."""

    reasons: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    billed: bool = False
    drop: Any = field(default=None)


class StillHeldError(ValueError):
    """A professional cannot leave yet: `reasons` say why, each with what to do."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def _elsewhere(professional: Professional) -> list[Ties]:
    """Ask the rooms above: an application's `ties_of(professional)` gives `Ties`."""
    return [cast(Ties, config.ties_of(professional)) for config in apps.get_app_configs() if hasattr(config, "ties_of")]


def _attached(professional: Professional) -> list[str]:
    found = []
    held = Substitution.objects.for_(professional).filter(holder=professional, substitute__archived_at=None)
    for one in held.select_related("substitute"):
        text = _("%(name)s is attached as a substitute: deactivate, then delete the substitute first.")
        found.append(text % {"name": one.substitute})
    active = Substitution.objects.for_(professional).filter(substitute=professional, deactivated_at=None)
    text = _("He replaces %(name)s: deactivate him as a substitute first.")
    return [*found, *(text % {"name": one.holder} for one in active.select_related("holder"))]


def _entrusted(professional: Professional) -> list[str]:
    today = professional.practice.today()
    rows = Mandate.objects.for_(professional).filter(grantor=professional)
    open_ones = rows.filter(Q(to_day=None) | Q(to_day__gte=today), closed_as="").count()
    text = ngettext(
        "%(n)s mandate of his is open: end or withdraw it first.",
        "%(n)s mandates of his are open: end or withdraw them first.",
        open_ones,
    )
    return [text % {"n": open_ones}] if open_ones else []


def reasons(professional: Professional) -> list[str]:
    """List why a professional cannot leave yet; a card that is inserted will be one more."""
    told = [text for ties in _elsewhere(professional) for text in ties.reasons]
    return [*told, *_attached(professional), *_entrusted(professional)]


def has_billed(professional: Professional) -> bool:
    """Say whether bills name him: then he is archived, not deleted."""
    return any(ties.billed for ties in _elsewhere(professional))


def lost_with(professional: Professional) -> list[str]:
    """List what would be lost with a professional who has never billed."""
    words = (
        (Identifier, _("his numbers")),
        (Issuer, _("his situations and their numbering")),
        (PracticeAddress, _("his practice addresses")),
        (BankAccount, _("his bank accounts")),
    )
    there = [text for model, text in words if model.objects.for_(professional).filter(professional=professional)]
    preferences = [_("his preferences")] if professional.preferences else []
    return [*there, *preferences, *(text for ties in _elsewhere(professional) for text in ties.lost)]


@transaction.atomic
def remove_professional(acting: Acting, professional: Professional) -> bool:
    """Delete a professional; one who has billed is archived. Gives whether the row is gone; StillHeldError."""
    Professional.objects.for_(acting).select_for_update().get(pk=professional.pk)
    held = reasons(professional)
    if held:
        raise StillHeldError(held)
    key = professional.pk
    gone = not has_billed(professional) and _delete(professional)
    if not gone:
        _archive(professional)
    professional.pk = key
    record(acting, "change", "professional.delete" if gone else "professional.archive", professional)
    return gone


def _delete(professional: Professional) -> bool:
    """Delete the row and what hangs on it; False when something keeps it after all: an ended mandate, say."""
    try:
        with transaction.atomic():
            for ties in _elsewhere(professional):
                if ties.drop is not None:
                    ties.drop()
            Substitution.objects.for_(professional).filter(substitute=professional).delete()
            Issuer.objects.for_(professional).filter(professional=professional).delete()
            professional.delete()
    except ProtectedError:
        return False
    return True


def _archive(professional: Professional) -> None:
    now = timezone.now()
    professional.archived_at = now
    professional.save(update_fields=["archived_at"])
    Issuer.objects.for_(professional).filter(professional=professional, archived_at=None).update(archived_at=now)


@transaction.atomic
def restore_professional(acting: Acting, professional: Professional) -> None:
    """Take an archived professional back, with the situations that left with him."""
    issuers = Issuer.objects.for_(acting).filter(professional=professional, archived_at=professional.archived_at)
    issuers.update(archived_at=None)
    professional.archived_at = None
    professional.save(update_fields=["archived_at"])
    record(acting, "change", "professional.restore", professional)
