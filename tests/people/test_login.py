import pytest
from django.urls import reverse

from quittance.people.models import Practice

PASSWORD = "correct horse battery"
LOGIN = "/login/"


def test_it_logs_in_whatever_the_capitals(client, alice):
    answer = client.post(LOGIN, {"username": "ALICE@example.org", "password": PASSWORD, "next": "/components/"})
    assert answer["Location"] == "/components/"
    assert client.get("/components/").status_code == 200


def test_it_says_one_thing_for_a_wrong_address_and_a_wrong_password(client, alice):
    texts = []
    for name in ("alice@example.org", "nobody@example.org"):
        answer = client.post(LOGIN, {"username": name, "password": "wrong"})
        assert f'value="{name}"' in answer.text
        texts.append(answer.context["form"].non_field_errors())
    assert texts[0] == texts[1]
    assert "ne vont pas ensemble" in texts[0][0]


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_it_never_leaves_for_another_site(client, alice, place):
    answer = client.post(LOGIN, {"username": "alice@example.org", "password": PASSWORD, "next": place})
    assert answer["Location"] in {"/", reverse("web:home")}


def test_logout_forgets_and_needs_a_post(alice_client):
    assert alice_client.get("/logout/").status_code == 405
    assert alice_client.post("/logout/")["Location"] == LOGIN
    assert alice_client.get("/components/")["Location"] == f"{LOGIN}?next=/components/"


def test_one_click_opens_the_demo_only_here_and_only_on_a_demo(client, alice, acting, settings):
    Practice.objects.update(is_demo=True)
    url = reverse("people:demo_login", args=[acting.professional.pk])
    assert client.post(url, REMOTE_ADDR="192.0.2.7").status_code == 404
    settings.DEMO = False
    assert client.post(url).status_code == 404
    settings.DEMO = True
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    assert client.get("/components/").status_code == 200


def test_one_click_opens_no_real_practice(client, acting):
    assert client.post(reverse("people:demo_login", args=[acting.professional.pk])).status_code == 404
