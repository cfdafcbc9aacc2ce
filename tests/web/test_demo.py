"""The demonstrations: filled once, every profession of both countries at work. One filling serves every question."""

from django.core.management import call_command

from quittance.belgium.models import BelgianPatient, CustomTariff, IdentityReading, KatzEvaluation
from quittance.belgium.nursing.evaluations import check
from quittance.belgium.terms import terms_of
from quittance.billing.models import Bill
from quittance.kernel.dated import day_number
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
    """Days of 2018 as the page bills them: flat rates of two nurses, a day at the ceiling, the identity read."""
    bills = list(Bill.objects.for_(practice).order_by("day"))
    assert {bill.snapshot["printed"]["group"]["name"] for bill in bills} == {practice.name}
    days = [_nursed(bill) for bill in bills]
    assert days == [
        # day, statistical lines, flat rate and its norm, fee, executing nurses
        ("2018-06-04", 4, "425294", "9", 3381, ["Lotte Maes", "Marc Thiry"]),
        ("2018-06-05", 5, "425272", "9", 1755, ["Marc Thiry", "Sofia Willems"]),
        ("2018-06-06", 0, "", "", 1755, ["Sofia Willems"]),
        ("2018-06-07", 0, "", "", 1160, ["Lotte Maes"]),
        ("2018-06-08", 3, "425294", "1", 3381, ["Lotte Maes"]),
    ]
    capped = {line.code: line.fee_cents for line in bills[2].lines.all()}
    assert list(capped) == ["425014", "425110", "424373"]
    assert sum(capped.values()) < 403 + 535 + 1330  # what they are worth one by one
    numbers = [one["number"] for bill in bills for one in bill.snapshot["printed"]["nurses"]]
    assert all(len(number) == 11 for number in numbers)
    assert IdentityReading.objects.for_(practice).count() == 7
    held = KatzEvaluation.objects.for_(practice)
    assert (held.filter(first__year=2018).count(), held.exclude(first__year=2018).count()) == (3, 5)
    unfinished = [row for row in held if check(row.evaluation(), day_number(row.first))]
    assert unfinished == []
    assert BelgianPatient.objects.for_(practice).filter(palliative_from__isnull=False, rural=True).count() == 1


def _nursed(bill):
    acts = bill.snapshot["draft"]["acts"]
    flat = next((act for act in acts if act["role"] == "flat"), {"code": "", "norm": ""})
    statistics = [act for act in acts if act["role"] == "statistic"]
    nurses = [one["name"] for one in bill.snapshot["printed"]["nurses"]]
    return str(bill.day), len(statistics), flat["code"], flat["norm"], bill.fee_cents, nurses
