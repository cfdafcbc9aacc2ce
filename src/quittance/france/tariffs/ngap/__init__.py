"""NGAP price lists: prices by code, profession, zone, convention and day, their importer and their checks."""
