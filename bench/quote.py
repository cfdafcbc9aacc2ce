"""`quittance.quote()` of 10 acts of each country: median 2 ms and p99 6 ms with the full trace, 0.5 ms without."""

from __future__ import annotations

import sys
from typing import Any

import quittance
from bench._figures import said, times

ACTS: list[dict[str, Any]] = [
    {"code": "G"},
    {"code": "AFLB001", "association": 1, "modifiers": ["F"]},
    {"code": "DEQP003", "association": 2},
    {"code": "IK", "quantity": 12},
    {"code": "MD"},
    {"code": "G", "date": "2026-01-06", "qualifier": "A", "total": "35,00"},
    {"code": "DEQP003", "date": "2026-01-06"},
    {"code": "QZJA002", "date": "2026-01-07", "association": 1},
    {"code": "AFLB001", "date": "2026-01-07", "association": 2},
    {"code": "G", "date": "2026-01-08"},
]
SESSION: dict[str, Any] = {
    "country": "FR",
    "date": "2026-01-05",
    "professional": {"specialty": "01", "sector": "2"},
    "patient": {"birth_date": "1980-02-02"},
    "cover": {"complementary": {"formula": "021", "percent": 130}, "third_party": {"amo": True, "amc": True}},
    "acts": ACTS,
}
BELGIAN: dict[str, Any] = {
    "country": "BE",
    "date": "2026-05-04",
    "professional": {"profession": "speech_therapist", "convention": "none"},
    "patient": {"birth_date": "2012-01-01", "ct1": "110", "ct2": "110"},
    "place": "practice",
    "custom_tariffs": [{"code": "711314", "fee": "45,00"}],
    "acts": [{"code": "711314", "date": f"2026-05-{day:02d}", "quantity": 1} for day in range(4, 14)],
}


def measured(session: dict[str, Any]) -> list[bool]:
    """Price a session a thousand times each way."""
    answer = quittance.quote(session)
    assert "error" not in answer, answer
    steps = sum(len(act["steps"]) for act in answer["acts"])
    traced = times(lambda: quittance.quote(session), 1000)
    plain = times(lambda: quittance.quote(session, trace=False), 1000)
    name = f"{session['country']} quote of 10 acts"
    return [
        said(f"{name}, {steps} steps, median", traced[500] * 1000, 2, "ms"),
        said(f"{name}, traced, p99", traced[990] * 1000, 6, "ms"),
        said(f"{name}, no trace, median", plain[500] * 1000, 0.5, "ms"),
    ]


def main() -> int:
    """Each country's session."""
    return 0 if all([*measured(SESSION), *measured(BELGIAN)]) else 1


if __name__ == "__main__":
    sys.exit(main())
