"""Routes of Belgium: rules with their sources, competence codes, mutualities."""

from __future__ import annotations

from django.urls import URLPattern, path

from quittance.belgium.pages import info

urlpatterns: list[URLPattern] = [
    path("info/", info.index, name="info"),
    path("info/competences/", info.competences, name="info_competences"),
    path("info/mutualities/", info.mutualities, name="info_mutualities"),
    path("info/<slug:slug>/", info.topic, name="info_topic"),
]
