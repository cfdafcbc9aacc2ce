"""Further situations of a professional (situations d'exercice): each with its own number, series and terms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.models import Issuer, Professional
from quittance.people.professionals import rules, services
from quittance.people.professionals.country import situation_part, warnings_of
from quittance.people.professionals.forms import IssuerForm
from quittance.people.professionals.pages.door import of_record


def _edit(request: PageRequest, professional: Professional, issuer: Issuer | None) -> HttpResponseBase:
    data = request.POST if request.method == "POST" else None
    form = IssuerForm(data, instance=issuer)
    part = situation_part(professional, data, issuer)
    if part is None:
        raise Http404
    if data is not None and all([form.is_valid(), part.is_valid()]):
        kept = issuer or Issuer(practice=professional.practice, professional=professional)
        services.keep_situation(request.acting, kept, form.values(), part)
        messages.success(request, _("The changes are kept."))
        for text in warnings_of(part):
            messages.warning(request, text)
        return redirect("professionals:detail", professional.pk)
    context = {"professional": professional, "form": form, "part": part, "issuer": issuer}
    return render(request, "professionals/situation.html", context, status=422 if data is not None else 200)


def _further(request: PageRequest, professional: Professional, row: int) -> Issuer:
    """Get a further situation; the main one is changed with the record."""
    main = services.main_issuer(professional)
    rows = Issuer.objects.for_(request.acting).filter(professional=professional)
    return access.own_or_404(request.acting, rows.exclude(pk=main.pk if main else 0), pk=row)


@of_record(rules.WHOLE)
def new_page(request: PageRequest, professional: Professional) -> HttpResponseBase:
    """Add a situation."""
    return _edit(request, professional, None)


@of_record(rules.WHOLE)
def change_page(request: PageRequest, professional: Professional, row: int) -> HttpResponseBase:
    """Change a further situation."""
    return _edit(request, professional, _further(request, professional, row))


@of_record(rules.WHOLE, post_only=True)
def archive_page(request: PageRequest, professional: Professional, row: int) -> HttpResponseBase:
    """Bill no longer in a situation, or again."""
    issuer = _further(request, professional, row)
    services.archive_situation(request.acting, issuer, archived=issuer.archived_at is None)
    text = _("No bill is made in this situation any more: its bills stay.") if issuer.archived_at else _("It is back.")
    messages.success(request, text)
    return redirect("professionals:detail", professional.pk)
