"""What each code of the journal is called. A test holds that every route and every verb recorded is here.

A country brings the words of its own on its AppConfig: `journal = Words(routes, verbs, objects)`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a country for its routes, the verbs of its services and its rows."""

    routes: Mapping[str, Any] = field(default_factory=dict)
    verbs: Mapping[str, Any] = field(default_factory=dict)
    objects: Mapping[str, Any] = field(default_factory=dict)


ACTIONS = {
    "view": _("seen"),
    "search": _("searched"),
    "print": _("printed"),
    "export": _("exported"),
    "change": _("changed"),
    "sign-in": _("sign-in"),
    "sign-out": _("sign-out"),
    "refusal": _("refused"),
}
OUTCOMES = {"done": _("done"), "refused": _("refused"), "missing": _("not found"), "failed": _("failed")}
OBJECTS = {
    "billing.Bill": _("bill"),
    "billing.Draft": _("draft"),
    "billing.Favourite": _("favourite"),
    "billing.Payment": _("payment"),
    "patients.Cover": _("cover"),
    "patients.Patient": _("patient"),
    "patients.Prescriber": _("prescriber"),
    "people.AccessRight": _("right"),
    "people.Invitation": _("invitation"),
    "people.Issuer": _("situation"),
    "people.Mandate": _("mandate"),
    "people.Membership": _("member"),
    "people.Organisation": _("organisation"),
    "people.OrganisationMember": _("user of the organisation"),
    "people.Professional": _("professional"),
    "people.Substitution": _("substitution"),
}
VERBS = {
    "account.delays": _("Delays of the lock"),
    "account.factor": _("Second factor refused"),
    "account.factor_added": _("Second factor added"),
    "account.factor_removed": _("Second factor removed"),
    "account.invitation_used": _("Invitation used"),
    "account.invite": _("Invitation of an account"),
    "account.login": _("Signing in"),
    "account.logout": _("Signing out"),
    "account.password": _("Password chosen"),
    "account.pin": _("PIN chosen"),
    "account.pin_dropped": _("PIN removed"),
    "account.prove": _("Proof of identity"),
    "account.recovery_codes": _("Recovery codes"),
    "account.sessions_ended": _("Sessions ended"),
    "bill.cancel": _("Bill cancelled"),
    "bill.issue": _("Bill issued"),
    "cover.add": _("Complementary cover added"),
    "cover.change": _("Complementary cover changed"),
    "cover.default": _("Complementary cover by default"),
    "cover.delete": _("Complementary cover deleted"),
    "cover.duplicate": _("Complementary cover duplicated"),
    "draft.begin": _("Draft begun"),
    "draft.change": _("Draft changed"),
    "draft.delete": _("Draft deleted"),
    "draft.situation": _("Situation of a draft changed"),
    "favourite.delete": _("Favourite deleted"),
    "favourite.keep": _("Favourite kept"),
    "journal.export": _("Journal exported"),
    "mandate.end": _("Mandate ended"),
    "mandate.refuse": _("Mandate refused"),
    "mandate.sign": _("Mandate signed"),
    "mandate.start": _("Mandate started"),
    "mandate.withdraw": _("Mandate withdrawn"),
    "member.add": _("Member added"),
    "member.change": _("Member changed"),
    "member.end": _("Member ended"),
    "member.renew": _("Member's link renewed"),
    "organisation.change": _("Organisation changed"),
    "organisation.function": _("Function in the organisation"),
    "organisation.hand_over": _("Main access manager handed over"),
    "organisation.make": _("Organisation made"),
    "organisation.record": _("Record of the group changed"),
    "organisation.user_add": _("User of the organisation added"),
    "organisation.user_end": _("User of the organisation ended"),
    "patient.archive": _("Patient archived"),
    "patient.change": _("Patient changed"),
    "patient.create": _("Patient made"),
    "patient.delete": _("Patient deleted"),
    "payment.change": _("Payment changed"),
    "payment.record": _("Payment recorded"),
    "payment.reverse": _("Payment reversed"),
    "prescriber.archive": _("Prescriber archived"),
    "prescriber.change": _("Prescriber changed"),
    "prescriber.create": _("Prescriber made"),
    "prescriber.delete": _("Prescriber deleted"),
    "receipt.print": _("Receipt printed"),
    "right.give": _("Access right given"),
    "right.take": _("Access right taken back"),
    "session.lock": _("Screen locked"),
    "session.unlock": _("Screen unlocked"),
    "situation.archive": _("Situation archived"),
    "situation.keep": _("Situation kept"),
    "situation.restore": _("Situation restored"),
    "substitute.add": _("Substitute added"),
    "substitute.archive": _("Substitute archived"),
    "substitute.attach": _("Substitute attached to a holder"),
    "substitute.change": _("Substitute changed"),
    "substitute.confirm": _("Replaced days confirmed"),
    "substitute.days": _("Replaced days chosen"),
    "substitute.deactivate": _("Substitute deactivated"),
    "substitute.delete": _("Substitute deleted"),
    "substitute.prove": _("Proof by the substitute"),
    "user.number": _("National number of the user"),
}
PROFESSIONAL = {
    "accreditation": _("Accreditation of a professional"),
    "add": _("Professional added"),
    "address": _("Address of a professional"),
    "archive": _("Professional archived"),
    "bank": _("Bank account of a professional"),
    "change": _("Professional changed"),
    "contact": _("Contact of a professional"),
    "convention": _("Convention status of a professional"),
    "delete": _("Professional deleted"),
    "preferences": _("Preferences of a professional"),
    "premium": _("Premium of a professional"),
    "restore": _("Professional restored"),
    "social": _("Social status of a professional"),
    "training": _("Training-master allowance of a professional"),
}
ROUTES = {
    "account_login": _("Sign-in page"),
    "mfa_authenticate": _("Sign-in page"),
    "mfa_login_webauthn": _("Sign-in page"),
    "web:components": _("Sheet of components"),
    "web:home": _("First page"),
    "people:choose": _("For whom one works"),
    "people:demo_login": _("Sign-in page"),
    "people:logout": _("Signing out"),
    "people:practice": _("Practice and access"),
    "billing:cancel": _("Cancelling a bill"),
    "billing:change_payment": _("Payment of a bill"),
    "billing:detail": _("Bill"),
    "billing:list": _("List of bills"),
    "billing:pay": _("Payment of a bill"),
    "billing:receipt": _("Receipt of a bill"),
    "billing:reverse_payment": _("Payment of a bill"),
    "billing:summary": _("Bill issued: its summary"),
    "draft:acts": _("Search of acts"),
    "draft:bill": _("Draft of a bill"),
    "draft:delete": _("Draft of a bill"),
    "draft:favourite_delete": _("Favourite acts"),
    "draft:favourite_save": _("Favourite acts"),
    "draft:favourites": _("Favourite acts"),
    "draft:new": _("New bill"),
    "draft:patients": _("Search of a patient for a bill"),
    "draft:situation": _("Situation of a draft"),
    "draft:start": _("New bill"),
    "groups:change": _("Organisation"),
    "groups:create": _("Organisation"),
    "groups:hand_over": _("Handing over the main access management"),
    "groups:history": _("History of rights"),
    "groups:home": _("Organisation"),
    "groups:record": _("Record of the group"),
    "groups:right_give": _("Access rights"),
    "groups:right_take": _("Access rights"),
    "groups:rights": _("Access rights"),
    "groups:user": _("User of the organisation"),
    "groups:user_add": _("User of the organisation"),
    "groups:user_end": _("User of the organisation"),
    "journal:export": _("Export of the journal"),
    "journal:list": _("Journal"),
    "patients:change": _("Patient's file, to change it"),
    "patients:cover": _("Complementary cover"),
    "patients:cover_default": _("Complementary cover"),
    "patients:cover_delete": _("Complementary cover"),
    "patients:cover_duplicate": _("Complementary cover"),
    "patients:cover_new": _("Complementary cover"),
    "patients:create": _("New patient"),
    "patients:delete": _("Deleting a patient"),
    "patients:detail": _("Patient's file"),
    "patients:list": _("List of patients"),
    "patients:opened": _("Who opened this patient's file"),
    "patients:payer_fields": _("Search of an insurer"),
    "patients:payers": _("Search of an insurer"),
    "patients:prescriber": _("Prescriber"),
    "patients:prescriber_delete": _("Prescriber"),
    "patients:prescriber_new": _("Prescriber"),
    "patients:prescribers": _("List of prescribers"),
}
SPACES = {
    "accounts": _("My account"),
    "mandates": _("Mandates"),
    "members": _("Members of the practice"),
    "professionals": _("Record of a professional"),
    "substitutes": _("Substitutes"),
}


