"""The demonstrations: filled once, every profession of both countries at work. One filling serves every question."""

from django.core.management import call_command

from quittance.belgium.models import CustomTariff, KatzEvaluation
from quittance.belgium.terms import terms_of
from quittance.billing.models import Bill
from quittance.people.models import Issuer, Practice, Professional, SubstitutionDay, User


def test_the_demonstrations(db, client, capsys):
    call_command("demo")
    counted = Bill.objects.unscoped("test").count()
    call_command("demo")
    assert Bill.objects.unscoped("test").count() == counted
    _of_france(Practice.objects.get(is_demo=True, country="FR"))
    _of_a_speech_therapist(Practice.objects.get(is_demo=True, name="Cabinet de logopédie de démonstration"))
    _of_a_group(Practice.objects.get(is_demo=True, name="Groupement infirmier de démonstration"))
    shown = client.get("/login/").text
    people = (
        "Dr Camille Roy",
        "Lucie Marin",
        "Secrétaire",
        "Jeanne Perrot",
        "Remplaçant",
        "Élise Delvaux",
        "Lotte Maes",
    )
    assert [text for text in people if text not in shown] == []
    assert "Dr Camille Roy" not in client.get("/login/", REMOTE_ADDR="192.0.2.7").text


def _of_france(practice):
    staff = Professional.objects.for_(practice).filter(is_substitute=False)
    assert [one.last_name for one in staff] == ["Garnier", "Lemaire", "Morvan", "Picard", "Roy", "Vasseur"]
    assert (Issuer.objects.for_(practice).count(), User.objects.count()) == (6, 14)
    assert SubstitutionDay.objects.for_(practice).count() == 30
    assert not User.objects.get(email="roy@demo.quittance.example").has_usable_password()


def _of_a_speech_therapist(practice):
    """Without convention: third-party payment, an own tariff, an exception, a report outside the nomenclature."""
    assert terms_of(Professional.objects.for_(practice).get()).convention(practice.today()) == "none"
    assert CustomTariff.objects.for_(practice).count() == 5
    bills = Bill.objects.for_(practice).select_related("patient").order_by("pk")
    fees = {bill.patient.birth_name: {line.fee_cents for line in bill.lines.all()} for bill in bills}
    assert fees == {"Leroy": {3837}, "Moreau": {4500, 1500}, "Nguyen": {3837}}
    asked = {bill.patient.birth_name: bill.receivables.get(kind="compulsory").cents > 0 for bill in bills}
    assert asked == {"Leroy": True, "Moreau": False, "Nguyen": False}


def _of_a_group(practice):
    bills = list(Bill.objects.for_(practice))
    assert len(bills) == 4
    assert {bill.snapshot["printed"]["group"]["name"] for bill in bills} == {practice.name}
    assert {bill.day.year for bill in bills} == {2018}
    assert KatzEvaluation.objects.for_(practice).count() == 4
