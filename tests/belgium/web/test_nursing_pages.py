"""The page of a day of care: lines at once, refusals with their reason, the draft in the order of the law."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from quittance.audit import events
from quittance.belgium.models import IdentityReading
from quittance.belgium.nursing import check
from quittance.belgium.pages.nursing_sheet import Sheet
from quittance.belgium.services import care
from quittance.belgium.services.nursing import judge
from quittance.billing.models import Bill, Draft
from quittance.billing.services.issue import issue_bill
from quittance.people.models import Identifier, Membership, Professional, User
from tests.belgium import making
from tests.belgium.web.nursing_making import EMMA, MONDAY, READ, colleague, day_form, katz, nurse
from tests.signed import enter

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def acting():
    return nurse(number="94000126001")


@pytest.fixture
def emma(acting):
    return colleague(acting)


@pytest.fixture
def patient(acting):
    found = making.patient_of(acting)
    katz(found)
    return found


def visit(who, acts, **more):
    return {"nurse": str(who.pk), "acts": acts, **READ, **more}


def judged(signed_in, patient, form, **more):
    return signed_in.post(reverse("belgium:nursing", args=[patient.pk]), form | more, **HTMX).text


def bill(signed_in, patient, form):
    return signed_in.post(reverse("belgium:nursing_bill", args=[patient.pk]), form)


def page_of(signed_in, patient, **query):
    return signed_in.get(reverse("belgium:nursing", args=[patient.pk]), query).text


def draft_of(acting):
    return Draft.objects.for_(acting).get()


def told(draft, *names):
    return [tuple(act.get(name) for name in names) for act in draft.input["acts"]]


def issued(acting, draft):
    found = Draft.objects.for_(acting).get(pk=draft.pk)
    return issue_bill(acting, found.pk, str(found.key), found.version)


def test_a_flat_rate_of_two_nurses_lands_in_the_draft_in_its_order(signed_in, acting, patient, emma):
    me = acting.professional
    answer = bill(signed_in, patient, day_form(visit(me, "toilet"), visit(emma, "injection+rx", hour="18:00")))
    draft = draft_of(acting)
    assert answer.url == reverse("draft:bill", args=[draft.pk])
    provider = Identifier.objects.for_(acting).get(system="be.inami", professional=me).value
    assert told(draft, "code", "role", "visit", "provider", "norm") == [
        ("425014", "statistic", 1, provider, "1"),
        ("425110", "statistic", 1, provider, "1"),
        ("425036", "statistic", 2, EMMA, "1"),
        ("423076", "statistic", 2, EMMA, "1"),
        ("425272", "flat", 1, provider, "9"),
    ]
    assert {act["date"] for act in draft.input["acts"]} == {MONDAY}
    assert draft.input["acts"][3]["prescribed"] == "2018-01-15"
    assert (draft.input["date"], draft.input["cover"]) == (MONDAY, {"third_party": True})
    assert draft.input["extras"]["place"] == "home"
    assert [row.professional for row in IdentityReading.objects.for_(acting).order_by("visit")] == [me, emma]
    assert {event.what for event in events(acting)} >= {"identity.keep", "draft.change"}


def test_it_is_issued_by_the_ledger_with_its_zero_lines(signed_in, acting, patient, emma):
    bill(signed_in, patient, day_form(visit(acting.professional, "toilet"), visit(emma, "injection+rx")))
    made = issued(acting, draft_of(acting))
    assert [line.fee_cents for line in made.lines.all()] == [0, 0, 0, 0, 1755]
    assert {one.role: one.cents for one in made.receivables.all()} == {"insurer": 1317, "patient": 438}
    assert made.snapshot["draft"]["acts"][-1]["norm"] == "9"


def test_two_submits_put_the_day_once(signed_in, acting, patient):
    form = day_form(visit(acting.professional, "toilet injection+rx"))
    for _ in range(2):
        assert bill(signed_in, patient, form).status_code == 302
    assert len(draft_of(acting).input["acts"]) == 4
    assert IdentityReading.objects.for_(acting).count() == 1


def test_other_days_and_other_acts_of_the_draft_stay(signed_in, acting, patient):
    bill(signed_in, patient, day_form(visit(acting.professional, "toilet"), day="2018-03-06"))
    draft = draft_of(acting)
    draft.input["acts"].append({"code": "101076", "date": MONDAY})
    draft.save()
    bill(signed_in, patient, day_form(visit(acting.professional, "toilet")))
    assert told(draft_of(acting), "code", "date") == [
        ("101076", MONDAY),
        ("425014", MONDAY),
        ("425110", MONDAY),
        ("425272", MONDAY),
        ("425014", "2018-03-06"),
        ("425110", "2018-03-06"),
        ("425272", "2018-03-06"),
    ]
    assert draft_of(acting).input["date"] == "2018-03-06"


def test_the_result_comes_at_once_with_amounts_roles_and_nurses(signed_in, acting, patient, emma):
    page = judged(signed_in, patient, day_form(visit(acting.professional, "toilet"), visit(emma, "injection+rx")))
    for text in ("425272", "Forfait A", "17,55", "ligne statistique", "Emma Exemple", "norme 9", "niveau A"):
        assert text in page, text
    assert "Facturé au nom du groupement Cabinet de la Meuse. Plusieurs infirmiers : norme 9 sur le forfait." in page
    assert "4 actes par séance sont envoyés à zéro avant le forfait A." in page
    assert "<html" not in page
    assert not Draft.objects.for_(acting).exists()


def test_a_day_without_prices_says_so_and_still_shows_its_lines(signed_in, acting, patient):
    katz(patient, first="2026-01-01")
    form = day_form(visit(acting.professional, "toilet"), day="2026-01-05")
    page = judged(signed_in, patient, form)
    assert "Le prix de 425272 n’est pas connu le 05/01/2026." in page
    assert "connus du 01/01/2018 au 31/12/2018" in page
    assert "quittance tariffs --country BE import nomensoft" in page
    assert "prix non connu" in page
    assert "Forfait A" in page
    assert "17,55" not in page
    assert bill(signed_in, patient, form).status_code == 302
    assert len(draft_of(acting).input["acts"]) == 3


def test_what_is_refused_says_why_and_what_to_do_and_stays_typed(signed_in, acting, patient):
    form = day_form(visit(acting.professional, "toilet injection")) | {"v1-injection-prescribed": ""}
    page = bill(signed_in, patient, form)
    assert page.status_code == 422
    assert "La prescription de « injection IM ou SC » manque." in page.text
    assert "Ajoutez la prescription au dossier." in page.text
    assert "Source :" in page.text
    assert "Un acte du 05/03/2018 est écarté." in page.text
    assert 'id="v1-acts-injection" checked' in page.text
    assert 'value="592123456789"' in page.text
    assert not Draft.objects.for_(acting).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", ""),
        ("day", "lundi"),
        ("v1-nurse", "0"),
        ("v1-hour", "25:00"),
        ("v1-place", "moon"),
        ("v1-ointment-count", "0"),
    ],
)
def test_what_cannot_be_read_is_marked(signed_in, acting, patient, field, value):
    page = bill(signed_in, patient, day_form(visit(acting.professional, "toilet ointment+rx")) | {field: value})
    assert page.status_code == 422
    assert "ne peut pas être lue" in page.text
    assert "errorlist" in page.text


def test_a_nurse_of_another_practice_is_no_choice(signed_in, acting, patient, charlie):
    other = Professional.objects.unscoped("a test").get(user=charlie)
    assert bill(signed_in, patient, day_form(visit(other, "toilet"))).status_code == 422


def test_visits_are_added_and_taken_away_with_what_was_typed(signed_in, acting, patient, emma):
    url = reverse("belgium:nursing", args=[patient.pk])
    form = day_form(visit(acting.professional, "toilet"), visit(emma, "injection+rx", hour="18:00"))
    more = signed_in.post(url, form | {"do": "add"}).text
    assert 'name="n" value="3"' in more
    assert "Visite 3" in more
    less = signed_in.post(url, form | {"do": "remove:1"}).text
    assert 'name="n" value="1"' in less
    assert 'id="v1-acts-injection" checked' in less
    assert 'value="18:00"' in less
    assert 'value="2018-01-15"' in less
    assert "Visite 2" not in less


def test_what_an_act_asks_for_comes_when_it_is_chosen(signed_in, acting, patient):
    form = day_form(visit(acting.professional, "wound_complex pump", place="office"))
    assert "v1-wound_complex-minutes" not in judged(signed_in, patient, form)
    page = judged(signed_in, patient, form, part="details")
    for name in ("v1-wound_complex-minutes", "v1-wound_complex-code", "v1-pump-prescribed", "v1-office"):
        assert f'name="{name}"' in page, name
    assert 'name="v1-pump-count"' not in page
    assert "Le genre de cabinet manque" in page


def test_the_day_begun_is_shown_again_and_an_earlier_one_is_proposed(signed_in, acting, patient, emma):
    form = day_form(visit(acting.professional, "toilet"), visit(emma, "injection+rx", hour="18:00"))
    bill(signed_in, patient, form)
    page = page_of(signed_in, patient, day=MONDAY)
    assert 'name="n" value="2"' in page
    assert 'id="v2-acts-injection" checked' in page
    assert 'value="18:00"' in page
    assert f'<option value="{emma.pk}" selected>' in page
    issued(acting, draft_of(acting))
    page = page_of(signed_in, patient, day="2018-03-07")
    assert "Comme le 05/03/2018" in page
    assert 'name="n" value="1"' in page
    again = page_of(signed_in, patient, day="2018-03-07", like=MONDAY)
    assert 'id="v2-acts-injection" checked' in again
    assert "592123456789" not in again


def test_a_day_that_is_billed_is_not_billed_twice(signed_in, acting, patient):
    form = day_form(visit(acting.professional, "toilet"))
    bill(signed_in, patient, form)
    issued(acting, draft_of(acting))
    page = bill(signed_in, patient, form)
    assert page.status_code == 422
    assert "facturée dans une autre fenêtre" in page.text
    assert "Un forfait est déjà facturé le 05/03/2018." in page.text
    more = day_form(visit(acting.professional, "pump+rx"), billed="3")
    assert bill(signed_in, patient, more).status_code == 302
    assert told(draft_of(acting), "code", "visit") == [("427534", 2)]
    assert list(IdentityReading.objects.for_(acting).order_by("visit").values_list("visit", flat=True)) == [1, 2]
    assert Bill.objects.for_(acting).count() == 1


def test_the_history_counts_the_toilets_of_the_week_and_the_advice(signed_in, acting):
    patient = making.patient_of(acting)
    katz(patient, "211111", toilets="T2")
    for day in ("2018-03-05", "2018-03-06"):
        bill(signed_in, patient, day_form(visit(acting.professional, "toilet"), day=day))
    third = day_form(visit(acting.professional, "toilet"), day="2018-03-07")
    assert "est la 3e de la semaine" in judged(signed_in, patient, third)
    assert "est la 3e de la semaine" not in judged(signed_in, patient, third | {"day": "2018-03-12"})
    weekly = day_form(visit(acting.professional, "preparation+rx"), day="2018-03-08")
    assert "L&#x27;avis infirmier (424896) manque." in judged(signed_in, patient, weekly)
    bill(signed_in, patient, day_form(visit(acting.professional, "advice+rx"), day="2018-03-07"))
    assert "L&#x27;avis infirmier (424896) manque." not in judged(signed_in, patient, weekly)


def test_an_evaluation_that_is_not_notified_is_told_and_bills_nothing(signed_in, acting):
    patient = making.patient_of(acting)
    katz(patient, sent_on=None)
    form = day_form(visit(acting.professional, "toilet"))
    page = judged(signed_in, patient, form)
    assert "L&#x27;évaluation du 01/02/2018 n&#x27;est pas indiquée comme notifiée." in page
    assert "Forfait A" in page
    assert bill(signed_in, patient, form).status_code == 422
    assert not Draft.objects.for_(acting).exists()


def test_a_code_that_the_list_lacks_is_asked_kept_and_used_by_all(signed_in, acting, patient, emma):
    saturday = day_form(visit(acting.professional, "toilet"), day="2018-03-10")
    page = judged(signed_in, patient, saturday)
    assert 'name="code/basic_1/home_weekend"' in page
    assert "Le code de « première visite de base » à domicile le week-end" in page
    assert bill(signed_in, patient, saturday | {"code/basic_1/home_weekend": "425413"}).status_code == 422
    assert bill(signed_in, patient, saturday | {"code/basic_1/home_weekend": "425412"}).status_code == 302
    assert told(draft_of(acting), "code") == [("425412",), ("425515",), ("425670",)]
    acting.professional.refresh_from_db()
    assert acting.professional.preferences["nursing_codes"] == {"basic_1/home_weekend": "425412"}
    later = judged(signed_in, patient, saturday | {"day": "2018-03-11"})
    assert 'value="425412"' in later
    assert "n&#x27;est pas connu" not in later
    assert care.codes_of([acting.professional, emma]) == {("basic_1", "home_weekend"): "425412"}


def test_the_lines_pass_the_checks_of_the_insurers(signed_in, acting, patient, emma):
    form = day_form(visit(acting.professional, "toilet"), visit(emma, "injection+rx"))
    sheet = Sheet(QueryDict(urlencode(form, doseq=True)), care.nurses_of(acting), {})
    assert sheet.care is not None
    found = judge(acting, patient, sheet.care)
    assert check.faults(found.day.lines) == []
    assert {line.group for line in found.day.lines} == {"94000126001"}


def test_palliative_and_rural_patients_are_told_and_counted(signed_in, acting):
    patient = making.patient_of(acting, palliative_from=date(2018, 3, 1), rural=True)
    katz(patient, "333331")
    page = judged(signed_in, patient, day_form(visit(acting.professional, "toilet")))
    assert "427033" in page
    assert "418913" in page
    assert "Le supplément rural est ajouté à 1 visite(s)." in page
    shown = page_of(signed_in, patient, day=MONDAY)
    assert "palliatif depuis le 01/03/2018" in shown


def test_a_reader_sees_the_day_and_bills_nothing(client, acting, patient):
    user = User.objects.create_user("reader@example.org", first_name="Rose", last_name="Test")
    Membership.objects.for_(acting).create(user=user, role="reader")
    enter(client, user)
    page = page_of(client, patient, day=MONDAY)
    assert "Journée de soins" in page
    assert "Facturer la journée" not in page
    form = day_form(visit(acting.professional, "toilet"))
    assert bill(client, patient, form).status_code == 403
    assert not Draft.objects.for_(acting).exists()


def test_the_day_begun_keeps_what_changes_its_lines(signed_in, acting):
    """Death before the second visit, a preparation under the flat rate: reopened, the day is the one that was typed."""
    patient = making.patient_of(acting)
    katz(patient, "444444")
    bill(signed_in, patient, day_form(visit(acting.professional, "advice+rx"), day="2018-03-02"))
    form = day_form(visit(acting.professional, "toilet injection+rx preparation+rx"), left="on")
    bill(signed_in, patient, form)
    assert ("426576", "statistic") in told(draft_of(acting), "code", "role")
    page = page_of(signed_in, patient, day=MONDAY)
    assert 'id="v1-acts-preparation" checked' in page
    assert 'name="left" id="id_left" checked' in page


@pytest.mark.parametrize("day", ["2018-02-30", "", "1018-01-01", "2017-06-01"])
def test_any_day_of_the_address_opens_a_page(signed_in, patient, day):
    assert signed_in.get(reverse("belgium:nursing", args=[patient.pk]), {"day": day, "like": day}).status_code == 200


def test_a_day_without_an_act_waits_and_is_not_billed(signed_in, acting, patient):
    assert "les lignes arrivent ici aussitôt" in page_of(signed_in, patient, day=MONDAY)
    page = bill(signed_in, patient, day_form(visit(acting.professional, "")))
    assert page.status_code == 422
    assert "n’est pas encore facturée" in page.text
    assert not Draft.objects.for_(acting).exists()


def test_a_draft_typed_otherwise_does_not_stop_the_page(signed_in, acting, patient):
    bill(signed_in, patient, day_form(visit(acting.professional, "toilet")))
    draft = draft_of(acting)
    draft.input["acts"][1]["visit"] = "deux"
    draft.input["acts"].append({"code": "425110", "date": "hier"})
    draft.save()
    assert 'id="v1-acts-toilet" checked' in page_of(signed_in, patient, day=MONDAY)
    assert "Forfait A" in judged(signed_in, patient, day_form(visit(acting.professional, "toilet"), day="2018-03-06"))
