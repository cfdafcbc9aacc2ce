import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from quittance.billing.models import Payment
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.payments import balance, record_payment
from quittance.people.acting import acting_for
from quittance.people.models import Membership
from tests.billing.making import MANUAL, make_bill, make_patient

FORM = {"means": "card", "amount": "113,80", "key": "k1"}


@pytest.fixture
def bill(acting):
    return make_bill(acting, **MANUAL)


def url(name, *args):
    return reverse(f"billing:{name}", args=args)


def test_the_detail_shows_acts_shares_and_why(alice_client, bill):
    text = alice_client.get(url("detail", bill.pk)).text
    for wanted in (
        "000000001",
        "Baptiste ADRUN",
        "Consultation",
        "123,80",
        "113,80",
        "Pourquoi ce montant ?",
        "À régler",
    ):
        assert wanted in text, wanted


def test_the_page_after_issuing_gives_the_reference_and_one_tap(alice_client, bill):
    text = alice_client.get(url("summary", bill.pk)).text
    assert "Facture émise" in text
    assert 'value="113,80"' in text


def test_one_tap_pays_the_exact_balance_once(alice_client, bill):
    for _ in range(2):
        assert alice_client.post(url("pay", bill.pk), FORM)["Location"] == url("detail", bill.pk)
    assert balance(bill).is_settled
    assert Payment.objects.for_(bill).count() == 1
    assert "Réglée" in alice_client.get(url("detail", bill.pk)).text


def test_with_htmx_only_the_payments_come_back(alice_client, bill):
    answer = alice_client.post(url("pay", bill.pk), FORM, headers={"HX-Request": "true"})
    assert answer.text.lstrip().startswith("<section")
    assert "Réglée" in answer.text


@pytest.mark.parametrize(
    ("amount", "why"), [("0", "supérieur à zéro"), ("dix", "pas un montant"), ("1,234", "montant")]
)
def test_a_wrong_amount_is_refused_beside_its_field_and_kept(alice_client, bill, amount, why):
    answer = alice_client.post(url("pay", bill.pk), FORM | {"amount": amount})
    assert answer.status_code == 422
    assert why in answer.text
    assert f'value="{amount}"' in answer.text


def test_a_day_to_come_is_refused(alice_client, bill):
    assert "à venir" in alice_client.post(url("pay", bill.pk), FORM | {"day": "2999-01-01"}).text


def test_a_payment_is_changed_and_undone(alice_client, acting, bill):
    paid = record_payment(acting, bill, means="cheque", cents=11400, key="a")
    assert "À rendre" in alice_client.get(url("detail", bill.pk)).text
    assert 'value="114,00"' in alice_client.get(url("change_payment", bill.pk, paid.pk)).text
    alice_client.post(url("change_payment", bill.pk, paid.pk), FORM)
    assert balance(bill).is_settled
    last = Payment.objects.for_(bill).latest("pk")
    alice_client.post(url("reverse_payment", bill.pk, last.pk))
    assert balance(bill).paid_cents == 0


def test_a_cancelled_bill_says_so_and_leaves_the_list(alice_client, bill):
    assert bill.reference in alice_client.get(url("list") + "?period=all").text
    alice_client.post(url("cancel", bill.pk), {"reason": "doublon"})
    text = alice_client.get(url("detail", bill.pk)).text
    assert "doublon" in text
    assert "Annulée" in text
    assert bill.reference not in alice_client.get(url("list") + "?period=all").text
    assert bill.reference in alice_client.get(url("list") + "?period=all&state=cancelled").text


def test_the_receipt_is_a_pdf_named_after_the_bill(alice_client, bill):
    answer = alice_client.post(url("receipt", bill.pk))
    assert answer["Content-Disposition"] == 'attachment; filename="facture-000000001.pdf"'
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    assert alice_client.get(url("receipt", bill.pk)).status_code == 405


ROUTES = ("detail", "summary", "receipt", "cancel", "pay")


@pytest.mark.parametrize("name", ROUTES)
def test_for_a_stranger_the_bill_does_not_exist(charlie_client, bill, name):
    get = name in {"detail", "summary"}
    answer = charlie_client.get(url(name, bill.pk)) if get else charlie_client.post(url(name, bill.pk), FORM)
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["change_payment", "reverse_payment"])
def test_for_a_stranger_and_on_another_bill_the_payment_does_not_exist(
    alice_client, charlie_client, acting, bill, name
):
    paid = record_payment(acting, bill, means="card", cents=100, key="a")
    other = make_bill(acting)
    assert charlie_client.post(url(name, bill.pk, paid.pk), FORM).status_code == 404
    assert alice_client.post(url(name, other.pk, paid.pk), FORM).status_code == 404
    assert Payment.objects.for_(bill).count() == 1


