"""Routes of Belgium: home nursing."""

from __future__ import annotations

from django.urls import URLPattern, path

from quittance.belgium.pages import katz, katz_wounds, nursing, nursing_choices

urlpatterns: list[URLPattern] = [
    path("patients/<int:pk>/katz/", katz.katz, name="katz"),
    path("patients/<int:pk>/katz/new/", katz.katz_new, name="katz_new"),
    path("patients/<int:pk>/katz/level/", katz.katz_level, name="katz_level"),
    path("katz/<int:pk>/", katz.katz_change, name="katz_change"),
    path("katz/<int:pk>/follow/", katz.katz_follow, name="katz_follow"),
    path("katz/<int:pk>/print/", katz.katz_print, name="katz_print"),
    path("katz/<int:pk>/delete/", katz.katz_delete, name="katz_delete"),
    path("patients/<int:pk>/wounds/", katz_wounds.wound_add, name="wound_add"),
    path("wounds/<int:pk>/delete/", katz_wounds.wound_delete, name="wound_delete"),
    path("nursing/choices/", nursing_choices.nursing_choices, name="nursing_choices"),
    path("nursing/choices/<slug:name>/", nursing_choices.nursing_choice, name="nursing_choice"),
    path("nursing/choices/<slug:name>/drop/", nursing_choices.nursing_choice_drop, name="nursing_choice_drop"),
    path("patients/<int:pk>/nursing/", nursing.nursing, name="nursing"),
    path("patients/<int:pk>/nursing/bill/", nursing.nursing_bill, name="nursing_bill"),
]
