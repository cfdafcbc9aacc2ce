from django.apps import AppConfig
from django.db.models.signals import post_migrate


class BillingConfig(AppConfig):
    name = "quittance.billing"
    label = "billing"

    def ready(self) -> None:
        from quittance.billing import triggers

        # After every application: a later migration may rebuild a table of ours and drop its triggers.
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="billing.triggers")
