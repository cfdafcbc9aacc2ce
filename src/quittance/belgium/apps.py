"""Belgium as a Django application: its tables, and what the generic pages ask of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from quittance.belgium.people import BelgianPeople
    from quittance.belgium.web import BelgianWeb
    from quittance.people.journal.words import Words


class BelgiumConfig(AppConfig):
    name = "quittance.belgium"
    label = "belgium"
    country_code = "BE"

    @cached_property
    def web(self) -> BelgianWeb:
        """What patients and bills ask of Belgium."""
        from quittance.belgium.web import BelgianWeb

        return BelgianWeb()

    @cached_property
    def people(self) -> BelgianPeople:
        """What the pages of people ask of Belgium."""
        from quittance.belgium.people import BelgianPeople

        return BelgianPeople()

    @cached_property
    def journal(self) -> Words:
        """What the journal calls what is Belgium's own."""
        from quittance.belgium.journal import words

        return words
