import re

import pytest
from django.test import Client

from quittance.people.acting import CAPACITY
from quittance.people.groups import rights
from quittance.people.models import (
    AccessRight,
    BankAccount,
    GroupRecord,
    Membership,
    Organisation,
    OrganisationMember,
    User,
)
from tests.signed import enter

BILLING = "third_party_billing"
RECORD = {
    "name": "Groupe du Parc",
    "company_number": "0777.777.078",
    "address_line1": "Rue du Parc 1",
    "postcode": "1000",
    "city": "Bruxelles",
    "iban": "BE71 0961 2345 6769",
    "third_party_number": "94000126",
    "subscription_number": "S-1",
    "contact_fund": "135",
    "representative_first_name": "Nele",
    "representative_last_name": "Maes",
    "representative_phone": "02 555 00 00",
    "representative_number": "40000127",
    "mandate_type": "none",
    "mandate_number": "",
}


def _client(user, capacity=""):
    client = Client()
    enter(client, user)
    if capacity:
        session = client.session
        session[CAPACITY] = capacity
        session.save()
    return client


def by_right(place):
    return _client(place.user, f"right:{place.pk}")


@pytest.fixture
def greets(group):
    client = _client(group.owner)
    return enter(client, group.owner, recent=True)


PAGES = [
    ("groups/", "GET"),
    ("groups/create/", "GET"),
    ("groups/change/", "GET"),
    ("groups/record/", "GET"),
    ("groups/users/add/", "GET"),
    ("groups/users/{pk}/", "GET"),
    ("groups/users/{pk}/end/", "POST"),
    ("groups/users/{pk}/main/", "POST"),
    ("groups/rights/", "GET"),
    ("groups/rights/history/", "GET"),
    ("groups/rights/{pk}/third_party_billing/give/", "POST"),
    ("groups/rights/{pk}/third_party_billing/take/", "POST"),
]


@pytest.mark.parametrize(("path", "method"), PAGES, ids=[path for path, _method in PAGES])
def test_each_page_knows_its_method_and_its_people(path, method, group, greets, charlie):
    url = "/" + path.format(pk=group.ugo.pk)
    send = {"GET": "get", "POST": "post"}[method]
    assert greets.delete(url).status_code == 405
    if method == "POST":
        assert greets.get(url).status_code == 405
    for role in ("colleague", "secretary", "reader"):
        user = User.objects.create_user(f"{role}@example.org")
        Membership.objects.for_(group.practice).create(user=user, role=role)
        assert getattr(_client(user), send)(url).status_code == 403
    assert getattr(by_right(group.ugo), send)(url).status_code == 403
    stranger = getattr(_client(charlie), send)(url)
    assert stranger.status_code == {"groups/": 200, "groups/rights/": 302}.get(path, 404)
    assert getattr(Client(), send)(url)["Location"].startswith("/login/")
    assert getattr(greets, send)(url).status_code in {200, 302}


def test_the_owner_makes_a_company_by_the_page(greets, group):
    OrganisationMember.objects.for_(group.practice).delete()
    Organisation.objects.for_(group.practice).delete()
    assert "Ce cabinet n’est pas une organisation" in greets.get("/groups/").text
    refused = greets.post("/groups/create/", {"kind": "company"})
    assert (refused.status_code, "numéro d’entreprise" in refused.text) == (422, True)
    assert greets.post("/groups/create/", {"kind": "company", "company_number": "0777777078"}).status_code == 302
    made = Organisation.objects.for_(group.practice).get()
    assert (made.kind, made.company_number) == ("company", "0777777078")
    assert greets.get("/groups/create/")["Location"] == "/groups/"


