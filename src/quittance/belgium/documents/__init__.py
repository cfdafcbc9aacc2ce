"""Printed papers of Belgium: certificate of care given, supporting document for the patient, recap of a mutuality.

Typed data in, PDF out; no rule of price is here and no row is read. The words stand in `words.yaml` (fr, nl, de), the
dated facts with their sources in `rules.yaml`.
"""
