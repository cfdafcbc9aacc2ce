"""Columns of the Belgian batch file, and the numbers of their words."""

from __future__ import annotations

from functools import cache

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.encode import SCORES, Words
from quittance.kernel.columns import BatchPlan, Column
from quittance.kernel.session import MOST_CENTS

OUTPUTS = (
    "unit_official_cents", "official_cents", "fee_cents", "insurer_cents", "personal_cents", "extra_cents",
    "patient_cents", "due_insurer_cents", "due_patient_cents",
)  # fmt: skip
REQUIRED = ("code", "date", "profession")


def _words(words: dict[str | None, int]) -> dict[str, int]:
    return {"none" if word is None else word: number for word, number in words.items()}


def _flag(name: str) -> Column:
    return Column(name, "bill", name, most=1)


def _bill(words: Words) -> list[Column]:
    professions = {word: at for word, at in words.profession.items() if at}
    flags = [_flag(name) for name in ("preferential", "gmd", "chronic", "palliative", "force_official", "third_party")]
    scores = [
        Column(f"katz_{name}", "bill", "katz", slot=at, least=1, most=4, present="katz_known")
        for at, name in enumerate(SCORES)
    ]
    return [
        Column("profession", "bill", "profession", professions),
        Column("convention", "bill", "convention", words.convention),
        Column("birth_date", "bill", "birth_day", least=-60_000, most=60_000, present="birth_known"),
        Column("place", "bill", "place", _words(words.place)),
        *flags,
        *scores,
    ]


def _line(words: Words) -> list[Column]:
    return [
        Column("code", "line", "act", words.act),
        Column("date", "line", "day", least=-60_000, most=60_000),
        Column("quantity", "line", "quantity", default=1, least=1, most=999),
        Column("past", "line", "past", most=1),
        Column("supplement_cents", "line", "supplement_cents", most=MOST_CENTS),
        Column("supplement_reason", "line", "supplement_reason", _words(words.reason)),
        Column("custom_fee_cents", "line", "custom_cents", most=MOST_CENTS, typed=codes.TYPED_CUSTOM),
    ]


@cache
def plan(words: Words) -> BatchPlan:
    """Every column, in the order in which it is read."""
    columns = (*_bill(words), *_line(words))
    return BatchPlan(columns, OUTPUTS, codes.M_ACT_UNKNOWN, codes.ERRORS, codes.M_INPUT_INVALID, REQUIRED)