def test_a_belgian_number_is_checked(greets, group):
    organisation = Organisation.objects.for_(group.practice)
    refused = greets.post("/groups/change/", {"kind": "company", "company_number": "777777078"})
    assert (refused.status_code, "0777.777.078" in refused.text, 'value="777777078"' in refused.text) == (422,) + (
        True,
    ) * 2
    refused = greets.post("/groups/change/", {"kind": "group", "provider_number": "94000127"})
    assert (refused.status_code, "on attend 26" in refused.text) == (422, True)
    kept = greets.post("/groups/change/", {"kind": "company", "company_number": "0777.777.078"}, follow=True)
    assert "0777.777.078" in kept.text
    assert organisation.get().company_number == "0777777078"
    doubted = greets.post("/groups/change/", {"kind": "company", "company_number": "0999.999.922"}, follow=True)
    assert "numéro fictif" in doubted.text


def test_the_record_completes_and_refuses(greets, group):
    refused = greets.post("/groups/record/", RECORD | {"mandate_number": "M-1", "company_number": "777777078"})
    assert refused.status_code == 422
    assert "travaille pour lui-même" in refused.text
    assert "Mettez un 0 devant" in refused.text
    kept = greets.post("/groups/record/", RECORD)
    assert kept.status_code == 302, re.findall(r"errorlist.*", kept.text)
    record = GroupRecord.objects.for_(group.practice).get()
    assert (record.third_party_number, record.mandate_type, record.mandate_number) == ("94000126001", "none", "")
    shown = greets.get("/groups/record/").text
    assert "9-40001-26-001" in shown
    assert "BE71 0961 2345 6769" in shown
    assert BankAccount.objects.for_(group.practice).get().iban == "BE71096123456769"


def test_another_account_asks_for_a_recent_proof(greets, group):
    assert greets.post("/groups/record/", RECORD).status_code == 302
    _age(greets)
    assert greets.post("/groups/record/", RECORD | {"city": "Gand"}).status_code == 302
    other = RECORD | {"iban": "BE68 5390 0754 7034"}
    asked = greets.post("/groups/record/", other)
    assert asked.status_code == 422
    assert 'name="iban" value="BE68 5390 0754 7034"' in asked.text
    assert BankAccount.objects.for_(group.practice).get().iban == "BE71096123456769"
    assert greets.post("/groups/record/", other | {"password": "wrong"}).status_code == 422
    assert greets.post("/groups/record/", other | {"password": "correct horse battery"}).status_code == 302
    assert BankAccount.objects.for_(group.practice).filter(to_day=None).get().iban == "BE68539007547034"


def _age(client):
    """Let the proof of a session grow old."""
    from quittance.people.accounts import session

    kept = client.session
    kept.pop(session.PROVED, None)
    kept.save()


@pytest.mark.parametrize(("typed", "kept"), [("135", "135"), ("saint-michel", "135"), ("saint mich", "135")])
def test_the_point_of_contact_is_found_by_number_and_by_name(typed, kept, greets, group):
    assert '<option value="135">' in greets.get("/groups/record/").text
    assert greets.post("/groups/record/", RECORD | {"contact_fund": typed}).status_code == 302
    assert GroupRecord.objects.for_(group.practice).get().contact_fund == kept


@pytest.mark.parametrize(("typed", "told"), [("chr", "le numéro de celle"), ("zzz", "trois chiffres"), ("999", "999")])
def test_what_is_no_fund_or_several_is_refused(typed, told, greets, group):
    refused = greets.post("/groups/record/", RECORD | {"contact_fund": typed})
    assert (refused.status_code, told in refused.text) == (422, True)


def test_a_co_manager_reads_the_record_and_does_not_change_it(group):
    client = by_right(group.clara)
    assert '<fieldset class="stack" disabled>' in client.get("/groups/record/").text
    refused = client.post("/groups/record/", RECORD)
    assert refused.status_code == 422
    assert not GroupRecord.objects.for_(group.practice).exists()


def test_a_company_has_no_record(greets, group):
    Organisation.objects.for_(group.practice).update(kind="company")
    assert greets.get("/groups/record/").status_code == 404


def test_a_user_is_added_and_the_link_is_shown_once(greets, group):
    refused = greets.post("/groups/users/add/", {"email": "nobody"})
    assert (refused.status_code, 'value="nobody"' in refused.text) == (422, True)
    assert greets.post("/groups/users/add/", {"email": "ugo@example.org"}).status_code == 422
    added = greets.post("/groups/users/add/", {"email": "noa@example.org", "first_name": "Noa"})
    assert "/account/invitation/" in added.text
    assert OrganisationMember.objects.for_(group.practice).filter(user__email="noa@example.org").exists()


