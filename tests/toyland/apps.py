"""Toyland as a Django application."""

from functools import cached_property
from typing import Any

from django.apps import AppConfig


class ToylandConfig(AppConfig):
    name = "toyland"
    label = "toyland"
    country_code = "XT"

    @cached_property
    def web(self) -> Any:
        """What patients and bills ask of Toyland."""
        from .web import ToyWeb

        return ToyWeb()
