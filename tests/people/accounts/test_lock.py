"""An unattended screen locks, then the session ends; a proof opens it again."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quittance.people.accounts.models import Pin
from quittance.people.models import Practice, User
from tests.people.accounts.proving import LOGIN, PASSWORD, age, with_app
from tests.signed import enter

PAGE, LOCK = "/components/", "/account/lock/"
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/choose/"}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def pin(alice):
    return Pin.objects.create(user=alice, hash=make_password("2580"))


@pytest.fixture
def idle_client(alice_client):
    """Alice has left her screen two minutes ago."""
    age(alice_client, seen=120)
    return alice_client


def test_two_minutes_without_anybody_lock_the_screen(alice_client):
    age(alice_client, seen=90)
    assert alice_client.get(PAGE).status_code == 200
    age(alice_client, seen=120)
    assert alice_client.get(PAGE)["Location"] == f"{LOCK}?next={PAGE}"
    assert alice_client.get("/choose/")["Location"] == f"{LOCK}?next=/choose/"


def test_a_locked_page_asked_by_htmx_leaves_as_a_whole(idle_client):
    answer = idle_client.post("/choose/", headers=HTMX)
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == f"{LOCK}?next=http%3A//testserver/choose/"


def test_the_lock_shows_nothing_of_the_practice(idle_client, practice):
    page = idle_client.get(f"{LOCK}?next={PAGE}")
    idle_client.get(PAGE)
    page = idle_client.get(f"{LOCK}?next={PAGE}")
    assert page.status_code == 200
    assert practice.name not in page.text
    assert "Alice Test" in page.text


def test_the_pin_brings_the_page_back(idle_client, pin):
    idle_client.get(PAGE)
    wrong = idle_client.post(LOCK, {"pin": "1111", "next": PAGE})
    assert wrong.status_code == 422
    assert "2 essais" in wrong.text
    assert idle_client.post(LOCK, {"pin": "2580", "next": PAGE})["Location"] == PAGE
    assert idle_client.get(PAGE).status_code == 200
    pin.refresh_from_db()
    assert pin.tries_left == 3


def test_a_part_of_a_page_is_told_that_it_opens(idle_client, pin):
    idle_client.get(PAGE)
    refused = idle_client.post(LOCK, {"pin": "1111"}, headers=HTMX)
    assert (refused.status_code, "<html" in refused.text) == (422, False)
    assert 'name="next" value="http://testserver/choose/"' in refused.text
    answer = idle_client.post(LOCK, {"pin": "2580"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Trigger"]) == (204, "unlocked")


def test_three_wrong_pins_block_it_and_the_password_still_opens(idle_client, pin):
    idle_client.get(PAGE)
    for _ in range(3):
        answer = idle_client.post(LOCK, {"pin": "1111"})
    assert "bloqué" in answer.text
    assert 'name="pin"' not in answer.text
    assert idle_client.post(LOCK, {"pin": "2580"}).status_code == 422
    assert idle_client.get(PAGE).status_code == 302
    assert idle_client.post(LOCK, {"password": "wrong"}).status_code == 422
    assert idle_client.post(LOCK, {"password": PASSWORD, "next": PAGE})["Location"] == PAGE


def test_the_password_at_the_lock_is_limited(idle_client):
    idle_client.get(PAGE)
    for _ in range(5):
        assert "Vérifiez les majuscules" in idle_client.post(LOCK, {"password": "wrong"}).text
    assert "cinq minutes" in idle_client.post(LOCK, {"password": PASSWORD}).text


def test_the_delay_is_the_users_own(alice_client, alice):
    User.objects.filter(pk=alice.pk).update(idle_minutes=15)
    age(alice_client, seen=870)
    assert alice_client.get(PAGE).status_code == 200
    age(alice_client, seen=900)
    assert alice_client.get(PAGE).status_code == 302


def test_asking_how_long_is_left_does_not_put_it_off(alice_client):
    age(alice_client, seen=100)
    assert 18 <= alice_client.get("/account/idle/").json()["left"] <= 20
    age(alice_client, seen=20)
    assert alice_client.get("/account/idle/").json() == {"left": 0}
    assert alice_client.get(PAGE).status_code == 302


def test_typing_puts_it_off(alice_client):
    age(alice_client, seen=100)
    assert alice_client.post("/account/alive/").status_code == 204
    assert alice_client.get("/account/idle/").json()["left"] >= 119
    assert alice_client.get("/account/alive/").status_code == 405


def test_the_session_is_written_at_most_each_fifteen_seconds(alice_client):
    alice_client.get(PAGE)
    for seconds, writes in ((0, 0), (15, 1), (0, 0)):
        age(alice_client, seen=seconds)
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(PAGE)
        assert sum('UPDATE "django_session' in one["sql"] for one in queries) == writes


def test_one_locks_the_screen_before_leaving_it(alice_client):
    assert alice_client.get("/account/lock/now/").status_code == 405
    assert alice_client.post("/account/lock/now/", headers={"Referer": f"http://testserver{PAGE}"}).status_code == 302
    assert alice_client.get(PAGE)["Location"] == f"{LOCK}?next={PAGE}"
    assert alice_client.post("/logout/")["Location"] == LOGIN


def test_three_hours_without_anybody_end_the_session(alice_client):
    age(alice_client, seen=3 * 3600)
    answer = alice_client.get(PAGE)
    assert answer["Location"] == f"{LOGIN}?next={PAGE}"
    assert SESSION_KEY not in alice_client.session
    assert "Personne" in alice_client.get(LOGIN).text


def test_twelve_hours_end_every_session(client, alice):
    enter(client, alice)
    UserSession.objects.create(user=alice, ip="127.0.0.1", session_key=client.session.session_key)
    age(client, began=12 * 3600)
    assert client.get(PAGE)["Location"] == f"{LOGIN}?next={PAGE}"
    assert "douze heures" in client.get(LOGIN).text
    assert not UserSession.objects.exists()
    assert client.post("/account/alive/").status_code == 302


def test_a_session_older_than_its_clocks_is_over(client, alice):
    client.force_login(alice)
    kept = client.session
    del kept["began"]
    kept.save()
    assert client.get(PAGE)["Location"].startswith(LOGIN)


def test_one_click_opens_the_lock_of_the_demo(client, acting):
    Practice.objects.update(is_demo=True)
    client.post(f"/login/demo/{acting.professional.pk}/")
    age(client, seen=120)
    assert client.get(PAGE).status_code == 302
    assert "Confirmer (démo)" in client.get(LOCK).text
    assert client.post(LOCK, {"demo_proof": "1", "next": PAGE})["Location"] == PAGE


def test_one_click_opens_no_other_lock(idle_client, settings):
    idle_client.get(PAGE)
    assert settings.DEMO
    assert idle_client.post(LOCK, {"demo_proof": "1"}).status_code == 422


def test_a_locked_session_proves_nothing_else(idle_client, alice):
    with_app(alice)
    idle_client.get(PAGE)
    for path in ("/account/confirm/", "/account/", "/account/codes/", "/account/enrol/", "/account/app/"):
        assert idle_client.get(path)["Location"].startswith(LOCK), path


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example"])
def test_the_lock_opens_to_our_own_pages_alone(idle_client, pin, place):
    idle_client.get(PAGE)
    assert idle_client.post(LOCK, {"pin": "2580", "next": place})["Location"] == "/"


def test_delays_beyond_the_maxima_are_refused(alice_client, alice):
    for wrong in ({"idle_minutes": 16}, {"idle_minutes": 0}, {"idle_hours": 7}, {"idle_hours": "x"}):
        answer = alice_client.post("/account/", {"idle_minutes": 5, "idle_hours": 3} | wrong)
        assert answer.status_code == 422
    assert alice_client.post("/account/", {"idle_minutes": 15, "idle_hours": 6}).status_code == 302
    alice.refresh_from_db()
    assert (alice.idle_minutes, alice.idle_hours) == (15, 6)
