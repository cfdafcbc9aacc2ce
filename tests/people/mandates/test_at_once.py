"""Two people sign, or one clicks eight times, at the same moment: on SQLite and on PostgreSQL."""

from __future__ import annotations

from quittance.people.mandates import parties, services
from quittance.people.mandates.errors import MandateError
from quittance.people.models import Mandate, MandateEvent
from tests.people.mandates import making
from tests.people.mandates.making import GRANTEE, GRANTOR, by, proof, proposed, signed
from tests.threads import at_once


def told(mandate):
    rows = MandateEvent.objects.for_(mandate.practice).filter(mandate=mandate)
    return sorted(rows.values_list("kind", "side"))


def test_two_people_signing_at_the_same_moment_both_count(transactional_db, xenia, noemie):
    made = proposed(xenia)

    def sign(place):
        who, side = (xenia.user, GRANTOR) if place % 2 else (noemie, GRANTEE)
        services.sign(by(who, side), made, proof(who))

    at_once(sign)
    made.refresh_from_db()
    assert made.state_on(made.practice.today()) == Mandate.State.ACTIVE
    assert told(made) == [("signed", "grantee"), ("signed", "grantor"), ("started", "grantor")]


def test_eight_clicks_start_one_mandate_and_end_it_once(transactional_db, xenia, noemie):
    at_once(lambda _place: proposed(xenia))
    assert Mandate.objects.for_(xenia).count() == 1
    made = signed(xenia, noemie)
    at_once(lambda _place: services.end(by(noemie, GRANTEE), made))
    assert [kind for kind, _side in told(made)].count("ended") == 1


def test_a_signature_and_a_withdrawal_at_once_are_one_or_the_other(transactional_db, xenia, noemie):
    made = proposed(xenia)
    services.sign(by(xenia.user, GRANTOR), made, proof(xenia.user))

    def race(place):
        try:
            if place % 2:
                services.withdraw(by(xenia.user, GRANTOR), made)
            else:
                services.sign(by(noemie, GRANTEE), made, proof(noemie))
        except MandateError:
            return "refused"
        return "done"

    at_once(race)
    made.refresh_from_db()
    state = made.state_on(made.practice.today())
    kinds = [kind for kind, _side in told(made)]
    assert (state, kinds.count("withdrawn"), kinds.count("signed")) in {
        (Mandate.State.ACTIVE, 0, 2),
        (Mandate.State.WITHDRAWN, 1, 1),
    }
    assert parties.sides(noemie, made)
    assert made.grantee_number == making.NISS
