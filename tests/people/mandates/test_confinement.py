"""A mandatary of Alice, who works beside Bob, meets her rows and none of his: on every route, by every manager."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLPattern, get_resolver, reverse

from quittance.billing.models import Bill, BillEvent, Draft, Favourite, Line, Payment, Receivable, Share
from quittance.billing.services.payments import record_payment
from quittance.patients import search
from quittance.patients.models import Cover, Patient, PatientWord
from quittance.patients.services import add_cover, create_patient, lost_with, record_payer
from quittance.people.acting import acting_for
from quittance.people.models import (
    BankAccount,
    Identifier,
    Issuer,
    Mandate,
    Practice,
    Professional,
)
from tests.billing.making import make_bill, make_draft, make_patient
from tests.people.mandates import making
from tests.people.mandates.making import proposed, signed

TABLES = (
    Bill,
    BillEvent,
    Cover,
    Draft,
    Favourite,
    Identifier,
    Issuer,
    Line,
    Mandate,
    Patient,
    PatientWord,
    Payment,
    Professional,
    Receivable,
    Share,
)


@dataclass
class Own:
    """The rows of one professional."""

    acting: Any
    patient: Patient
    bill: Bill
    draft: Draft
    payment: Payment
    favourite: Favourite
    cover: Cover
    account: BankAccount
    keys: list[int]


def _fill(user: Any, secret: str) -> Own:
    acting = acting_for(user)
    assert acting is not None
    assert acting.professional is not None
    patient = make_patient(acting, f"{secret}PATIENT")
    payer = record_payer(acting, "test", f"9{len(secret)}", "Mutuelle commune", "complementary")
    cover = add_cover(patient, payer, {"member_number": f"{secret}MEMBER"})
    bill = make_bill(acting, patient=patient)
    payment = record_payment(acting, bill, means="cash", cents=100, key=f"{secret}-1", note=f"{secret}NOTE")
    draft = make_draft(acting, patient=patient)
    favourite = Favourite.objects.for_(acting).create(
        professional=acting.professional, label=f"{secret}SET", input={"acts": []}
    )
    Identifier.objects.for_(acting).create(professional=acting.professional, system="test", value=f"{secret}NUMBER")
    account = BankAccount.objects.for_(acting).create(
        professional=acting.professional, holder=f"{secret}HOLDER", iban="BE68539007547034", from_day="2026-01-01"
    )
    rows: tuple[Any, ...] = (patient, bill, draft, payment, favourite, cover, account, acting.professional)
    return Own(acting, patient, bill, draft, payment, favourite, cover, account, sorted({row.pk for row in rows}))


@pytest.fixture
def hers(alice: Any) -> Own:
    return _fill(alice, "QQALICE")


@pytest.fixture
def his(bob: Any, hers: Own) -> Own:
    return _fill(bob, "QQBOB")


@pytest.fixture
def common(hers: Own, his: Own) -> Patient:
    """A patient of both: each has made a bill."""
    patient = make_patient(his.acting, "QQCOMMON")
    make_bill(his.acting, patient=patient)
    make_bill(his.acting, patient=patient)
    make_bill(hers.acting, patient=patient)
    return patient


def _mandatary(practice: Practice, hers: Own, scope: str) -> Any:
    """Let the practice be a Belgian one, where mandates are, and give one."""
    Practice.objects.filter(pk=practice.pk).update(country="BE")
    grantor = Professional.objects.for_(practice).select_related("practice", "user").get(pk=hers.acting.professional.pk)
    Identifier.objects.for_(grantor).create(professional=grantor, system="be.inami", value=making.INAMI)
    who = making.user("Noemie", making.NISS)
    made = signed(grantor, who, scope)
    acting = acting_for(who, f"mandate:{made.pk}")
    assert acting is not None
    return acting


@pytest.fixture
def billing(practice: Practice, hers: Own, his: Own, common: Patient) -> Any:
    """At work under a mandate of billing."""
    return _mandatary(practice, hers, making.BILLING)


def test_each_table_gives_her_rows_and_none_of_his(billing, hers, his, common):
    beside = Professional.objects.for_(billing.practice).select_related("practice", "user")
    proposed(beside.get(pk=his.acting.professional.pk), making.PROSANTE, number=making.OTHER_NISS)
    for model in TABLES:
        seen = set(model.objects.for_(billing).values_list("pk", flat=True))
        everybody = set(model.objects.for_(billing.practice).values_list("pk", flat=True))
        assert seen, model
        assert seen < everybody, model
    for row in (his.patient, his.bill, his.draft, his.payment, his.favourite, his.cover, his.acting.professional):
        assert not type(row).objects.for_(billing).filter(pk=row.pk).exists(), row
    for row in (hers.patient, hers.bill, hers.draft, hers.payment, hers.favourite, hers.cover, common):
        assert type(row).objects.for_(billing).filter(pk=row.pk).exists(), row


def test_search_finds_her_patients_alone(billing):
    for order in search.ORDERS:
        names = {one.birth_name for one in search.patients(billing, "qq", order)}
        assert names == {"QQALICEPATIENT", "QQCOMMON"}
        assert {one.birth_name for one in search.patients(billing, "", order)} == names
    assert search.patients(billing, "qqbob") == []


def test_related_rows_of_a_common_patient_do_not_leak(billing, hers, common):
    assert common.bills.count() == 3
    assert common.bills.for_(billing).count() == 1
    assert lost_with(common, billing)["bills"] == 1
    assert {one.professional_id for one in common.bills.for_(billing)} == {hers.acting.professional.pk}


def test_a_patient_made_under_the_mandate_is_hers_and_seen_by_him(billing, his):
    made = create_patient(billing, {"birth_name": "Nouveau"})
    assert made.registered_for == billing.professional
    assert [one.pk for one in search.patients(billing, "nouveau")] == [made.pk]
    assert search.patients(his.acting, "nouveau") == [made]


def test_a_patient_is_registered_for_whom_one_works_and_for_nobody_in_a_command(acting, practice):
    assert create_patient(acting, {"birth_name": "Un"}).registered_for == acting.professional
    assert create_patient(practice, {"birth_name": "Deux"}).registered_for is None


def _routes(resolver: Any = None, spaces: str = "") -> Any:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{spaces}{entry.name}", list(entry.pattern.converters)
        else:
            inner = f"{spaces}{entry.namespace}:" if entry.namespace else spaces
            yield from _routes(entry, inner)


AWAY = ("accounts:", "people:logout", "people:choose", "people:demo_login", "mandates:leave", "mandates:end")
ROUTES = [
    (name, names)
    for name, names in _routes()
    if ":" in name and not name.startswith(AWAY) and not set(names) - {"pk", "row", "payment", "line"}
]


def _addresses(keys: list[int]) -> Any:
    for name, names in ROUTES:
        if not names:
            yield reverse(name)
        for key in keys if names else ():
            yield reverse(name, kwargs=dict.fromkeys(names, key))


def _state(rows: Own) -> Any:
    """All that a foreign hand could change of somebody's rows."""
    kept = [type(row).objects.for_(rows.acting.practice).filter(pk=row.pk).values().get() for row in _rows(rows)]
    mine = {"professional": rows.acting.professional.pk}
    counted = [model.objects.for_(rows.acting.practice).filter(**mine).count() for model in (Bill, Draft, Favourite)]
    return kept, counted, rows.bill.payments.count(), rows.bill.events.count()


