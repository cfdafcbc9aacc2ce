from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.models.signals import post_migrate

if TYPE_CHECKING:
    from quittance.people.models import Practice


class BillingConfig(AppConfig):
    name = "quittance.billing"
    label = "billing"

    def ready(self) -> None:
        from quittance.billing import triggers

        # After every application: a later migration may rebuild a table of ours and drop its triggers.
        post_migrate.connect(triggers.install_after_migrate, dispatch_uid="billing.triggers")

    def demo(self, practice: Practice) -> None:
        """Give the demo its bills: called by `quittance demo`, after the country has made the patients."""
        from quittance.billing.demo import demo

        demo(practice)
