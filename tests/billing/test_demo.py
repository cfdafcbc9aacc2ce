from quittance.billing.demo import demo
from quittance.billing.listing import Wanted, found
from quittance.billing.models import Bill, Draft, Payment
from tests.billing.making import make_patient


def test_the_demo_has_bills_in_every_state_and_is_filled_once(acting):
    for name in ("ADRUN", "BELLEC", "OZAN"):
        make_patient(acting, name)
    demo(acting.practice)
    for state in ("unpaid", "paid", "negative", "cancelled"):
        assert found(acting, Wanted(state=state, period="all"), acting.today()).exists(), state
    counted = Bill.objects.for_(acting).count(), Payment.objects.for_(acting).count()
    demo(acting.practice)
    assert (Bill.objects.for_(acting).count(), Payment.objects.for_(acting).count()) == counted == (9, 6)
    assert not Draft.objects.for_(acting).exists()


def test_a_practice_without_patients_gets_no_bill(acting):
    demo(acting.practice)
    assert not Bill.objects.for_(acting).exists()
