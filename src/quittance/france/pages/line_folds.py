"""The folded parts of the bill page: insurance, third-party payment, day and place, prescription."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quittance.billing.pages.draft_parts import Choice, Field, FieldKind, Fold, Sheet
from quittance.france import law
from quittance.france.pages.line_missing import COMMON_ACCIDENT, WORK
from quittance.france.pages.line_session import NO_COVER, chosen_cover, covers_of, french_of, is_doctor

AWAY = {"S1", "S2"}


def folds(sheet: Sheet) -> list[Fold]:
    """Give the folded parts, in the order of the page."""
    return [_insurance(sheet), _settlement(sheet), _day_and_place(sheet), _prescription(sheet)]


def _cover(sheet: Sheet) -> Mapping[str, Any]:
    found: Mapping[str, Any] = sheet.session["cover"]
    return found


def _field(sheet: Sheet, name: str, label: str, kind: FieldKind = "text", **more: Any) -> Field:
    """Make a field of the cover (c-), of what prices do not turn on (x-), or of the bill."""
    place, _dash, short = name.partition("-")
    if place == "c":
        value, path = _cover(sheet).get(short, ""), f"cover.{short}"
    elif place == "x":
        value, path = sheet.extras.get(short, ""), f"extras.{short}"
    else:
        value, path = sheet.session.get(name, ""), name
    settings = {"value": "" if value in (None, False) else str(value), "messages": sheet.told(path), **more}
    return Field(name=name, label=label, kind=kind, **settings)


def _choices(rows: Iterable[tuple[str, str]], typed: object) -> list[Choice]:
    return [Choice(value, label, chosen=value == (typed or "")) for value, label in rows]


def natures() -> list[tuple[str, str]]:
    """Natures of insurance in few words."""
    return [
        ("illness", _("Illness")),
        ("maternity", _("Maternity")),
        (WORK, _("Work accident")),
        ("free_care", _("Free care (SMG)")),
        ("prevention", _("Prevention")),
    ]


def _insurance(sheet: Sheet) -> Fold:
    cover = _cover(sheet)
    fields = list(_nature_fields(sheet))
    rows = [(code, f"{code} · {one.label}") for code, one in law.exemptions().items()]
    found = _choices(rows, cover.get("exemption", "0"))
    fields.append(
        _field(sheet, "c-exemption", _("Exemption"), "select", choices=found, help=_ald_hint(sheet), wide=True)
    )
    if _on_pathway(cover) and (is_doctor(sheet.professional) or cover.get("pathway")):
        fields += _pathway_fields(sheet)
    chip = _insurance_chip(sheet)
    return Fold(
        id="insurance",
        title=_("Insurance"),
        value=_insurance_value(sheet),
        chip=chip,
        chip_kind="warn" if cover.get("pathway") in AWAY else "info",
        open=any(field.bad for field in fields),
        fields=fields,
    )


def _nature_fields(sheet: Sheet) -> Iterable[Field]:
    nature = _cover(sheet).get("nature", "illness")
    yield _field(sheet, "c-nature", _("Nature"), "pills", choices=_choices(natures(), nature), wide=True)
    if nature == "illness":
        yield _field(sheet, "x-accident", _("Accident caused by a third party"), "check", wide=True)
        if sheet.extras.get(COMMON_ACCIDENT):
            yield _field(sheet, "x-accident_date", _("Date of the accident"), "date")
    elif nature == "maternity":
        yield _field(sheet, "x-maternity_date", _("Date (conception or birth)"), "date")
    elif nature == WORK:
        yield _field(sheet, "x-at_date", _("Date of the accident"), "date")
        yield _field(sheet, "x-at_number", _("Number of the accident"), help=_("Nine digits, on the accident sheet."))
        yield _field(sheet, "x-at_fund", _("Insurer of the accident"), help=_("Nine digits: scheme, fund, centre."))
    elif nature == "free_care":
        yield _field(sheet, "c-free_care_amount", _("Amount covered"), "money", unit="€", placeholder="0,00")


def _ald_hint(sheet: Sheet) -> str:
    french = french_of(sheet.patient)
    if french is None or not french.ald or _cover(sheet).get("exemption", "0") != "0":
        return ""
    return _("The patient has a long-term illness (ALD): choose 4 where the care relates to it.")


def _pathway_fields(sheet: Sheet) -> Iterable[Field]:
    cover = _cover(sheet)
    rows = [
        ("", _("Not concerned, or not said")),
        *((code, f"{code} · {one.label}") for code, one in law.pathway().items()),
    ]
    yield _field(
        sheet, "c-pathway", _("Care pathway"), "select", choices=_choices(rows, cover.get("pathway")), wide=True
    )
    declared = [("unknown", _("Not known")), ("yes", _("Yes")), ("no", _("No"))]
    found = _choices(declared, cover.get("treating_doctor", "unknown"))
    label = _("Treating doctor declared?")
    yield _field(sheet, "c-treating_doctor", label, "pills", choices=found, wide=True)


def _on_pathway(cover: Mapping[str, Any]) -> bool:
    """Say whether the nature of the insurance knows a care pathway."""
    nature = law.natures().get(str(cover.get("nature", "illness")))
    return nature is None or bool(nature.flags["pathway"])


def _insurance_value(sheet: Sheet) -> str:
    cover = _cover(sheet)
    nature = str(cover.get("nature", "illness"))
    # Another nature is told by the chip.
    parts = [dict(natures())[nature]] if nature == "illness" else []
    pathway = law.pathway().get(str(cover.get("pathway")))
    if pathway and _on_pathway(cover):
        parts.append(f"{pathway.code} {pathway.label[:1].lower()}{pathway.label[1:]}")
    return " · ".join(parts)


def _insurance_chip(sheet: Sheet) -> str:
    """Say what is not usual: another nature, an exemption, out of the pathway."""
    cover = _cover(sheet)
    nature = cover.get("nature", "illness")
    found = [dict(natures())[nature]] if nature not in ("illness", "") and nature in dict(natures()) else []
    found += [_("Third party")] if nature == "illness" and sheet.extras.get(COMMON_ACCIDENT) else []
    found += [_("Exo %s") % cover["exemption"]] if cover.get("exemption", "0") != "0" else []
    found += [_("FSV")] if cover.get("fsv") else []
    found += [str(cover["scheme"]).upper()] if cover.get("scheme", "none") != "none" else []
    found += [_("Out of the pathway")] if _on_pathway(cover) and cover.get("pathway") in AWAY else []
    return " · ".join(found)


def _settlement(sheet: Sheet) -> Fold:
    third = _cover(sheet)["third_party"]
    fields = [
        _field(sheet, "c-tp_amo", _("Fund (AMO)"), "check", value="1" if third["amo"] else ""),
        _field(
            sheet,
            "c-tp_amc",
            _("Complementary (AMC)"),
            "check",
            value="1" if third["amc"] else "",
        ),
    ]
    covers = covers_of(sheet.patient, sheet.day)
    chosen = chosen_cover(sheet.patient, sheet.day, str(sheet.extras.get("cover", "")))
    if covers:
        rows = [(str(one.pk), _cover_label(one)) for one in covers]
        typed = str(chosen.pk) if chosen else NO_COVER
        found = _choices([*rows, (NO_COVER, _("No complementary cover"))], typed)
        fields.append(_field(sheet, "x-cover", _("Complementary cover"), "select", choices=found, wide=True))
    told = [one for one in sheet.messages if one.path.startswith("cover.complementary")]
    return Fold(
        id="settlement",
        title=_("Third-party payment"),
        value=_settlement_value(third, str(chosen.payer) if chosen else ""),
        open=any(one.level == "error" for one in told),
        fields=fields,
        messages=told,
    )


def _cover_label(cover: Any) -> str:
    formula = getattr(getattr(cover, "french", None), "formula", "")
    known = law.formulas().get(formula)
    return f"{cover.payer} · {formula} {known.label}" if known else f"{cover.payer} · " + _("no formula")


def _settlement_value(third: Mapping[str, bool], payer: str) -> str:
    words = {
        (True, True): _("AMO and AMC"),
        (True, False): _("AMO only"),
        (False, True): _("AMC only"),
        (False, False): _("the patient pays all"),
    }
    text = words[bool(third["amo"]), bool(third["amc"])]
    return f"{text} · {payer}" if payer and third["amc"] else text


def places() -> list[tuple[str, str]]:
    """Where care is given."""
    return [
        ("office", _("At the practice")),
        ("home", _("At home")),
        ("remote", _("Remote")),
        ("institution", _("Institution")),
    ]


def _day_and_place(sheet: Sheet) -> Fold:
    place = str(sheet.extras.get("place", "office"))
    found = _choices(places(), place)
    told = sheet.told("date")
    today = sheet.draft.practice.today()
    shown = sheet.day.strftime("%d/%m/%Y")
    return Fold(
        id="place",
        title=_("Date and place"),
        value=f"{shown} · {dict(places()).get(place, place)}",
        chip=_chip_of_day(sheet.day, today),
        chip_kind="warn" if sheet.day > today else "info",
        open=bool(told),
        fields=[
            _field(sheet, "date", _("Date of the bill"), "date"),
            _field(sheet, "x-place", _("Place"), "pills", choices=found, wide=True),
        ],
        messages=[],
    )


def _chip_of_day(day: date, today: date) -> str:
    if day == today:
        return ""
    return _("In the future: %s") % day.strftime("%d/%m/%Y") if day > today else day.strftime("%d/%m/%Y")


def _prescription(sheet: Sheet) -> Fold:
    prescribed, by = str(sheet.extras.get("prescribed", "")), str(sheet.extras.get("prescriber", ""))
    parts = [by, "/".join(reversed(prescribed.split("-")))] if by or prescribed else [_("no prescription")]
    fields: Sequence[Field] = [
        _field(sheet, "x-prescribed", _("Date of the prescription"), "date"),
        _field(sheet, "x-prescriber", _("Prescriber"), help=_("Name and number, as on the prescription."), wide=True),
    ]
    return Fold(id="prescription", title=_("Prescription"), value=" · ".join(filter(None, parts)), fields=fields)
