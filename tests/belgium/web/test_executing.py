"""The executing nurses of a bill: copied with their numbers, printed on its papers, asked of third-party payment."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from bench.issue_queries import LIMIT
from bench.issue_queries import issued as counted
from quittance.belgium.documents.from_bill import Known, supporting_of
from quittance.belgium.documents.people import Patient, Provider
from quittance.belgium.documents.supporting import supporting_pdf
from quittance.belgium.models import IdentityReading
from quittance.billing.documents import receipt
from quittance.billing.models import Draft
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.people.models import Identifier
from tests.belgium import making
from tests.belgium.papers_making import address, texts
from tests.belgium.web.nursing_making import EMMA, MONDAY, READ, colleague, day_form, katz, nurse

pytestmark = pytest.mark.django_db
DORA = "61234516802"
TODAY = Known(Provider("", "", True, (), "0123456749"), Patient("", "", "135"))


@pytest.fixture
def acting():
    found = nurse(number="94000126001")
    address(found.practice)
    return found


@pytest.fixture
def patient(acting):
    found = making.patient_of(acting)
    katz(found)
    return found


def two_visits(acting, emma, **more):
    """A toilet by Dora, an injection by Emma."""
    me = acting.professional
    return day_form(
        {"nurse": str(me.pk), "acts": "toilet", **READ},
        {"nurse": str(emma.pk), "acts": "injection+rx", **READ, "hour": "18:00"},
        **more,
    )


def put(signed_in, patient, form):
    return signed_in.post(reverse("belgium:nursing_bill", args=[patient.pk]), form)


def issued(acting):
    draft = Draft.objects.for_(acting).get()
    return issue_bill(acting, draft.pk, str(draft.key), draft.version)


def printed(bill):
    return " ".join(texts(receipt(bill)))


def test_name_and_number_are_copied_and_what_changes_later_alters_nothing(signed_in, acting, patient):
    emma = colleague(acting)
    put(signed_in, patient, two_visits(acting, emma))
    bill = issued(acting)
    emma.last_name = "Mariée"
    emma.save()
    Identifier.objects.for_(acting).filter(professional=emma).update(value="49900362001")
    bill.refresh_from_db()
    assert bill.snapshot["printed"]["nurses"] == [
        {"name": "Dora Test", "number": DORA, "lines": [1, 2, 5]},
        {"name": "Emma Exemple", "number": EMMA, "lines": [3, 4]},
    ]
    text = printed(bill)
    assert (
        "Soins donnés par Dora Test · Numéro INAMI 6-12345-16-802, Emma Exemple · Numéro INAMI 4-99002-63-001" in text
    )
    assert "Mariée" not in text
    assert text.count("· Emma Exemple") == 2  # on her two lines
    assert text.count("· Dora Test") == 3


def test_the_supporting_document_names_each_nurse(signed_in, acting, patient):
    put(signed_in, patient, two_visits(acting, colleague(acting)))
    bill = issued(acting)
    pdf = supporting_pdf(supporting_of(bill.snapshot, TODAY, 0, date(2018, 3, 6)))
    assert pdf is not None
    text = " ".join(texts(pdf))
    for wanted in ("Dora Test", "1/6-12345-16-802", "Emma Exemple · N° INAMI 4-99002-63-001", "Cabinet de la Meuse"):
        assert wanted in text, f"{wanted} not in {text}"


def test_a_day_of_a_colleague_alone_is_hers_on_the_papers(signed_in, acting, patient):
    emma = colleague(acting)
    put(signed_in, patient, day_form({"nurse": str(emma.pk), "acts": "toilet", **READ}))
    bill = issued(acting)
    text = printed(bill)
    assert "Soins donnés par Emma Exemple" in text
    assert "6-12345-16-802" not in text
    assert "· Emma Exemple" not in text  # one nurse: her name once, above
    provider = supporting_of(bill.snapshot, TODAY, 0, date(2018, 3, 6)).provider
    assert (provider.name, provider.inami, provider.also) == ("Emma Exemple", EMMA, ())


def test_acts_typed_on_the_bill_are_those_of_who_bills(acting, patient):
    bill = making.bill_of(acting, patient, "425110", day=MONDAY, third_party=True)
    assert bill.snapshot["printed"]["nurses"] == [{"name": "Dora Test", "number": DORA, "lines": [1]}]


def test_a_speech_therapist_copies_no_nurse(belgian_practice):
    acting = making.at_work(belgian_practice)
    patient = making.patient_of(acting)
    making.agreement_of(patient)
    assert "nurses" not in making.bill_of(acting, patient, "712316").snapshot["printed"]


@pytest.mark.parametrize("number", ["", "later"])
def test_in_third_party_payment_a_nurse_without_number_on_the_day_is_refused(signed_in, acting, patient, number):
    emma = colleague(acting, "")
    if number:
        known = {"professional": emma, "from_day": date(2018, 3, 6)}
        Identifier.objects.for_(acting).create(system="be.inami", value=EMMA, **known)
    answer = put(signed_in, patient, two_visits(acting, emma))
    assert answer.status_code == 422
    assert "Le numéro INAMI de Emma Exemple au 05/03/2018 n’est pas connu" in answer.text
    assert "Inscrivez-le dans la fiche du professionnel" in answer.text
    assert not Draft.objects.for_(acting).exists()
    assert not IdentityReading.objects.for_(acting).exists()


def test_without_third_party_payment_her_name_is_enough_until_it_is_asked(signed_in, acting, patient):
    form = two_visits(acting, colleague(acting, ""))
    del form["third_party"]
    put(signed_in, patient, form)
    draft = Draft.objects.for_(acting).get()
    draft.input = {**draft.input, "cover": {"third_party": True}}
    draft.save()
    with pytest.raises(RefusedError) as refused:
        issued(acting)
    [problem] = refused.value.problems
    assert problem["code"] == "provider.number"
    assert "Emma Exemple" in problem["message"]
    draft.input = {**draft.input, "cover": {"third_party": False}}
    draft.save()
    text = printed(issued(acting))
    assert "Dora Test · Numéro INAMI 6-12345-16-802, Emma Exemple" in text


def test_who_bills_without_a_number_is_refused_too(acting, patient):
    Identifier.objects.for_(acting).filter(system="be.inami").delete()
    with pytest.raises(RefusedError) as refused:
        making.bill_of(acting, patient, "425110", "425014", day=MONDAY, third_party=True)
    assert [one["code"] for one in refused.value.problems] == ["provider.number"]
    assert making.bill_of(acting, patient, "425110", day=MONDAY).snapshot["printed"]["nurses"][0]["number"] == ""


def test_the_page_of_the_bill_shows_the_nurse_of_an_act(signed_in, acting, patient):
    put(signed_in, patient, two_visits(acting, colleague(acting)))
    draft = Draft.objects.for_(acting).get()
    sent = {"version": draft.version, "do": "open:4"}
    page = signed_in.post(reverse("draft:bill", args=[draft.pk]), sent, HTTP_HX_REQUEST="true").text
    assert "Infirmier exécutant" in page
    assert "Emma Exemple" in page
    assert "4-99002-63-001" in page


def test_issuing_a_day_of_two_nurses_stays_within_the_queries(signed_in, acting, patient):
    making.bill_of(acting, patient, "425110", day="2018-03-01")  # the counter of the series is made
    put(signed_in, patient, two_visits(acting, colleague(acting)))
    queries, _taken = counted(acting, Draft.objects.for_(acting).get())
    # The bench measures SQLite, where a patient's turn (`take_turn`) asks nothing.
    assert queries - (connection.vendor == "postgresql") <= LIMIT
