"""The fields of a Belgian bill and line inside the kernel: what is typed, what the tables give, what the rules find.

Units are in the names. Earlier acts (`history`) are lines too, with `past` 1: they are counted, never billed.
"""

from __future__ import annotations

from quittance.kernel.record import fields, record_class

BILL = fields(
    "first:i last:i profession:b convention:b day:i birth_day:i birth_known:b preferential:b gmd:b"
    " chronic:b palliative:b katz:b:6 katz_known:b place:b force_official:b third_party:b messages"
)
"""`katz` holds the scores of wash, dress, transfer, toilet, continence, eat."""

TYPED = fields("position:i past:b act:i day:i quantity:i supplement_cents supplement_reason:b typed:b custom_cents")

FOUND = fields(
    "age_months:i counted:b regime:b fee_row:i reimbursement_row:i fee_rule:b third_party_row:i supplement_row:i"
    " quota_row:i earlier_count:i katz_level:b unknown_parameter:i doubtful_parameter:i figure_row:i reduction_row:i"
    " reduction_bp:i doubts:b legal_reason:b ceiling_row:i ceiling_cents spent_cents unit_official_cents"
    " unit_fee_cents unit_insurer_cents full_cents official_cents fee_cents insurer_cents personal_cents extra_cents"
    " patient_cents due_insurer_cents due_patient_cents messages"
)
"""`_row` fields are places in the tables; the parameters are numbers plus one, 0 for none.

`legal_reason` is the supplement's reason where it can be true, else none; `ceiling_cents` is -1 where it is not known.
"""

LINE = TYPED + FOUND

Bill = record_class("Bill", BILL)
Line = record_class("Line", LINE)
