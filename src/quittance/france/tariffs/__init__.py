"""Dated price lists of France: CCAM and NGAP, each with its tables, its importer and its part of the flat file."""
