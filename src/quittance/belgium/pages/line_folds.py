"""The folded parts of the bill page: third-party payment, day and place, prescription."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from quittance.belgium.drafts import ALL, copay_bp
from quittance.belgium.pages.line_input import is_third_party
from quittance.belgium.pages.line_session import profession_of
from quittance.billing.pages.draft_parts import Choice, Field, FieldKind, Fold, Sheet

BESIDE = ("third_party", "patient", "professional", "custom_tariffs")


def folds(sheet: Sheet) -> list[Fold]:
    """Give the folded parts, in the order of the page."""
    return [_settlement(sheet), _day_and_place(sheet), _prescription(sheet)]


def _field(sheet: Sheet, name: str, label: str, kind: FieldKind = "text", **more: Any) -> Field:
    """Make a field of what prices do not turn on (x-), or of the bill."""
    place, _dash, short = name.partition("-")
    value, path = (sheet.extras.get(short, ""), f"extras.{short}") if place == "x" else (sheet.session.get(name), name)
    settings = {"value": "" if value in (None, False) else str(value), "messages": sheet.told(path), **more}
    return Field(name=name, label=label, kind=kind, **settings)


def _choices(rows: Iterable[tuple[str, str]], typed: object) -> list[Choice]:
    return [Choice(value, label, chosen=value == (typed or "")) for value, label in rows]


def _settlement(sheet: Sheet) -> Fold:
    given = is_third_party(sheet)
    told = [one for one in sheet.messages if one.path.split(".")[0] in BESIDE and not one.quiet]
    label = _("The mutuality pays me its part (third-party payment)")
    value = _("the mutuality pays its part") if given else _("the patient pays all")
    asked = copay_bp(sheet.professional, sheet.patient)
    if given and asked < ALL:
        value += " · " + (_("personal share not asked") if not asked else _("personal share asked in part"))
    return Fold(
        id="settlement",
        title=_("Third-party payment"),
        value=value,
        open=any(one.level == "error" for one in told),
        fields=[_field(sheet, "c-third_party", label, "check", value="1" if given else "", wide=True)],
        messages=told,
    )


def places(profession: str) -> list[tuple[str, str]]:
    """Where care is given; a code says its own place where none is chosen."""
    common = [("", _("As the code says")), ("practice", _("At the practice")), ("home", _("At home"))]
    speech = [("school", _("School")), ("rehabilitation", _("Rehabilitation centre")), ("hospital", _("Hospital"))]
    nurse = [("community", _("Community")), ("day_care", _("Day-care centre")), ("rest_home", _("Rest home"))]
    return common + {"speech_therapist": speech, "nurse": nurse}.get(profession, [("hospital", _("Hospital"))])


def _day_and_place(sheet: Sheet) -> Fold:
    place, rows = str(sheet.extras.get("place", "")), places(profession_of(sheet.professional))
    today, shown = sheet.draft.practice.today(), sheet.day.strftime("%d/%m/%Y")
    chip = "" if sheet.day == today else shown
    return Fold(
        id="place",
        title=_("Date and place"),
        value=" · ".join(part for part in ("" if chip else shown, str(dict(rows).get(place, place))) if part),
        chip=_("In the future: %s") % shown if sheet.day > today else chip,
        chip_kind="warn" if sheet.day > today else "info",
        open=bool(sheet.told("date")),
        fields=[
            _field(sheet, "date", _("Date of the bill"), "date"),
            _field(sheet, "x-place", _("Place"), "pills", choices=_choices(rows, place), wide=True),
        ],
    )


def _prescription(sheet: Sheet) -> Fold:
    by, on = str(sheet.extras.get("prescriber_name", "")), str(sheet.extras.get("prescription_date", ""))
    parts = [by, "/".join(reversed(on.split("-")))] if by or on else [_("no prescription")]
    number = sheet.told("extras.prescriber_number")
    return Fold(
        id="prescription",
        title=_("Prescription"),
        value=" · ".join(filter(None, parts)),
        open=bool(number),
        fields=[
            _field(sheet, "x-prescriber_name", _("Prescriber"), wide=True),
            _field(sheet, "x-prescriber_number", _("INAMI number of the prescriber")),
            _field(sheet, "x-prescription_date", _("Date of the prescription"), "date"),
        ],
    )
