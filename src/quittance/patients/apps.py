from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from quittance.people.models import Professional
    from quittance.people.professionals.leaving import Ties


class PatientsConfig(AppConfig):
    name = "quittance.patients"
    label = "patients"

    def ready(self) -> None:
        from quittance.patients import naming
        from quittance.people.journal import names

        names.register("patient", naming.named)

    def ties_of(self, professional: Professional) -> Ties:
        """Let a professional who never billed be deleted: the patients registered for him stay, the practice's."""
        from quittance.patients.models import Patient
        from quittance.people.professionals.leaving import Ties

        registered = Patient.objects.for_(professional).filter(registered_for=professional)
        return Ties(drop=lambda: registered.update(registered_for=None))
