"""How a professional likes to work (préférences, K04)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quittance.people.acting import PageRequest
from quittance.people.models import Professional
from quittance.people.professionals import rules, services
from quittance.people.professionals.country import half_of
from quittance.people.professionals.pages.door import of_record


@of_record(rules.WHOLE)
def preferences_page(request: PageRequest, professional: Professional) -> HttpResponseBase:
    """Show and change the preferences that the country knows."""
    half = half_of(professional.practice)
    data = request.POST if request.method == "POST" else None
    form = half.preferences_form(data, professional) if half else None
    if form is None:
        raise Http404
    if data is not None and form.is_valid():
        services.change_preferences(request.acting, professional, form)
        messages.success(request, _("Your preferences are kept: they count from the next bill on."))
        return redirect("professionals:preferences", professional.pk)
    context = {"professional": professional, "form": form}
    return render(request, "professionals/preferences.html", context, status=422 if data is not None else 200)