def test_a_secretary_takes_money_but_does_not_correct(alice_client, acting, bill):
    Membership.objects.for_(acting).update(role="secretary")
    alice_client.post(url("pay", bill.pk), FORM)
    paid = Payment.objects.for_(bill).get()
    assert alice_client.post(url("reverse_payment", bill.pk, paid.pk)).status_code == 403
    assert "Supprimer le paiement" not in alice_client.get(url("detail", bill.pk)).text


@pytest.fixture
def many(acting):
    """Give four bills: to be paid, paid, to give back, cancelled."""
    bellec = make_patient(acting, "BELLEC", "Éloïse")
    unpaid = make_bill(acting, **MANUAL)
    paid = make_bill(acting, patient=bellec, day="2025-06-02")
    record_payment(acting, paid, means="card", cents=paid.patient_cents, key="a")
    negative = make_bill(acting)
    record_payment(acting, negative, means="cash", cents=3020, key="b")
    cancelled = make_bill(acting)
    cancel_bill(acting, cancelled)
    return {"unpaid": unpaid, "paid": paid, "negative": negative, "cancelled": cancelled}


def listed(client, many, query):
    text = client.get(f"{url('list')}?{query}").text
    return {name for name, bill in many.items() if bill.reference in text}


@pytest.mark.parametrize("state", ["unpaid", "paid", "negative", "cancelled"])
def test_the_list_filters_by_state(alice_client, many, state):
    assert listed(alice_client, many, f"period=all&state={state}") == {state}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("period=all", {"unpaid", "paid", "negative"}),
        ("period=all&q=bell", {"paid"}),
        ("period=all&q=eloise+BEL", {"paid"}),
        ("period=all&q=3", {"negative"}),
        ("period=all&q=000000002", {"paid"}),
        ("period=all&q=nobody", set()),
        ("period=custom&first=2025-06-01&last=2025-06-30", {"paid"}),
        ("period=custom&first=nonsense", {"unpaid", "paid", "negative"}),
    ],
)
def test_the_list_finds(alice_client, many, query, expected):
    assert listed(alice_client, many, query) == expected


def test_the_list_opens_on_older_bills_where_the_last_months_have_none(alice_client, acting):
    old = make_bill(acting, day="2025-06-02")
    text = alice_client.get(url("list")).text
    assert old.reference in text
    assert '<option value="all" selected>' in text
    assert old.reference not in alice_client.get(url("list"), {"period": ""}).text
    new = make_bill(acting, day=f"{acting.today():%Y-%m-%d}")
    text = alice_client.get(url("list")).text
    assert new.reference in text
    assert old.reference not in text


def test_words_that_are_not_known_filter_nothing(alice_client, many):
    query = {"period": "nonsense", "state": "nonsense", "page": "99", "first": "x"}
    assert alice_client.get(url("list"), query).status_code == 200


def test_the_totals_are_of_all_that_was_found(alice_client, many):
    text = alice_client.get(url("list") + "?period=all").text.replace("\u202f", " ")
    assert "183,80 €" in text
    assert "113,80 €" in text
    assert "0,20 €" in text


def test_the_list_shows_25_a_page_in_few_queries(alice_client, acting, django_assert_max_num_queries):
    patient = make_patient(acting)
    for _ in range(27):
        make_bill(acting, patient=patient)
    with django_assert_max_num_queries(9):
        text = alice_client.get(url("list") + "?period=all&page=2").text
    assert [number for number in range(1, 28) if f"{number:09d}" in text] == [1, 2]
    assert "Page 2 sur 2" in text


def test_one_who_works_alone_is_not_named_in_the_list(alice_client, charlie, acting):
    make_bill(acting)
    text = alice_client.get(url("list") + "?period=all").text
    assert "Professionnel" not in text
    assert "Dr Alice Test" not in text.split('id="found"')[1]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_colleagues_are_told_apart_by_name_in_as_few_queries(
    alice_client, acting, bob, headers, django_assert_max_num_queries
):
    patient = make_patient(acting)
    bob_acting = acting_for(bob)
    assert bob_acting is not None
    bills = [make_bill(one, patient=patient) for one in (acting, bob_acting)]
    assert {bill.reference for bill in bills} == {"000000001"}
    for _ in range(20):
        make_bill(acting, patient=patient)
    with django_assert_max_num_queries(9):
        text = alice_client.get(url("list") + "?period=all", headers=headers).text
    assert '<th scope="col">Professionnel</th>' in text
    rows = text.split("<tbody>")[1].split("<tr")[1:]
    first = {name for name in ("Alice", "Bob") for row in rows if "000000001" in row and f"Dr {name} Test" in row}
    assert first == {"Alice", "Bob"}
    assert sum("Dr Bob Test" in row for row in rows) == 1


def test_a_stranger_sees_none_of_them(charlie_client, many):
    assert "Aucune facture" in charlie_client.get(url("list")).text


def test_today_is_the_practices_day(alice_client, acting):
    bill = make_bill(acting, day=acting.today().isoformat())
    assert bill.reference in alice_client.get(url("list") + "?period=today").text
    assert date.fromisoformat(bill.snapshot["day"]) == acting.today()
