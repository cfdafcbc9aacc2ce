"""Several at once: one substitute a day for a holder, and no day taken away from under a bill."""

import pytest

from quittance.billing.models import Bill
from quittance.billing.services.drafts import draft_for
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.people.models import SubstitutionDay, User
from quittance.people.substitutes import services
from quittance.people.substitutes.services import SubstitutionError
from tests.billing.making import make_patient
from tests.people.substitutes.conftest import VALUES, Shown, on_the_day, replace
from tests.threads import THREADS, at_once


def attached(acting, place: int):
    user = User.objects.create_user(f"nr{place}@example.org")
    made = services.add_substitute(acting, VALUES | {"first_name": f"N{place}", "email": user.email})
    services.prove_substitute(acting, made, Shown(user.pk))
    return services.attach(acting, made, acting.professional)


def test_of_eight_at_once_one_has_the_day(transactional_db, acting):
    pairs, today = [attached(acting, place) for place in range(THREADS)], acting.today()

    def choose(place: int) -> bool:
        try:
            return bool(services.choose_days(acting, pairs[place], {today}, {today}))
        except SubstitutionError:
            return False

    assert sum(at_once(choose)) == 1
    assert SubstitutionDay.objects.for_(acting).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_day_is_not_taken_away_from_under_a_bill(transactional_db, acting, pair, nathalie, turn):
    today = acting.today()
    replace(acting, pair, today)
    hers = on_the_day(nathalie)
    draft = draft_for(hers, make_patient(acting))
    draft.input = draft.input | {"acts": [{"code": "G"}]}
    draft.save()

    def either(place: int) -> bool:
        try:
            if place % 2 == turn % 2:
                services.choose_days(acting, pair, {today}, set())
            else:
                issue_bill(hers, draft.pk, str(draft.key), draft.version)
        except (RefusedError, SubstitutionError):
            return False
        return True

    at_once(either)
    billed, replaced = Bill.objects.for_(acting).exists(), pair.days.exists()
    assert billed == replaced, "either she billed and the day stays, or it went first and she was refused"
