"""The notification of a Katz evaluation (document médico-administratif) as a working copy, in the patient's language.

The official form's layout was found in no source, and the notification itself leaves by MyCareNet (message 410000): the
paper says so, and holds facts alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quittance.belgium.documents.people import Patient, Provider, patient_page, provider_page
from quittance.belgium.documents.words import Language, words
from quittance.billing.documents import compiled
from quittance.web.templatetags.quittance import day

TEMPLATE = Path(__file__).parent / "katz.typ"


@dataclass(frozen=True, slots=True)
class Notice:
    """An evaluation as it is printed: six scores in the order of the scale, and from which score on they mean what.

    `level` is the flat rate that counts (A, B, C), `toilets` the profile of a patient without one; both may be empty.
    `sent` None = not notified yet; `decided` whether the medical adviser decided on the level.
    """

    provider: Provider
    patient: Patient
    scores: tuple[int, ...]
    dependent_from: int
    whole_from: int
    level: str
    toilets: str
    first: date
    last: date
    sent: date | None
    issued: date
    decided: bool = False
    refused: bool = False
    disoriented: bool = False
    incontinent: bool = False
    stopped: date | None = None
    language: Language = Language.FR


def notice_pdf(notice: Notice) -> bytes:
    """Print the working copy of a notification."""
    return compiled(TEMPLATE, page_of(notice))


def page_of(notice: Notice) -> dict[str, Any]:
    """Write its texts."""
    said = words("katz", notice.language)
    return {
        "lang": str(notice.language),
        "words": said,
        "issued": day(notice.issued),
        "provider": provider_page(notice.provider, said),
        "patient": patient_page(notice.patient, said),
        "rows": [
            [item, str(one), _meaning(notice, one, said)]
            for item, one in zip(said["items"], notice.scores, strict=True)
        ],
        "facts": [[word, value] for word, value in _facts(notice, said) if value],
    }


def _meaning(notice: Notice, score: int, said: dict[str, Any]) -> str:
    if score >= notice.whole_from:
        return str(said["whole"])
    return str(said["dependent"] if score >= notice.dependent_from else said["independent"])


def _facts(notice: Notice, said: dict[str, Any]) -> list[tuple[str, str]]:
    found = said["flat"].format(level=notice.level) if notice.level else said["no-flat"]
    return [
        (said["level"], found),
        (said["toilets"], "" if notice.level else notice.toilets),
        (said["decision"], said["refused"] if notice.refused else said["decided"] if notice.decided else ""),
        (said["situation"], ", ".join(_situation(notice, said))),
        (said["first"], day(notice.first)),
        (said["last"], day(notice.last)),
        (said["stopped"], day(notice.stopped) if notice.stopped else ""),
        (said["sent"], day(notice.sent) if notice.sent else said["not-sent"]),
    ]


def _situation(notice: Notice, said: dict[str, Any]) -> list[str]:
    held = {"disoriented": notice.disoriented, "incontinent": notice.incontinent}
    return [said[name] for name, holds in held.items() if holds]
