"""Pages of mandates: both sides, whoever has no practice, and nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from quittance.audit.models import AuditEvent
from quittance.people.acting import choose
from quittance.people.mandates import services
from quittance.people.models import AccessRight, Mandate, MandateEvent, Membership, User
from tests.people.mandates import making
from tests.people.mandates.making import GRANTOR, PASSWORD, by, proof, proposed, signed
from tests.signed import enter

PROVE = {"password": PASSWORD}


def url(name, mandate=None):
    return reverse(f"mandates:{name}", args=[mandate.pk] if mandate else [])


def works(client, mandate):
    """Choose to work under a mandate."""
    sent = {"capacity": f"mandate:{mandate.pk}", "professional": mandate.grantor_id}
    assert client.post("/choose/", sent).status_code == 302
    return client


def test_from_the_proposal_to_work_on_behalf(xenia, noemie, client_of):
    hers, theirs = client_of(xenia.user), client_of(noemie)
    assert "accréditation" in hers.get(url("give")).text
    sent = {
        "party": "person",
        "name": "Noémie Exemple",
        "number": "90.01.01-001.23",
        "from_day": f"{xenia.practice.today()}",
    }
    answer = hers.post(reverse("mandates:give_type", args=[making.BILLING]), sent)
    made = Mandate.objects.for_(xenia).get()
    assert answer["Location"] == url("sign", made)
    page = hers.get(url("sign", made)).text
    assert "90.01.01-001.23" in page
    assert "6-12345-16" in page
    assert hers.post(url("sign", made), PROVE)["Location"] == url("detail", made)
    assert "à signer par vous" in theirs.get(url("list")).text
    theirs.post(url("sign", made), PROVE)
    assert "actif" in theirs.get(url("detail", made)).text
    works(theirs, made)
    assert "Vous travaillez au nom de" in theirs.get("/patients/").text
    assert url("list") == theirs.post(url("leave"))["Location"]
    assert theirs.get("/patients/")["Location"] == "/choose/"


def test_a_mandatary_asks_by_the_exact_number(xenia, noemie, client_of):
    client, path = client_of(noemie), reverse("mandates:ask_type", args=[making.FILE])
    sent = {"mandatary": "self", "number": "6-12345-16-801", "from_day": f"{xenia.practice.today()}"}
    wrong = client.post(path, {**sent, "number": "6-12345-17-801"})
    assert wrong.status_code == 422
    assert "on attend 16" in wrong.text
    assert "6-12345-17-801" in wrong.text
    unknown = client.post(path, {**sent, "number": making.OTHER_INAMI})
    assert (unknown.status_code, "Aucun prestataire" in unknown.text) == (422, True)
    assert client.post(path, sent).status_code == 302
    made = Mandate.objects.for_(xenia).get()
    assert (made.started_by, made.grantee_number, made.grantee_name) == ("grantee", making.NISS, str(noemie))


def test_who_has_no_number_states_it_first(db, client_of):
    who = making.user("Odile")
    client = client_of(who)
    path = reverse("mandates:ask_type", args=[making.FILE])
    assert client.get(path)["Location"] == url("number")
    assert "/account/confirm/" in client.get(url("number"))["Location"]
    enter(client, who, recent=True)
    for typed, said in (("90010100124", "on attend 23"), ("123", "onze chiffres")):
        answer = client.post(url("number"), {"national_number": typed})
        assert (answer.status_code, said in answer.text) == (422, True)
    assert client.post(url("number"), {"national_number": "85.27.30-033.71"})["Location"] == url("list")
    who.refresh_from_db()
    assert who.national_number == making.BIS
    assert "90.01" not in client.get(url("number")).text


def test_a_plausible_odd_number_is_warned_about_not_refused(db, client_of, xenia):
    who = making.user("Odile")
    client = enter(client_of(who), who, recent=True)
    answer = client.post(url("number"), {"national_number": "85.00.00-033.06"}, follow=True)
    assert "ne donne pas de date de naissance" in answer.text
    who.refresh_from_db()
    assert who.national_number == "85000003306"
    made = proposed(xenia, number="85000003306")
    assert "ne donne pas de date de naissance" in client.get(url("detail", made)).text


def test_two_accounts_do_not_state_the_same_number(noemie, client_of):
    other = making.user("Odile")
    answer = enter(client_of(other), other, recent=True).post(url("number"), {"national_number": making.NISS})
    assert (answer.status_code, "Un autre compte" in answer.text) == (422, True)
    assert User.objects.get(pk=other.pk).national_number is None


def test_a_number_needs_a_recent_proof(noemie, client_of):
    answer = client_of(noemie).post(url("number"), {"national_number": making.OTHER_NISS})
    assert answer.status_code == 422
    assert making.OTHER_NISS in answer.text
    noemie.refresh_from_db()
    assert noemie.national_number == making.NISS


def test_a_wrong_proof_signs_nothing(xenia, noemie, client_of):
    made = proposed(xenia)
    client = client_of(noemie)
    for wrong in ({"password": "guess"}, {}):
        answer = client.post(url("sign", made), wrong)
        assert answer.status_code == 422
        assert "Conditions" in answer.text
    made.refresh_from_db()
    assert made.grantee_signed_at is None


def test_a_recent_proof_is_no_signature(xenia, noemie, client_of):
    made = proposed(xenia)
    client = enter(client_of(noemie), noemie, recent=True)
    assert client.post(url("sign", made), {}).status_code == 422


def test_a_refused_form_keeps_what_was_typed(xenia, client_of):
    path = reverse("mandates:give_type", args=[making.BILLING])
    sent = {"party": "company", "name": "Gestion SRL", "number": "701234576", "from_day": "2020-01-01", "to_day": ""}
    answer = client_of(xenia.user).post(path, sent)
    assert answer.status_code == 422
    for word in ("Gestion SRL", "701234576", "2020-01-01", "ancienne forme"):
        assert word in answer.text, word
    assert not Mandate.objects.for_(xenia).exists()


def test_a_double_click_makes_one_mandate(xenia, client_of):
    client, path = client_of(xenia.user), reverse("mandates:give_type", args=[making.BILLING])
    sent = {"party": "person", "name": "N", "number": making.NISS, "from_day": f"{xenia.practice.today()}"}
    assert client.post(path, sent)["Location"] == client.post(path, sent)["Location"]
    assert Mandate.objects.for_(xenia).count() == 1


def test_a_type_that_needs_a_number_is_not_there_with_a_visa(cabinet, client_of):
    visa = making.provider(cabinet, "Violette", inami="")
    client = client_of(visa.user)
    assert "votre fiche n’en a pas" in client.get(url("give")).text
    assert client.get(reverse("mandates:give_type", args=[making.FILE])).status_code == 404
    assert client.get(reverse("mandates:give_type", args=[making.PROSANTE])).status_code == 200


def test_both_sides_read_the_same_history(xenia, noemie, client_of):
    made = signed(xenia, noemie)
    pages = [client_of(who).get(url("detail", made)).text for who in (xenia.user, noemie)]
    history = [page[page.index("Historique") : page.index("Les deux parties lisent")] for page in pages]
    assert history[0] == history[1]
    assert "par mot de passe" in history[0]


def test_a_step_on_a_closed_mandate_says_what_is_so(xenia, noemie, client_of):
    made = signed(xenia, noemie)
    services.end(by(xenia.user, GRANTOR), made)
    client = client_of(noemie)
    for name in ("refuse", "withdraw", "end"):
        answer = client.post(url(name, made))
        assert (answer.status_code, "a pris fin le" in answer.text) == (422, True), name
    assert client.post(url("sign", made), PROVE).status_code == 422
    assert client.get(url("sign", made))["Location"] == url("detail", made)


STEPS = ("detail", "sign", "refuse", "withdraw", "end")


def test_a_mandate_exists_for_its_two_sides_alone(xenia, yann, noemie, charlie_client, client_of):
    made = signed(xenia, noemie)
    reader, owner = making.user("Rita"), making.user("Omer", making.OTHER_NISS)
    Membership.objects.for_(xenia.practice).create(user=reader, role="reader")
    Membership.objects.for_(xenia.practice).create(user=owner, role="owner")
    others = [charlie_client, *(client_of(one) for one in (yann.user, reader, owner, making.user("Tina")))]
    for client in others:
        for name in STEPS:
            assert client.post(url(name, made)).status_code in {404, 405}, name
            assert client.get(url(name, made)).status_code in {404, 405}, name
        assert "Xenia" not in client.get(url("list")).text
    assert MandateEvent.objects.for_(made.practice).filter(mandate=made).count() == 3


def test_an_organisation_of_the_same_number_that_has_not_signed_sees_nothing(xenia, noemie, client_of):
    company = making.organisation("Gestion SRL", bce=making.BCE)
    making.joins(company, noemie)
    made = signed(xenia, noemie, party="company", number=making.BCE)
    twin = making.organisation("Autre SRL", bce=making.BCE)
    other = making.user("Tom")
    making.joins(twin, other)
    assert client_of(other).get(url("detail", made)).status_code == 404
    assert client_of(noemie).get(url("detail", made)).status_code == 200


def test_a_secretary_and_a_reader_give_no_mandate(xenia, client_of):
    for role in ("reader", "secretary"):
        who = making.user(role)
        Membership.objects.for_(xenia.practice).create(user=who, role=role)
        client = client_of(who)
        assert client.get(url("give")).status_code == 403
        assert client.post(reverse("mandates:give_type", args=[making.BILLING]), {}).status_code == 403
        assert "Donner un mandat" not in client.get(url("list")).text


def test_an_owner_who_is_no_provider_is_told_so(cabinet, client_of):
    who = making.user("Olga")
    Membership.objects.for_(cabinet).create(user=who, role="owner")
    client = client_of(who)
    assert "prestataire donne son mandat lui-même" in client.get(url("give")).text
    assert client.get(reverse("mandates:give_type", args=[making.BILLING]))["Location"] == url("give")


def test_wrong_methods_are_refused(xenia, noemie, client_of):
    made = signed(xenia, noemie)
    client = client_of(xenia.user)
    for name in ("refuse", "withdraw", "end"):
        assert client.get(url(name, made)).status_code == 405
    assert client.get(url("leave")).status_code == 405
    for path in (url("list"), url("give"), url("ask"), url("detail", made)):
        assert client.post(path).status_code == 405, path
    for path in (url("sign", made), url("number"), reverse("mandates:give_type", args=[making.BILLING])):
        assert client.put(path).status_code == 405, path
    made.refresh_from_db()
    assert made.closed_as == ""


def test_a_visitor_is_sent_to_log_in(xenia, client):
    made = proposed(xenia)
    paths = [url(name, made) for name in STEPS] + [url(name) for name in ("list", "number", "give", "ask", "leave")]
    paths += [reverse(f"mandates:{name}", args=[making.BILLING]) for name in ("give_type", "ask_type")]
    for path in paths:
        for answer in (client.get(path), client.post(path)):
            assert answer["Location"].startswith("/login/"), path


@pytest.mark.parametrize(("days", "told"), [(31, False), (30, True), (0, True)])
def test_both_sides_are_reminded_thirty_days_before_the_end(xenia, noemie, client_of, days, told):
    made = signed(xenia, noemie, to_day=xenia.practice.today() + timedelta(days=days))
    for who in (xenia.user, noemie):
        client = client_of(who)
        assert ("prend fin le" in client.get(url("list")).text) == told
        assert ("prend fin le" in client.get(url("detail", made)).text) == told
        assert ("prend fin le" in client.get("/", follow=True).text) == told


def test_a_mandate_ended_now_refuses_the_very_next_request(xenia, noemie, client_of):
    made = signed(xenia, noemie)
    theirs = works(client_of(noemie), made)
    assert theirs.get("/patients/").status_code == 200
    client_of(xenia.user).post(url("end", made))
    answer = theirs.get("/patients/")
    assert (answer.status_code, "Cet accès a pris fin" in answer.text) == (403, True)
    part = theirs.get("/patients/?q=a", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Refresh"]) == (403, "true")
    assert theirs.post("/patients/create/", {"birth_name": "X"}).status_code == 403


@pytest.mark.parametrize(
    ("scope", "first", "shown", "hidden"),
    [
        (making.BILLING, "/bill/", ("/bill/", "/patients/", "/bills/"), ("/professionals/mine/",)),
        (making.INSURABILITY, "/patients/", ("/patients/",), ("/bill/", "/bills/", "/professionals/mine/")),
        (making.FILE, "/professionals/mine/", ("/professionals/mine/",), ("/bill/", "/patients/", "/bills/")),
    ],
)
def test_the_navigation_shows_only_what_the_powers_open(xenia, noemie, client_of, scope, first, shown, hidden):
    client = works(client_of(noemie), signed(xenia, noemie, scope))
    assert client.get("/")["Location"] == first
    page = client.get(url("list")).text
    for path in shown:
        assert f'href="{path}"' in page, path
    for path in hidden:
        assert f'href="{path}"' not in page, path
        assert client.get(path).status_code == 403, path


def test_what_he_does_is_written_as_by_him_for_her(xenia, noemie, client_of):
    made = signed(xenia, noemie)
    client = works(client_of(noemie), made)
    client.get("/patients/")
    event = AuditEvent.objects.filter(chain=xenia.practice_id).order_by("-seq").first()
    assert event is not None
    assert (event.user, event.capacity, event.for_professional, event.what) == (
        noemie.pk,
        f"mandate:{made.pk}",
        xenia.pk,
        "patients:list",
    )


def test_a_mandate_that_is_not_his_cannot_be_chosen(xenia, noemie, client_of):
    made = signed(xenia, noemie)
    for who in (xenia.user, making.user("Tina")):
        sent = {"capacity": f"mandate:{made.pk}", "professional": xenia.pk}
        assert client_of(who).post("/choose/", sent).status_code == 404


def test_a_forged_session_opens_nothing(xenia, noemie, client_of, rf):
    made = signed(xenia, noemie)
    client = client_of(making.user("Tina"))
    request = rf.get("/")
    request.session = client.session
    choose(request, f"mandate:{made.pk}", xenia.pk)
    request.session.save()
    assert client.get("/patients/").status_code == 403


def test_the_company_of_the_provider_herself_has_both_sides(xenia, client_of):
    company = making.organisation("Xenia SRL", bce=making.BCE)
    making.joins(company, xenia.user)
    made = proposed(xenia, party="company", number=making.BCE, name="Xenia SRL")
    client = client_of(xenia.user)
    for side in ("grantor", "grantee"):
        assert client.post(url("sign", made), {**PROVE, "side": side}).status_code == 302
    made.refresh_from_db()
    assert made.state_on(made.practice.today()) == Mandate.State.ACTIVE
    assert client.post(url("end", made) + "?side=grantee").status_code == 302


def test_a_user_of_a_company_needs_the_right_of_that_scope(xenia, noemie, client_of):
    company = making.organisation("Gestion SRL", bce=making.BCE)
    making.joins(company, noemie)
    made = signed(xenia, noemie, party="company", number=making.BCE)
    clerk = making.user("Clara")
    member = making.joins(company, clerk, "user")
    client = client_of(clerk)
    assert client.get(url("detail", made)).status_code == 404
    right = making.entrust(member, making.BILLING, noemie)
    works(client, made)
    assert client.get("/patients/").status_code == 200
    AccessRight.objects.for_(member).filter(pk=right.pk).update(taken_at=proof(clerk).at)
    assert client.get("/patients/").status_code == 403


def test_the_grantor_invites_a_person_who_has_no_account(xenia, noemie, client_of):
    made = proposed(xenia, number=making.OTHER_NISS)
    client = client_of(xenia.user)
    path = url("invite", made)
    assert path in client.get(url("detail", made)).text
    assert client.post(path, {"email": "oscar"}).status_code == 422
    answer = client.post(path, {"email": "oscar@example.org"})
    assert "/account/invitation/" in answer.text
    invited = User.objects.get(email="oscar@example.org")
    assert not Membership.objects.unscoped("test").filter(user=invited).exists()
    assert "/account/invitation/" not in client.post(path, {"email": noemie.email}).text


def test_nobody_else_invites_and_not_once_it_is_signed(xenia, yann, noemie, client_of):
    made = proposed(xenia)
    for who in (yann.user, noemie, making.user("Tina")):
        assert client_of(who).post(url("invite", made), {"email": "x@example.org"}).status_code in {302, 404}
    assert not User.objects.filter(email="x@example.org").exists()
    done = signed(xenia, noemie, making.INSURABILITY)
    assert client_of(xenia.user).get(url("invite", done)).status_code == 404
