"""Forms of speech therapy: a request for an agreement, its decision, the situation of a patient."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from quittance.belgium import speech
from quittance.belgium.law import speech as law
from quittance.belgium.models import SpeechAgreement, SpeechStay
from quittance.belgium.services.speech import DECISIONS, rule_of
from quittance.belgium.speech.quota import granted_by
from quittance.belgium.speech.requests import longest
from quittance.belgium.speech.setting import label
from quittance.kernel.dated import day_number, day_of
from quittance.patients.models import PRESENT, Patient, Prescriber
from quittance.people.professionals.dated_forms import DayInput

ASKED = ("disorder", "prolongs", "begin", "end", "prescriber", "prescriber_kind")
PAST = ("prescribed", "form", "prescription", "assessed", "onset", "begun_elsewhere")
ELSEWHERE = ("begun_elsewhere", "used_elsewhere")
AHEAD = _("This day is still to come: check the year.")


def disorders() -> list[tuple[str, str]]:
    """List the disorders of article 36 with their labels, in the order of the law."""
    return [(code, label(code)) for code in law.disorders()]


def longest_end(disorder: str, begin: date, *, prolongs: bool) -> date:
    """Give the last day that the law lets an agreement have."""
    day = day_number(begin)
    return day_of(longest(speech.Agreement(disorder, day, day, speech.Status.DRAFT, prolongs=prolongs)))


class AgreementForm(forms.ModelForm[SpeechAgreement]):
    """A request for treatment, or a prolongation; an end that is left out is the longest that the law allows."""

    disorder = forms.ChoiceField(label=_("Disorder"))
    prolongs = forms.TypedChoiceField(
        label=_("Kind of request"),
        choices=[("", _("first agreement")), ("1", _("prolongation"))],
        coerce=bool,
        empty_value="",
        required=False,
        widget=forms.RadioSelect,
    )
    end = forms.DateField(label=_("Last day"), required=False, widget=DayInput())
    prescriber_kind = forms.ChoiceField(
        label=_("Prescribed by"),
        choices=SpeechAgreement.PrescriberKind.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Not stated, the INAMI number of the prescriber tells it."),
    )

    class Meta:
        model = SpeechAgreement
        fields = (*ASKED, *PAST, "used_elsewhere", "note")
        labels: ClassVar = {
            "begin": _("First day"),
            "prescriber": _("Prescriber"),
            "prescribed": _("Treatment prescribed on"),
            "form": _("Form received by the mutuality on"),
            "prescription": _("Prescription received by the mutuality on"),
            "assessed": _("Last assessment made elsewhere"),
            "onset": _("Onset of the disorder"),
            "begun_elsewhere": _("Treatment begun elsewhere on"),
            "used_elsewhere": _("Sessions already used elsewhere"),
            "note": _("Note"),
        }
        help_texts: ClassVar = {
            "assessed": _("Only where no assessment is attested here."),
            "onset": _("Aphasia: the treatment begins within six months."),
            "used_elsewhere": _(
                "What a colleague billed under this agreement, in sessions of 30 minutes: an hour counts for two."
            ),
        }
        widgets: ClassVar = {
            **{name: DayInput() for name in ("begin", *PAST)},
            "used_elsewhere": forms.NumberInput({"inputmode": "numeric", "min": 0}),
        }

    def __init__(self, data: Any, patient: Patient, instance: SpeechAgreement, today: date) -> None:
        super().__init__(data, instance=instance)
        self.today, self.patient = today, patient
        fields: dict[str, Any] = self.fields
        fields["disorder"].choices = disorders()
        fields["prescriber"].queryset = Prescriber.objects.for_(patient).filter(PRESENT).order_by("folded", "pk")
        fields["prescriber"].empty_label = _("not stated")
        self.initial["prolongs"] = "1" if instance.prolongs else ""
        begin: date | None = instance.begin
        if instance._state.adding and begin is not None:
            self.initial["end"] = longest_end(instance.disorder, begin, prolongs=instance.prolongs)

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be: an end before the begin or after the longest, a day to come, more than is granted."""
        super().clean()
        told: dict[str, Any] = self.cleaned_data
        told["prolongs"] = bool(told.get("prolongs"))
        for name in PAST:
            if told.get(name) and told[name] > self.today:
                self.add_error(name, AHEAD)
        if told.get("begin") and told.get("disorder"):
            self._clean_end()
            self._clean_elsewhere()
        return told

    def _clean_end(self) -> None:
        told = self.cleaned_data
        latest = longest_end(told["disorder"], told["begin"], prolongs=bool(told.get("prolongs")))
        if "end" in self.errors:
            return
        told["end"] = told.get("end") or latest
        if told["end"] < told["begin"]:
            self.add_error("end", _("This day is before the first one: exchange them, or correct one."))
        elif told["end"] > latest:
            text = _("The law lets it last until %(day)s at most: write that day, or an earlier one.")
            self.add_error("end", text % {"day": f"{latest:%d/%m/%Y}"})

    def _clean_elsewhere(self) -> None:
        """Refuse a treatment begun after the agreement ends, and more sessions used than it grants."""
        told = self.cleaned_data
        begun, used, end = told.get("begun_elsewhere"), told.get("used_elsewhere"), told.get("end")
        if begun and end and begun > end:
            text = _("The agreement ends on %(day)s: write the day on which the treatment began, before that.")
            self.add_error("begun_elsewhere", text % {"day": f"{end:%d/%m/%Y}"})
        if used:
            granted = self._granted()
            if used > granted:
                text = _("The agreement grants %(granted)s sessions of 30 minutes: write how many of them were used.")
                self.add_error("used_elsewhere", text % {"granted": granted})

    def _granted(self) -> int:
        told, birth = self.cleaned_data, self.patient.birth_date
        day = day_number(told["begin"])
        asked = speech.Agreement(
            *(told["disorder"], day, day, speech.Status.DRAFT),
            prolongs=bool(told.get("prolongs")),
            sessions=self.instance.sessions,
        )
        return granted_by(asked, speech.Patient(None if birth is None else day_number(birth)))

    @property
    def told_elsewhere(self) -> bool:
        """Whether something is said of a treatment begun elsewhere: its fold then stands open."""
        return any(self[name].value() not in (None, "") or self[name].errors for name in ELSEWHERE)

    def values(self) -> dict[str, Any]:
        """Give the fields as the services write them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def request(self) -> speech.Agreement | None:
        """Give what is typed so far as the rules read it; None while disorder or begin are missing."""
        row = self.row()
        return None if row is None else rule_of(row)

    def row(self) -> SpeechAgreement | None:
        """Give what is typed so far as a row that is kept nowhere; None while disorder or begin are missing."""
        self.is_valid()
        told = self.cleaned_data
        if not told.get("disorder") or not told.get("begin"):
            return None
        blank = SpeechAgreement(status=self.instance.status or SpeechAgreement.Status.DRAFT)
        for name in self.Meta.fields:
            setattr(blank, name, told.get(name, False if name == "prolongs" else None))
        blank.prescriber_kind = told.get("prescriber_kind") or ""
        blank.end = told.get("end") or told["begin"]
        return blank


class StateForm(forms.Form):
    """How far a request is: a decision has its day, one in part its number of sessions."""

    state = forms.ChoiceField(label=_("State"), choices=SpeechAgreement.Status.choices)
    decided = forms.DateField(label=_("Day of the decision"), required=False, widget=DayInput())
    sessions = forms.IntegerField(
        label=_("Sessions of 30 minutes agreed"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        help_text=_("As on the letter of the medical adviser; left empty, the number of the law."),
    )

    def __init__(self, data: Any, today: date, row: SpeechAgreement) -> None:
        super().__init__(data, initial={"decided": row.decided or today, "sessions": row.sessions})
        self.today, self.row = today, row

    def clean(self) -> dict[str, Any]:
        """Ask for the day of a decision, and for the number of one in part."""
        super().clean()
        told = self.cleaned_data
        decides, decided = told.get("state") in DECISIONS, told.get("decided")
        if decides and "decided" not in self.errors:
            if decided is None:
                self.add_error("decided", _("Write the day of the decision, as on the letter."))
            elif decided > self.today:
                self.add_error("decided", AHEAD)
        if (
            told.get("state") == speech.Status.PARTIALLY_AGREED
            and not told.get("sessions")
            and "sessions" not in self.errors
        ):
            self.add_error("sessions", _("An agreement in part names its number of sessions: copy it from the letter."))
        self._clean_used(told.get("sessions"))
        return told

    def _clean_used(self, sessions: int | None) -> None:
        """Refuse fewer sessions than a colleague has used already."""
        used = self.row.used_elsewhere or 0
        if sessions and sessions < used:
            text = ngettext(
                "The agreement says that %(n)s session was used elsewhere, which is more: correct one of the two.",
                "The agreement says that %(n)s sessions were used elsewhere, which is more: correct one of the two.",
                used,
            )
            self.add_error("sessions", text % {"n": used})


class StayForm(forms.ModelForm[SpeechStay]):
    """Where a patient lives, learns or is treated, from a day on."""

    kind = forms.ChoiceField(label=_("Situation"), choices=SpeechStay.Kind.choices, widget=forms.RadioSelect)
    service = forms.ChoiceField(label=_("Hospital service (index)"), required=False)

    class Meta:
        model = SpeechStay
        fields = ("kind", "first", "last", "service")
        labels: ClassVar = {"first": _("First day"), "last": _("Last day")}
        help_texts: ClassVar = {"last": _("Left empty while it goes on.")}
        widgets: ClassVar = {"first": DayInput(), "last": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        excluded = sorted(law.excluded_services())
        fields["service"].choices = [("", _("another service")), *((one, one) for one in excluded)]

    def clean(self) -> dict[str, Any]:
        """Refuse a situation that ends before it begins; a service belongs to a hospital."""
        super().clean()
        told = self.cleaned_data
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            self.add_error("last", _("This day is before the first one: exchange them, or correct one."))
        if told.get("kind") != SpeechStay.Kind.HOSPITAL:
            told["service"] = ""
        return told

    def values(self) -> dict[str, Any]:
        """Give the fields as the services write them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
