"""Columns of the French batch file, and the numbers of their words."""

from __future__ import annotations

from functools import cache

from quittance.france.pricing import codes
from quittance.france.pricing.encode import TERMS, Words
from quittance.kernel.columns import BatchPlan, Column
from quittance.kernel.session import MOST_CENTS

OUTPUTS = (
    "unit_cents", "base_cents", "fee_cents", "excess_cents", "rate_bp", "amo_cents", "amc_cents", "patient_cents",
    "pav_cents", "due_amo_cents", "due_amc_cents", "due_patient_cents",
)  # fmt: skip
MOST_MILLI, MOST_BP = 9_999_999, 99_999


def _words(words: dict[str | None, int] | dict[str, int]) -> dict[str, int]:
    return {"none" if word is None else str(word): number for word, number in words.items()}


def _cents(name: str, field: str, typed: int = 0, owner: str = "line") -> Column:
    return Column(name, owner, field, most=MOST_CENTS, typed=typed)


def _modifiers() -> dict[str, int]:
    symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return {"": 0, **{symbol: at + 1 for at, symbol in enumerate(symbols)}}


def _bill(words: Words) -> list[Column]:
    specialties = {code: int(code) for code in words.specialties}
    percents = [Column(f"percent_{term}", "bill", "percent_bp", slot=at, most=MOST_BP) for at, term in enumerate(TERMS)]
    return [
        Column("specialty", "bill", "specialty", specialties),
        Column("sector", "bill", "sector", words.sector, default=codes.SECTOR_1),
        Column("option", "bill", "option", words.option),
        Column("zone", "bill", "zone", words.zone),
        Column("birth_date", "bill", "birth_day", least=-60_000, most=60_000, present="birth_known"),
        Column("nature", "bill", "nature", words.nature),
        _cents("free_care_cents", "free_care_cents", owner="bill"),
        Column("scheme", "bill", "scheme", words.scheme),
        Column("local_scheme", "bill", "local_scheme", most=1),
        Column("fsv", "bill", "fsv", most=1),
        Column("pathway", "bill", "pathway", _words(words.pathway)),
        Column("third_party_amo", "bill", "third_party_amo", most=1),
        Column("third_party_amc", "bill", "third_party_amc", most=1),
        Column("formula", "bill", "formula", words.formula),
        _cents("ceiling_cents", "ceiling_cents", owner="bill"),
        _cents("lump_cents", "lump_cents", owner="bill"),
        *percents,
    ]


def _line(words: Words) -> list[Column]:
    slots = [Column(f"modifier_{at + 1}", "line", "modifiers", _modifiers(), slot=at) for at in range(4)]
    return [
        Column("code", "line", "act", words.act),
        Column("date", "line", "day", least=-60_000, most=60_000),
        Column("quantity", "line", "quantity", default=1, least=1, most=999),
        Column("coefficient_milli", "line", "coefficient_milli", default=1000, most=MOST_MILLI),
        Column("complement", "line", "complement", words.complement),
        Column("half", "line", "half", most=1),
        Column("activity", "line", "activity", default=1, least=1, most=5),
        Column("phase", "line", "phase", most=3),
        *slots,
        Column("association", "line", "association", most=5),
        Column("exceptional", "line", "exceptional", _words(words.exceptional)),
        _cents("supplement_cents", "supplement_cents"),
        Column("qualifier", "line", "qualifier", _words(words.qualifier)),
        _cents("unit_price_cents", "unit_typed_cents", codes.TYPED_UNIT),
        _cents("typed_base_cents", "base_typed_cents", codes.TYPED_BASE),
        _cents("total_cents", "total_typed_cents", codes.TYPED_TOTAL),
        Column("exemption", "line", "exemption", words.exemption),
        Column("prior_agreement", "line", "agreement", words.agreement),
        _cents("convention_tariff_cents", "tariff_typed_cents", codes.TYPED_TARIFF),
        _cents("amo_cents", "amo_typed_cents", codes.TYPED_AMO),
        _cents("amc_cents", "amc_typed_cents", codes.TYPED_AMC),
    ]


@cache
def plan(words: Words) -> BatchPlan:
    """Every column, in the order in which it is read."""
    return BatchPlan((*_bill(words), *_line(words)), OUTPUTS, codes.M_ACT_UNKNOWN, codes.ERRORS, codes.M_INPUT_INVALID)