def _rows(rows: Own) -> tuple[Any, ...]:
    return (rows.patient, rows.draft, rows.favourite, rows.cover, rows.account, rows.acting.professional)


def _client(acting: Any, client_of: Any) -> Any:
    client = client_of(acting.user)
    sent = {"capacity": acting.capacity, "professional": acting.professional.pk}
    assert client.post("/choose/", sent).status_code == 302
    return client


@pytest.mark.routes
@pytest.mark.parametrize("scope", [making.BILLING, pytest.param("medico_administrative", marks=pytest.mark.once)])
def test_no_route_shows_or_changes_what_is_his(practice, hers, his, common, client_of, scope):
    acting = _mandatary(practice, hers, scope)
    client, before, seen = _client(acting, client_of), _state(his), ""
    client.raise_request_exception = False
    for path in _addresses(his.keys):
        for answer in (client.get(path), client.post(path, {"patient": his.patient.pk, "do": "add:G", "version": 1})):
            text = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
            assert answer.status_code < 500, path
            assert "QQBOB" not in text, path
            seen += text
        assert client.session["capacity"] == acting.capacity, path
    assert "QQALICE" in seen
    assert _state(his) == before


@pytest.mark.routes
@pytest.mark.once
@pytest.mark.parametrize("scope", [making.FILE, "training_master"])
def test_a_mandate_of_the_record_opens_her_record_and_nothing_of_patients(
    practice, hers, his, common, client_of, scope
):
    acting = _mandatary(practice, hers, scope)
    client = _client(acting, client_of)
    client.raise_request_exception = False
    for path in _addresses(sorted({*hers.keys, *his.keys})):
        answer = client.get(path)
        assert answer.status_code < 500, path
        text = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
        for word in ("QQBOB", "QQALICEPATIENT", "QQCOMMON", "QQALICEMEMBER", "QQALICENOTE", "QQALICESET"):
            assert word not in text, (path, word)
        if path.startswith(("/patients/", "/bills/", "/bill/")):
            assert answer.status_code in {403, 405}, path
    own = client.get(reverse("professionals:mine"), follow=True)
    assert own.status_code == 200
    assert acting.professional.last_name in own.text
    assert client.get(reverse("professionals:detail", args=[his.acting.professional.pk])).status_code == 404


@pytest.mark.parametrize("scope", ["social_status", making.FILE, making.PROSANTE, "training_master"])
def test_the_mandates_of_the_authority_open_parts_of_the_record_alone(practice, hers, scope):
    assert all(power.startswith("record.") for power in _mandatary(practice, hers, scope).granted)


def test_her_bills_open_and_his_do_not(billing, hers, his, client_of):
    client = _client(billing, client_of)
    assert client.get(reverse("billing:detail", args=[hers.bill.pk])).status_code == 200
    assert client.post(reverse("billing:receipt", args=[hers.bill.pk]))["Content-Type"] == "application/pdf"
    for name in ("detail", "summary"):
        assert client.get(reverse(f"billing:{name}", args=[his.bill.pk])).status_code == 404
    for name in ("receipt", "cancel", "pay"):
        assert client.post(reverse(f"billing:{name}", args=[his.bill.pk])).status_code == 404
    listed = client.get("/bills/?period=all").text
    assert f"/bills/{hers.bill.pk}/" in listed
    assert f"/bills/{his.bill.pk}/" not in listed
    assert client.get(reverse("patients:detail", args=[his.patient.pk])).status_code == 404


def test_what_the_mandate_leaves_out_is_refused(billing, hers, client_of):
    client = _client(billing, client_of)
    assert client.post(reverse("patients:delete", args=[hers.patient.pk])).status_code == 403
    where = [hers.bill.pk, hers.payment.pk]
    assert client.post(reverse("billing:reverse_payment", args=where)).status_code == 403
    page = client.get(reverse("patients:detail", args=[hers.patient.pk])).text
    assert "Supprimer le dossier" not in page
