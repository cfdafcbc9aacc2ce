from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "quittance.patients"
    label = "patients"

    def ready(self) -> None:
        from quittance.patients import naming
        from quittance.people.journal import names

        names.register("patient", naming.named)
