"""The fee: the official one, unless the provider's own tariff may be asked; which rule decides is told."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.convention import conditions
from quittance.belgium.pricing.tables import best_row
from quittance.kernel.rule import helper, rule


@helper
def find(tables: Any, bill: Any, line: Any) -> None:
    """The row of the official fee on the day of the act."""
    line.reduction_bp = 10_000
    line.fee_row = best_row(tables, line, codes.ROW_KIND_FEE, conditions(bill, line))


@rule(source="table", reads=("act", "day", "quantity"))
def official(tables: Any, bill: Any, line: Any) -> Any:
    """Official fee (honoraire) of one act on the day, whatever the day of the bill."""
    line.unit_official_cents = tables.row_cents[line.fee_row]
    line.full_cents = line.official_cents = line.unit_official_cents * line.quantity
    return line.unit_official_cents


@rule(
    source="Convention de la profession ; tarif officiel imposé (BIM, tiers payant, exception du patient)",
    reads=("counted", "regime", "bill.third_party", "bill.force_official"),
    unit="fee_rule",
)
def decision(tables: Any, bill: Any, line: Any) -> Any:
    """Which fee applies, and the first rule that imposes the official one."""
    if line.messages & codes.M_FLAT_RATE_REPLACES:
        line.fee_rule = codes.FEE_RULE_INCLUDED
    elif line.counted != codes.CONVENTION_NONE:
        line.fee_rule = codes.FEE_RULE_CONVENTIONED
    elif line.regime == codes.REGIME_PREFERENTIAL:
        line.fee_rule = codes.FEE_RULE_PREFERENTIAL
    elif bill.third_party:
        line.fee_rule = codes.FEE_RULE_THIRD_PARTY
    elif bill.force_official:
        line.fee_rule = codes.FEE_RULE_FORCE_OFFICIAL
    elif line.typed & codes.TYPED_CUSTOM:
        line.fee_rule = codes.FEE_RULE_CUSTOM
    else:
        line.fee_rule = codes.FEE_RULE_NO_CUSTOM
    if line.typed & codes.TYPED_CUSTOM and line.fee_rule != codes.FEE_RULE_CUSTOM:
        line.messages |= codes.M_FEE_OFFICIAL_IMPOSED
    return line.fee_rule


@rule(source="tarif personnel du prestataire", reads=("custom_cents",))
def custom(tables: Any, bill: Any, line: Any) -> Any:
    """The provider's own tariff (tarif personnalisé) for one act."""
    line.unit_fee_cents = line.custom_cents
    return line.unit_fee_cents


@rule(source="Convention de la profession", reads=("fee_rule", "unit_fee_cents", "official_cents", "quantity"))
def amount(tables: Any, bill: Any, line: Any) -> Any:
    """Fee of the line (honoraires): the own tariff by the quantity, else the official fee after the daily ceiling."""
    line.fee_cents = line.official_cents
    if line.fee_rule == codes.FEE_RULE_CUSTOM:
        line.fee_cents = line.unit_fee_cents * line.quantity
    return line.fee_cents
