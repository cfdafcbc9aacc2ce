"""The matrix of routes: what each role meets at each address. `matrix.csv` is the table, one row a route and method.

`python -m tests.web.matrix` writes the table anew from what the product does, to be read line by line before it is
kept.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.signed import enter

if TYPE_CHECKING:
    from tests.web.world import Person, Place

TABLE = Path(__file__).with_suffix(".csv")
METHODS = ("GET", "POST")
HERE = "http://testserver"
DOORS = {"login": "/login/", "choose": "/choose/", "lock": "/account/lock", "enrol": "/account/enrol"}
# The rows whose keys an address holds, in its order; an address without any stands as it is.
ROWS: dict[str, tuple[str, ...]] = {
    "people:demo_login": ("membership",),
    "accounts:session_end": ("absent",),
    "accounts:factor_remove": ("absent",),
    "accounts:invitation": ("token",),
    "members:": ("membership",),
    "substitutes:days": ("substitution",),
    "substitutes:confirm": ("substitution",),
    "substitutes:untick": ("substitution",),
    "substitutes:": ("substitute",),
    "mandates:give_type": ("type",),
    "mandates:ask_type": ("type",),
    "mandates:": ("mandate",),
    "groups:": ("member", "scope"),
    "professionals:address": ("professional", "address"),
    "professionals:convention": ("professional", "convention"),
    "professionals:accreditation": ("professional", "accreditation"),
    "professionals:bank": ("professional", "bank"),
    "professionals:social": ("professional", "social"),
    "professionals:training": ("professional", "training"),
    "professionals:premium": ("professional", "premium"),
    "professionals:situation": ("professional", "issuer"),
    "professionals:": ("professional",),
    "patients:cover_new": ("patient",),
    "patients:cover": ("cover",),
    "patients:payer": ("payer",),
    "patients:prescriber": ("prescriber",),
    "patients:": ("patient",),
    "billing:": ("bill", "payment"),
    "draft:favourite_delete": ("favourite",),
    "draft:": ("draft",),
    "belgium:bill_": ("bill",),
    "belgium:booklet": ("booklet",),
    "belgium:certificate": ("certificate",),
    "belgium:info_topic": ("topic",),
    "belgium:insurability": ("patient",),
    "belgium:insurability_delete": ("insured",),
    "belgium:insurability_period": ("insured",),
    "belgium:katz": ("patient",),
    "belgium:katz_change": ("evaluation",),
    "belgium:katz_delete": ("evaluation",),
    "belgium:katz_follow": ("evaluation",),
    "belgium:katz_print": ("evaluation",),
    "belgium:nursing": ("patient",),
    "belgium:nursing_choice": ("figure",),
    "belgium:recap": ("recap",),
    "belgium:speech": ("patient",),
    "belgium:speech_agreement": ("agreement",),
    "belgium:speech_agreement_check": ("patient",),
    "belgium:speech_agreement_new": ("patient",),
    "belgium:speech_stay": ("stay",),
    "belgium:speech_stay_new": ("patient",),
    "belgium:tariff": ("professional", "tariff"),
    "belgium:tariff_code": ("professional", "code"),
    "belgium:wound_add": ("patient",),
    "belgium:wound_delete": ("wound",),
    "belgium:number": ("niss",),
    "belgium:mutuality": ("fund",),
    "france:nir": ("field",),
    "france:fund_fields": ("regime", "caisse"),
    "france:formula": ("formula",),
}


def routes() -> dict[str, list[str]]:
    """Name every route of the product, with the parts that its address asks for."""
    return dict(_routes(get_resolver(), ""))


def _routes(resolver: Any, prefix: str) -> Iterator[tuple[str, list[str]]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}", list(entry.pattern.converters)
        else:
            inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
            yield from _routes(entry, inner)


def rows_of(route: str) -> tuple[str, ...]:
    """Say which rows an address names: by the longest beginning of its route's name that is known."""
    known = [start for start in ROWS if route.startswith(start)]
    return ROWS[max(known, key=len)] if known else ()


def address(route: str, parts: list[str], place: Place) -> str:
    """Write an address with the keys of the place's rows; one that asks for fewer takes the first ones."""
    names = rows_of(route)[: len(parts)]
    rows = [place.rows[name] for name in names]
    keys = [getattr(row, "pk", row) for row in rows]
    return reverse(route, kwargs=dict(zip(parts, keys, strict=True)))


def outcome(response: Any) -> str:
    """Say in one word what a request met."""
    target = response.headers.get("HX-Redirect") or response.headers.get("Location", "")
    path = target.removeprefix(HERE).partition("?")[0]
    for name, start in DOORS.items():
        if path.startswith(start):
            return name
    return "ok" if response.status_code < 400 else str(response.status_code)


def client_of(person: Person, place: Place) -> Client:
    """Give the browser of somebody, who has just proved who he is."""
    client = Client(raise_request_exception=False)
    if person.user is not None:
        enter(client, person.user, person.capacity, professional=place.rows["professional"].pk, recent=True)
    return client


def met(client: Client, place: Place, route: str, parts: list[str], method: str) -> str:
    """Ask for an address as somebody; whatever it changes, the cookie too, is undone."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, address(route, parts, place))
        transaction.set_rollback(True)
    client.cookies = cookies
    return outcome(answer)


def table() -> dict[tuple[str, str], dict[str, str]]:
    """Read the table: what each role meets, by route and method."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("route"), row.pop("method")): row for row in csv.DictReader(file)}


def write() -> None:
    """Write the table from what the product does now."""
    from tests.web import world

    made = world.build()
    asking = [(client_of(person, place), place) for person, place in made.people.values()]
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["route", "method", *made.people])
        for route, parts in sorted(routes().items()):
            for method in METHODS:
                found = [met(client, place, route, parts, method) for client, place in asking]
                rows.writerow([route, method, *found])


def main() -> None:
    """Write the table with a throw-away database."""
    import os
    import tempfile

    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"QUITTANCE_DATA": data, "DJANGO_SETTINGS_MODULE": "quittance.web.settings"}
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        write()


if __name__ == "__main__":
    main()
