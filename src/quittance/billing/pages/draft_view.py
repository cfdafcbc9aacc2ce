"""What the templates of the bill page draw: rows of acts, the split, the reasons, the explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from quittance.billing.models import Bill, Favourite
from quittance.billing.pages import draft_beside
from quittance.billing.pages.draft_parts import FEE, PATIENT, Act, Editor, Message, Quick, Sheet, Step, typed_cents
from quittance.billing.pages.draft_sheet import errors, page_of
from quittance.people.acting import Acting
from quittance.web.country import PayerColumn, country_web, draft_rules
from quittance.web.templatetags.quittance import segments

DUE = "due"
LAST_BILLS, RECENT_BILLS = 300, 30
MOST_QUICK = 6


@dataclass(frozen=True, slots=True)
class Share:
    """An amount of the split: of an act, or of the bill. `why` names its explanation."""

    role: str
    label: str
    css: str
    cents: int | None
    why: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """An amount of the recap that may be typed."""

    name: str
    label: str
    css: str
    value: str
    computed: int | None
    bad: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An act on the page."""

    id: str
    code: str
    label: str
    tags: Sequence[str]
    fee: int | None
    shares: Sequence[Share]
    messages: Sequence[Message]
    quiet: Sequence[Message]
    formula: str
    by_hand: Sequence[ByHand]
    open: bool
    editor: Editor | None = None

    @property
    def name(self) -> str:
        """What a reader aloud calls it: the code, the label of a line that has none."""
        return self.code or self.label

    @property
    def patient(self) -> int | None:
        """What is left to the patient."""
        return next((one.cents for one in self.shares if one.role == PATIENT), None)


@dataclass(frozen=True, slots=True)
class Why:
    """The explanation that is open: of an amount of an act, or of a total by its acts."""

    key: str
    title: str
    cents: int | None
    steps: Sequence[Step] = ()
    parts: Sequence[tuple[str, str, int | None, str]] = ()
    messages: Sequence[Message] = ()


def payers(sheet: Sheet) -> Sequence[PayerColumn]:
    """Name who bears the shares, in the words of the country."""
    return country_web(sheet.draft.country).payers


def rows(sheet: Sheet) -> list[Row]:
    """Draw the acts, then the lines beside the quote."""
    return [_row(sheet, act) for act in sheet.acts] + [_row_beside(sheet, line) for line in sheet.beside]


def _row(sheet: Sheet, act: Act) -> Row:
    page, number = page_of(sheet), str(act["id"])
    editor = page.editor(act, sheet) if number == sheet.open_act else None
    told = [one for one in sheet.messages if _is_about(one, sheet, act)]
    beside = _shown(editor)
    answer = sheet.answer(act)
    return Row(
        id=number,
        code=str(act["code"]),
        label=page.label(str(act["code"])),
        tags=page.tags(act, sheet),
        fee=sheet.cents(act, FEE),
        shares=_shares(sheet, act),
        messages=[one for one in told if not one.quiet and _name(one) not in beside],
        quiet=[one for one in told if one.quiet],
        formula=page.formula(answer, act) if answer else "",
        by_hand=[_by_hand(sheet, act, name) for name in page.by_hand],
        open=editor is not None,
        editor=editor,
    )


def _row_beside(sheet: Sheet, line: Act) -> Row:
    number, name = str(line["id"]), draft_beside.name_of(line, sheet)
    is_open = number == sheet.open_act
    return Row(
        id=number,
        code="",
        label=name,
        tags=draft_beside.tags(line, sheet),
        fee=sheet.cents(line, FEE),
        shares=_shares(sheet, line),
        messages=[] if is_open else [one for one in sheet.messages if _is_about(one, sheet, line)],
        quiet=[],
        formula=name,
        by_hand=[],
        open=is_open,
        editor=draft_beside.editor(line, sheet) if is_open else None,
    )


def _is_about(message: Message, sheet: Sheet, act: Act) -> bool:
    path = sheet.path(act)
    return message.path == path or message.path.startswith(f"{path}.")


def _name(message: Message) -> tuple[str, str]:
    return message.code, message.path


def _shown(editor: Editor | None) -> set[tuple[str, str]]:
    """Tell which messages already stand beside a field of the editor."""
    if editor is None:
        return set()
    return {_name(one) for field in (*editor.fields, *editor.more) for one in field.messages}


def _shares(sheet: Sheet, act: Act) -> list[Share]:
    return [
        Share(one.role, str(one.label), one.css, sheet.cents(act, one.role), f"{act['id']}:{one.role}")
        for one in payers(sheet)
    ]


def _by_hand(sheet: Sheet, act: Act, name: str) -> ByHand:
    column = next(one for one in payers(sheet) if one.role == name)
    bad = any(one.level == "error" for one in sheet.about(act, name))
    typed = str(act.get(name, ""))
    computed = sheet.cents(act, name) if typed_cents(typed) is None else None
    return ByHand(f"a{act['id']}-{name}", str(column.label), column.css, typed, computed, bad)


def totals(sheet: Sheet) -> list[Share]:
    """Draw the split of the bill."""
    return [Share(one.role, str(one.label), one.css, sheet.total(one.role), f":{one.role}") for one in payers(sheet)]


def reasons(sheet: Sheet) -> list[str]:
    """Say why the bill cannot be issued yet; empty when it can."""
    if not sheet.lines:
        return [_("Add an act: the bill has none.")]
    found = [one.text for one in errors(sheet)]
    for act in sheet.acts if sheet.priced else []:
        negative = [share for share in _shares(sheet, act) if share.cents is not None and share.cents < 0]
        if negative:
            text = _("%(code)s: the share “%(share)s” is negative. Change the amounts of the recap until it balances.")
            found.append(text % {"code": act["code"], "share": negative[0].label})
    return list(dict.fromkeys(found))


