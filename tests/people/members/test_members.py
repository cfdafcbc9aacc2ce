"""Members: the owner alone invites, changes and ends; a practice never loses its last owner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quittance.audit import events
from quittance.people.acting import acting_for
from quittance.people.models import Membership, User
from tests.signed import enter

TYPED = {
    "email": "nolwenn@example.org",
    "first_name": "Nolwenn",
    "last_name": "Le Dû",
    "role": "secretary",
    "from_day": "",
    "to_day": "",
}


@pytest.fixture
def owner(alice, client):
    return enter(client, alice)


def member_of(practice, user):
    return Membership.objects.for_(practice).get(user=user)


def role_of(user, capacity=""):
    found = acting_for(user, capacity)
    return found and found.role


def test_an_invitation_shows_its_link_once(owner, practice, acting):
    answer = owner.post("/members/invite/", TYPED)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    user = User.objects.get(email="nolwenn@example.org")
    made = member_of(practice, user)
    assert made.role == "secretary"
    assert "/account/invitation/" in answer.text
    told = events(acting).filter(action="change").order_by("seq").values_list("what", flat=True)
    assert list(told) == ["account.invite", "member.add"]
    page = owner.get("/members/").text
    assert "Nolwenn Le Dû" in page
    assert "invité" in page
    assert "/account/invitation/" not in page


def test_a_refused_invitation_keeps_what_was_typed(owner, practice, bob):
    wrong = TYPED | {"email": "nolwenn", "from_day": "2026-02-01", "to_day": "2026-01-01"}
    answer = owner.post("/members/invite/", wrong)
    assert answer.status_code == 422
    for word in ("nolwenn", "Nolwenn", "Le Dû", "2026-02-01", "adresse électronique", "précède le premier"):
        assert word in answer.text, word
    answer = owner.post("/members/invite/", TYPED | {"email": bob.email.upper()})
    assert answer.status_code == 422
    assert "travaille déjà ici" in answer.text
    assert Membership.objects.for_(practice).count() == 2


def test_somebody_with_an_account_gets_no_link_and_works_here(owner, practice, charlie):
    answer = owner.post("/members/invite/", TYPED | {"email": charlie.email, "role": "reader"})
    assert answer.status_code == 200
    assert "/account/invitation/" not in answer.text
    member = member_of(practice, charlie)
    assert role_of(charlie, f"membership:{member.pk}") == "reader"


def test_role_and_dates_are_changed(owner, practice, bob):
    member = member_of(practice, bob)
    sent = {"role": "reader", "from_day": "2020-01-01", "to_day": "2999-12-31"}
    assert owner.post(f"/members/{member.pk}/", sent).status_code == 302
    member.refresh_from_db()
    assert (member.role, str(member.from_day), str(member.to_day)) == ("reader", "2020-01-01", "2999-12-31")
    assert owner.post(f"/members/{member.pk}/", sent | {"role": "substitute"}).status_code == 422


def test_an_ended_member_is_out_at_the_next_request(owner, practice, bob):
    from django.test import Client

    his = enter(Client(), bob)
    assert his.get("/patients/").status_code == 200
    assert owner.post(f"/members/{member_of(practice, bob).pk}/end/").status_code == 302
    assert his.get("/patients/").status_code in (302, 403)
    assert "Ne travaillent plus ici" in owner.get("/members/").text
    assert owner.post("/members/invite/", TYPED | {"email": bob.email}).status_code == 200
    assert role_of(bob) == "secretary"


def test_the_last_owner_cannot_be_ended_nor_made_less(owner, practice, alice, bob):
    member, tomorrow = member_of(practice, alice), str(practice.today() + timedelta(days=1))
    keep = {"role": "owner", "from_day": "", "to_day": ""}
    for less in ({"role": "colleague"}, {"to_day": "2999-12-31"}, {"from_day": tomorrow}):
        answer = owner.post(f"/members/{member.pk}/", keep | less)
        assert answer.status_code == 422, less
        assert "un autre membre un titulaire" in answer.text
    answer = owner.post(f"/members/{member.pk}/end/", follow=True)
    assert "un autre membre un titulaire" in answer.text
    assert member_of(practice, alice).role == "owner"
    Membership.objects.for_(practice).filter(user=bob).update(role="owner", to_day="2999-12-31")
    assert owner.post(f"/members/{member.pk}/end/").status_code == 302
    assert acting_for(alice) is not None
    Membership.objects.for_(practice).filter(user=bob).update(to_day=None)
    assert owner.post(f"/members/{member.pk}/", keep | {"role": "colleague"}).status_code == 302


def test_a_new_link_for_who_forgot(owner, practice, bob):
    answer = owner.post(f"/members/{member_of(practice, bob).pk}/renew/")
    assert "/account/invitation/" in answer.text


ROUTES = {"": "get", "invite/": "post", "{pk}/": "post", "{pk}/end/": "post", "{pk}/renew/": "post"}


@pytest.mark.parametrize("role", ["colleague", "secretary", "reader"])
def test_only_the_owner_comes_in(role, alice, bob, practice, client):
    Membership.objects.for_(practice).filter(user=bob).update(role=role)
    enter(client, bob)
    for path, method in ROUTES.items():
        shown = getattr(client, method)("/members/" + path.format(pk=member_of(practice, alice).pk), TYPED)
        assert shown.status_code == 403, path
    assert not User.objects.filter(email="nolwenn@example.org").exists()


def test_a_stranger_meets_no_member(charlie_client, practice, alice):
    for path, method in ROUTES.items():
        if "{pk}" in path:
            shown = getattr(charlie_client, method)("/members/" + path.format(pk=member_of(practice, alice).pk), TYPED)
            assert shown.status_code == 404, path
    assert "Alice" not in charlie_client.get("/members/").text
    assert member_of(practice, alice).role == "owner"


def test_a_wrong_method_is_refused(owner, practice, bob):
    pk = member_of(practice, bob).pk
    assert owner.post("/members/").status_code == 405
    for path in (f"{pk}/end/", f"{pk}/renew/"):
        assert owner.get(f"/members/{path}").status_code == 405
    for path in ("invite/", f"{pk}/"):
        assert owner.put(f"/members/{path}").status_code == 405
