"""An empty installation gets its first practice and account from one command."""

import pytest
from django.core.management import CommandError, call_command

from quittance.people.models import Issuer, Membership, Practice, Professional, User
from quittance.web import country
from quittance.web.management.commands import open_practice

pytestmark = pytest.mark.django_db

ANSWERS = {
    "email": "Nadia@example.org",
    "first_name": "Nadia",
    "last_name": "Essai",
    "profession": "Infirmière",
    "number": "991000099",
    "practice": "Cabinet Essai",
    "country": "FR",
    "profile": ["specialty=24", "sector=1"],
}


@pytest.fixture
def typed(monkeypatch):
    """Type a password where the command asks for one, and know of one country."""

    def with_password(password):
        monkeypatch.setattr(open_practice, "getpass", lambda _prompt: password)

    monkeypatch.setattr(country, "countries", lambda: {"FR": None})
    with_password("quatre mots au hasard")
    return with_password


def test_it_makes_all_that_a_bill_needs(typed):
    call_command("open_practice", **ANSWERS)
    practice = Practice.objects.get()
    user = User.objects.get()
    assert (practice.name, practice.country, practice.is_demo) == ("Cabinet Essai", "FR", False)
    assert user.check_password("quatre mots au hasard")
    assert Membership.objects.for_(practice).get().role == "owner"
    assert Professional.objects.for_(practice).get().profile == {"specialty": "24", "sector": "1"}
    assert Issuer.objects.for_(practice).get().number == "991000099"


@pytest.mark.parametrize(
    "wrong", [{"country": "XX"}, {"profile": ["24"]}, {"practice": " "}], ids=["country", "profile", "missing"]
)
def test_it_refuses_and_makes_nothing(typed, monkeypatch, wrong):
    monkeypatch.setattr("builtins.input", lambda _prompt: "")
    answers = ANSWERS | {name: "" if value == " " else value for name, value in wrong.items()}
    with pytest.raises(CommandError):
        call_command("open_practice", **answers)
    assert not Practice.objects.exists()


def test_it_asks_for_the_country_where_there_are_several(typed, monkeypatch):
    monkeypatch.setattr(country, "countries", lambda: {"BE": None, "FR": None})
    monkeypatch.setattr("builtins.input", lambda _prompt: "be")
    call_command("open_practice", **(ANSWERS | {"country": ""}))
    assert Practice.objects.get().country == "BE"


def test_it_refuses_a_weak_password(typed):
    typed("court")
    with pytest.raises(CommandError):
        call_command("open_practice", **ANSWERS)
    assert not User.objects.exists()


def test_it_refuses_an_address_that_has_an_account(typed):
    call_command("open_practice", **ANSWERS)
    with pytest.raises(CommandError):
        call_command("open_practice", **ANSWERS)
    assert Practice.objects.count() == 1