def _country(space: str) -> bool:
    """Tell whether a namespace of routes is a country's: its routes help to fill in a form."""
    return any(one.label == space and getattr(one, "country_code", "") for one in apps.get_app_configs())


def _of_countries() -> Iterator[Words]:
    for config in apps.get_app_configs():
        found = getattr(config, "journal", None)
        if isinstance(found, Words):
            yield found


def known(what: str) -> Any | None:
    """Give the words for a route or a verb; None when nobody has written them."""
    found = ROUTES.get(what) or VERBS.get(what)
    for one in _of_countries():
        found = found or one.routes.get(what) or one.verbs.get(what)
    if found:
        return found
    if what.startswith("professional."):
        return PROFESSIONAL.get(what.split(".")[1])
    space, route, _name = what.partition(":")
    return (SPACES.get(space) or (_("Help to fill in a form") if _country(space) else None)) if route else None


def called(what: str) -> str:
    """Give the words for a route or a verb; the code itself where there are none."""
    return str(known(what) or what)


def thing(named: str) -> str:
    """Write an object of the journal: `billing.Bill:31` is “bill 31”."""
    model, _colon, key = named.partition(":")
    of_country = next((one.objects[model] for one in _of_countries() if model in one.objects), model)
    return f"{OBJECTS.get(model, of_country)} {key}" if key else ""
