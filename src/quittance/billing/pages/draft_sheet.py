"""Read a draft, price it, keep it: what every request of the bill page begins and ends with."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from quittance.billing.models import Draft
from quittance.billing.pages.draft_parts import BillPage, Message, Sheet, bill_page
from quittance.billing.reach import whole_drafts
from quittance.billing.services.drafts import keep_draft
from quittance.billing.services.pricing import day_of, missing, quoted, session_of, waived_of
from quittance.people.access import own_or_404
from quittance.people.acting import Acting

NO_ACTS = "acts.required"


def draft_or_404(acting: Acting, pk: int) -> Draft:
    """Get a draft of the practice with all that pricing reads."""
    draft = own_or_404(acting, whole_drafts(acting), pk=pk)
    if draft.patient is None:
        raise Http404
    # The practice is at hand: it need not be read again for each row.
    draft.practice = draft.patient.practice = draft.professional.practice = acting.practice
    return draft


def sheet_of(draft: Draft) -> Sheet:
    """Lay out a draft, not priced yet."""
    assert draft.patient is not None
    given = {"acts": [], "extras": {}, **draft.input}
    sheet = Sheet(draft, draft.patient, draft.biller, day_of(draft), given)
    number_acts(sheet)
    return sheet


def number_acts(sheet: Sheet) -> None:
    """Give each line its own number: the names of its fields are made with it."""
    following = int(sheet.extras.get("next", 1))
    for act in sheet.lines:
        if "id" not in act:
            act["id"] = following
        following = max(following, int(act["id"])) + 1 if act["id"] >= following else following
    if sheet.lines:
        sheet.extras["next"] = following


def price(sheet: Sheet, *, trace: bool) -> None:
    """Figure the bill as it stands, and collect what there is to say about it."""
    page = bill_page(sheet.draft.country)
    sheet.draft.input = sheet.input
    sheet.day = day_of(sheet.draft)
    sheet.session = session_of(sheet.draft)
    sheet.quote = quoted(sheet.session, trace=trace) if sheet.lines else {}
    told = sheet.quote.get("error", sheet.quote.get("messages", []))
    beside = [
        {"level": one.level, "code": one.code, "path": one.path, "message": one.text}
        for one in missing(sheet.draft, sheet.session)
    ]
    sheet.messages = [page.say(one) for one in (*told, *beside)]
    sheet.waived_cents = waived_of(sheet.draft, sheet.session, sheet.quote) if sheet.priced else 0


def keep(acting: Acting, sheet: Sheet, before: dict[str, Any], *, tell: bool = True) -> bool:
    """Save what changed; False when another window has saved in between."""
    return sheet.input == before or keep_draft(acting, sheet.draft, sheet.input, tell=tell)


def errors(sheet: Sheet) -> list[Message]:
    """List what keeps the bill from being issued, but for the balance."""
    return [one for one in sheet.messages if one.level == "error"]


def page_of(sheet: Sheet) -> BillPage:
    """Give the country's part of the page of a draft."""
    return bill_page(sheet.draft.country)
