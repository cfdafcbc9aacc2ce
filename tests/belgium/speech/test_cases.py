"""The cases of `cases.yaml`: answer, every reason, what is left, alerts; and every code of the law file is reached."""

from __future__ import annotations

import pytest

from quittance.belgium.law import speech as law
from quittance.belgium.speech import judge
from tests.belgium.speech import reading

pytestmark = pytest.mark.cases


def verdict(case):
    given = [reading.agreement(one) for one in case.get("under", ())]
    history = [one for line in case.get("history", ()) for one in reading.history(line)]
    return judge(reading.session(case["session"]), reading.patient(case["patient"]), given, history)


@pytest.mark.parametrize("case", reading.CASES, ids=lambda case: case["name"])
def test_case(case):
    found = verdict(case)
    reasons = case.get("reasons", [])
    assert sorted(one.code for one in found.reasons) == sorted(reasons)
    assert found.reimbursable is (not reasons)
    assert found.left == case["left"]
    assert sorted(one.code for one in found.alerts if one.code != "law.stale") == sorted(case.get("alerts", []))
    told = " ".join([*(one.text for one in found.reasons), *(one.text for one in found.alerts)])
    assert case.get("text", "") in told
    assert set(case.get("doubts", [])) <= {one.name for one in found.doubts}
    assert "{" not in told


def test_every_reason_and_alert_is_reached():
    found = [verdict(case) for case in reading.CASES]
    of_requests = {"agreement.never_prolonged"}  # told before the request is sent: `test_requests`
    assert {one.code for each in found for one in each.reasons} == set(law.texts("reasons")) - of_requests
    assert {one.code for each in found for one in each.alerts} == set(law.texts("alerts"))


def test_names_of_cases_are_their_own():
    names = [case["name"] for case in reading.CASES]
    assert len(names) == len(set(names))


def test_a_reason_says_what_why_what_to_do_and_where_it_is_written():
    faults_of_typing = {
        *("law.unknown", "code.unknown", "code.not_in_force", "disorder.missing", "disorder.code", "patient.unborn"),
        *("duration.short", "place.code", "place.hospital_code"),
    }
    for case in reading.CASES:
        for reason in verdict(case).reasons:
            assert reason.what
            assert reason.why
            assert reason.remedy
            assert (reason.source is None) is (reason.code in faults_of_typing)
