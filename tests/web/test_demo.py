from django.core.management import call_command

from quittance.people.models import Issuer, Practice, Professional, SubstitutionDay, User


def test_the_demo_is_filled_once(db, capsys):
    call_command("demo")
    call_command("demo")
    practice = Practice.objects.get(is_demo=True)
    staff = Professional.objects.for_(practice).filter(is_substitute=False)
    assert [one.last_name for one in staff] == ["Garnier", "Lemaire", "Morvan", "Picard", "Roy", "Vasseur"]
    assert (Issuer.objects.for_(practice).count(), User.objects.count()) == (6, 9)
    assert SubstitutionDay.objects.for_(practice).count() == 30
    assert not User.objects.get(email="roy@demo.quittance.example").has_usable_password()


def test_the_demo_people_are_on_the_login_page(client, db, capsys):
    call_command("demo")
    shown = client.get("/login/").text
    assert all(text in shown for text in ("Dr Camille Roy", "Lucie Marin", "Secrétaire", "Jeanne Perrot", "Remplaçant"))
    assert "Dr Camille Roy" not in client.get("/login/", REMOTE_ADDR="192.0.2.7").text
