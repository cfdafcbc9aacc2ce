"""Belgium: its numbers, its people and its patients; no prices yet. Importing it imports no Django."""

from quittance.belgium.country import country

__all__ = ["country"]
