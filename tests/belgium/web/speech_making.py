"""An agreement as its form sends it, and what the pages of speech therapy say."""

from __future__ import annotations

from typing import Any

from quittance.belgium.models import SpeechAgreement

TYPED = {
    "disorder": "b3",
    "prolongs": "",
    "begin": "2026-03-16",
    "end": "2028-03-15",
    "prescriber_kind": "specialist",
    "prescribed": "2026-03-02",
    "form": "2026-03-18",
    "prescription": "2026-03-20",
    "assessed": "2026-03-06",
}


def rows(patient: Any) -> Any:
    """The agreements of a patient."""
    return SpeechAgreement.objects.for_(patient).filter(patient=patient)


def page(client: Any, patient: Any, status: int = 200) -> str:
    """The page of speech therapy of a patient."""
    answer = client.get(f"/be/speech/{patient.pk}/")
    assert answer.status_code == status
    return str(answer.content.decode())


def warned(answer: Any, *texts: str) -> None:
    """What an answer must say."""
    for text in texts:
        assert text in answer.content.decode(), text
