"""Toyland (XT), an invented country of three acts: what a new country is, as small as it can be."""

from .country import country

__all__ = ["country"]
