"""Routes: each room has its own `urls.py`, each country its own below its code."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from quittance.web import pages
from quittance.web.country import countries

ROOMS = (
    ("", "quittance.people.urls"),
    ("", "quittance.people.accounts.door_urls"),
    ("account/", "quittance.people.accounts.urls"),
    ("professionals/", "quittance.people.professionals.urls"),
    ("members/", "quittance.people.members.urls"),
    ("substitutes/", "quittance.people.substitutes.urls"),
    ("mandates/", "quittance.people.mandates.urls"),
    ("groups/", "quittance.people.groups.urls"),
    ("journal/", "quittance.people.journal.urls"),
    ("patients/", "quittance.patients.urls"),
    ("bills/", "quittance.billing.urls"),
    ("bill/", "quittance.billing.draft_urls"),
)


def _present(module: str) -> bool:
    return find_spec(module.rpartition(".")[0]) is not None and find_spec(module) is not None


web = (
    [
        path("", pages.home, name="home"),
        path("components/", pages.components, name="components"),
    ],
    "web",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(web)),
    *(path(prefix, include(module)) for prefix, module in ROOMS if _present(module)),
    *(path(f"{code.lower()}/", include(country.urls)) for code, country in countries().items() if country.urls),
]
handler403 = "quittance.web.pages.refused"
handler404 = "quittance.web.pages.not_found"
handler429 = "quittance.people.accounts.pages.door.too_many"
handler500 = "quittance.web.pages.broken"
