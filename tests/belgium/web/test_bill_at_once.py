"""Two windows issue a session of the same day, or the last one of a quota: the limit is counted once."""

from __future__ import annotations

import pytest

from quittance.billing.models import Bill, Draft
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.people.models import Issuer
from tests.belgium import making
from tests.threads import THREADS, at_once


@pytest.fixture
def acting(transactional_db):
    return making.at_work(making.belgian_practice())


def drafts(acting, patient, days) -> list[Draft]:
    issuer = Issuer.objects.for_(acting).get()
    rows = Draft.objects.for_(acting)
    known = {"professional": acting.professional, "issuer": issuer, "patient": patient, "country": "BE"}
    return [rows.create(input={"date": day, "acts": [{"code": "712316"}]}, **known) for day in days]


def issued(acting, draft) -> str:
    try:
        return issue_bill(acting, draft.pk, str(draft.key), draft.version).day.isoformat()
    except RefusedError as refused:
        return refused.problems[0]["code"]


def test_one_session_a_day_whoever_issues_at_once(acting):
    patient = making.patient_of(acting)
    making.agreement_of(patient)
    begun = drafts(acting, patient, ["2026-05-04"] * THREADS)
    answers = at_once(lambda place: issued(acting, begun[place]))
    assert sorted(answers) == ["2026-05-04", *["speech.day.therapy"] * (THREADS - 1)]
    assert Bill.objects.for_(acting).count() == 1


def test_a_quota_is_not_passed_by_eight_at_once(acting):
    patient = making.patient_of(acting)
    making.agreement_of(patient, sessions=3)
    begun = drafts(acting, patient, [f"2026-04-{day:02d}" for day in range(6, 6 + THREADS)])
    answers = at_once(lambda place: issued(acting, begun[place]))
    assert answers.count("speech.quota.exceeded") == THREADS - 3
    assert Bill.objects.for_(acting).count() == 3
