"""What changes substitutes and their days; each verb is one transaction, and tells the journal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Protocol

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.audit import record
from quittance.people.acting import Acting
from quittance.people.models import Issuer, Membership, Professional, Role, Substitution, SubstitutionDay, User
from quittance.people.substitutes import days as known
from quittance.people.turns import take_turn

Then = Callable[[Professional], object]


class SubstitutionError(Exception):
    """Nothing was done; the text says what is wrong, why, and what to do."""


class Proved(Protocol):
    """A proof of who somebody is (`accounts.credentials.Proof`): a card will give one too."""

    @property
    def kind(self) -> str: ...
    @property
    def user_id(self) -> object: ...


def spelled(days: Collection[date]) -> str:
    """Write days as people read them."""
    return ", ".join(date_format(day, "D j N Y") for day in sorted(days))


def told_days(days: Collection[date], sign: str = "") -> dict[str, str]:
    """Write days for the journal, by month.

    >>> told_days([date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 9)], "-")
    {'2026-11-': '2-3,9'}
    """
    spans: dict[str, list[list[int]]] = {}
    for day in sorted(days):
        found = spans.setdefault(f"{day:%Y-%m}{sign}", [])
        if found and found[-1][1] == day.day - 1:
            found[-1][1] = day.day
        else:
            found.append([day.day, day.day])
    return {month: ",".join("-".join(map(str, dict.fromkeys(one))) for one in found) for month, found in spans.items()}


def archived(acting: Acting, email: str) -> Professional | None:
    """Find the record of a substitute who has left and may come back."""
    rows = Professional.objects.for_(acting).filter(is_substitute=True, archived_at__isnull=False)
    return rows.filter(email=email.strip().lower()).first()


@transaction.atomic
def add_substitute(acting: Acting, values: Mapping[str, str], then: Then | None = None) -> Professional:
    """Make the record of a substitute; `values` are names, profession and e-mail, `then` writes the numbers.

    The account is not his yet: he proves it with his own credential (`prove_substitute`). One who was archived and
    comes back keeps his record.
    """
    email = values["email"].strip().lower()
    refuse_member(acting, email)
    if Professional.objects.for_(acting).filter(is_substitute=True, archived_at=None, email=email).exists():
        raise SubstitutionError(_("This address is that of a substitute of the practice already: open that record."))
    substitute = archived(acting, email) or Professional(practice=acting.practice, is_substitute=True, email=email)
    substitute.archived_at, substitute.user = None, None
    _write(substitute, values, then)
    record(acting, "change", "substitute.add", substitute)
    return substitute


def refuse_member(acting: Acting, email: str) -> None:
    """Refuse an address that works in the practice in another role: an account has one role in a practice."""
    members = Membership.objects.for_(acting).filter(user__email=email).exclude(role=Role.SUBSTITUTE)
    found = members.select_related("user").first()
    if found is not None:
        text = _(
            "%(name)s works here already (%(role)s). Somebody of the practice bills in their own name; "
            "a substitute needs an account that has no other role here."
        )
        raise SubstitutionError(text % {"name": found.user, "role": found.get_role_display()})


@transaction.atomic
def change_substitute(
    acting: Acting, substitute: Professional, values: Mapping[str, str], then: Then | None = None
) -> None:
    """Change names and numbers; the address too, while nobody has proved that it is theirs."""
    if substitute.user_id is None:
        email = values["email"].strip().lower()
        refuse_member(acting, email)
        rows = Professional.objects.for_(acting).filter(is_substitute=True, archived_at=None, email=email)
        if rows.exclude(pk=substitute.pk).exists():
            raise SubstitutionError(_("Another substitute of the practice has this address. Correct it."))
        substitute.email = email
    _write(substitute, values, then)
    record(acting, "change", "substitute.change", substitute)


def _write(substitute: Professional, values: Mapping[str, str], then: Then | None) -> None:
    for name in ("title", "last_name", "first_name", "profession"):
        setattr(substitute, name, values.get(name, ""))
    substitute.save()
    if then is not None:
        then(substitute)


def account_of(substitute: Professional) -> User | None:
    """Find the account that has the substitute's address."""
    return substitute.user or User.objects.filter(email=substitute.email, is_active=True).first()


