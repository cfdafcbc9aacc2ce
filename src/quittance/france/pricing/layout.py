"""The fields of a French bill and line inside the kernel: what is typed, what the tables give, what the rules find.

Units are in the names. `typed` is a mask of the figures a person typed; `_row` fields are places in the tables.
"""

from __future__ import annotations

from quittance.kernel.record import fields, record_class

BILL = fields(
    "first:i last:i specialty:h sector:b option:b zone:b day:i birth_day:i birth_known:b nature:b"
    " free_care_cents scheme:b local_scheme:b fsv:b pathway:b third_party_amo:b third_party_amc:b"
    " formula:b percent_bp:q:6 ceiling_cents lump_cents"
    " free_care_left_cents messages"
)
"""`formula` is the formula's number plus one, 0 without complementary cover; `percent_bp` in the order of its terms."""

TYPED = fields(
    "position:i act:i day:i quantity:i coefficient_milli complement:b half:b activity:b phase:b modifiers:b:4"
    " association:b exceptional:b supplement_cents qualifier:b typed:h unit_typed_cents base_typed_cents"
    " total_typed_cents exemption:b agreement:b tariff_typed_cents amo_typed_cents amc_typed_cents"
)
"""`modifiers` hold the place of each in 0-9A-Z plus one, 0 for none."""

FOUND = fields(
    "session:i kind:b price_row:i property_row:i age_years:h unit_cents zone_e5:i modifier_percent_milli:i"
    " modifier_fixed_cents association_percent:i computed_cents base_cents fee_cents excess_cents"
    " normal_bp:i exempted:b threshold:b rate_known:b rate_bp:i pav_cents computed_amo_cents amo_cents copayment_cents"
    " amc_cents patient_cents due_amo_cents due_amc_cents due_patient_cents messages"
)

LINE = TYPED + FOUND

Bill = record_class("Bill", BILL)
Line = record_class("Line", LINE)
