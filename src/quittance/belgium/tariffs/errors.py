"""What the price lists may refuse."""

from __future__ import annotations

IMPORT = "quittance tariffs --country BE import nomensoft DOSSIER --published AAAA-MM-JJ"
"""The command that reads a publication of INAMI, as messages name it."""


class TariffError(Exception):
    """A table or publication that cannot be used. The text (French) says what, where and what to do."""


class NomenSoftError(TariffError):
    """A publication of NomenSoft that does not have the form this importer knows."""


class UnknownCodeError(TariffError):
    """A code that the tables do not know."""