@transaction.atomic
def prove_substitute(acting: Acting, substitute: Professional, proof: Proved) -> None:
    """Attach the account of the substitute, who has just proved to be its owner: he is now of the practice."""
    user = account_of(substitute)
    if user is None or proof.user_id != user.pk:
        raise SubstitutionError(_("This proof is not that of the substitute's account. Check the address."))
    refuse_member(acting, user.email)
    substitute.user = user
    substitute.save(update_fields=["user"])
    Membership.objects.for_(acting).update_or_create(
        user=user, defaults={"role": Role.SUBSTITUTE, "from_day": None, "to_day": None}
    )
    record(acting, "change", "substitute.prove", substitute, detail={"credential": proof.kind})


@transaction.atomic
def attach(acting: Acting, substitute: Professional, holder: Professional) -> Substitution:
    """Choose a holder (cocher le titulaire), or take up again one who was unticked; no day is replaced yet."""
    if substitute.user_id is None:
        raise SubstitutionError(_("The substitute has not proved who they are yet: first step of this page."))
    if holder.is_substitute or holder.archived_at or holder.user_id == substitute.user_id:
        raise SubstitutionError(_("This professional cannot be replaced. Choose a holder of the practice."))
    take_turn(Professional, holder.pk)
    rows = Substitution.objects.for_(acting)
    pair, made = rows.get_or_create(holder=holder, substitute=substitute, defaults={"created_by": acting.user})
    if not made and pair.deactivated_at is not None:
        _refuse_taken(pair, set(pair.days.filter(day__gte=acting.today()).values_list("day", flat=True)))
        pair.deactivated_at = None
        pair.save(update_fields=["deactivated_at"])
    record(acting, "change", "substitute.attach", pair)
    return pair


@transaction.atomic
def choose_days(acting: Acting, pair: Substitution, month: Collection[date], wanted: Collection[date]) -> set[date]:
    """Set which days of a month are replaced; new ones wait for the holder. Gives the days that were added."""
    take_turn(Professional, pair.holder_id)
    if not Substitution.objects.for_(acting).filter(pk=pair.pk, deactivated_at=None).exists():
        raise SubstitutionError(_("This holder is no longer ticked: tick him again, then choose the days."))
    rows = SubstitutionDay.objects.for_(acting).select_for_update().filter(substitution=pair, day__in=set(month))
    old = set(rows.values_list("day", flat=True))
    added, gone = set(wanted) & set(month) - old, old - set(wanted)
    _refuse_past(added, acting.today())
    _refuse_taken(pair, added)
    _refuse_billed(pair, gone)
    rows.filter(day__in=gone).delete()
    new = [SubstitutionDay(practice=acting.practice, substitution=pair, day=day) for day in sorted(added)]
    SubstitutionDay.objects.for_(acting).bulk_create(new)
    if added or gone:
        record(acting, "change", "substitute.days", pair, detail=told_days(added) | told_days(gone, "-"))
    return added


def _refuse_past(days: Collection[date], today: date) -> None:
    past = [day for day in days if day < today]
    if past:
        text = _("%(days)s: past. A holder confirms before the care, not after: choose today or a day to come.")
        raise SubstitutionError(text % {"days": spelled(past)})


def _refuse_taken(pair: Substitution, days: Collection[date]) -> None:
    """One substitute a day for a holder: a bill says without doubt who gave the care."""
    if not days:
        return
    others = known.taken(pair, min(days), max(days))
    clashes = sorted(set(others) & set(days))
    if clashes:
        text = _("%(day)s: %(name)s already replaces %(holder)s. Untick this day, or take it from %(name)s first.")
        told = [{"day": spelled([day]), "name": others[day].full_name, "holder": pair.holder} for day in clashes]
        raise SubstitutionError(" ".join(text % one for one in told))


def _refuse_billed(pair: Substitution, days: Collection[date]) -> None:
    kept = known.billed_days(pair) & set(days) if days else set()
    if kept:
        text = _("%(days)s: %(name)s has billed that day, and the bills name both. The day stays.")
        raise SubstitutionError(text % {"days": spelled(kept), "name": pair.substitute.full_name})


