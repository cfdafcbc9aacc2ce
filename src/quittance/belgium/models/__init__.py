"""Tables of Belgium: its half of patients and covers, and what its professions keep."""

from quittance.belgium.models.nursing import KatzEvaluation, WoundCareNotice
from quittance.belgium.models.papers import (
    Booklet,
    CareCertificate,
    CertifiedLine,
    EAttestReceipt,
    RecapList,
    SupportingPaper,
)
from quittance.belgium.models.patients import BelgianCover, BelgianPatient, IdentityReading
from quittance.belgium.models.speech import SpeechAgreement, SpeechStay
from quittance.belgium.models.tariffs import CustomTariff

__all__ = [
    "BelgianCover",
    "BelgianPatient",
    "Booklet",
    "CareCertificate",
    "CertifiedLine",
    "CustomTariff",
    "EAttestReceipt",
    "IdentityReading",
    "KatzEvaluation",
    "RecapList",
    "SpeechAgreement",
    "SpeechStay",
    "SupportingPaper",
    "WoundCareNotice",
]
