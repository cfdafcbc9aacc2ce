from django.apps import AppConfig


class PatientsConfig(AppConfig):
    name = "quittance.patients"
    label = "patients"
