"""Bill with an invented country in the web app, from a new database to the receipt; what was met is printed as JSON.

Run by `test_third_country.py` in a process of its own, whose environment names the country's folder.
"""

from __future__ import annotations

import io
import json
import re
import sys
from html import unescape
from typing import Any

HTMX = {"HX-Request": "true"}
NEW = {"first_names": "Nina", "used_name": "", "sex": "M", "birth": "30/07/1985"}


def main() -> None:
    """Walk the pages as a professional does."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("makemigrations", "toyland", check=True, dry_run=True, verbosity=0)
    walk = Walk(opened("XT", "Cabinet du Jouet", "toy@example.org"))
    met = {**walk.patient(), **walk.bill(), **walk.issued(), **others(), "applications": applications()}
    sys.stdout.write(json.dumps(met))


def opened(country: str, name: str, email: str) -> Any:
    """Open a practice as the command does, and sign its owner in."""
    from django.test import Client

    from quittance.people.models import User
    from quittance.web.management.commands.open_practice import open_practice
    from tests.signed import enter

    answers = {"email": email, "first_name": "Ada", "last_name": "Essai", "profession": "Soignante"}
    open_practice(answers | {"number": "1", "practice": name}, country, {}, "quatre mots au hasard")
    return enter(Client(), User.objects.get(email=email))


def text_of(answer: Any) -> str:
    """The words of a page, without its tags."""
    assert answer.status_code < 400, (answer.status_code, answer.request["PATH_INFO"], answer.content[:2000])
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def value_of(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="{name}"', page)
    assert found is not None, name
    return unescape(found[1] or found[2] or "")


class Walk:
    """A browser in the practice."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.draft = 0
        self.bill_pk = 0

    def page(self, path: str) -> str:
        """A page as it is sent."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (answer.status_code, path)
        return str(answer.content.decode())

    def patient(self) -> dict[str, Any]:
        """Make a member; a number that cannot be one is refused and stays typed."""
        from quittance.patients.models import Patient

        form = self.page("/patients/create/")
        typed = {**NEW, "birth_name": "Exemple", "key": value_of(form, "key")}
        refused = self.client.post("/patients/create/", typed | {"member": "12"})
        made = self.client.post("/patients/create/", typed | {"member": "12345678"})
        patient = Patient.objects.unscoped("the walk of the test").get()
        return {
            "form": "Numéro de caisse" in form,
            "refused": [refused.status_code, "Huit chiffres" in refused.text, 'value="12"' in refused.text],
            "made": made.status_code,
            "member": patient.toy.member,  # type: ignore[attr-defined]
            "file": text_of(self.client.get(f"/patients/{patient.pk}/")),
            "change": "12345678" in self.page(f"/patients/{patient.pk}/change/"),
        }

    def post(self, **typed: Any) -> Any:
        """Send the bill page's form as its script does."""
        from quittance.billing.models import Draft

        draft = Draft.objects.unscoped("the walk of the test").get(pk=self.draft)
        sent = {"version": draft.version, "key": draft.key, "open": "", "why": ""} | typed
        return self.client.post(f"/bill/{self.draft}/", sent, headers=HTMX)

    def bill(self) -> dict[str, Any]:
        """Begin a draft, find acts, add them, refuse a quantity, explain an amount, issue."""
        from quittance.billing.models import Bill, Draft
        from quittance.patients.models import Patient

        patient = Patient.objects.unscoped("the walk of the test").get()
        started = self.client.post("/bill/start/", {"patient": patient.pk})
        self.draft = Draft.objects.unscoped("the walk of the test").get().pk
        empty = text_of(self.client.get(f"/bill/{self.draft}/"))
        found = text_of(self.client.get(f"/bill/{self.draft}/acts/", {"q": "exam"}, headers=HTMX))
        self.post(date="2026-06-30")
        self.post(do="add:VISIT")
        added = text_of(self.post(do="add:CALL"))
        wrong = text_of(self.post(**{"open": "2", "a2-quantity": "x"}))
        mended = text_of(self.post(**{"a2-quantity": "3"}))
        later = text_of(self.post(date="2026-07-01"))
        why = text_of(self.post(do="why:2:fund"))
        issued = self.post(do="issue")
        self.bill_pk = Bill.objects.unscoped("the walk of the test").get().pk
        return {
            "started": started.status_code,
            "empty": empty,
            "found": found,
            "added": added,
            "wrong": wrong,
            "mended": mended,
            "later": later,
            "why": why,
            "issued": [issued.status_code, issued.headers.get("HX-Redirect")],
        }

    def issued(self) -> dict[str, Any]:
        """Take the money, print the receipt, read the bill and the list; the bill prices the same again."""
        from pypdf import PdfReader

        from quittance.billing.models import Bill
        from quittance.billing.services.payments import balance

        address = f"/bills/{self.bill_pk}/"
        summary = text_of(self.client.get(f"{address}done/"))
        paid = self.client.post(f"{address}payments/", {"means": "cash", "amount": "13,50", "key": "once"})
        bill = Bill.objects.unscoped("the walk of the test").get()
        pdf = PdfReader(io.BytesIO(self.client.post(f"{address}receipt/").content))
        return {
            "summary": summary,
            "paid": [paid.status_code, balance(bill).paid_cents],
            "detail": text_of(self.client.get(address)),
            "list": text_of(self.client.get("/bills/?period=all")),
            "receipt": " ".join(" ".join(page.extract_text() for page in pdf.pages).split()),
            "snapshot": bill.snapshot,
        }


def others() -> dict[str, Any]:
    """The two real countries in the same process: their prices, and their pages."""
    from quittance import quote
    from quittance.kernel.country import countries
    from quittance.web import country

    sessions = {
        "FR": {"professional": {"specialty": "01"}, "acts": [{"code": "G"}]},
        "BE": {"professional": {"profession": "speech_therapist"}, "acts": [{"code": "712316"}]},
    }
    priced = {code: quote({"country": code, "date": "2026-05-04", **one}) for code, one in sessions.items()}
    forms = {
        code: opened(code, f"Cabinet {code}", f"{code.lower()}@example.org").get("/patients/create/")
        for code in sessions
    }
    return {
        "countries": [sorted(countries()), sorted(country.countries())],
        "priced": {code: answer["totals"]["fee"] for code, answer in priced.items()},
        "forms": {code: [page.status_code, "Numéro de caisse" in page.text] for code, page in forms.items()},
    }


def applications() -> list[str]:
    """The applied migrations of the invented country."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    rows = MigrationRecorder(connection).applied_migrations()
    return sorted(name for app, name in rows if app == "toyland")


if __name__ == "__main__":
    main()
