"""The Belgian session as the contract writes it: what may be typed, and nothing else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from quittance.kernel.session import Day, PositiveAmount, Strict

MOST_ACTS, MOST_HISTORY, MOST_CUSTOM = 500, 2_000, 2_000

Flag = Annotated[bool, Field(strict=True)]
Quantity = Annotated[int, Field(strict=True, ge=1, le=999)]
Score = Annotated[int, Field(strict=True, ge=1, le=4)]
Profession = Literal["speech_therapist", "nurse", "physiotherapist", "doctor", "dentist", "midwife"]
Place = Literal["practice", "home", "school", "rehabilitation", "hospital", "rest_home", "community", "day_care"]
Reason = Literal["early_hour", "weekend", "holiday", "home_request", "travel_request", "particular_demand"]


class Professional(Strict):
    """Who bills: profession and convention status (conventionnement) on the day."""

    profession: Profession
    convention: Literal["conventioned", "partial", "none"] = "conventioned"


class Katz(Strict):
    """The six scores of the Katz scale, from 1 (alone) to 4 (wholly dependent)."""

    wash: Score
    dress: Score
    transfer: Score
    toilet: Score
    continence: Score
    eat: Score


def _scores(value: object) -> object:
    """The six scores by name, or in the order of the scale."""
    names = tuple(Katz.model_fields)
    return dict(zip(names, value, strict=True)) if isinstance(value, list) and len(value) == len(names) else value


Scores = Annotated[
    Katz,
    BeforeValidator(_scores),
    WithJsonSchema(
        {
            "anyOf": [
                Katz.model_json_schema(),
                {
                    "type": "array",
                    "items": {"type": "integer", "minimum": 1, "maximum": 4},
                    "minItems": 6,
                    "maxItems": 6,
                },
            ]
        }
    ),
]


class Patient(Strict):
    """Whom it is for: only what prices turn on."""

    birth_date: Day | None = None
    ct1: str | None = None
    ct2: str | None = None
    preferential: Flag | None = None
    gmd: Flag = False
    chronic: Flag = False
    palliative: Flag = False
    katz: Scores | None = None
    force_official: Flag = False


class Earlier(Strict):
    """An earlier act, for the limits that count it."""

    code: str
    date: Day
    quantity: Quantity = 1


class CustomTariff(Strict):
    """The provider's own tariff (tarif personnalisé) for a code, already chosen for the date."""

    code: str
    fee: PositiveAmount


class Act(Strict):
    """One line: a code of the nomenclature, with what was typed."""

    code: str
    date: Day | None = None
    quantity: Quantity = 1
    supplement: PositiveAmount = 0
    supplement_reason: Reason | None = None


class Session(Strict):
    """The input of a Belgian quote."""

    country: Literal["BE"]
    date: Day
    professional: Professional
    patient: Patient = Patient()
    place: Place | None = None
    history: Annotated[list[Earlier], Field(max_length=MOST_HISTORY)] = []
    third_party: Flag = False
    custom_tariffs: Annotated[list[CustomTariff], Field(max_length=MOST_CUSTOM)] = []
    acts: Annotated[list[Act], Field(min_length=1, max_length=MOST_ACTS)]
