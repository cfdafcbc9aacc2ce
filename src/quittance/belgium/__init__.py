"""Belgium: its numbers, its people, its patients and its prices. Importing it imports no Django."""

from quittance.belgium.country import country

__all__ = ["country"]
