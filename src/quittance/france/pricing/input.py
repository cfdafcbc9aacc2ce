"""The French session as the contract writes it: what may be typed, and nothing else."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from quittance.kernel.session import Day, Milli, Percent, PositiveAmount, Strict, read_day

MOST_ACTS = 500
MOST_MODIFIERS = 4

Exemption = Literal["0", "1", "2", "3", "4", "5", "6", "7", "9", "C"]


def read_birth(value: object) -> date | str:
    """A birth date: a day, or the eight digits DDMMYYYY of a lunar one (date de naissance lunaire)."""
    raw = value.get("raw") if isinstance(value, dict) and set(value) == {"raw"} else None
    if isinstance(raw, str) and len(raw) == 8 and raw.isascii() and raw.isdecimal() and 1850 <= int(raw[4:]) <= 2200:
        return raw
    if raw is None and not isinstance(value, dict):
        try:
            return read_day(value)
        except PydanticCustomError:
            pass
    raise PydanticCustomError("birth.invalid", "birth")


def _modifiers(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(values) > MOST_MODIFIERS:
        raise PydanticCustomError("modifier.too_many", "modifiers")
    for value in values:
        if len(value) != 1 or not value.isascii() or not (value.isdecimal() or value.isupper()):
            raise PydanticCustomError("modifier.invalid", "modifier")
    return values


Birth = Annotated[
    Any,
    BeforeValidator(read_birth),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {
                    "type": "object",
                    "properties": {"raw": {"type": "string", "pattern": r"^\d{8}$"}},
                    "required": ["raw"],
                    "additionalProperties": False,
                },
                {"type": "null"},
            ]
        }
    ),
]
Flag = Annotated[bool, Field(strict=True)]


class Professional(Strict):
    """Who bills: specialty (spécialité), sector, option, zone."""

    specialty: str
    sector: Literal["1", "1DP", "2", "0"] = "1"
    option: Literal["none", "optam", "optam_aco"] = "none"
    zone: Literal["metropole", "guadeloupe", "martinique", "guyane", "reunion", "mayotte"] = "metropole"


class Patient(Strict):
    """Whom it is for: only what prices turn on."""

    birth_date: Birth | None = None


class ThirdParty(Strict):
    """Third-party payment (tiers payant) by insurer."""

    amo: Flag = False
    amc: Flag = False


class Complementary(Strict):
    """Formula of the complementary insurer (formule AMC) and its parameters."""

    formula: str
    percent: Percent | None = None
    ceiling: PositiveAmount | None = None
    lump: PositiveAmount | None = None
    percent_dr: Percent | None = None
    percent_tr: Percent | None = None
    percent_mro: Percent | None = None
    percent_pmss: Percent | None = None
    percent_tm: Percent | None = None
    percent_tc: Percent | None = None


class Cover(Strict):
    """What the patient is covered by on the day."""

    nature: Literal["illness", "maternity", "work_accident", "free_care", "prevention"] = "illness"
    free_care_amount: PositiveAmount = 0
    exemption: Exemption = "0"
    scheme: Literal["none", "c2s", "ame"] = "none"
    local_scheme: Flag = False
    fsv: Flag = False
    pathway: Literal["T", "N", "R", "O", "M", "J", "B", "D", "U", "H", "S1", "S2"] | None = None
    treating_doctor: Literal["yes", "no", "unknown"] = "unknown"
    third_party: ThirdParty = ThirdParty()
    complementary: Complementary | None = None


class Act(Strict):
    """One line: an NGAP key letter or a CCAM code, with what was typed."""

    code: str
    date: Day | None = None
    quantity: Annotated[int, Field(strict=True, ge=1, le=999)] = 1
    coefficient: Milli = 1000
    complement: Literal["none", "night", "deep_night", "sunday"] = "none"
    half: Flag = False
    activity: Annotated[int, Field(strict=True, ge=1, le=5)] = 1
    phase: Annotated[int, Field(strict=True, ge=0, le=3)] = 0
    modifiers: Annotated[tuple[str, ...], AfterValidator(_modifiers)] = ()
    association: Annotated[int, Field(strict=True, ge=1, le=5)] | None = None
    exceptional: Literal["O", "N"] | None = None
    supplement: PositiveAmount = 0
    qualifier: Literal["A", "B", "D", "E", "F", "G", "N"] | None = None
    unit_price: PositiveAmount | None = None
    base: PositiveAmount | None = None
    total: PositiveAmount | None = None
    exemption: Exemption | None = None
    prior_agreement: Literal["9", "0", "4", "5", "D"] = "9"
    convention_tariff: PositiveAmount | None = None
    amo: PositiveAmount | None = None
    amc: PositiveAmount | None = None


class Session(Strict):
    """The input of a French quote."""

    country: Literal["FR"]
    date: Day
    professional: Professional
    patient: Patient = Patient()
    cover: Cover = Cover()
    acts: Annotated[list[Act], Field(min_length=1, max_length=MOST_ACTS)]
