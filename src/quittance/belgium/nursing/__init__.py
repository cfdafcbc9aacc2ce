"""Home nursing (soins infirmiers à domicile): Katz scale, flat rates, visits, the lines of a day. Pure."""

from quittance.belgium.nursing.check import faults
from quittance.belgium.nursing.day import lines_of_day
from quittance.belgium.nursing.evaluations import compare
from quittance.belgium.nursing.katz import explain, level_of
from quittance.belgium.nursing.model import (
    Act,
    Choices,
    Day,
    Done,
    Evaluation,
    Identity,
    Level,
    Line,
    Message,
    Patient,
    Place,
    Refused,
    Role,
    WoundNotice,
)

__all__ = [
    "Act",
    "Choices",
    "Day",
    "Done",
    "Evaluation",
    "Identity",
    "Level",
    "Line",
    "Message",
    "Patient",
    "Place",
    "Refused",
    "Role",
    "WoundNotice",
    "compare",
    "explain",
    "faults",
    "level_of",
    "lines_of_day",
]
