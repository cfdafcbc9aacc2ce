"""Speech therapy (logopédie): disorders, agreements, quotas, and whether a session is reimbursed. Pure."""

from quittance.belgium.speech.judge import judge
from quittance.belgium.speech.model import (
    Agreement,
    Alert,
    Patient,
    Reason,
    Session,
    Status,
    Stay,
    StayKind,
    Verdict,
)
from quittance.belgium.speech.requests import check_request

__all__ = [
    "Agreement",
    "Alert",
    "Patient",
    "Reason",
    "Session",
    "Status",
    "Stay",
    "StayKind",
    "Verdict",
    "check_request",
    "judge",
]
