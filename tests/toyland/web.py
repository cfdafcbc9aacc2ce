"""The web half of Toyland: the member number on the patient's form, and the acts of a bill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms

from quittance.web.country import Chip, Missing, PayerColumn

from .models import ToyPatient
from .page import ToyBillPage


class ToyPatientForm(forms.ModelForm[ToyPatient]):
    """The number at the fund."""

    template = "toyland/patient_form.html"
    member = forms.RegexField(
        r"^\d{8}$", label="Numéro de caisse", required=False, error_messages={"invalid": "Huit chiffres."}
    )

    class Meta:
        model = ToyPatient
        fields = ("member",)

    def save(self, patient: Any) -> ToyPatient:  # type: ignore[override]
        """Write the number beside the patient."""
        self.instance.patient, self.instance.practice = patient, patient.practice
        self.instance.save()
        return self.instance


def member_of(patient: Any) -> str:
    """His number at the fund; empty where there is none."""
    return str(getattr(getattr(patient, "toy", None), "member", ""))


class ToyWeb:
    """What patients and bills ask of Toyland (`quittance.web.country.CountryWeb`)."""

    payers: ClassVar = (PayerColumn("fund", "Caisse", "compulsory"), PayerColumn("patient", "Patient", "patient"))
    urls: ClassVar[Any] = None
    bill_page: ClassVar = ToyBillPage()

    def patient_form(self, data: Any, _files: Any, patient: Any) -> ToyPatientForm:
        """The form of a patient's number."""
        return ToyPatientForm(data, instance=getattr(patient, "toy", None))

    def cover_form(self, _data: Any, _patient: Any, _cover: Any) -> Any:
        """Never asked: nobody else bears a share."""
        raise LookupError("no complementary cover in Toyland")

    def chips(self, patient: Any, _day: date) -> list[Chip]:
        """Whether he is a member."""
        return [Chip("Affilié", "good") if member_of(patient) else Chip("Non affilié", "warn")]

    def patient_facts(self, patient: Any, _day: date) -> list[tuple[str, str]]:
        """His number."""
        member = member_of(patient)
        return [("Numéro de caisse", member)] if member else []

    def cover_notes(self, _covers: Any, _day: date) -> list[dict[str, Any]]:
        """None."""
        return []

    def session_input(self, draft_input: dict[str, Any], patient: Any, professional: Any, day: date) -> dict[str, Any]:
        """What was typed, over what is on file."""
        acts = [
            {name: act[name] for name in ("code", "quantity") if name in act} for act in draft_input.get("acts", [])
        ]
        for act in acts:
            if str(act.get("quantity", "")).isdecimal():
                act["quantity"] = int(act["quantity"])
        return {
            "country": "XT",
            "date": day.isoformat(),
            "professional": professional.profile,
            "patient": {"member": bool(member_of(patient))},
            "acts": acts,
        }

    def missing(self, _draft_input: Mapping[str, Any], _session: Mapping[str, Any]) -> Sequence[Missing]:
        """Nothing beside the prices."""
        return ()

    def covers(self, _draft_input: dict[str, Any], _patient: Any, _day: date) -> Mapping[str, Any]:
        """The fund has no cover of its own."""
        return {}

    def printed(self, patient: Any, _day: date) -> dict[str, Any]:
        """His number."""
        return {"member": member_of(patient)}

    def receipt(self, _data: Any) -> bytes | None:
        """The one of every country."""
        return None

    def demo_bills(self, _professional: Any) -> Sequence[list[dict[str, Any]]]:
        """None."""
        return ()

    def demo(self, _practice: Any) -> None:
        """Nothing."""
