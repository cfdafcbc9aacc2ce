"""A Belgian bill from draft to ledger: what the file of the patient and the terms of the professional make of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quittance.belgium.models import CustomTariff
from quittance.belgium.pages.line import page
from quittance.belgium.services.speech_sessions import terms_on
from quittance.billing.models import Bill
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.payments import balance
from quittance.billing.services.pricing import lacking, session_of
from quittance.people.models import StatusPeriod
from tests.belgium import imported, making

APHASIA_30 = "712316"


@pytest.fixture
def practice(db):
    return making.belgian_practice()


@pytest.fixture
def acting(practice):
    return making.at_work(practice)


@pytest.fixture
def patient(acting):
    made = making.patient_of(acting)
    making.agreement_of(made)
    return made


def amounts(bill: Bill) -> dict[str, str]:
    return bill.snapshot["output"]["totals"]


def test_official_fee_without_an_own_tariff(acting, patient):
    bill = making.bill_of(acting, patient, APHASIA_30)
    told = {"fee": "38.37", "insurer": "24.66", "personal_share": "13.71", "supplement": "0.00", "patient": "13.71"}
    assert amounts(bill) == told


def test_an_own_tariff_of_the_day_is_asked(acting, patient):
    own = {"professional": acting.professional, "code": APHASIA_30}
    CustomTariff.objects.for_(acting).create(cents=4500, from_day="2026-01-01", to_day="2026-05-03", **own)
    CustomTariff.objects.for_(acting).create(cents=4800, from_day="2026-05-04", **own)
    before = making.bill_of(acting, patient, APHASIA_30, day="2026-05-02")
    after = making.bill_of(acting, patient, APHASIA_30, day="2026-05-04")
    assert (before.fee_cents, after.fee_cents) == (4500, 4800)
    assert amounts(after)["insurer"] == "24.66"


def test_the_exception_of_the_patient_imposes_the_official_fee_while_it_holds(acting):
    patient = making.patient_of(acting, force_official=True, force_from="2026-05-01", force_to="2026-05-31")
    making.agreement_of(patient)
    CustomTariff.objects.for_(acting).create(
        professional=acting.professional, code=APHASIA_30, cents=4500, from_day="2026-01-01"
    )
    bills = [making.bill_of(acting, patient, APHASIA_30, day=day) for day in ("2026-04-30", "2026-05-31", "2026-06-01")]
    assert [bill.fee_cents for bill in bills] == [4500, 3837, 4500]
    told = [one["code"] for one in bills[1].snapshot["output"]["messages"]]
    assert "fee.official_imposed" in told


def test_a_supplement_is_asked_above_the_fee_and_the_ledger_balances(acting, patient):
    bill = making.bill_of(acting, patient, {"code": APHASIA_30, "supplement": "5,00"})
    assert bill.fee_cents == 4337
    assert sum(share.cents for share in bill.lines.get().shares.all()) == 4337
    assert bill.patient_cents == 4337


def test_third_party_asks_the_mutuality_and_only_the_share_of_the_patient(acting, patient):
    bill = making.bill_of(acting, patient, APHASIA_30, third_party=True)
    asked = {row.role: (row.cents, row.payer.number if row.payer else "") for row in bill.receivables.all()}
    assert asked == {"insurer": (2466, "135"), "patient": (1371, "")}


@pytest.mark.parametrize(
    ("policy", "own", "asked"),
    [(10_000, None, 1371), (0, None, 0), (5_000, None, 686), (0, 10_000, 1371), (10_000, 2_500, 343)],
)
def test_the_share_policy_of_the_professional_and_of_the_patient(practice, policy, own, asked):
    acting = making.at_work(practice)
    acting.professional.preferences = {"copay_bp": policy}
    acting.professional.save(update_fields=["preferences"])
    patient = making.patient_of(acting, copay_bp=own)
    making.agreement_of(patient)
    bill = making.bill_of(acting, patient, APHASIA_30, third_party=True)
    assert (balance(bill).asked_cents, bill.patient_cents) == (asked, 1371)
    assert bill.waived_cents == 1371 - asked


def test_nothing_is_waived_of_a_bill_that_the_patient_pays_whole(acting, patient):
    acting.professional.preferences = {"copay_bp": 0}
    acting.professional.save(update_fields=["preferences"])
    bill = making.bill_of(acting, patient, APHASIA_30)
    assert (bill.waived_cents, balance(bill).asked_cents) == (0, 3837)


def refusal(acting, patient, *acts, **more) -> list[str]:
    with pytest.raises(RefusedError) as refused:
        making.bill_of(acting, patient, *acts, **more)
    return [one["code"] for one in refused.value.problems]


def test_a_second_session_of_the_day_is_refused_and_a_cancelled_one_gives_its_day_back(acting, patient):
    first = making.bill_of(acting, patient, APHASIA_30)
    assert refusal(acting, patient, APHASIA_30) == ["speech.day.therapy"]
    cancel_bill(acting, first, "erreur")
    making.bill_of(acting, patient, APHASIA_30)


def test_without_an_agreement_a_session_is_refused_with_what_to_do(acting):
    patient = making.patient_of(acting)
    with pytest.raises(RefusedError) as refused:
        making.bill_of(acting, patient, APHASIA_30)
    told = refused.value.problems[0]
    assert told["code"] == "speech.agreement.missing"
    assert told["path"] == "acts[0].code"
    assert "médecin-conseil" in told["message"]


def test_an_unknown_convention_is_an_error_never_a_guess(acting, patient):
    StatusPeriod.objects.for_(acting).update(from_day="2026-05-05")
    assert refusal(acting, patient, APHASIA_30) == ["convention.unknown"]


def test_a_series_over_a_change_of_rights_is_two_bills(acting, patient):
    rows = StatusPeriod.objects.for_(acting).filter(kind="convention")
    rows.update(to_day="2026-05-10")
    rows.create(
        professional=acting.professional, practice=acting.practice, kind="convention", value="conventioned",
        from_day="2026-05-11",
    )  # fmt: skip
    days = [{"code": APHASIA_30, "date": day} for day in ("2026-05-04", "2026-05-11")]
    assert refusal(acting, patient, *days, day="2026-05-12") == ["convention.changes"]
    assert making.bill_of(acting, patient, days[0], day="2026-05-12").fee_cents == 3837


WEEKS = [{"code": APHASIA_30, "date": day} for day in ("2026-05-04", "2026-05-11")]


def _own_tariff_changes(acting):
    own = {"professional": acting.professional, "code": APHASIA_30}
    CustomTariff.objects.for_(acting).create(cents=4500, from_day="2026-01-01", to_day="2026-05-10", **own)
    CustomTariff.objects.for_(acting).create(cents=4800, from_day="2026-05-11", **own)


def test_a_series_over_a_change_of_the_own_tariff_is_two_bills(acting, patient):
    _own_tariff_changes(acting)
    assert refusal(acting, patient, *WEEKS, day="2026-05-12") == ["custom_tariff.changes"]


@pytest.mark.parametrize("imposed", ["conventioned", "preferential", "third_party", "exception"])
def test_an_own_tariff_that_is_not_asked_may_change(practice, imposed):
    acting = making.at_work(practice, convention="conventioned" if imposed == "conventioned" else "none")
    _own_tariff_changes(acting)
    exception: dict[str, Any] = {"force_official": True, "force_from": "2026-01-01"} if imposed == "exception" else {}
    patient = making.patient_of(acting, ct1="111" if imposed == "preferential" else "110", **exception)
    making.agreement_of(patient)
    bill = making.bill_of(acting, patient, *WEEKS, day="2026-05-12", third_party=imposed == "third_party")
    assert bill.fee_cents == 2 * 3837


def test_an_exception_that_begins_within_a_series_has_words_of_its_own_where_it_changes_the_fee(practice):
    acting = making.at_work(practice)
    patient = making.patient_of(acting, force_official=True, force_from="2026-05-11")
    making.agreement_of(patient)
    own = {"professional": acting.professional, "code": APHASIA_30, "cents": 4500, "from_day": "2026-01-01"}
    CustomTariff.objects.for_(acting).create(**own)
    with pytest.raises(RefusedError) as refused:
        making.bill_of(acting, patient, *WEEKS, day="2026-05-12")
    (told,) = refused.value.problems
    assert told["code"] == "exception.changes"
    assert "exception" in told["message"]
    StatusPeriod.objects.for_(acting).update(value="conventioned")
    assert making.bill_of(acting, patient, *WEEKS, day="2026-05-12").fee_cents == 2 * 3837


@pytest.mark.parametrize(("own_fee", "convention", "apart"), [(True, "none", True), (False, "none", False),
                                                              (True, "conventioned", False)])  # fmt: skip
def test_a_series_is_parted_by_an_exception_only_where_it_changes_the_fee(practice, own_fee, convention, apart):
    acting = making.at_work(practice, convention=convention)
    patient = making.patient_of(acting, force_official=True, force_from=date(2026, 5, 11))
    if own_fee:
        own = {"professional": acting.professional, "code": APHASIA_30, "cents": 4500, "from_day": "2026-01-01"}
        CustomTariff.objects.for_(acting).create(**own)
    days = [terms_on(patient, acting.professional, [APHASIA_30], date(2026, 5, day)) for day in (4, 11)]
    assert (days[0] != days[1]) is apart


def test_a_palliative_status_that_begins_within_a_series_has_words_of_its_own(acting):
    patient = making.patient_of(acting, palliative_from="2026-05-08")
    making.agreement_of(patient)
    assert refusal(acting, patient, *WEEKS, day="2026-05-12") == ["palliative.changes"]


@pytest.mark.parametrize(("today", "refused"), [(3, ["care.to_come"]), (4, [])])
def test_care_of_a_day_to_come_is_not_billed(acting, patient, practice, monkeypatch, today, refused):
    monkeypatch.setattr(type(practice), "today", lambda _practice: date(2026, 5, today))
    draft = making.draft_of(acting, patient, {"code": APHASIA_30, "date": "2026-05-04"}, day="2026-05-01")
    found = lacking(draft, session_of(draft))
    assert [one["code"] for one in found] == refused
    assert not found or "04/05/2026" in found[0]["message"]


def test_the_day_of_the_act_decides_not_that_of_the_bill(acting, patient):
    """On 2026-03-31 the reimbursement is not reduced yet, whenever it is billed."""
    bill = making.bill_of(acting, patient, {"code": APHASIA_30, "date": "2026-03-31"}, day="2026-05-04")
    assert amounts(bill)["insurer"] == "32.87"


def test_a_series_is_billed_again_by_one_of_its_sessions(acting, patient):
    days = [{"code": APHASIA_30, "date": day, "supplement": "2"} for day in ("2026-05-04", "2026-05-11")]
    series = making.bill_of(acting, patient, *days, day="2026-05-12")
    assert page.like(series.snapshot) == ([{"code": APHASIA_30, "supplement": "2"}], {"third_party": False})


def test_a_day_that_the_table_does_not_know_says_so(practice):
    acting = making.at_work(practice, profession="nurse", convention="conventioned")
    patient = making.patient_of(acting)
    with pytest.raises(RefusedError) as refused:
        making.bill_of(acting, patient, "425110", day="2026-05-04")
    assert refused.value.problems[0]["code"] == "price.unknown"
    assert "quittance tariffs --country BE import" in refused.value.problems[0]["message"]


def test_home_nursing_by_session_is_billed_once_the_list_of_the_year_is_imported(practice, tmp_path, monkeypatch):
    """7.40 and 18.40 under a flat rate A of 24.30: nothing of 2026 was known before."""
    acting = making.at_work(practice, profession="nurse", convention="conventioned")
    patient = making.patient_of(acting)
    imported.lay(tmp_path, monkeypatch)
    try:
        bill = making.bill_of(acting, patient, "425110", "424373", day="2026-05-04")
    finally:
        monkeypatch.undo()
        imported.forget()
    assert [line.fee_cents for line in bill.lines.order_by("pk")] == [740, 1690]
    told = {one["code"]: one["text"] for one in bill.snapshot["output"]["messages"]}
    assert "forfait A" in told["price.doubtful"]


def test_earlier_acts_of_the_day_count_in_the_ceiling_of_nurses(practice):
    acting = making.at_work(practice, profession="nurse", convention="conventioned")
    patient = making.patient_of(acting)
    making.bill_of(acting, patient, "424373", day="2018-06-04")
    capped = making.bill_of(acting, patient, "424351", day="2018-06-04")
    assert capped.fee_cents == 1755 - 1330
