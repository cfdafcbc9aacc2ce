"""The Belgian papers of one bill: its certificate, and the supporting document where the law wants one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quittance.belgium.documents.certificate import Prescriber
from quittance.belgium.documents.rules import DocumentError
from quittance.belgium.documents.supporting import Channel, warnings
from quittance.belgium.forms.papers import EAttestForm, PrescriberForm
from quittance.belgium.pages.papers_parts import lacks, pdf, request_of, tell
from quittance.belgium.services import booklets, papers
from quittance.belgium.services.certificates import of_bill, write_certificates
from quittance.belgium.services.supporting import (
    document_of,
    eattest_of,
    is_outdated,
    keep_eattest,
    papers_of,
    print_supporting,
)
from quittance.billing.models import Bill
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.payments import is_cancelled
from quittance.billing.services.reading import bill_or_404
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.powers import may


def _bill(request: PageRequest, pk: int) -> Bill:
    """Get a bill of this country; another's has no such papers."""
    bill = bill_or_404(request.acting, pk)
    if bill.country != "BE":
        raise Http404
    return bill


@access.page(power="bill.read")
@require_safe
def detail(request: PageRequest, pk: int) -> HttpResponse:
    """Show which papers the law wants for a bill, and why."""
    return _show(request, _bill(request, pk))


def _show(
    request: PageRequest, bill: Bill, form: PrescriberForm | None = None, receipt: EAttestForm | None = None
) -> HttpResponse:
    acting, today = request.acting, request.acting.today()
    packs = papers.waiting(acting, bill.professional, today, bill=bill)
    document, reason = document_of(acting, bill)
    prints = papers_of(acting, bill)
    by_eattest = reason is not None and document.channel is Channel.EATTEST
    count = sum(len(one.parts) for one in papers.printable(packs))
    context: dict[str, Any] = {
        "bill": bill,
        "cancelled": is_cancelled(bill),
        "rule": papers.paperless(bill, max((act.day for act in document.reimbursable), default=bill.day)),
        "certificates": list(of_bill(acting, bill)),
        "packs": packs,
        "count": count,
        "sheets": booklets.shown(booklets.coming(acting, bill.professional, count, today)),
        "short": count > booklets.left(acting, bill.professional, today),
        "blocked": [lack for one in packs if one.lacking for lack in lacks(one)],
        "asks_prescriber": any("prescriber" in one.lacking for one in packs),
        "form": form or PrescriberForm(None, today),
        "receipt": (receipt or EAttestForm(None, eattest_of(acting, bill))) if by_eattest else None,
        "waits": by_eattest and not document.eattest,
        "prints": prints,
        "outdated": is_outdated(document, prints),
        "document": document,
        "reason": reason,
        "warnings": warnings(document),
        "key": uuid.uuid4(),
        "may_print": may(acting, "bill.issue"),
    }
    return render(request, "belgium/papers_bill.html", context, status=200 if form is None and receipt is None else 422)


@access.page(power="bill.issue")
@require_POST
def write(request: PageRequest, pk: int) -> HttpResponseBase:
    """Write the certificate of one bill now; a prescriber may be said, where nobody is named."""
    bill, chosen = _bill(request, pk), None
    if "name" in request.POST:
        form = PrescriberForm(request.POST, request.acting.today())
        if not form.is_valid():
            return _show(request, bill, form)
        told = form.cleaned_data
        chosen = Prescriber(told["name"], told["number"], told["day"])
    try:
        made = write_certificates(request.acting, bill.professional, bill=bill, chosen=chosen)
    except RefusedError as refused:
        tell(request, refused)
    else:
        if made:
            messages.success(request, _("The certificate has its number. Download it and print it on its sheet."))
        else:
            messages.info(request, _("No certificate was written: see below what is missing, or what already is."))
    return redirect("belgium:bill_papers", pk)


@access.page(power="bill.issue")
@require_POST
def eattest(request: PageRequest, pk: int) -> HttpResponseBase:
    """Keep the receipt number of the eAttest with the bill."""
    bill, form = _bill(request, pk), EAttestForm(request.POST)
    if not form.is_valid():
        return _show(request, bill, receipt=form)
    keep_eattest(request.acting, bill, form.cleaned_data["numbers"])
    messages.success(request, _("The receipt number is kept with the bill: the supporting document bears it."))
    return redirect("belgium:bill_papers", pk)


@access.page(power="bill.issue")
@require_POST
def supporting(request: PageRequest, pk: int) -> HttpResponseBase:
    """Give the supporting document as PDF, where the law wants one; a version printed before is given again."""
    bill = _bill(request, pk)
    version = _version(request, bill)
    try:
        found = print_supporting(request.acting, bill, request_of(request), version)
    except DocumentError as lacking:
        messages.error(request, str(lacking))
        return redirect("belgium:bill_papers", pk)
    if found is None:
        messages.info(request, _("The law wants no supporting document for this bill: none was printed."))
        return redirect("belgium:bill_papers", pk)
    return pdf(found, _("supporting-%(reference)s.pdf") % {"reference": bill.reference})


def _version(request: PageRequest, bill: Bill) -> int | None:
    """Give the version that is asked for by its number, None for the one of now; 404 for one that was never printed."""
    typed = request.POST.get("version")
    found = next((one.version for one in papers_of(request.acting, bill) if str(one.version) == typed), None)
    if typed is not None and found is None:
        raise Http404
    return found
