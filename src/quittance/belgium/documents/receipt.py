"""The receipt of a Belgian bill: the one of every country, with the numbers and the names that Belgium prints.

A group bills in its own name; the nurse who gave the care stands below it.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quittance.belgium.documents.people import bce_text, inami_text
from quittance.billing.documents import GENERIC, Receipt, compiled, page_of
from quittance.billing.services.substitution import names
from quittance.web.templatetags.quittance import euros

SYSTEMS = {
    "be.inami": (gettext_lazy("INAMI number"), inami_text),
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
        found["from"]["profession"] = _("Care given by %(name)s") % {"name": names(snapshot)}
    told = snapshot["printed"]
    labels = ((_("National number (NISS)"), told.get("niss")), (_("Mutuality"), told.get("mutuality")))
    found["to"]["lines"] += [f"{label} : {value}" for label, value in labels if value]
    if waived := snapshot.get("waived_cents", 0):
        text = _("Personal share not asked: %(amount)s")
        found["mentions"] = [*found["mentions"], text % {"amount": euros(waived)}]
    return found


def _numbers(snapshot: Any) -> list[list[str]]:
    """List the numbers of who is paid: the group's before the nurse's."""
    group = snapshot["printed"].get("group") or {}
    rows = [
        [_("Group number"), inami_text(group.get("third_party_number", ""))],
        [_("Company number (BCE)"), bce_text(group.get("company_number", ""))],
    ]
    for one in snapshot["professional"]["identifiers"]:
        label, write = SYSTEMS.get(one["system"], (one["system"], str))
        rows.append([str(label), write(one["value"])])
    return [row for row in rows if row[1]]
