"""The receipt of a Belgian bill: the one of every country, with the numbers and the names that Belgium prints.

A group bills in its own name; the nurses who gave the care stand below it, and on the line of each act where they
are several.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quittance.belgium.documents.people import bce_text, inami_text, named
from quittance.belgium.executing import nurses_of
from quittance.billing.documents import GENERIC, Receipt, compiled, page_of
from quittance.billing.services.substitution import names
from quittance.web.templatetags.quittance import euros

INAMI, LABEL = "be.inami", 2
SYSTEMS = {
    INAMI: (gettext_lazy("INAMI number"), inami_text),
    "be.bce": (gettext_lazy("Company number (BCE)"), bce_text),
}


def receipt(data: Receipt) -> bytes:
    """Print the receipt."""
    return compiled(GENERIC, page(data))


def page(data: Receipt) -> dict[str, Any]:
    """Write its texts."""
    found, snapshot = page_of(data), data.snapshot
    found["from"]["identifiers"] = _numbers(snapshot)
    if group := snapshot["printed"].get("group"):
        found["from"]["name"] = group["name"]
    if group or _others(snapshot):
        found["from"]["profession"] = _("Care given by %(name)s") % {"name": _carers(snapshot)}
    _name_lines(found["rows"], snapshot)
    told = snapshot["printed"]
    labels = ((_("National number (NISS)"), told.get("niss")), (_("Mutuality"), told.get("mutuality")))
    found["to"]["lines"] += [f"{label} : {value}" for label, value in labels if value]
    if waived := snapshot.get("waived_cents", 0):
        text = _("Personal share not asked: %(amount)s")
        found["mentions"] = [*found["mentions"], text % {"amount": euros(waived)}]
    return found


def _others(snapshot: Any) -> bool:
    """Whether somebody else than who bills gave care."""
    return any(one["name"] != snapshot["professional"]["full_name"] for one in nurses_of(snapshot))


def _carers(snapshot: Any) -> str:
    """Name who gave the care, each with the INAMI number; a bill that names no nurse was made by who it is of."""
    word = _("INAMI number")
    told = dict.fromkeys(named(one["name"], one["number"], word) for one in nurses_of(snapshot))
    return ", ".join(told) or names(snapshot)


def _name_lines(rows: list[list[str]], snapshot: Any) -> None:
    """Write on each line whose it is, where several nurses gave care."""
    nurses = nurses_of(snapshot)
    if len({one["name"] for one in nurses}) < 2:
        return
    for one in nurses:
        for position in one["lines"]:
            rows[position - 1][LABEL] += f" · {one['name']}"


def _numbers(snapshot: Any) -> list[list[str]]:
    """List the numbers of who is paid: those of a group, whose nurses have theirs by their names, else the nurse's."""
    group = snapshot["printed"].get("group") or {}
    rows = [
        [_("Group number"), inami_text(group.get("third_party_number", ""))],
        [_("Company number (BCE)"), bce_text(group.get("company_number", ""))],
    ]
    told = bool(group and nurses_of(snapshot))
    for one in snapshot["professional"]["identifiers"]:
        if told and one["system"] == INAMI:
            continue
        label, write = SYSTEMS.get(one["system"], (one["system"], str))
        rows.append([str(label), write(one["value"])])
    return [row for row in rows if row[1]]
