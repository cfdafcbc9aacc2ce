"""France as a Django application: its tables, and what the generic pages ask of it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from quittance.france.people import FrenchPeople
    from quittance.france.web import FrenchWeb


class FranceConfig(AppConfig):
    name = "quittance.france"
    label = "france"
    country_code = "FR"

    @cached_property
    def web(self) -> FrenchWeb:
        """What patients and bills ask of France."""
        from quittance.france.web import FrenchWeb

        return FrenchWeb()

    @cached_property
    def people(self) -> FrenchPeople:
        """What the pages of people ask of France."""
        from quittance.france.people import FrenchPeople

        return FrenchPeople()
