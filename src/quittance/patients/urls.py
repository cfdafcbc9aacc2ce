"""Routes of patients, covers and prescribers, below /patients/."""

from django.urls import URLPattern

app_name = "patients"
urlpatterns: list[URLPattern] = []
