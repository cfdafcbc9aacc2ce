"""Routes of Belgium: insurability."""

from __future__ import annotations

from django.urls import URLPattern, path

from quittance.belgium.pages import insurability, insurability_periods

urlpatterns: list[URLPattern] = [
    path("patients/<int:pk>/insurability/", insurability.page, name="insurability"),
    path("patients/<int:pk>/insurability/add/", insurability_periods.add_page, name="insurability_add"),
    path("patients/<int:pk>/exceptions/", insurability.exceptions_page, name="insurability_exceptions"),
    path("insurability/<int:pk>/", insurability_periods.change_page, name="insurability_period"),
    path("insurability/<int:pk>/delete/", insurability_periods.delete_page, name="insurability_delete"),
]
