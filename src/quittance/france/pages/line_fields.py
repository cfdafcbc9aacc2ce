"""The editor of an act: only the fields that the act allows to this professional on this day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.billing.pages.draft_parts import Act, Choice, Editor, Field, FieldKind, Message, Sheet
from quittance.france import law
from quittance.france.pages.line_act import Facts, Modifier, figure
from quittance.france.pages.line_input import day_or, decimal, facts_of, modifiers_for
from quittance.france.pages.line_session import DEDUCTIONS, bad_distance, kilometres, whole
from quittance.kernel.money import format_cents

DENTAL = {"19", "36", "53", "54", "18", "44", "45"}
NURSE = {"24"}
MOST_MODIFIERS = 4
EXCESS = {"A", "B", "D", "E", "F", "N"}


def editor(act: Act, sheet: Sheet) -> Editor:
    """Give the fields of an act."""
    known = facts_of(act, sheet)
    maker = _Maker(act, sheet, known)
    main = maker.ngap() if known.kind == "ngap" else maker.ccam()
    more = list(maker.rare())
    return Editor(
        fields=list(main),
        more=more,
        more_open=any(field.value or any(one.level == "error" for one in field.messages) for field in more),
        facts=list(maker.facts()),
    )


def french(amount: str) -> str:
    """Write an amount of the contract as a French reader does.

    >>> french("16.10")
    '16,10'
    """
    return amount.replace(".", ",")


def _whole_number(typed: str) -> str:
    return _("“%s” is no whole number. Write the kilometres or the trips in figures.") % typed


def pairs_of(known: Facts, at: int) -> list[int]:
    """List the activities (0) or phases (1) that the act has."""
    return sorted({pair[at] for pair in known.pairs})


class _Maker:
    """Makes the fields of one act."""

    def __init__(self, act: Act, sheet: Sheet, known: Facts) -> None:
        self.act, self.sheet, self.known = act, sheet, known
        self.answer = sheet.answer(act)
        self.specialty = str((sheet.professional.profile or {}).get("specialty", ""))

    def field(self, name: str, label: str, kind: FieldKind = "text", **more: object) -> Field:
        """Make a field with what was typed and the messages beside it."""
        value = self.act.get(name, "")
        settings = {"value": str(value) if value not in (None, False) else "", "messages": self.told(name), **more}
        return Field(name=f"a{self.act['id']}-{name}", label=label, kind=kind, **settings)  # type: ignore[arg-type]

    def told(self, name: str) -> Sequence[Message]:
        """Give the messages beside a field, without those told elsewhere in a word."""
        return [one for one in self.sheet.about(self.act, name) if not one.quiet]

    def date(self) -> Field:
        """The day of the act; empty is the day of the bill."""
        return self.field("date", _("Date of the act"), "date", placeholder=self.sheet.day.isoformat())

    def choices(self, name: str, rows: Iterable[tuple[str, str]], usual: str = "") -> list[Choice]:
        """Make choices, the typed one chosen."""
        typed = str(self.act.get(name, usual))
        return [Choice(value, label, chosen=value == typed) for value, label in rows]

    def ngap(self) -> Iterable[Field]:
        """Fields of a key-letter act, the usual ones."""
        known = self.known
        yield self.date()
        if known.per_km:
            yield from self.travel()
        else:
            yield self.field("quantity", _("Quantity"), "whole", placeholder="1")
        if known.coefficient_min != known.coefficient_max or "coefficient" in self.act:
            least, most = decimal(known.coefficient_min), decimal(known.coefficient_max)
            bounds = _("from %(least)s to %(most)s") % {"least": least, "most": most}
            yield self.field("coefficient", _("Coefficient"), "decimal", placeholder="1", help=bounds)
        if known.complements or "complement" in self.act:
            yield self.complement()
        yield self.qualifier()
        if self.act.get("qualifier") in EXCESS or "total" in self.act:
            yield self.total()

    def travel(self) -> Iterable[Field]:
        """The distance, from which the kilometres are figured, or the kilometres themselves."""
        day = day_or(str(self.act.get("date", "")), self.sheet.day)
        deduction = figure(DEDUCTIONS.get(self.known.code, ""), day) if self.known.code in DEDUCTIONS else None
        billed = kilometres(self.act, day)
        bad = bad_distance(self.act)
        told = {bad[0]: [replace(one, text=_whole_number(bad[1])) for one in self.told("quantity")]} if bad else {}
        yield self.field("km", _("Distance, one way"), "whole", unit="km", placeholder="—", messages=told.get("km", ()))
        yield self.field("trips", _("Return trips"), "whole", placeholder="1", messages=told.get("trips", ()))
        label = _("Kilometres billed")
        if bad:
            return
        if billed is None or deduction is None:
            yield self.field("quantity", label, "whole", placeholder="1")
            return
        one_way, trips = whole(self.act["km"]), whole(self.act.get("trips") or "1")
        text = ngettext(
            "%(trips)s return trip of 2 × %(km)s km, less %(less)s km each way by law",
            "%(trips)s return trips of 2 × %(km)s km, less %(less)s km each way by law",
            trips,
        ) % {"trips": trips, "km": one_way, "less": deduction}
        if billed == 0:
            text = _("The distance does not pass the deduction of the law: nothing to bill. Remove this line.")
        yield self.field("quantity", label, "fact", value=f"{billed} km", help=text, wide=True)

    def complement(self) -> Field:
        """Night and Sunday, where the profession has them."""
        words = {"night": _("Night"), "deep_night": _("Deep of night"), "sunday": _("Sunday, holiday")}
        typed = str(self.act.get("complement", "none"))
        found = [Choice("none", _("None"), chosen=typed == "none")]
        found += [Choice(word, words[word], typed == word, cents=cents) for word, cents in self.known.complements]
        if typed not in {one.value for one in found}:
            found.append(Choice(typed, words.get(typed, typed), chosen=True))
        return self.field("complement", _("Night or Sunday"), "pills", choices=found, wide=True)

    def qualifier(self) -> Field:
        """Why the fee is not the tariff."""
        closed = set() if self.specialty in DENTAL else {"B", "D"}
        closed |= set() if self.specialty in NURSE else {"F"}
        typed = self.act.get("qualifier")
        rows = [(code, f"{code} · {one.label}") for code, one in law.qualifiers().items() if code not in closed]
        rows += [(str(typed), str(typed))] if typed and typed in closed else []
        found = self.choices("qualifier", [("", _("None: the tariff")), *sorted(rows)])
        return self.field("qualifier", _("Expense qualifier"), "select", choices=found, wide=self.known.kind == "ccam")

    def total(self) -> Field:
        """The fee typed by hand."""
        return self.money("total", _("Fee asked"), "fee")

    def money(self, name: str, label: str, computed: str = "") -> Field:
        """An amount; while it is empty the figured one stands in the field."""
        known = french(self.answer[computed]) if self.answer and computed else ""
        return self.field(name, label, "money", placeholder=known or _("automatic"), unit="€")

    def ccam(self) -> Iterable[Field]:
        """Fields of an act of the classification, the usual ones."""
        known = self.known
        yield self.date()
        for name, label, at in (("activity", _("Activity"), 0), ("phase", _("Phase"), 1)):
            rows = pairs_of(known, at)
            if len(rows) > 1 or name in self.act:
                yield self.field(name, label, "pills", choices=self.pairs(name, rows, str(1 - at)))
        allowed = modifiers_for(self.act, self.sheet)
        if allowed or self.act.get("modifiers"):
            yield self.modifiers(allowed)
        if self.several() or "association" in self.act:
            yield self.association()
        if known.conditional or "exceptional" in self.act:
            yield self.exceptional()
        if known.agreement or "prior_agreement" in self.act:
            yield from self.agreement()
        yield self.qualifier()
        if self.act.get("qualifier") in EXCESS or "total" in self.act:
            yield self.total()

    def pairs(self, name: str, rows: Sequence[int], usual: str) -> list[Choice]:
        """Activities or phases of the act."""
        words = {1: _("operator"), 2: _("2nd"), 3: _("3rd"), 4: _("anaesthesia"), 5: _("bypass")}
        named = [
            (str(row), f"{row} · {words[row]}" if name == "activity" and row in words else str(row)) for row in rows
        ]
        found = self.choices(name, named, usual)
        typed = str(self.act.get(name, usual))
        return found if any(one.chosen for one in found) else [*found, Choice(typed, typed, chosen=True)]

    def modifiers(self, allowed: Sequence[Modifier]) -> Field:
        """Modifiers as buttons; those kept for another age are off, and so are all beyond four."""
        typed = self.act.get("modifiers", [])
        found = [
            Choice(
                one.code,
                one.label,
                chosen=one.code in typed,
                note=one.value,
                cents=one.cents,
                off=one.code not in typed and (len(typed) >= MOST_MODIFIERS or not one.fits_age),
            )
            for one in allowed
            if one.fits_age or one.code in typed
        ]
        known = {one.value for one in found}
        found += [Choice(code, _("not allowed here"), chosen=True) for code in typed if code not in known]
        return self.field("modifiers", _("Modifiers"), "toggles", value="", choices=found, wide=True)

    def several(self) -> bool:
        """Whether other acts of the classification stand in the bill."""
        return sum(facts_of(one, self.sheet).kind == "ccam" for one in self.sheet.acts) > 1

    def association(self) -> Field:
        """Share at which an act billed with others is paid."""
        notes = {"": "", "1": "100 %", "2": "50 %", "3": "75 %", "4": "100 %", "5": "100 %"}
        typed = str(self.act.get("association", ""))
        found = [Choice(code, code or _("None"), typed == code, note=note) for code, note in notes.items()]
        return self.field("association", _("Association code"), "pills", choices=found, wide=True)

    def exceptional(self) -> Field:
        """Whether the conditions of an act under conditions are met."""
        rows = [("", _("Not said")), ("O", _("O · conditions met")), ("N", _("N · not met"))]
        return self.field(
            "exceptional", _("Reimbursed under conditions"), "pills", choices=self.choices("exceptional", rows)
        )

    def agreement(self) -> Iterable[Field]:
        """What the insurer answered, and on which day it was asked."""
        rows = [(code, f"{code} · {one.label}") for code, one in law.agreements().items()]
        found = self.choices("prior_agreement", rows, "9")
        yield self.field("prior_agreement", _("Prior agreement"), "select", choices=found)
        if self.act.get("prior_agreement", "9") != "9":
            yield self.field("agreement_date", _("Asked on"), "date")

    def rare(self) -> Iterable[Field]:
        """What is seldom typed."""
        known = self.known
        if known.key_letter or self.act.get("half"):
            halved = "1" if self.act.get("half") else ""
            yield self.field("half", _("Second act of the session, at half"), "check", value=halved, wide=True)
        if known.kind == "ngap" and (known.agreement or "prior_agreement" in self.act):
            yield from self.agreement()
        yield self.money("unit_price", _("Unit price"), "unit_price")
        if known.kind == "ccam":
            yield self.money("base", _("Base (short)"), "base")
            usual = french(format_cents(known.cabinet_cents)) if known.cabinet_cents else "0,00"
            yield self.field("supplement", _("Supplement"), "money", placeholder=usual, unit="€")
        if self.act.get("qualifier") not in EXCESS and "total" not in self.act:
            yield self.total()
        if self.told("convention_tariff") or "convention_tariff" in self.act:
            yield self.money("convention_tariff", _("Convention tariff"))
        rows = [(code, f"{code} · {one.label}") for code, one in law.exemptions().items()]
        found = self.choices("exemption", [("", _("As the bill")), *rows])
        yield self.field("exemption", _("Exemption of this act"), "select", choices=found, wide=True)

    def facts(self) -> Iterable[tuple[str, str]]:
        """What the page tells of the act without a field."""
        if self.known.grouping:
            yield _("Grouping code"), f"{self.known.grouping} · {self.known.grouping_label}"


def tags(act: Act, sheet: Sheet) -> list[str]:
    """Say in short what was set on an act, for its line."""
    found = []
    quantity = act.get("quantity")
    billed = kilometres(act, day_or(str(act.get("date", "")), sheet.day))
    if billed is not None or act.get("code") in DEDUCTIONS:
        found.append(f"{billed if billed is not None else quantity or 1} km")
    elif quantity and str(quantity) != "1":
        found.append(f"× {quantity}")
    if act.get("coefficient"):
        found.append(f"coef. {french(str(act['coefficient']))}")
    words = {"night": _("night"), "deep_night": _("deep of night"), "sunday": _("Sunday, holiday")}
    found += [words[word] for word in (act.get("complement"),) if word in words]
    found += [_("at half")] if act.get("half") else []
    found += [_("activity %s") % act["activity"]] if act.get("activity", "1") != "1" else []
    found += ["+".join(act["modifiers"])] if act.get("modifiers") else []
    found += [_("assoc. %s") % act["association"]] if act.get("association") else []
    found += [_("qualifier %s") % act["qualifier"]] if act.get("qualifier") else []
    found += [_("exo %s") % act["exemption"]] if act.get("exemption") else []
    found += [_("agreement %s") % act["prior_agreement"]] if act.get("prior_agreement") else []
    found += [_("by hand")] if {"amo", "amc"} & act.keys() else []
    typed = act.get("date")
    if typed and typed != sheet.day.isoformat():
        found.insert(0, day_or(str(typed), sheet.day).strftime("%d/%m"))
    return found
