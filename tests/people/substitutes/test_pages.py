"""The pages of substitutes: the whole way, and who is kept out of which."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from quittance.billing.models import Bill, Draft
from quittance.people.accounts.models import Invitation, Pin
from quittance.people.models import Membership, Professional, Role, Substitution, User
from quittance.people.substitutes import services
from tests.billing.making import make_bill, make_patient
from tests.people.substitutes.conftest import PASSWORD, VALUES, Shown, on_the_day, person, replace
from tests.signed import enter

NUMBERS = {"rpps_number": "10100000017", "number": "991000107", "specialty": "01", "adeli_number": "", "fund": ""}


def client_of(user) -> Client:
    client = Client()
    enter(client, user)
    return client


def pin_for(user, pin="2580") -> str:
    Pin.objects.create(user=user, hash=make_password(pin))
    return pin


@pytest.fixture
def today(acting) -> date:
    return acting.today()


@pytest.fixture
def days_url(pair):
    return f"/substitutes/days/{pair.pk}/"


def month(day: date) -> str:
    return f"{day:%Y-%m}"


def filled(client, url: str, **changed: str) -> dict[str, str]:
    """Give the form of a page as a browser would post it, with what is typed."""
    text = client.get(url).text
    found = dict.fromkeys(re.findall(r'<(?:input|select|textarea)[^>]* name="([\w-]+)"', text), "")
    for name, value in re.findall(r'<input[^>]*? name="([\w-]+)"[^>]*? value="([^"]*)"', text):
        found[name] = value
    for name, options in re.findall(r'(?s)<select[^>]*? name="([\w-]+)".*?>(.*?)</select>', text):
        values = re.findall(r'<option value="([^"]+)"', options)
        found[name] = values[0] if values else ""
    return found | VALUES | NUMBERS | changed


def added(client) -> Professional:
    answer = client.post("/substitutes/new/", filled(client, "/substitutes/new/"))
    assert answer.status_code == 302, answer.context["part"].errors
    return Professional.objects.unscoped("test").get(email=VALUES["email"])


def test_from_the_form_to_the_day(alice_client, alice, nathalie, acting, today):
    assert "Pas encore de remplaçant" in alice_client.get("/substitutes/").text
    made = added(alice_client)
    page = f"/substitutes/{made.pk}/"
    assert "à prouver" in alice_client.get("/substitutes/").text
    assert alice_client.post(f"{page}holders/", {"holder": acting.professional.pk}).status_code == 422
    assert "mot de passe" in alice_client.post(f"{page}prove/", {"password": "not it at all"}).text
    assert alice_client.post(f"{page}prove/", {"password": PASSWORD}).status_code == 302
    made.refresh_from_db()
    assert made.user == nathalie
    ticked = alice_client.post(f"{page}holders/", {"holder": acting.professional.pk})
    days = ticked["Location"]
    assert "Dr Alice Test" in alice_client.get(days).text
    posted = {"month": month(today), "day": today.isoformat()}
    kept = alice_client.post(days, posted, follow=True).text
    assert "1 jour est enregistré" in kept
    assert "À confirmer par le titulaire" in kept
    wrong = alice_client.post(f"{days}confirm/", posted | {"pin": "0000", "password": "not it"})
    assert wrong.status_code == 422
    assert on_the_day(nathalie).substitute is None
    done = alice_client.post(f"{days}confirm/", posted | {"password": PASSWORD}, follow=True).text
    assert "1 jour est confirmé" in done
    assert "À confirmer" not in done
    assert on_the_day(nathalie).substitute == made


def test_an_address_without_account_is_given_a_link(alice_client, db):
    made = added(alice_client)
    page = alice_client.get(f"/substitutes/{made.pk}/").text
    assert "/account/invitation/" in page
    assert "n’est pas encore ouvert" in page
    assert alice_client.post(f"/substitutes/{made.pk}/link/").status_code == 302
    assert Invitation.objects.filter(user__email=VALUES["email"]).count() == 2
    assert alice_client.post(f"/substitutes/{made.pk}/prove/", {"password": "x"}).status_code == 422


def test_a_refused_form_keeps_what_was_typed(alice_client, substitute):
    answer = alice_client.post("/substitutes/new/", filled(alice_client, "/substitutes/new/", last_name="Double"))
    assert answer.status_code == 422
    assert "déjà celle d’un remplaçant" in answer.text
    assert 'value="Double"' in answer.text


def test_her_record_changes(alice_client, substitute):
    url = f"/substitutes/{substitute.pk}/change/"
    answer = alice_client.post(url, filled(alice_client, url, last_name="Autre"))
    assert answer.status_code == 302
    substitute.refresh_from_db()
    assert substitute.last_name == "Autre"
    assert alice_client.post(url, filled(alice_client, url, last_name="")).status_code == 422


def test_going_on_to_the_next_month_keeps_this_one(alice_client, pair, today, days_url):
    following = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    posted = {"month": month(today), "day": today.isoformat(), "go": month(following)}
    answer = alice_client.post(days_url, posted)
    assert answer["Location"] == f"{days_url}?month={month(following)}"
    assert [row.day for row in pair.days.all()] == [today]
    assert today.isoformat() in alice_client.get(answer["Location"]).text, "it waits, whatever month is shown"


def test_what_was_ticked_is_shown_when_it_is_refused(alice_client, pair, today, days_url):
    past = today - timedelta(days=1)
    answer = alice_client.post(days_url, {"month": month(past), "day": past.isoformat()})
    assert answer.status_code == 422
    assert "Un titulaire confirme avant les soins" in answer.text
    assert re.search(rf'value="{past.isoformat()}" checked', answer.text)


@pytest.mark.parametrize("asked", ["x", "2026-13", "9999-01", ""])
def test_an_odd_month_is_this_one(alice_client, pair, today, days_url, asked):
    assert f'name="month" value="{month(today)}"' in alice_client.get(days_url, {"month": asked}).text
    assert alice_client.post(days_url, {"month": month(today), "day": ["x", "2026-99-99"]}).status_code == 302


def test_another_substitute_of_the_day_is_named_on_the_calendar(alice_client, acting, pair, today):
    replace(acting, pair, today)
    user = User.objects.create_user("omar@example.org", PASSWORD)
    omar = services.add_substitute(acting, VALUES | {"email": user.email, "first_name": "Omar"})
    services.prove_substitute(acting, omar, Shown(user.pk))
    theirs = services.attach(acting, omar, acting.professional)
    page = alice_client.get(f"/substitutes/days/{theirs.pk}/").text
    assert re.search(rf'value="{today.isoformat()}" disabled aria-label="[^"]*Dr Nathalie Rempex"', page)


def test_each_holder_confirms_his_own_on_anybodys_screen(alice_client, acting, substitute, bob, today):
    his = services.attach(acting, substitute, person(acting, "Bob"))
    url, posted = f"/substitutes/days/{his.pk}/", {"month": month(today), "day": today.isoformat()}
    pin = pin_for(bob)
    alice_client.post(url, posted)
    assert alice_client.post(f"{url}confirm/", posted | {"pin": "1111"}).status_code == 422
    assert alice_client.post(f"{url}confirm/", posted | {"pin": pin}).status_code == 302
    (row,) = his.days.all()
    assert (row.confirmed_by, row.credential) == (bob, "pin")


def test_unticked_then_deleted(alice, client, acting, pair, today, days_url):
    replace(acting, pair, today)
    alice_client = enter(client, alice, recent=True)
    delete = f"/substitutes/{pair.substitute_id}/delete/"
    refused = alice_client.post(delete)
    assert refused.status_code == 422
    assert "décochez d’abord le titulaire" in refused.text
    assert alice_client.post(f"{days_url}untick/").status_code == 302
    assert alice_client.get(days_url).status_code == 404
    assert alice_client.post(delete).status_code == 302
    assert not Professional.objects.for_(acting).filter(is_substitute=True).exists()


PAGES = [
    ("get", "/substitutes/"),
    ("get", "/substitutes/new/"),
    ("get", "/substitutes/{sub}/"),
    ("get", "/substitutes/{sub}/change/"),
    ("post", "/substitutes/{sub}/link/"),
    ("post", "/substitutes/{sub}/prove/"),
    ("post", "/substitutes/{sub}/holders/"),
    ("get", "/substitutes/{sub}/delete/"),
    ("post", "/substitutes/{sub}/delete/"),
    ("get", "/substitutes/days/{pair}/"),
    ("post", "/substitutes/days/{pair}/"),
    ("post", "/substitutes/days/{pair}/confirm/"),
    ("post", "/substitutes/days/{pair}/untick/"),
]
ROWS = [(method, url) for method, url in PAGES if "{" in url]
OPEN_TO_A_COLLEAGUE = "/substitutes/{sub}/"


def ask(client, method, url, pair, acting):
    address = url.format(sub=pair.substitute_id, pair=pair.pk)
    return getattr(client, method)(address, {"holder": acting.professional.pk}).status_code


@pytest.mark.parametrize(("method", "url"), ROWS)
def test_a_stranger_finds_nothing(charlie_client, acting, pair, method, url):
    assert ask(charlie_client, method, url, pair, acting) == 404
    assert Substitution.objects.for_(acting).get().deactivated_at is None


@pytest.mark.parametrize(("method", "url"), ROWS)
def test_a_colleague_sets_no_days_of_another_holder(bob, acting, pair, method, url):
    assert ask(client_of(bob), method, url, pair, acting) == (200 if url == OPEN_TO_A_COLLEAGUE else 404)
    assert Substitution.objects.for_(acting).get().deactivated_at is None


@pytest.mark.parametrize("role", [Role.READER, Role.SECRETARY, Role.SUBSTITUTE])
@pytest.mark.parametrize(("method", "url"), PAGES)
def test_who_is_no_carer_is_refused(acting, pair, role, method, url):
    user = User.objects.create_user("sam@example.org")
    Membership.objects.for_(acting).create(user=user, role=role)
    assert ask(client_of(user), method, url, pair, acting) == 403


@pytest.mark.parametrize(("method", "url"), PAGES)
def test_a_visitor_is_sent_to_log_in(client, acting, pair, method, url):
    assert ask(client, method, url, pair, acting) == 302


@pytest.mark.parametrize("url", ["link/", "prove/", "holders/"])
def test_what_changes_is_posted(alice_client, pair, days_url, url):
    assert alice_client.get(f"/substitutes/{pair.substitute_id}/{url}").status_code == 405
    assert alice_client.get(f"{days_url}confirm/").status_code == 405
    assert alice_client.get(f"{days_url}untick/").status_code == 405
    for read in ("/substitutes/", f"/substitutes/{pair.substitute_id}/"):
        assert alice_client.post(read).status_code == 405


def test_off_her_days_every_page_says_when_the_next_are(acting, pair, nathalie, today):
    tomorrow = today + timedelta(days=1)
    replace(acting, pair, tomorrow)
    hers = client_of(nathalie)
    for url in ("/patients/", "/bills/", "/bill/", "/professionals/"):
        answer = hers.get(url)
        assert answer.status_code == 403, url
        assert "Vous ne remplacez personne ici aujourd’hui" in answer.text
        assert "Dr Alice Test" in answer.text
    assert str(tomorrow.year) in answer.text
    services.deactivate(acting, pair)
    assert "Aucun n’est confirmé" in hers.get("/patients/").text


def test_on_her_day_she_reaches_the_holders_bills_only(acting, pair, bob, nathalie, today):
    replace(acting, pair, today)
    patient = make_patient(acting)
    own, theirs = make_bill(acting, patient=patient), make_bill(on_the_day(bob), patient=patient)
    hers = client_of(nathalie)
    assert hers.get(f"/patients/{patient.pk}/").status_code == 200
    assert hers.get(f"/bills/{own.pk}/").status_code == 200
    assert hers.get(f"/bills/{theirs.pk}/").status_code == 404
    assert hers.post(f"/bills/{theirs.pk}/cancel/").status_code == 404
    listed = hers.get("/bills/?period=all").text
    assert f"/bills/{own.pk}/" in listed
    assert f"/bills/{theirs.pk}/" not in listed


def test_her_draft_names_both_and_others_drafts_are_not_hers(acting, pair, alice_client, nathalie, today):
    replace(acting, pair, today)
    patient = make_patient(acting)
    hers = client_of(nathalie)
    opened = hers.post("/bill/start/", {"patient": patient.pk}, follow=True)
    assert "Dr Alice Test, remplacé par Dr Nathalie Rempex" in opened.text
    alices = alice_client.post("/bill/start/", {"patient": patient.pk})["Location"]
    assert alices != opened.redirect_chain[-1][0]
    assert hers.get(alices).status_code == 404
    assert hers.post(alices + "delete/").status_code == 404
    drafts = Draft.objects.for_(acting).order_by("pk")
    assert [one.substitute for one in drafts] == [pair.substitute, None]


def test_a_secretary_bills_for_the_holder_or_for_the_pair(acting, pair, today, bob):
    replace(acting, pair, today)
    user = User.objects.create_user("sam@example.org")
    Membership.objects.for_(acting).create(user=user, role=Role.SECRETARY)
    sam = client_of(user)
    assert "Dr Alice Test, remplacé par Dr Nathalie Rempex" in sam.get("/choose/").text
    capacity = on_the_day(user).capacity
    chosen = {"capacity": capacity, "professional": acting.professional.pk}
    both = chosen | {"substitute": pair.substitute_id}
    assert sam.post("/choose/", both).status_code == 302
    patient = make_patient(acting)
    sam.post("/bill/start/", {"patient": patient.pk})
    assert sam.post("/choose/", chosen).status_code == 302
    sam.post("/bill/start/", {"patient": patient.pk})
    assert [one.substitute for one in Draft.objects.for_(acting).order_by("pk")] == [pair.substitute, None]
    assert sam.post("/choose/", both | {"professional": person(acting, "Bob").pk}).status_code == 404
    sam.post("/choose/", both)
    services.deactivate(acting, pair)
    assert sam.get("/bill/")["Location"] == "/choose/", "the pair is no more: asked again for whom"
    assert "remplacé par" not in sam.get("/choose/").text


def test_what_one_works_as_still_costs_two_queries(acting, pair, alice, today, django_assert_max_num_queries):
    replace(acting, pair, today)
    user = User.objects.create_user("sam@example.org")
    Membership.objects.for_(acting).create(user=user, role=Role.SECRETARY)
    with django_assert_max_num_queries(2):
        found = on_the_day(user, professional=pair.holder_id, substitute=pair.substitute_id)
    assert found.substitute == pair.substitute
    assert found.for_professional == pair.holder_id
    with django_assert_max_num_queries(2):
        assert on_the_day(pair.substitute.user).substitute == pair.substitute


def test_the_bill_says_both_on_each_page(acting, pair, alice_client, nathalie, today):
    replace(acting, pair, today)
    hers = client_of(nathalie)
    hers.post("/bill/start/", {"patient": make_patient(acting).pk})
    draft = Draft.objects.for_(acting).get()
    draft.input = draft.input | {"acts": [{"code": "G"}]}
    draft.save()
    from quittance.billing.services.issue import issue_bill

    issue_bill(on_the_day(nathalie), draft.pk, str(draft.key), draft.version)
    bill = Bill.objects.for_(acting).get()
    both = "Dr Alice Test, remplacé par Dr Nathalie Rempex"
    for url in (f"/bills/{bill.pk}/", f"/bills/{bill.pk}/done/", "/bills/"):
        for client in (hers, alice_client):
            assert both in client.get(url).text, url
