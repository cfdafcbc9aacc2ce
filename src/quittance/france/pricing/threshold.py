"""Exemption by the threshold of 120 euro, and the contribution of 24 euro, both a session's."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.tables import figure
from quittance.kernel.rule import helper, rule

MET, DRAWN = 2, 1
"""An act that met the threshold itself, and one drawn to 100 % by the others of its session."""


@helper
def exemption_code(tables: Any, line: Any) -> Any:
    """Exemption code of the act on the day (1-5), 0 for none; a K or KC of the coefficient the law names acts as 1."""
    if line.kind == codes.KIND_CCAM:
        return tables.ccam_exemption[line.property_row] if line.property_row >= 0 else 0
    if not tables.ngap_flags[line.act] & codes.NGAP_FLAG_K_KC:
        return 0
    return 1 if line.coefficient_milli >= figure(tables, line, codes.P_KEY_COEFFICIENT_THRESHOLD, line.day) else 0


@helper
def concerns(tables: Any, lines: Any, first: Any, last: Any) -> Any:
    """Whether any act of the session may meet the threshold: a CCAM act, a K or KC, or a typed exemption."""
    for at in range(first, last):
        line = lines[at]
        if line.session == first:
            if line.kind == codes.KIND_CCAM or tables.ngap_flags[line.act] & codes.NGAP_FLAG_K_KC:
                return 1
            if line.exemption == codes.EXEMPTION_1 or line.exemption == codes.EXEMPTION_C:
                return 1
    return 0


@rule(source="CSS art. R160-16, I ; CCAM, table 53 (exonération du ticket modérateur)", reads=(), unit="cents")
def heavy_acts(tables: Any, bill: Any, lines: Any, first: Any, last: Any) -> Any:
    """Sum of the bases of the session's code-1 acts, against the threshold: marks the acts that met it."""
    limit, total, by_nature = figure(tables, lines[first], codes.P_EXEMPTION_THRESHOLD, lines[first].day), 0, 0
    for at in range(first, last):
        if lines[at].session == first:
            code = exemption_code(tables, lines[at])
            if code == 1:
                total += lines[at].base_cents
            elif code == 4:
                by_nature = 1
    for at in range(first, last):
        line = lines[at]
        if line.session != first:
            continue
        code = exemption_code(tables, line)
        met = (code == 1 and total >= limit) or (code == 2 and line.base_cents >= limit)
        if met or line.exemption == codes.EXEMPTION_1 or line.exemption == codes.EXEMPTION_C:
            line.threshold = MET
        elif total >= limit and code != 5:
            line.threshold = DRAWN
        if by_nature:
            line.exempted = 1
    return total


@rule(source="CSS art. R160-16, I", reads=("base_cents", "exemption"), unit="bp")
def exempted(tables: Any, bill: Any, line: Any) -> Any:
    """Act at 100 % by the threshold."""
    line.rate_bp = 10_000
    return line.rate_bp


@helper
def owes_contribution(bill: Any, line: Any) -> Any:
    """Whether the contribution may fall on the act: it met the threshold and nothing else exempts it."""
    if line.threshold != MET or line.exempted or bill.local_scheme:
        return 0
    return bill.nature == codes.NATURE_ILLNESS and bill.scheme == codes.SCHEME_NONE


@helper
def contribution_line(bill: Any, lines: Any, first: Any, last: Any) -> Any:
    """The session's dearest act that owes the contribution, the first of equals; -1 for none."""
    found = -1
    for at in range(first, last):
        if lines[at].session == first and owes_contribution(bill, lines[at]):
            if found < 0 or lines[at].base_cents > lines[found].base_cents:
                found = at
    return found


@rule(source="CSS art. R160-16, II ; décret 2018-1257 (24 euros)", reads=("base_cents",))
def contribution(tables: Any, bill: Any, line: Any) -> Any:
    """Contribution of the insured (PAV), once a session: 24 euro, or the base where it is less."""
    line.pav_cents = min(figure(tables, line, codes.P_CONTRIBUTION, line.day), line.base_cents)
    return line.pav_cents
