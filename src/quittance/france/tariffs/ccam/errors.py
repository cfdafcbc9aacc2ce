"""What an import of the CCAM may refuse."""

from __future__ import annotations


class CcamImportError(Exception):
    """A publication that cannot be read; the text says where, what and what to do (in French)."""


class PublishedFormatError(CcamImportError):
    """The spreadsheet of the CNAM does not have the form this importer knows."""


class HistoryFormatError(CcamImportError):
    """A file of the dated history is missing or does not have its form."""
