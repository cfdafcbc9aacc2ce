"""Dated prices of the Belgian nomenclature (INAMI, RIZIV): tables, their builder, the importer of NomenSoft, search."""
