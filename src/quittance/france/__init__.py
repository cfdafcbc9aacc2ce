"""France: NGAP, CCAM, compulsory and complementary insurers. Importing it imports no Django."""

from quittance.france.country import country

__all__ = ["country"]
