"""The importer of NomenSoft, the nomenclature as INAMI publishes it: tables as text or XML, pages of one code."""
