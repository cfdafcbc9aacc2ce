"""Routes of the journal, below /journal/."""

from django.urls import path

from quittance.people.journal import pages

app_name = "journal"
urlpatterns = [
    path("", pages.list_page, name="list"),
    path("export/", pages.export_page, name="export"),
]
