from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from quittance.people.models import Practice, Professional
    from quittance.people.professionals.leaving import Ties

# What is issued is never changed: the database itself refuses it (`audit.immutable`).
ISSUED = (
    "billing_bill",
    "billing_line",
    "billing_share",
    "billing_receivable",
    "billing_billevent",
    "billing_payment",
)


class BillingConfig(AppConfig):
    name = "quittance.billing"
    label = "billing"

    def ready(self) -> None:
        from quittance.audit import immutable

        immutable.protect(*ISSUED)

    def demo(self, practice: Practice) -> None:
        """Give the demo its bills: called by `quittance demo`, after the country has made the patients."""
        from quittance.billing.demo import demo

        demo(practice)

    def ties_of(self, professional: Professional) -> Ties:
        """Tell what ties a professional to his bills: asked before he is deleted."""
        from quittance.billing.services.ties import ties_of

        return ties_of(professional)
