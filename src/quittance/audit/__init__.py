"""The journal: who saw or did what, when and from where, row after row, never changed (traçabilité)."""

from quittance.audit.reading import events, of_patient
from quittance.audit.recording import INSTALLATION, Actor, Someone, changed, record

__all__ = ["INSTALLATION", "Actor", "Someone", "changed", "events", "of_patient", "record"]
