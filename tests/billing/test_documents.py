import io
from datetime import date

import pytest
from pypdf import PdfReader

from quittance.billing.documents import GENERIC, Receipt, compiled, page_of, print_receipt, receipt
from quittance.billing.models import BillEvent
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.payments import balance, record_payment
from quittance.billing.services.reading import bill_or_404
from tests.billing.making import MANUAL, make_bill


def text_of(pdf):
    pages = PdfReader(io.BytesIO(pdf)).pages
    return len(pages), " ".join(" ".join(page.extract_text() for page in pages).replace("\u202f", " ").split())


@pytest.fixture
def manual_bill(acting):
    return make_bill(acting, **MANUAL)


def test_the_receipt_says_all_that_was_billed_and_paid(acting, manual_bill):
    record_payment(acting, manual_bill, means="card", cents=11000, key="a", day=date(2026, 1, 6))
    pages, text = text_of(receipt(manual_bill))
    assert pages == 1
    for wanted in (
        "Facture",
        "N° 000000001",
        "05/01/2026",
        "Dr Alice Test",
        "N° AM 990000011",
        "Cabinet des Lilas",
        "Baptiste ADRUN",
        "14/08/1948",
        "Consultation",
        "30,00 123,80 10,00 0,00 113,80",
        "06/01/2026 Carte 110,00 €",
        "Reste à payer 3,80 €",
        "TVA non applicable",
        "1 / 1",
    ):
        assert wanted in text, wanted
    assert "Acquittée" not in text


def test_the_second_print_is_a_duplicate(acting, manual_bill):
    record_payment(acting, manual_bill, means="card", cents=11380, key="a")
    first, second = (text_of(print_receipt(acting, manual_bill))[1] for _ in range(2))
    assert "ACQUITTÉE" in first
    assert "DUPLICATA" not in first
    assert "DUPLICATA · ACQUITTÉE" in second
    assert manual_bill.events.filter(kind=BillEvent.What.PRINTED).count() == 2


def test_too_much_paid_is_to_be_given_back_and_a_cancelled_bill_says_so(acting, manual_bill):
    record_payment(acting, manual_bill, means="cash", cents=11400, key="a")
    assert "À rendre 0,20 €" in text_of(receipt(manual_bill))[1]
    cancel_bill(acting, manual_bill)
    text = text_of(receipt(bill_or_404(acting, manual_bill.pk)))[1]
    assert "ANNULÉE" in text
    assert "À rendre 114,00 €" in text


def test_a_usual_bill_is_one_page_and_a_long_one_repeats_its_head(acting):
    assert text_of(receipt(make_bill(acting, acts=[{"code": "G"}] * 12)))[0] == 1
    pages, text = text_of(receipt(make_bill(acting, acts=[{"code": "G"}] * 90)))
    assert pages > 2
    assert text.count("Honoraires") == pages
    assert text.count("Consultation") == 90


def test_a_country_without_a_form_of_its_own_has_the_generic_one(acting, manual_bill):
    data = Receipt(manual_bill.snapshot, [], balance(manual_bill), False, False)
    text = text_of(compiled(GENERIC, page_of(data)))[1]
    assert "000000001" in text
    assert "123,80" in text
