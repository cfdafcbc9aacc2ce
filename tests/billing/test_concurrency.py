import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from quittance.billing.models import Bill, BillEvent, Counter, Line, Payment
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.billing.services.payments import balance, change_payment, record_payment, reverse_payment
from tests.billing.making import make_bill, make_draft, make_patient
from tests.own_database import own_database
from tests.threads import THREADS, at_once

ROOT = Path(__file__).parents[2]


def test_eight_threads_number_without_gap_or_double(transactional_db, acting):
    patient = make_patient(acting)
    drafts = [[make_draft(acting, patient=patient) for _ in range(5)] for _ in range(THREADS)]
    at_once(lambda place: [issue_bill(acting, one, str(one.key), 1) for one in drafts[place]])
    numbers = Bill.objects.for_(acting).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 5 * THREADS + 1))
    assert Counter.objects.for_(acting).get().next == 5 * THREADS + 1


def test_one_draft_issued_by_eight_threads_is_one_bill(transactional_db, acting):
    draft = make_draft(acting)
    pk, key = draft.pk, str(draft.key)
    bills = at_once(lambda place: issue_bill(acting, pk if place % 2 else draft, key, 1))
    assert {bill.number for bill in bills} == {1}
    assert Bill.objects.for_(acting).count() == Line.objects.for_(acting).count() == 1


def test_one_payment_recorded_by_eight_threads_is_one_payment(transactional_db, acting):
    bill = make_bill(acting)
    at_once(lambda _place: record_payment(acting, bill, means="card", cents=3000, key="one"))
    assert balance(Bill.objects.for_(acting).get()).is_settled


def test_a_payment_reversed_by_eight_threads_is_reversed_once(transactional_db, acting):
    payment = record_payment(acting, make_bill(acting), means="card", cents=3000, key="one")
    made = at_once(lambda _place: reverse_payment(acting, payment))
    assert len({one.pk for one in made}) == 1
    assert Payment.objects.for_(acting).count() == 2


def test_a_payment_changed_by_eight_threads_is_changed_by_one(transactional_db, acting):
    payment = record_payment(acting, make_bill(acting), means="card", cents=3000, key="one")

    def change(place):
        try:
            return change_payment(acting, payment, means="cash", cents=2000, key=f"key {place}").cents
        except RefusedError:
            return None

    assert sorted(at_once(change), key=bool) == [None] * (THREADS - 1) + [2000]
    assert balance(Bill.objects.for_(acting).get()).paid_cents == 2000


def test_a_bill_cancelled_by_eight_threads_is_cancelled_once(transactional_db, acting):
    bill = make_bill(acting)
    made = at_once(lambda _place: cancel_bill(acting, bill))
    assert len({one.pk for one in made}) == 1
    assert BillEvent.objects.for_(acting).filter(kind="cancelled").count() == 1


@pytest.fixture(scope="module")
def deaths(tmp_path_factory):
    """Kill a process at each step of issuing, then repeat the request, on a database of its own."""
    code = "import django; django.setup(); from tests.billing.killed import main; main()"
    command = [sys.executable, "-W", "ignore", "-c", code]
    with own_database(tmp_path_factory.mktemp("killed")) as own:
        real = {"DJANGO_SETTINGS_MODULE": "quittance.web.settings"}
        environment = os.environ | own | real | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.processes
def test_a_process_killed_at_any_step_leaves_nothing_half_written(deaths):
    assert len(deaths["found"]) == 9
    for one in deaths["found"]:
        assert one["status"] == -signal.SIGKILL, one["step"]
        assert one["again"] == 0, one["step"]
        if one["step"] == "commit done":
            assert one["dead"] == one["after"]
        else:
            assert one["dead"] == one["before"], one["step"]


@pytest.mark.processes
def test_after_a_death_the_repeated_request_issues_the_whole_bill_once(deaths):
    for one in deaths["found"]:
        added = {name: one["after"][name] - one["before"][name] for name in one["after"]}
        assert added == {"Draft": -1, "Bill": 1, "Line": 1, "Share": 3, "Receivable": 3, "BillEvent": 1}, one["step"]


@pytest.mark.processes
def test_numbers_have_no_gap_after_the_deaths(deaths):
    assert deaths["numbers"] == list(range(1, 10))
    assert deaths["next"] == 10
