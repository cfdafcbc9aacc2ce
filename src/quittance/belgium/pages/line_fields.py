"""The editor of an act: the fields that it allows to this profession on this day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from quittance.belgium.documents.people import inami_text
from quittance.belgium.executing import Nurse
from quittance.belgium.law import speech
from quittance.belgium.pages.line_act import Facts, facts
from quittance.belgium.pages.line_input import verdicts_of
from quittance.belgium.pages.line_session import day_or, profession_of
from quittance.belgium.verdicts import may_pass
from quittance.billing.pages.draft_parts import Act, Choice, Editor, Field, FieldKind, Message, Sheet
from quittance.web.templatetags.quittance import euros


def reasons() -> list[tuple[str, str]]:
    """The legal reasons of a supplement, in the words of the convention."""
    return [
        ("", _("None")),
        ("early_hour", _("Before 8 o'clock")),
        ("weekend", _("Friday 19 h to Monday 8 h")),
        ("holiday", _("Legal holiday")),
        ("home_request", _("At home without medical need")),
        ("travel_request", _("Travel at the patient's request")),
        ("particular_demand", _("Particular demand of the patient")),
    ]


def editor(act: Act, sheet: Sheet) -> Editor:
    """Give the fields of an act."""
    maker = _Maker(act, sheet)
    more = list(maker.rare())
    bad = any(one.level == "error" for field in more for one in field.messages)
    return Editor(
        fields=list(maker.usual()),
        more=more,
        more_open=bad or any(act.get(name) for name in ("supplement", "supplement_reason")),
        facts=list(maker.told_of()),
    )


class _Maker:
    """Makes the fields of one act."""

    def __init__(self, act: Act, sheet: Sheet) -> None:
        self.act, self.sheet = act, sheet
        self.day = day_or(str(act.get("date", "")), sheet.day)
        self.known: Facts = facts(str(act["code"]), self.day)

    def field(self, name: str, label: str, kind: FieldKind = "text", **more: object) -> Field:
        """Make a field with what was typed and the messages beside it."""
        value = self.act.get(name, "")
        settings = {"value": str(value) if value not in (None, False) else "", "messages": self.told(name), **more}
        return Field(name=f"a{self.act['id']}-{name}", label=label, kind=kind, **settings)  # type: ignore[arg-type]

    def told(self, name: str) -> Sequence[Message]:
        """Give the messages beside a field, without those told elsewhere in a word."""
        return [one for one in self.sheet.about(self.act, name) if not one.quiet]

    def choices(self, name: str, rows: Iterable[tuple[str, str]]) -> list[Choice]:
        """Make choices, the typed one chosen."""
        typed = str(self.act.get(name, ""))
        return [Choice(value, label, chosen=value == typed) for value, label in rows]

    def usual(self) -> Iterable[Field]:
        """What is often typed: day, quantity, disorder, how many were treated together, the prescription."""
        yield self.field("date", _("Date of the act"), "date", placeholder=self.sheet.day.isoformat())
        if speech.act(self.known.code) is None:
            yield self.field("quantity", _("Quantity"), "whole", placeholder="1")
        if self.known.asks_disorder:
            rows = [(code, f"{code} · {one.label}") for code, one in speech.disorders().items()]
            found = self.choices("disorder", [("", _("Choose a disorder")), *rows])
            yield self.field("disorder", _("Disorder"), "select", choices=found, wide=True)
        if self.known.is_assessment:
            label = _("Prescription of the assessment")
            yield self.field("prescribed", label, "date", placeholder="")
        if self.known.is_collective:
            yield self.field("persons", _("Persons treated together"), "whole", placeholder="—")
        verdict = verdicts_of(self.sheet).get(self.sheet.position(self.act))
        if verdict is not None and (may_pass(verdict) or self.act.get("anyway")):
            label = _("Bill all the same: I have checked, and answer for it")
            yield self.field("anyway", label, "check", value="1" if self.act.get("anyway") else "", wide=True)

    def rare(self) -> Iterable[Field]:
        """What is seldom typed: a supplement and its reason."""
        yield self.field("supplement", _("Supplement asked"), "money", placeholder="0,00", unit="€")
        found = self.choices("supplement_reason", reasons())
        yield self.field("supplement_reason", _("Legal reason"), "select", choices=found, wide=True)

    def told_of(self) -> Iterable[tuple[str, str]]:
        """What the page tells of the act without a field."""
        if self.known.cents is not None:
            yield _("Official fee"), euros(self.known.cents)
        nurse = Nurse.of(self.act) if profession_of(self.sheet.professional) == "nurse" else None
        if nurse is not None:
            yield _("Executing nurse"), nurse.name
            yield _("INAMI number"), inami_text(nurse.number) or _("not known")