def notices(sheet: Sheet) -> list[Message]:
    """Collect what is said of the whole bill."""
    return [one for one in sheet.messages if not one.path]


def elsewhere(sheet: Sheet, shown: set[tuple[str, str]]) -> list[Message]:
    """Collect the errors that no field on the page shows: none may be told nowhere."""
    of_a_line = tuple(map(sheet.path, sheet.lines))
    return [one for one in errors(sheet) if not one.path.startswith(of_a_line) and _name(one) not in shown]


def why(sheet: Sheet, key: str) -> Why | None:
    """Explain the amount that `key` names: `act:role`, without act for a total."""
    number, _colon, role = key.partition(":")
    columns = {one.role: str(one.label) for one in payers(sheet)}
    label = {FEE: _("Fee"), DUE: _("Asked of the patient today"), **columns}.get(role)
    if label is None or not sheet.priced:
        return None
    if not number:
        return _why_total(sheet, key, role, label)
    act = next((one for one in sheet.lines if str(one["id"]) == number), None)
    if act is None:
        return None
    cents = None if role == DUE else sheet.cents(act, role)
    if sheet.is_beside(act):
        return Why(key, f"{draft_beside.name_of(act, sheet)} · {label}", cents, draft_beside.why(act, sheet, role))
    answer = sheet.answer(act)
    if answer is None:
        return None
    quiet = [one for one in sheet.messages if one.quiet and role == FEE and _is_about(one, sheet, act)]
    return Why(key, f"{act['code']} · {label}", cents, steps=page_of(sheet).why(answer, role), messages=quiet)


def _why_total(sheet: Sheet, key: str, role: str, label: str) -> Why:
    """Explain a total by its acts, each of which explains itself."""
    told = [
        (*_named(sheet, act), None if role == DUE else sheet.cents(act, role), f"{act['id']}:{role}")
        for act in sheet.lines
    ]
    cents = sheet.asked_cents if role == DUE else sheet.total(role)
    return Why(key, label, cents, parts=told, messages=[one for one in notices(sheet) if one.quiet])


def _named(sheet: Sheet, act: Act) -> tuple[str, str]:
    """Give the code of an act and its label; a line beside the quote has a label only."""
    if sheet.is_beside(act):
        return "", draft_beside.name_of(act, sheet)
    return str(act["code"]), page_of(sheet).label(str(act["code"]))


def recent_codes(acting: Acting, sheet: Sheet) -> list[str]:
    """List the codes of the professional's last bills, the most used first."""
    last = Bill.objects.for_(acting).order_by("-day", "-pk").values_list("pk", "professional_id")[:LAST_BILLS]
    # The practice's last bills come from its index; to ask for one professional's would sort all of his.
    mine = [pk for pk, whose in last if whose == sheet.professional.pk][:RECENT_BILLS]
    found = Bill.objects.for_(acting).filter(pk__in=mine).values_list("lines__code", flat=True)
    codes = [code for code in found.order_by() if code]
    return sorted(dict.fromkeys(codes), key=lambda code: -codes.count(code))


def quick(acting: Acting, sheet: Sheet) -> list[Quick]:
    """Propose the last bill of the patient, the favourites, then the usual sets of the profession."""
    found = []
    rows = Bill.objects.for_(acting).filter(patient=sheet.patient, professional=sheet.professional)
    last = rows.exclude(events__kind="cancelled").only("pk", "day").order_by("-day", "-pk").first()
    if last is not None:
        codes = " + ".join(code or name for code, name in last.lines.values_list("code", "label")[:4])
        label = _("As on %s") % last.day.strftime("%d/%m")
        found.append(Quick(label, f"like:{last.pk}", "arrow-uturn-left", first=True, title=codes))
    favourites = Favourite.objects.for_(acting).filter(professional=sheet.professional).order_by("-uses", "label")
    found += [Quick(one.label, f"favourite:{one.pk}", "star", title=one.label) for one in favourites[:MOST_QUICK]]
    sets = page_of(sheet).common(sheet) if len(found) < MOST_QUICK else []
    found += [Quick(label, f"common:{place}") for place, (label, _acts) in enumerate(sets)]
    return found[: MOST_QUICK + 1]


def context(sheet: Sheet, opened: str) -> dict[str, Any]:
    """Give the templates all that a change may change."""
    folds = page_of(sheet).folds(sheet)
    shown = {_name(one) for fold in folds for field in fold.fields for one in field.messages}
    shown |= {_name(one) for fold in folds for one in fold.messages}
    drawn, shares = rows(sheet), totals(sheet)
    reason = reasons(sheet)
    return {
        "draft": sheet.draft,
        "patient": sheet.patient,
        "day": sheet.day,
        "age": sheet.patient.age(sheet.day),
        "open_act": sheet.open_act,
        "rows": drawn,
        "beside": draft_rules(sheet.draft.country).beside,
        "folds": folds,
        "recap_open": any((share.cents or 0) < 0 for row in drawn for share in row.shares),
        "recap_shown": bool(sheet.professional.preferences.get("recap")),
        "may_type": bool(page_of(sheet).by_hand),
        "recap_by_hand": any(field.value for row in drawn for field in row.by_hand),
        "fee": sheet.total(FEE),
        "due": sheet.asked_cents,
        "waived": sheet.waived_cents,
        "shares": shares,
        "bar": segments([{"css": one.css, "cents": one.cents} for one in shares]),
        "priced": sheet.priced,
        "reasons": reason,
        "notices": [one for one in notices(sheet) if not one.quiet] + elsewhere(sheet, shown),
        "why": why(sheet, opened) if opened else None,
    }
