"""As what and for whom one works: chosen on a page, read anew at each request."""

from quittance.people.models import Membership, Professional


def test_she_chooses_for_whom_she_works(alice_client, acting, bob):
    his = Professional.objects.for_(acting).get(first_name="Bob")
    answer = alice_client.post("/choose/", {"capacity": acting.capacity, "professional": his.pk})
    assert answer.status_code == 302
    assert "Dr Test" in alice_client.get("/components/").text
    assert alice_client.session["professional"] == his.pk


def test_she_cannot_choose_another_practice(alice_client, charlie_acting, acting):
    theirs = {"capacity": charlie_acting.capacity, "professional": charlie_acting.professional.pk}
    assert alice_client.post("/choose/", theirs).status_code == 404
    mixed = {"capacity": acting.capacity, "professional": charlie_acting.professional.pk}
    assert alice_client.post("/choose/", mixed).status_code == 404
    for nonsense in ("x", "membership:x", "mandate:1", "garbage:1", ""):
        assert alice_client.post("/choose/", {"capacity": nonsense}).status_code == 404


def test_a_membership_taken_away_refuses_the_very_next_page(alice_client, acting):
    alice_client.post("/choose/", {"capacity": acting.capacity, "professional": acting.professional.pk})
    assert alice_client.get("/components/").status_code == 200
    Membership.objects.unscoped("test").all().delete()
    answer = alice_client.get("/components/")
    assert answer.status_code == 403
    assert "Cet accès a pris fin" in answer.text
    assert "aucun cabinet" in alice_client.get("/choose/").text
