"""Let somebody in again who has lost password and second factor: what the person who runs Quittance does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quittance.people.accounts.services import reset
from quittance.people.models import User


class Command(BaseCommand):
    help = "Take the password, PIN and second factors from an account, end its sessions, print a link that opens it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of the account."""
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Reset, and print the path to open after the address of Quittance."""
        user = User.objects.filter(email=options["email"].strip().lower()).first()
        if user is None:
            raise CommandError(f"{options['email']} : aucun compte n'a cette adresse. Vérifiez-la.")
        self.stdout.write(f"Lien à donner à {user}, valable sept jours, à ouvrir après l'adresse de Quittance :")
        self.stdout.write(reset(user))
