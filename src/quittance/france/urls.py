"""Routes of France, below /fr/."""

from django.urls import URLPattern

app_name = "france"
urlpatterns: list[URLPattern] = []