def test_a_user_s_page_refuses_with_words(group, greets):
    clara = by_right(group.clara)
    url = f"/groups/users/{group.ugo.pk}/"
    assert clara.post(url, {"function": "king"}).status_code == 422
    refused = clara.post(url, {"function": "co_manager"})
    assert (refused.status_code, "gestionnaire d’accès principal" in refused.text) == (422, True)
    assert clara.post(f"{url}main/").status_code == 422
    assert greets.post(url, {"function": "co_manager"}).status_code == 302
    assert greets.post(f"/groups/users/{group.marc.pk}/end/").status_code == 422
    assert greets.post(f"{url}main/").status_code == 302
    assert greets.post(f"/groups/users/{group.marc.pk}/end/").status_code == 302
    assert "Anciens utilisateurs" in greets.get("/groups/").text
    assert greets.get(f"/groups/users/{group.marc.pk}/").status_code == 200


def test_billing_opens_and_closes_at_the_very_next_request(group):
    marc, ugo = by_right(group.marc), by_right(group.ugo)
    give, take = (f"/groups/rights/{group.ugo.pk}/{BILLING}/{verb}/" for verb in ("give", "take"))
    assert ugo.get("/bills/").status_code == 403
    assert marc.get("/patients/").status_code == 403
    assert marc.post(give).status_code == 302
    assert ugo.get("/bills/").status_code == 200
    assert ugo.get("/groups/rights/").status_code == 403
    assert marc.post(take).status_code == 302
    assert ugo.get("/bills/").status_code == 403
    assert marc.post(give).status_code == 302
    assert marc.post(f"/groups/users/{group.ugo.pk}/end/").status_code == 302
    assert ugo.get("/bills/").status_code == 403
    assert AccessRight.objects.for_(group.practice).filter(taken_at=None).count() == 0


def test_who_gave_is_shown_and_the_history_says_it_all(group, greets):
    by_right(group.rita).post(f"/groups/rights/{group.rita.pk}/{BILLING}/give/")
    shown = greets.get("/groups/rights/").text
    assert 'aria-checked="true"' in shown
    told = greets.get("/groups/rights/history/").text
    assert "à lui-même" in told
    assert "Rita Peeters" in told


def test_what_is_no_right_cannot_be_given(group, greets):
    assert greets.post(f"/groups/rights/{group.ugo.pk}/nonsense/give/").status_code == 404
    refused = greets.post(f"/groups/rights/{group.ugo.pk}/social_status/give/")
    assert (refused.status_code, "aucun mandat de ce type" in refused.text) == (422, True)


def test_a_country_without_rights_has_no_organisation(alice_client, practice):
    assert "rien à faire ici" in alice_client.get("/groups/").text
    assert alice_client.get("/groups/create/").status_code == 404
    assert alice_client.get("/groups/rights/")["Location"] == "/groups/"
    assert "/groups/" not in alice_client.get("/practice/").text


def test_the_hub_shows_what_the_powers_open(group, greets):
    assert {"/groups/", "/groups/rights/", "/account/"} <= set(
        re.findall(r'href="(/[^"]*)"', greets.get("/practice/").text)
    )
    hub = by_right(group.ugo).get("/practice/").text
    assert 'href="/account/"' in hub
    assert 'href="/groups/' not in hub
    assert greets.post("/practice/").status_code == 405


def test_rights_of_many_are_read_in_few_queries(group, greets, django_assert_max_num_queries):
    for name in ("a", "b", "c", "d"):
        user = User.objects.create_user(f"{name}@example.org", first_name=name)
        place = OrganisationMember.objects.for_(group.practice).create(organisation=group.organisation, user=user)
        rights.give(_acting(group), place, BILLING)
    with django_assert_max_num_queries(14):
        greets.get("/groups/rights/")


def _acting(group):
    from quittance.people.acting import acting_for

    return acting_for(group.owner)
