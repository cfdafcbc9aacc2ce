"""Open a practice with its first professional, who owns it: what an empty installation starts with."""

from __future__ import annotations

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from quittance.people.models import Issuer, Membership, Practice, Professional, Role, User
from quittance.terminal import both
from quittance.web import country

ASKED = {
    "email": ("Adresse électronique", "E-mail address"),
    "first_name": ("Prénom", "First name"),
    "last_name": ("Nom", "Last name"),
    "profession": ("Profession", "Profession"),
    "number": ("Numéro de facturation", "Billing number"),
    "practice": ("Nom du cabinet", "Name of the practice"),
}


def profile_of(pairs: list[str]) -> dict[str, str]:
    """Read `specialty=24 sector=1` as a mapping."""
    wrong = [pair for pair in pairs if "=" not in pair]
    if wrong:
        raise CommandError(both(f"{wrong[0]} : écrivez NOM=VALEUR.", f"{wrong[0]}: write NAME=VALUE."))
    return dict(pair.split("=", 1) for pair in pairs)


def chosen_country(code: str) -> str:
    """Give the country's code; without one, that of the only country installed, else the one typed."""
    known = sorted(country.countries())
    names = ", ".join(known)
    code = code or (known[0] if len(known) == 1 else input(f"{both('Pays', 'Country')} ({names}) : ").strip().upper())
    if code in known:
        return code
    raise CommandError(both(f"Choisissez un pays avec --country : {names}.", f"Choose a --country: {names}."))


@transaction.atomic
def open_practice(answers: dict[str, str], code: str, profile: dict[str, str], password: str) -> Practice:
    """Make the practice, its owner, the professional and the issuer of the bills."""
    practice = Practice.objects.create(name=answers["practice"], country=code)
    names = {"first_name": answers["first_name"], "last_name": answers["last_name"]}
    user = User.objects.create_user(answers["email"], password, **names)
    Membership.objects.for_(practice).create(practice=practice, user=user, role=Role.OWNER)
    person = Professional.objects.for_(practice).create(
        practice=practice, user=user, profession=answers["profession"], profile=profile, **names
    )
    Issuer.objects.for_(practice).create(
        practice=practice, professional=person, label=person.full_name, number=answers["number"]
    )
    return practice


class Command(BaseCommand):
    help = "Open a practice and its first account; asks for what is not given."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take every answer as an option too, the password excepted."""
        for name in ASKED:
            parser.add_argument(f"--{name.replace('_', '-')}", default="")
        parser.add_argument("--country", default="")
        parser.add_argument("--profile", nargs="*", default=[], help="specialty=24 sector=1 option=none zone=metropole")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, check, make."""
        code, profile = chosen_country(options["country"]), profile_of(options["profile"])
        answers = {name: options[name] or input(f"{both(*words)} : ").strip() for name, words in ASKED.items()}
        if missing := [both(*ASKED[name]) for name, answer in answers.items() if not answer]:
            raise CommandError(both(f"Il manque : {', '.join(missing)}.", f"Missing: {', '.join(missing)}."))
        if User.objects.filter(email=answers["email"].lower()).exists():
            raise CommandError(both("Cette adresse a déjà un compte.", "This address has an account already."))
        password = getpass(both("Mot de passe : ", "Password: "))
        try:
            validate_password(password, User(email=answers["email"]))
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        practice = open_practice(answers, code, profile, password)
        self.stdout.write(both(f"Cabinet ouvert : {practice}.", f"Practice opened: {practice}."))
