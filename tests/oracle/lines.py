"""What a line is worth before any insurer: the NGAP line and the CCAM line of the contract."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle import laws, prices
from tests.oracle.amounts import half_up
from tests.oracle.laws import Unknown
from tests.oracle.reading import is_ccam

Act = dict[str, Any]
Ask = dict[str, Any]


def price(act: Act, ask: Ask) -> None:
    """Write `unit` and `line` (cents) into the act, and what its price list says of it into `facts`."""
    if is_ccam(act["code"]):
        _ccam(act, ask)
    else:
        _ngap(act, ask)


def _ngap(act: Act, ask: Ask) -> None:
    row = prices.letter(act["code"], ask, act["day"])
    act["facts"] = row
    act["unit"] = _typed_or_known(act, row["price"])
    worth = act["unit"] * act["coefficient"] * act["quantity"]
    if act["half"]:
        worth = worth / 2
    act["line"] = half_up(worth) + _complement(act, row)


def _typed_or_known(act: Act, known: int | None) -> int:
    """The typed unit price, else the list's; a typed base does without either."""
    for price in (act["unit_price"], known, act["base"]):
        if price is not None:
            return int(price)
    raise Unknown("price.unknown")


def _complement(act: Act, row: dict[str, Any]) -> int:
    if act["complement"] == "none":
        return 0
    amount = row[act["complement"]]
    if amount is None:
        raise Unknown("complement.refused")
    return int(amount)


def _ccam(act: Act, ask: Ask) -> None:
    if act["quantity"] != 1:
        raise Unknown("ccam.quantity")
    act["facts"] = prices.ccam(act["code"], act["activity"], act["phase"], act["day"])
    act["unit"] = _typed_or_known(act, prices.ccam_unit(act, laws.grid(ask, act["day"])))
    percents, fixed = _modifiers(act, ask)
    worth = act["unit"] * prices.zone_coefficient(act, ask) * (1 + percents) * _association(act)
    act["line"] = half_up(worth) + fixed + act["supplement"]


def _modifiers(act: Act, ask: Ask) -> tuple[Fraction, int]:
    """The sum of the percentages, and the sum of the fixed amounts."""
    percents, fixed = Fraction(0), 0
    for letter in act["modifiers"]:
        worth = laws.modifier(letter, ask, act["day"])
        if worth is None:
            raise Unknown("modifier.profession")
        kind, value = worth
        if kind == "bp":
            percents += Fraction(value, 10_000)
        else:
            fixed += value
    return percents, fixed


def _association(act: Act) -> Fraction:
    if act["association"] is None:
        return Fraction(1)
    return Fraction(laws.parameter(f"association_rate_{act['association']}", act["day"]), 10_000)


def sector_0(worth: int, day: date) -> int:
    """The base with a professional outside the convention: a small part of the line."""
    return half_up(worth * Fraction(laws.parameter("no_convention_coefficient", day), 10_000))