@transaction.atomic
def confirm_days(acting: Acting, pair: Substitution, shown: Collection[date], proof: Proved) -> int:
    """Confirm the days that the holder was shown, by his own credential; gives how many count from now on."""
    if pair.holder.user_id is None or proof.user_id != pair.holder.user_id:
        raise SubstitutionError(
            _("Only %(holder)s confirms these days, with their own credential.") % {"holder": pair.holder}
        )
    if not Substitution.objects.for_(acting).filter(pk=pair.pk, deactivated_at=None).exists():
        raise SubstitutionError(_("This holder is no longer ticked: tick him again, then choose the days."))
    rows = SubstitutionDay.objects.for_(acting).filter(substitution=pair, confirmed_at=None, day__in=set(shown))
    by = {"confirmed_at": timezone.now(), "confirmed_by": proof.user_id, "credential": proof.kind}
    days = set(rows.filter(day__gte=acting.today()).values_list("day", flat=True))
    done = rows.filter(day__in=days).update(**by)
    if not done:
        raise SubstitutionError(_("None of these days waits any more: look at the calendar."))
    record(acting, "change", "substitute.confirm", pair, detail=told_days(days) | {"credential": proof.kind})
    return done


@transaction.atomic
def deactivate(acting: Acting, pair: Substitution) -> None:
    """Untick a holder (décocher le titulaire): from now on the substitute replaces him no more.

    The days to come are gone; those that have passed stay, for the bills that name both.
    """
    take_turn(Professional, pair.holder_id)
    coming = SubstitutionDay.objects.for_(acting).select_for_update().filter(substitution=pair)
    coming = coming.filter(day__gte=acting.today()).exclude(day__in=known.billed_days(pair))
    coming.delete()
    Substitution.objects.for_(acting).filter(pk=pair.pk, deactivated_at=None).update(deactivated_at=timezone.now())
    record(acting, "change", "substitute.deactivate", pair)


@transaction.atomic
def delete_substitute(acting: Acting, substitute: Professional) -> bool:
    """Delete a substitute whom no holder has ticked; True when gone, False when archived because bills name him."""
    _refuse_attached(acting, substitute)
    _refuse_drafts(substitute)
    user, gone = substitute.user_id, not known.has_billed(substitute)
    record(acting, "change", "substitute.delete" if gone else "substitute.archive", substitute)
    gone = gone and _erase(substitute)
    if not gone:
        Professional.objects.for_(acting).filter(pk=substitute.pk).update(archived_at=timezone.now(), user=None)
    Membership.objects.for_(acting).filter(user=user, role=Role.SUBSTITUTE).delete()
    return gone


def _refuse_attached(acting: Acting, substitute: Professional) -> None:
    rows = Substitution.objects.for_(acting).filter(substitute=substitute, deactivated_at=None)
    holders = [str(one.holder) for one in rows.select_related("holder")]
    if holders:
        text = _("%(name)s still replaces %(holders)s. Untick the holder on this page first, then delete.")
        raise SubstitutionError(text % {"name": substitute.full_name, "holders": ", ".join(holders)})


def _refuse_drafts(substitute: Professional) -> None:
    """A draft that holds acts is somebody's work: it is issued or deleted by hand."""
    drafts = known.drafts_of(substitute)
    begun = [one for one in drafts if one.has_lines]
    if begun:
        text = ngettext(
            "%(name)s has %(count)d draft with acts. Delete it on the page of a new bill, or issue it first.",
            "%(name)s has %(count)d drafts with acts. Delete them on the page of a new bill, or issue them first.",
            len(begun),
        )
        raise SubstitutionError(text % {"name": substitute.full_name, "count": len(begun)})
    drafts.delete()


def _erase(substitute: Professional) -> bool:
    """Take the record away; False when another row still names it."""
    try:
        with transaction.atomic():
            Substitution.objects.for_(substitute).filter(substitute=substitute).delete()
            Issuer.objects.for_(substitute).filter(professional=substitute).delete()
            Professional.objects.for_(substitute).filter(pk=substitute.pk).delete()
    except ProtectedError:
        return False
    return True
