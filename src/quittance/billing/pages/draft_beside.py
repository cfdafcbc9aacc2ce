"""The lines beside the quote on the bill page: read from the form, their fields, what is said of their amounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import QueryDict
from django.utils.translation import gettext as _

from quittance.billing.pages.draft_parts import Act, Editor, Field, FieldKind, Sheet, Step
from quittance.billing.services import beside
from quittance.web.country import Beside, draft_rules
from quittance.web.templatetags.quittance import amount

LONGEST = 200


def words_of(sheet: Sheet) -> Beside:
    """Give what the country calls such a line: only a draft of a country that has them holds one."""
    found = draft_rules(sheet.draft.country).beside
    assert found is not None
    return found


def read(data: Mapping[str, Any], sheet: Sheet) -> None:
    """Take the fields that were shown into the draft; a day that is the bill's own is not kept, so that it follows."""
    shown = set(cast(QueryDict, data).getlist("shown"))
    if sheet.beside:
        sheet.input[beside.KEY] = [_read(one, data, shown, sheet.day.isoformat()) for one in sheet.beside]


def _read(line: Act, data: Mapping[str, Any], shown: set[str], billed_on: str) -> Act:
    found = dict(line)
    for name in beside.FIELDS:
        posted = _posted(line, name)
        if posted in shown:
            found[name] = data.get(posted, "").strip()[:LONGEST]
    if found.get("date") == billed_on:
        found["date"] = ""
    return {name: value for name, value in found.items() if value != ""}


def _posted(line: Act, name: str) -> str:
    return f"b{line['id']}-{name}"


def name_of(line: Act, sheet: Sheet) -> str:
    """Name a line by its label; before it has one, by what the country calls it."""
    return beside.label_of(line) or str(words_of(sheet).word)


def tags(line: Act, sheet: Sheet) -> list[str]:
    """Say in short what it is where its label does not, and its day where it has its own."""
    day = beside.day_of(line, sheet.day)
    own = [day.strftime("%d/%m")] if day is not None and day != sheet.day else []
    return [*own, *([str(words_of(sheet).short)] if beside.label_of(line) else [])]


def editor(line: Act, sheet: Sheet) -> Editor:
    """Give the fields of a line."""

    def field(name: str, label: str, kind: FieldKind = "text", **more: Any) -> Field:
        value, told = str(line.get(name, "")), sheet.about(line, name)
        return Field(_posted(line, name), label, kind, value, messages=told, **more)

    return Editor(
        [
            field("label", _("Label"), placeholder=_("Copy of a report, missed appointment…"), wide=True),
            field("amount", _("Amount"), "money", placeholder="0,00", unit="€"),
            field("date", _("Date of the act"), "date", placeholder=sheet.day.isoformat()),
        ]
    )


def why(line: Act, sheet: Sheet, role: str) -> list[Step]:
    """Explain an amount of a line: the patient bears it whole."""
    told = words_of(sheet)
    return [Step(str(told.why), amount(sheet.cents(line, role)), source=str(told.source))]
