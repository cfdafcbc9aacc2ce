"""Share of the compulsory insurer (AMO): rate by act, nature, exemption, scheme, pathway; then the amount."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.tables import figure
from quittance.kernel.money import half_up
from quittance.kernel.rule import helper, rule

WHOLE_BP = 10_000


@helper
def class_parameter(tables: Any, bill: Any, line: Any) -> Any:
    """The rate's row for this professional and act: a dentist's CCAM acts by family, children's exams on their own."""
    if line.kind == codes.KIND_NGAP and tables.ngap_flags[line.act] & codes.NGAP_FLAG_CHILD_EXAM:
        return codes.P_RATE_CHILD_EXAMINATION
    if line.kind == codes.KIND_CCAM and tables.specialty_dentist[bill.specialty] and line.property_row >= 0:
        if tables.grouping_dental[tables.ccam_grouping[line.property_row]]:
            return codes.P_RATE_DENTAL
        return codes.P_RATE_DENTIST_MEDICAL
    return tables.specialty_rate[bill.specialty]


@rule(source="CSS art. R160-5", reads=("bill.specialty", "act", "day"), unit="bp")
def common_rate(tables: Any, bill: Any, line: Any) -> Any:
    """Common rate of the act (taux de droit commun)."""
    line.normal_bp = figure(tables, line, class_parameter(tables, bill, line), line.day)
    if line.normal_bp == WHOLE_BP:
        line.exempted = 1
    return line.normal_bp


@rule(source="Régime local d'Alsace-Moselle, CSS art. L325-1", reads=("bill.local_scheme", "normal_bp"), unit="bp")
def local_scheme(tables: Any, bill: Any, line: Any) -> Any:
    """Rate of the local scheme of Alsace-Moselle, where it is higher."""
    line.normal_bp = max(line.normal_bp, figure(tables, line, codes.P_RATE_LOCAL_SCHEME, line.day))
    return line.normal_bp


@rule(
    source="CSS art. L815-1 (fonds de solidarité vieillesse)", reads=("exemption", "bill.fsv", "normal_bp"), unit="bp"
)
def solidarity_fund(tables: Any, bill: Any, line: Any) -> Any:
    """Rate of a beneficiary of the old-age solidarity fund (FSV), where it is higher."""
    line.normal_bp = max(line.normal_bp, figure(tables, line, codes.P_RATE_FSV, line.day))
    return line.normal_bp


@helper
def is_exempted(tables: Any, bill: Any, line: Any) -> Any:
    """Whether the act goes to 100 % otherwise than by the threshold."""
    if bill.nature == codes.NATURE_MATERNITY or bill.nature == codes.NATURE_WORK_ACCIDENT:
        return 1
    if bill.nature == codes.NATURE_PREVENTION or bill.scheme == codes.SCHEME_AME:
        return 1
    if line.exemption >= codes.EXEMPTION_2 and line.exemption <= codes.EXEMPTION_7:
        return 1
    if line.kind == codes.KIND_CCAM and line.property_row >= 0:
        code = tables.ccam_exemption[line.property_row]
        return code == codes.EXEMPTION_3 or code == codes.EXEMPTION_4
    return 0


@rule(
    source="CSS art. L160-13, L160-14 et R160-11",
    reads=("bill.nature", "exemption", "bill.scheme", "normal_bp"),
    unit="bp",
)
def exemption(tables: Any, bill: Any, line: Any) -> Any:
    """Exemption from the patient's share (exonération): 100 %."""
    line.exempted, line.normal_bp = 1, WHOLE_BP
    return line.normal_bp


@helper
def out_of_pathway(tables: Any, bill: Any, line: Any) -> Any:
    """Whether the act is out of the pathway: S1 or S2, a doctor's act, illness, 16 and over, not exempted, not C2S."""
    if bill.pathway != codes.PATHWAY_S1 and bill.pathway != codes.PATHWAY_S2:
        return 0
    if not tables.specialty_doctor[bill.specialty] or bill.nature != codes.NATURE_ILLNESS:
        return 0
    if line.exempted or line.threshold or bill.scheme == codes.SCHEME_C2S:
        return 0
    if not bill.birth_known:
        line.messages |= codes.M_AGE_UNKNOWN
        return 1
    return line.age_years >= figure(tables, line, codes.P_PATHWAY_AGE, line.day)


@rule(source="CSS art. L162-5-3 et R160-6", reads=("bill.pathway", "normal_bp"), unit="bp")
def pathway(tables: Any, bill: Any, line: Any) -> Any:
    """Rate out of the coordinated pathway (hors parcours de soins): the common rate less forty points."""
    line.rate_bp = max(line.normal_bp - figure(tables, line, codes.P_PATHWAY_REDUCTION, line.day), 0)
    return line.rate_bp


@rule(source="CSS art. R160-5", reads=("base_cents", "rate_bp"))
def amount(tables: Any, bill: Any, line: Any) -> Any:
    """Share of the compulsory insurer (part AMO): base by rate, rounded half up."""
    line.computed_amo_cents = half_up(line.base_cents * line.rate_bp, 10_000)
    return line.computed_amo_cents


@rule(source="CSS art. R160-16 (participation forfaitaire)", reads=("computed_amo_cents", "pav_cents"))
def less_contribution(tables: Any, bill: Any, line: Any) -> Any:
    """Share of the compulsory insurer less the contribution of the costly act (PAV)."""
    line.computed_amo_cents -= line.pav_cents
    return line.computed_amo_cents


@rule(
    source="Code des pensions militaires d'invalidité, art. L212-1", reads=("bill.free_care_left_cents", "base_cents")
)
def free_care(tables: Any, bill: Any, line: Any) -> Any:
    """Free care (soins médicaux gratuits): what is left of the amount, up to the base."""
    line.computed_amo_cents = min(bill.free_care_left_cents, line.base_cents)
    bill.free_care_left_cents -= line.computed_amo_cents
    return line.computed_amo_cents
