"""What Belgium has to say of a draft with its patient at hand: status and rights by day, agreements, share asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quittance.belgium import executing, nursing_verdicts, terms, verdicts
from quittance.belgium.file import forget
from quittance.belgium.insured import cover_on, rights_on
from quittance.belgium.numbers import NumberError, inami
from quittance.belgium.pages import patient_facts
from quittance.belgium.pages.line_session import days_of, first_day
from quittance.belgium.pricing.encode import own_tariffs_count
from quittance.belgium.terms import terms_of
from quittance.billing.models import Draft
from quittance.kernel.money import half_up, parse_cents
from quittance.patients.models import Patient
from quittance.people.models import Professional
from quittance.people.turns import take_turn
from quittance.web.country import Beside, DraftRules, Missing
from quittance.web.templatetags.quittance import day as written

ALL = 10_000


class BelgianDrafts(DraftRules):
    """What the pages of bills ask of Belgium beside its prices."""

    joined = ("belgian",)
    beside = Beside(
        word=gettext_lazy("Act outside the nomenclature"),
        short=gettext_lazy("outside the nomenclature"),
        why=gettext_lazy("No insurer reimburses an act outside the nomenclature: the patient bears it whole."),
        source=gettext_lazy("Amount typed"),
    )

    def begin(self, draft: Draft) -> None:
        """Wait for other bills of the patient, so that a session of the day or a quota is counted once."""
        if draft.patient is not None:
            take_turn(Patient, draft.patient.pk)
            forget(draft.patient)
            draft.professional.__dict__.pop(terms.KEPT, None)

    def judged(self, draft: Draft, session: Mapping[str, Any]) -> Sequence[Missing]:
        """Say what the status, the rights and the file of the patient make of the acts."""
        if draft.patient is None or not draft.input.get("acts"):
            return ()
        days = days_of(draft.input, date.fromisoformat(str(session["date"])))
        told = [*_to_come(draft, days), *_status(draft.biller, days), *_rights(draft, days, session)]
        told += _number(draft.input.get("extras", {}))
        if session.get("third_party"):
            told += executing.faults(draft, date.fromisoformat(str(session["date"])))
        return [*told, *verdicts.messages(draft, session), *nursing_verdicts.messages(draft, session)]

    def waived(self, draft: Draft, session: Mapping[str, Any], quote: Mapping[str, Any]) -> int:
        """Give the part of the personal share that is not asked in third-party payment."""
        asked = copay_bp(draft.biller, draft.patient)
        if asked >= ALL or not session.get("third_party"):
            return 0
        share = sum(parse_cents(act["personal_share"]) for act in quote["acts"])
        return share - half_up(share * asked, ALL)

    def printed(self, draft: Draft, day: date) -> Mapping[str, Any]:
        """Copy the patient as insured on the first day of care, the nurses and their group, and the prescriber named.

        The papers go to the mutuality of the care, which pays it, not to that of the day of the bill.
        """
        assert draft.patient is not None
        patient = patient_facts.printed(draft.patient, first_day(draft.input, day))
        found = {"prescriber": _prescriber(draft)} if draft.input.get("extras", {}).get("prescriber_name") else {}
        return {**patient, **found, **_group(draft), **executing.printed(draft, day)}


def copay_bp(professional: Professional, patient: Patient | None) -> int:
    """Give the share of the personal share that is asked, in basis points: the patient's own setting stands first."""
    belgian = getattr(patient, "belgian", None)
    own = None if belgian is None else belgian.copay_bp
    return int(professional.preferences.get("copay_bp", ALL)) if own is None else int(own)


def _status(professional: Professional, days: Sequence[date]) -> Iterator[Missing]:
    known = terms_of(professional)
    unknown = next((one for one in days if not known.convention(one)), None)
    if unknown is not None:
        text = _("The convention status on %(day)s is not known. Write it in the record of the professional.")
        yield Missing("convention.unknown", "professional.convention", text % {"day": written(unknown)})
        return
    other = next((one for one in days if known.convention(one) != known.convention(days[0])), None)
    if other is not None:
        text = _("The convention status changes before %(day)s: bill the sessions up to the change, then the others.")
        yield Missing("convention.changes", "date", text % {"day": written(other)})


def _to_come(draft: Draft, days: Sequence[date]) -> Iterator[Missing]:
    """Refuse care of a day to come: what is attested was done."""
    if days[-1] > draft.practice.today():
        text = _("The care of %(day)s is still to come: it is billed once given. Correct its day, or wait for it.")
        yield Missing("care.to_come", "date", text % {"day": written(days[-1])})


APART = ("palliative", "force_official")
"""What of a patient's rights is no insurability: each change of it has words of its own."""


def _rights(draft: Draft, days: Sequence[date], session: Mapping[str, Any]) -> Iterator[Missing]:
    assert draft.patient is not None
    if cover_on(draft.patient, days[0]) is None:
        text = _("The mutuality on %(day)s is not known. Write it in the patient's insurability.")
        yield Missing("insurability.missing", "patient", text % {"day": written(days[0])}, "warning")
    for day in days[1:]:
        changed = _changed(draft, days[0], day, session)
        if changed is not None:
            code, text = changed
            yield Missing(code, "date", text % {"day": written(day)})
            return


def _changed(draft: Draft, first: date, day: date, session: Mapping[str, Any]) -> tuple[str, str] | None:
    """Say what of the patient or of the own fees is another on a day than on the first one; None where nothing is."""
    patient = draft.patient
    assert patient is not None
    before, after = rights_on(patient, first), rights_on(patient, day)
    insured = [{name: value for name, value in one.items() if name not in APART} for one in (before, after)]
    if insured[0] != insured[1] or cover_on(patient, day) != cover_on(patient, first):
        text = _("The patient's insurability changes before %(day)s: bill the sessions up to the change apart.")
        return "insurability.changes", text
    if before.get("palliative") != after.get("palliative"):
        text = _("The palliative status begins by %(day)s: bill the sessions before its first day apart.")
        return "palliative.changes", text
    if _own_fees(draft, first, before, session) != _own_fees(draft, day, after, session):
        if before.get("force_official") != after.get("force_official"):
            text = _(
                "The patient's exception (official fee) begins or ends by %(day)s: "
                "bill the sessions up to the change apart."
            )
            return "exception.changes", text
        text = _("Your own tariff changes before %(day)s: bill the sessions up to the change apart.")
        return "custom_tariff.changes", text
    return None


def _own_fees(draft: Draft, day: date, rights: Mapping[str, Any], session: Mapping[str, Any]) -> dict[str, int]:
    """Give the own fees that a day asks: none where something imposes the official fee."""
    if not own_tariffs_count({**session, "patient": rights}):
        return {}
    return terms_of(draft.biller).fees(day, (str(act.get("code", "")) for act in draft.input["acts"]))


def _number(extras: Mapping[str, Any]) -> Iterator[Missing]:
    typed = str(extras.get("prescriber_number", "")).strip()
    try:
        if typed:
            inami.check(typed)
    except NumberError as error:
        yield Missing("prescriber.number", "extras.prescriber_number", str(error))


def _prescriber(draft: Draft) -> dict[str, str]:
    extras = draft.input["extras"]
    names = ("prescriber_name", "prescriber_number", "prescription_date")
    return {name: str(extras.get(name, "")) for name in names}


def _group(draft: Draft) -> dict[str, Any]:
    """Copy what the insurers and the papers want of a group."""
    told = terms_of(draft.biller).group
    return {"group": {"name": draft.practice.name, **told}} if told else {}
