"""An account is opened by invitation: a link that serves once, for seven days."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from quittance.audit import events
from quittance.people.accounts import services
from quittance.people.accounts.models import Invitation
from quittance.people.models import User
from tests.people.accounts.proving import PASSWORD, with_app

NEW = "quatre mots pris au hasard"
TYPED = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def invited(acting):
    return services.invite(acting, "Nadia@example.org", "Nadia", "Essai")


def test_the_link_opens_the_account_then_asks_for_the_second_factor(client, invited):
    user, link = invited
    assert not user.has_usable_password()
    page = client.get(link)
    assert "Nadia Essai" in page.text
    assert page["Cache-Control"] == "no-store"
    assert client.post(link, TYPED | {"new_password2": "other"}).status_code == 422
    assert client.post(link, {"new_password1": "short", "new_password2": "short"}).status_code == 422
    answer = client.post(link, TYPED)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/choose/")["Location"].startswith("/account/enrol/")
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_it_serves_once(client, invited):
    _user, link = invited
    client.post(link, TYPED)
    other = Client()
    for answer in (other.get(link), other.post(link, TYPED)):
        assert answer.status_code == 410
        assert "déjà servi" in answer.text
        assert SESSION_KEY not in other.session


def test_after_seven_days_it_no_longer_serves(client, invited):
    Invitation.objects.update(expires_at=Invitation.objects.get().created_at)
    answer = client.get(invited[1])
    assert answer.status_code == 410
    assert "plus valable" in answer.text
    assert (Invitation.objects.get().expires_at - Invitation.objects.get().created_at) < timedelta(1)


def test_a_false_link_leads_nowhere(client, invited):
    answer = client.get("/account/invitation/nothing/")
    assert answer.status_code == 410
    assert "aucune invitation" in answer.text
    assert client.put(invited[1]).status_code == 405


def test_the_database_gives_no_link(invited):
    token = invited[1].rstrip("/").rpartition("/")[2]
    assert token not in str(list(Invitation.objects.values()))


def test_a_new_link_ends_the_old_one(client, acting, invited):
    user, link = services.invite(acting, "nadia@example.org")
    assert user == invited[0]
    assert client.get(invited[1]).status_code == 410
    assert client.get(link).status_code == 200


def test_an_account_in_use_gives_no_link(acting, bob, charlie):
    assert services.invite(acting, "BOB@example.org") == (bob, "")
    assert services.invite(acting, "charlie@example.org") == (charlie, "")


def test_another_practice_gets_no_way_into_an_account_that_waits(charlie_acting, invited):
    with pytest.raises(services.InvitationError):
        services.invite(charlie_acting, "nadia@example.org")


def test_a_forgotten_password_is_replaced_and_the_second_factor_stays_required(client, acting, bob):
    with_app(bob)
    link = services.renew(acting, bob)
    assert client.post(link, TYPED)["Location"] == "/login/code/"
    assert SESSION_KEY not in client.session


def test_it_is_sent_where_e_mail_is_set_up(acting, settings):
    services.invite(acting, "a@example.org")
    assert mail.outbox == []
    settings.EMAIL_HOST = "mail.example.org"
    _user, link = services.invite(acting, "b@example.org")
    assert mail.outbox[0].to == ["b@example.org"]
    assert link in mail.outbox[0].body


def test_it_is_in_the_journal_without_a_name(acting, invited, client):
    client.post(invited[1], TYPED)
    written = list(events(acting))
    assert "account.invite" in {one.what for one in written}
    assert not re.search("nadia|essai", str([one.detail for one in written]), re.IGNORECASE)


def test_a_closed_account_is_not_opened_by_its_link(client, invited):
    User.objects.filter(pk=invited[0].pk).update(is_active=False)
    assert client.get(invited[1]).status_code == 410


def test_somebody_signed_in_there_leaves_first(alice_client, invited):
    alice_client.post(invited[1], TYPED)
    assert alice_client.session[SESSION_KEY] == str(invited[0].pk)
    assert alice_client.get("/choose/")["Location"].startswith("/account/enrol/")


def test_who_runs_quittance_lets_in_somebody_who_lost_everything(client, alice, alice_client, capsys):
    with_app(alice)
    with pytest.raises(CommandError):
        call_command("reset_account", "nobody@example.org")
    call_command("reset_account", "ALICE@example.org")
    link = capsys.readouterr().out.splitlines()[-1]
    assert Client().post("/login/", {"login": alice.email, "password": PASSWORD}).status_code == 422
    other = Client()
    assert other.post(link, TYPED).status_code == 302
    assert other.get("/choose/")["Location"].startswith("/account/enrol/")
