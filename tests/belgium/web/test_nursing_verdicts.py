"""A draft of home nursing is judged again before it is issued: by the rules of its days, and against its own price."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

import quittance
from quittance.belgium.models import KatzEvaluation
from quittance.belgium.pages.line import page as line
from quittance.belgium.pages.line_session import katz_of
from quittance.billing.models import Bill, Draft
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.billing.services.pricing import missing, session_of
from tests.belgium import imported, making
from tests.belgium.web.nursing_making import MONDAY, READ, colleague, day_form, katz, nurse

pytestmark = pytest.mark.django_db
SATURDAY = "2026-03-07"
SUMMARY = """nomen_code|nomen_grp_n|nomen_desc_fr|ambhos_pat_cat|key_letter1|key_coeff1|key_letter1_value
425412|N99|Première visite de base, week-end|1|W|1,2|6,5
425515|N99|Toilette, week-end|1|W|1,785|6,330532
423275|N99|Injection, week-end|1|W|0,6|6,5
425670|N99|Forfait A, week-end|1|W|5|6,52
427571|N99|Surveillance de pompe, au cabinet|1|W|2,946|5,723
426801|N99|Acte d'essai|1|W|1|6,5
"""
PRICES = {"425412": "7.80", "425515": "11.30", "423275": "4.00", "425670": "32.60", "427571": "16.86", "426801": "9.10"}
FEES = "nomen_code|dbegin_fee|dend_fee|fee_code|fee\n" + "".join(
    f"{code}|2026-01-01|2999-12-31|{kind}|{fee}\n" for code, fee in PRICES.items() for kind in ("0", "1300", "1600")
)


@pytest.fixture
def acting():
    return nurse()


@pytest.fixture
def patient(acting):
    return making.patient_of(acting)


@pytest.fixture
def prices(tmp_path, monkeypatch):
    """A list of 2026 with codes of the weekend, one of them unknown to the law file."""
    monkeypatch.setattr(imported, "SUMMARY", SUMMARY)
    monkeypatch.setattr(imported, "FEES", FEES)
    imported.lay(tmp_path, monkeypatch)
    yield
    monkeypatch.undo()
    imported.forget()


def visit(acting, acts, **more):
    return {"nurse": str(acting.professional.pk), "acts": acts, **READ, **more}


def put(signed_in, patient, *visits, **more):
    """Bill a day as its page does; the answer of the page."""
    return signed_in.post(reverse("belgium:nursing_bill", args=[patient.pk]), day_form(*visits, **more))


def draft_of(acting):
    return Draft.objects.for_(acting).get()


def issued(acting):
    found = draft_of(acting)
    return issue_bill(acting, found.pk, str(found.key), found.version)


def refusal(acting):
    """The codes that keep the draft from being issued."""
    with pytest.raises(RefusedError) as refused:
        issued(acting)
    return [one["code"] for one in refused.value.problems]


def change(acting, **acts):
    """Change each act of the draft as the page of the bill may; None empties the field."""
    draft = draft_of(acting)
    for act in draft.input["acts"]:
        for name, value in acts.items():
            act[name] = value or ""
    draft.save()


def fees(bill):
    return [(row.code, row.fee_cents) for row in bill.lines.all()]


def test_a_weekend_code_that_the_practice_typed_is_counted_at_zero_beside_its_flat_rate(
    prices, signed_in, acting, patient
):
    katz(patient, first="2026-02-02")
    form = {"day": SATURDAY, "code/basic_1/home_weekend": "425412"}
    assert put(signed_in, patient, visit(acting, "toilet injection+rx"), **form).status_code == 302
    made = issued(acting)
    assert fees(made) == [("425412", 0), ("425515", 0), ("423275", 0), ("425670", 3260)]
    assert made.fee_cents == 3260


def test_a_statistical_line_that_the_price_would_charge_is_refused(prices, signed_in, acting, patient):
    katz(patient, first="2026-02-02")
    form = {"day": SATURDAY, "code/basic_1/home_weekend": "426801"}
    page = put(signed_in, patient, visit(acting, "toilet"), **form)
    assert page.status_code == 422
    assert "« première visite de base » (426801) s’envoie à zéro, mais le prix de la facture est de 9,10" in page.text
    assert "prévenez qui s’occupe de l’installation" in page.text
    assert not Draft.objects.for_(acting).exists()


def test_an_office_is_not_charged_while_the_practice_counts_it_at_zero(prices, signed_in, acting, patient):
    at_office = visit(acting, "pump+rx", place="office", office="alone")
    page = put(signed_in, patient, at_office, day="2026-03-09")
    assert page.status_code == 422
    assert "(427571) s’envoie à zéro, mais le prix de la facture est de 16,86" in page.text
    kept = {"office_paid-value": "1", "office_paid-first": "2026-01-01"}
    assert signed_in.post(reverse("belgium:nursing_choice", args=["office_paid"]), kept).status_code == 302
    assert put(signed_in, patient, at_office, day="2026-03-09").status_code == 302
    acting.professional.refresh_from_db()
    assert fees(issued(acting)) == [("427571", 1686)]


def test_a_line_at_zero_that_the_draft_would_charge_is_not_issued(prices, signed_in, acting, patient):
    """The guard holds at issuing too: the choice was taken back after the day was put into the draft."""
    signed_in.post(
        reverse("belgium:nursing_choice", args=["office_paid"]),
        {"office_paid-value": "1", "office_paid-first": "2026-01-01"},
    )
    put(signed_in, patient, visit(acting, "pump+rx", place="office", office="alone"), day="2026-03-09")
    signed_in.post(reverse("belgium:nursing_choice_drop", args=["office_paid"]), {"first": "2026-01-01"})
    assert refusal(acting) == ["nursing.zero"]


def test_a_ceiling_that_the_practice_chose_holds_against_the_price(signed_in, acting, patient):
    katz(patient, "211111", toilets="T7")
    acts = visit(acting, "toilet wound_simple+rx")
    put(signed_in, patient, acts)
    kept = {"daily_ceiling-value": "9,00", "daily_ceiling-first": "2018-01-01"}
    signed_in.post(reverse("belgium:nursing_choice", args=["daily_ceiling"]), kept)
    assert refusal(acting) == ["nursing.ceiling"]
    page = put(signed_in, patient, acts)
    assert page.status_code == 422
    assert "font 16,07" in page.text
    assert "plafond journalier de 9,00" in page.text
    signed_in.post(reverse("belgium:nursing_choice", args=["daily_ceiling"]), kept | {"daily_ceiling-value": "17,55"})
    assert issued(acting).fee_cents == 1607


def test_an_evaluation_that_is_replaced_since_changes_the_day(signed_in, acting, patient):
    katz(patient)
    put(signed_in, patient, visit(acting, "toilet injection+rx"))
    katz(patient, "333331", "2018-03-01")
    assert refusal(acting) == ["nursing.changed"]
    KatzEvaluation.objects.for_(acting).filter(continence=3).update(first="2018-03-06")
    assert issued(acting).fee_cents == 1755


@pytest.mark.parametrize("change_of", [{"stopped": date(2018, 3, 1)}, {"refused": True}, {"first": date(2018, 3, 6)}])
def test_a_toilet_without_its_evaluation_is_not_issued(signed_in, acting, patient, change_of):
    row = katz(patient, "211111", toilets="T7")
    put(signed_in, patient, visit(acting, "toilet"))
    for name, value in change_of.items():
        setattr(row, name, value)
    row.save()
    assert refusal(acting) == ["nursing.evaluation.missing"]


def test_an_evaluation_whose_notification_is_taken_back_bills_nothing(signed_in, acting, patient):
    row = katz(patient)
    put(signed_in, patient, visit(acting, "toilet"))
    row.sent_on = None
    row.save()
    assert refusal(acting) == ["nursing.evaluation.unsent"]


def test_the_third_toilet_of_the_week_and_a_prescription_are_asked_at_issuing(signed_in, acting, patient):
    katz(patient, "211111", toilets="T7")
    for day in ("2018-03-05", "2018-03-06", "2018-03-07"):
        put(signed_in, patient, visit(acting, "toilet injection+rx"), day=day)
    change(acting, prescribed=None)
    assert refusal(acting) == ["nursing.prescription.missing"] * 3
    KatzEvaluation.objects.for_(acting).update(toilets="T2")
    change(acting, prescribed="2018-01-15")
    assert refusal(acting) == ["nursing.toilet.t2"] * 3


def test_a_day_moved_to_the_weekend_is_no_longer_its_own(signed_in, acting, patient):
    katz(patient)
    put(signed_in, patient, visit(acting, "toilet"))
    change(acting, date="2018-03-10")
    assert "nursing.code.other" in refusal(acting)


@pytest.mark.parametrize("gone", [0, 1, 3])
def test_a_flat_rate_without_all_its_statistical_lines_is_not_issued(signed_in, acting, patient, gone):
    """Without a visit, the toilet or the last injection: the lines are not those of the day."""
    katz(patient)
    put(signed_in, patient, visit(acting, "toilet"), visit(acting, "injection+rx", hour="18:00"))
    draft = draft_of(acting)
    del draft.input["acts"][gone]
    draft.save()
    assert refusal(acting) == ["nursing.changed"]


def test_a_flat_rate_c_wants_its_second_visit_at_issuing_but_for_one_who_left(signed_in, acting, patient):
    katz(patient, "444444", "2026-01-01")
    put(signed_in, patient, visit(acting, "toilet+rx injection+rx"), day="2026-01-05", left="on")
    draft = draft_of(acting)
    told = {one.code for one in missing(draft, session_of(draft))}
    assert "nursing.changed" not in told
    change(acting, left=None)
    draft = draft_of(acting)
    assert "nursing.changed" in {one.code for one in missing(draft, session_of(draft))}


def test_an_act_added_beside_a_day_of_care_is_part_of_it(signed_in, acting, patient):
    katz(patient, "211111", toilets="T7")
    put(signed_in, patient, visit(acting, "toilet"))
    draft = draft_of(acting)
    draft.input["acts"].append({"code": "423076", "date": MONDAY})
    draft.save()
    assert refusal(acting) == ["nursing.changed"]


def test_the_identity_is_asked_in_third_party_payment_alone(signed_in, acting, patient):
    katz(patient, "211111", toilets="T7")
    unread = visit(acting, "toilet") | dict.fromkeys(READ, "")
    assert put(signed_in, patient, unread).status_code == 422
    assert put(signed_in, patient, unread, third_party="").status_code == 302
    draft = draft_of(acting)
    draft.input["cover"] = {"third_party": True}
    draft.save()
    assert refusal(acting) == ["nursing.identity.missing"]
    put(signed_in, patient, visit(acting, "toilet"))
    assert issued(acting).fee_cents == 938


def test_a_wound_of_two_is_billed_with_its_minutes(signed_in, acting, patient):
    """Two simple wounds become one complex one, which keeps what was typed of both."""
    draft_page = put(signed_in, patient, visit(acting, "wound_simple+rx"), **{"v1-wound_simple-count": "2"})
    assert draft_page.status_code == 302
    assert [act.get("prescribed") for act in draft_of(acting).input["acts"]] == [None, "2018-01-15"]
    assert fees(issued(acting)) == [("425014", 403), ("424351", 807)]


def test_plain_acts_of_the_bill_page_are_billed_with_a_word(acting, patient):
    bill = making.bill_of(acting, patient, "425014", "423076", day=MONDAY)
    assert bill.fee_cents == 625
    draft = making.draft_of(acting, patient, "425110", day="2018-03-06")
    told = [(one.code, one.level) for one in missing(draft, session_of(draft)) if one.code.startswith("nursing.")]
    assert told == [("nursing.plain", "warning"), ("nursing.evaluation.missing", "warning")]


def test_a_plain_flat_rate_is_sent_to_the_day_of_care(acting, patient):
    katz(patient)
    making.draft_of(acting, patient, "425272", day=MONDAY)
    assert refusal(acting) == ["nursing.flat_alone"]


def test_a_day_of_care_is_not_copied_as_last_time(signed_in, acting, patient):
    katz(patient)
    put(signed_in, patient, visit(acting, "toilet"))
    draft = draft_of(acting)
    draft.input["acts"].append({"code": "424896", "date": MONDAY})
    acts, settled = line.like({"draft": draft.input})
    assert (acts, settled) == ([{"code": "424896"}], {"third_party": True})


def test_earlier_bills_of_the_day_count(signed_in, acting, patient):
    katz(patient, "211111", toilets="T7")
    put(signed_in, patient, visit(acting, "toilet"))
    first = issued(acting)
    assert [code for code, _fee in fees(first)] == ["425014", "425110"]
    page = put(signed_in, patient, visit(acting, "toilet"), billed="2")
    assert "déjà facturée le 05/03/2018" in page.text
    put(signed_in, patient, visit(acting, "injection+rx"), billed="2")
    assert [code for code, _fee in fees(issued(acting))] == ["425036", "423076"]


def test_a_flat_rate_after_paid_acts_of_the_day_asks_to_cancel_first(signed_in, acting, patient):
    put(signed_in, patient, visit(acting, "injection+rx"))
    first = issued(acting)
    katz(patient)
    page = put(signed_in, patient, visit(acting, "toilet"), billed="2")
    assert page.status_code == 422
    assert "Annulez d&#x27;abord la facture du 05/03/2018" in page.text
    cancel_bill(acting, first, reason="forfait")
    put(signed_in, patient, visit(acting, "toilet injection+rx"), billed="0")
    assert issued(acting).fee_cents == 1755
    assert Bill.objects.for_(acting).count() >= 2


def test_each_day_of_a_bill_is_judged_by_its_own_evaluation(signed_in, acting, patient):
    katz(patient, "333111", "2018-02-01")
    katz(patient, "333331", "2018-03-06")
    for day in (MONDAY, "2018-03-06"):
        put(signed_in, patient, visit(acting, "toilet injection+rx"), day=day)
    made = issued(acting)
    assert [code for code, fee in fees(made) if fee] == ["425272", "425294"]
    assert made.fee_cents == 1755 + 3381


def test_a_level_that_the_adviser_lowered_keeps_its_scores_and_says_nothing_false(signed_in, acting, patient):
    katz(patient, "333331", granted="A", was_granted=True)
    put(signed_in, patient, visit(acting, "toilet injection+rx"))
    draft = draft_of(acting)
    assert katz_of(patient, draft.input, date(2018, 3, 5))["continence"] == 3
    quote = quittance.quote(session_of(draft))
    assert "katz.missing" not in {one["code"] for one in quote["messages"]}
    assert issued(acting).fee_cents == 1755


def test_a_level_that_the_adviser_raised_is_billed(signed_in, acting, patient):
    katz(patient, "333111", granted="B", was_granted=True)
    put(signed_in, patient, visit(acting, "toilet injection+rx"))
    draft = draft_of(acting)
    assert katz_of(patient, draft.input, date(2018, 3, 5)) == {}
    assert "nursing.granted" in {one.code for one in missing(draft, session_of(draft))}
    assert issued(acting).fee_cents == 3381


def test_a_choice_holds_for_the_drafts_of_a_nurse_who_came_later(signed_in, acting, patient):
    kept = {"toilets_per_day-value": "2", "toilets_per_day-first": "2018-01-01"}
    signed_in.post(reverse("belgium:nursing_choice", args=["toilets_per_day"]), kept)
    emma = colleague(acting)
    katz(patient, "211111", toilets="T7")
    two = [visit(acting, "toilet"), visit(acting, "toilet", hour="18:00")]
    put(signed_in, patient, *two)
    draft = draft_of(acting)
    draft.professional = emma
    draft.save()
    emma.preferences = {}
    emma.save()
    assert "nursing.toilet.day" in {one.code for one in missing(draft, session_of(draft))}
    acting.professional.refresh_from_db()
    draft.professional = acting.professional
    draft.save()
    assert [code for code, _fee in fees(issued(acting))] == ["425014", "425110", "425036", "425110"]
