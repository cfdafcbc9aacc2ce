"""The life of a mandate, case by case, in the words of the rules (M01-M05)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from quittance.audit import events
from quittance.people import acting
from quittance.people.mandates import parties, services
from quittance.people.mandates.errors import MandateError
from quittance.people.models import Mandate, MandateEvent, Practice
from tests.people.mandates import making
from tests.people.mandates.making import GRANTEE, GRANTOR, by, proof, proposed, signed

State = Mandate.State


def acting_for(who, capacity) -> Any:
    return acting.acting_for(who, capacity)


def state(mandate):
    mandate.refresh_from_db()
    return mandate.state_on(mandate.practice.today())


def told(mandate):
    return [(one.kind, one.side) for one in MandateEvent.objects.for_(mandate.practice).filter(mandate=mandate)]


def test_it_is_active_only_when_both_have_signed(xenia, noemie):
    made = proposed(xenia)
    assert state(made) == State.PROPOSED
    services.sign(by(xenia.user, GRANTOR), made, proof(xenia.user))
    assert state(made) == State.SIGNED_ONCE
    assert acting_for(noemie, f"mandate:{made.pk}") is None
    services.sign(by(noemie, GRANTEE), made, proof(noemie))
    assert state(made) == State.ACTIVE
    assert acting_for(noemie, f"mandate:{made.pk}").professional == xenia
    assert told(made) == [("started", "grantor"), ("signed", "grantor"), ("signed", "grantee")]


def test_the_mandatary_may_start_and_sign_first(xenia, noemie):
    wanted = making.terms(parties.find_grantor("BE", "61234516"))
    made = services.start(by(noemie, GRANTEE), wanted)
    services.sign(by(noemie, GRANTEE), made, proof(noemie, "pin"))
    assert state(made) == State.SIGNED_ONCE
    services.sign(by(xenia.user, GRANTOR), made, proof(xenia.user))
    assert state(made) == State.ACTIVE


def test_a_provider_is_found_by_his_exact_number_alone(xenia, cabinet):
    for other in ("61234500", "6123451", "11345634"):
        with pytest.raises(MandateError, match="Aucun prestataire"):
            parties.find_grantor("BE", other)
    making.provider(Practice.objects.create(name="Autre", country="BE"), "Xavier", making.INAMI)
    with pytest.raises(MandateError, match="plusieurs cabinets"):
        parties.find_grantor("BE", "61234516")


def test_both_sign_the_same_text_with_parties_numbers_scope_and_dates(xenia, noemie):
    made = signed(xenia, noemie, making.FILE, to_day=xenia.practice.today() + timedelta(days=60))
    rows = MandateEvent.objects.for_(made.practice).filter(mandate=made)
    started, first, second = rows
    assert started.text == first.text == second.text
    for word in ("Mme Xenia Exemple", "6-12345-16", "Noémie Exemple", "90.01.01-001.23", "accréditation", "Conditions"):
        assert word in started.text, word
    assert f"{made.to_day:%d/%m/%Y}" in started.text
    assert (first.credential, first.by, second.by) == ("password", xenia.user, noemie)


def test_a_text_is_frozen_when_it_is_started(xenia, noemie):
    made = proposed(xenia)
    before = services.agreed_text(made)
    xenia.last_name = "Autrement"
    xenia.save()
    services.sign(by(noemie, GRANTEE), made, proof(noemie))
    assert MandateEvent.objects.for_(made.practice).filter(kind="signed").get().text == before


def test_a_double_click_changes_nothing(xenia, noemie):
    made, again = proposed(xenia), proposed(xenia)
    assert made == again
    for _ in range(2):
        services.sign(by(xenia.user, GRANTOR), made, proof(xenia.user))
        services.sign(by(noemie, GRANTEE), made, proof(noemie))
    for _ in range(2):
        services.end(by(noemie, GRANTEE), made)
    assert [kind for kind, _side in told(made)] == ["started", "signed", "signed", "ended"]


def test_the_other_side_refuses(xenia, noemie):
    made = proposed(xenia)
    services.refuse(by(noemie, GRANTEE), made)
    assert state(made) == State.REFUSED
    with pytest.raises(MandateError, match="refusé le"):
        services.sign(by(xenia.user, GRANTOR), made, proof(xenia.user))


def test_who_started_or_signed_withdraws_before_both_have_signed(xenia, noemie):
    made = proposed(xenia)
    with pytest.raises(MandateError):
        services.withdraw(by(noemie, GRANTEE), made)
    services.sign(by(noemie, GRANTEE), made, proof(noemie))
    services.withdraw(by(noemie, GRANTEE), made)
    assert state(made) == State.WITHDRAWN
    other = proposed(xenia)
    services.withdraw(by(xenia.user, GRANTOR), other)
    assert state(other) == State.WITHDRAWN


@pytest.mark.parametrize("side", [GRANTOR, GRANTEE])
def test_either_side_ends_it_at_any_time(xenia, noemie, side):
    made = signed(xenia, noemie)
    services.end(by(xenia.user if side == GRANTOR else noemie, side), made)
    assert state(made) == State.ENDED
    assert acting_for(noemie, f"mandate:{made.pk}") is None


@pytest.mark.parametrize("verb", [services.refuse, services.withdraw])
def test_an_active_mandate_is_ended_not_refused_nor_withdrawn(xenia, noemie, verb):
    made = signed(xenia, noemie)
    with pytest.raises(MandateError, match="est actif"):
        verb(by(noemie, GRANTEE), made)


@pytest.mark.parametrize("verb", [services.refuse, services.withdraw, services.end])
def test_every_step_on_a_closed_mandate_is_refused_with_what_is_so(xenia, noemie, verb):
    made = signed(xenia, noemie)
    services.end(by(xenia.user, GRANTOR), made)
    with pytest.raises(MandateError, match="a pris fin le"):
        verb(by(noemie, GRANTEE), made)
    with pytest.raises(MandateError, match="a pris fin le"):
        services.sign(by(noemie, GRANTEE), made, proof(noemie))


def test_it_expires_after_its_last_day(xenia, noemie):
    made = signed(xenia, noemie, to_day=xenia.practice.today())
    assert state(made) == State.ACTIVE
    making.days_pass(1)
    assert state(made) == State.EXPIRED
    assert acting_for(noemie, f"mandate:{made.pk}") is None
    with pytest.raises(MandateError, match="dernier jour"):
        services.end(by(noemie, GRANTEE), made)


def test_it_opens_nothing_before_its_first_day(xenia, noemie):
    made = signed(xenia, noemie, from_day=xenia.practice.today() + timedelta(days=3))
    assert state(made) == State.COMING
    assert acting_for(noemie, f"mandate:{made.pk}") is None
    making.days_pass(3)
    assert acting_for(noemie, f"mandate:{made.pk}") is not None


def test_several_mandates_of_a_type_stand_side_by_side(xenia, noemie):
    other = making.user("Oscar", making.OTHER_NISS)
    first, second = signed(xenia, noemie), signed(xenia, other, number=making.OTHER_NISS)
    services.end(by(noemie, GRANTEE), first)
    assert (state(first), state(second)) == (State.ENDED, State.ACTIVE)


def test_nobody_signs_with_the_proof_of_another(xenia, noemie):
    with pytest.raises(MandateError, match="preuve"):
        services.sign(by(xenia.user, GRANTOR), proposed(xenia), proof(noemie))


def test_nobody_signs_for_the_other_side(xenia, yann, noemie):
    made = proposed(xenia)
    for who, side in ((yann.user, GRANTOR), (noemie, GRANTOR), (xenia.user, GRANTEE), (yann.user, GRANTEE)):
        with pytest.raises(MandateError, match="partie"):
            services.sign(by(who, side), made, proof(who))


def test_a_colleague_gives_no_mandate_in_her_name(xenia, yann):
    with pytest.raises(MandateError, match="lui-même"):
        services.start(by(yann.user, GRANTOR), making.terms(xenia))


def test_nobody_gives_himself_a_mandate(xenia):
    xenia.user.national_number = making.NISS
    xenia.user.save()
    with pytest.raises(MandateError, match="soi-même"):
        proposed(xenia)


def test_with_a_visa_only_she_gives_the_prosante_mandate_alone(cabinet):
    visa = making.provider(cabinet, "Violette", inami="")
    assert proposed(visa, making.PROSANTE).type == making.PROSANTE
    for scope in (making.FILE, making.BILLING, "social_status", "training_master", making.INSURABILITY):
        with pytest.raises(MandateError, match="numéro de prestataire"):
            proposed(visa, scope)


@pytest.mark.parametrize(
    ("party", "number", "said"),
    [
        ("person", "90010100124", "on attend 23"),
        ("person", "9001010012", "onze chiffres"),
        ("company", "701234576", "ancienne forme"),
        ("company", "0701234577", "on attend 76"),
        ("company", making.BIS, "dix chiffres"),
        ("institution", "94001216", "on attend 15"),
        ("institution", making.BCE, "onze chiffres"),
    ],
)
def test_each_wrong_number_has_its_message(xenia, party, number, said):
    with pytest.raises(MandateError, match=said) as refused:
        proposed(xenia, party=party, number=number)
    assert refused.value.field == "number"


@pytest.mark.parametrize(
    ("party", "typed", "kept"),
    [
        ("person", "90.01.01-001.23", making.NISS),
        ("person", "85.27.30-033.71", making.BIS),
        ("company", "BE 0701.234.576", making.BCE),
        ("institution", "94-00121-5", "94001215"),
    ],
)
def test_a_number_is_kept_without_its_dots(xenia, party, typed, kept):
    if party == "institution":
        typed = "9-40012-15"
    assert proposed(xenia, party=party, number=typed).grantee_number == kept


def test_dates_in_the_past_or_the_wrong_way_round_are_refused(xenia):
    day = xenia.practice.today()
    with pytest.raises(MandateError, match="passé"):
        proposed(xenia, from_day=day - timedelta(days=1))
    with pytest.raises(MandateError, match="avant le premier"):
        proposed(xenia, to_day=day - timedelta(days=1))


def test_only_access_managers_of_health_care_sign_for_a_company(xenia, noemie):
    company = making.organisation("Gestion SRL", bce=making.BCE)
    made = proposed(xenia, party="company", number=making.BCE, name="Gestion SRL")
    clerk, other, co = making.user("Clara"), making.user("Tom"), making.user("Cora")
    making.joins(company, noemie)
    making.joins(company, co, "co_manager", domain="health_care")
    making.joins(company, clerk, "user", manages_roles=True)
    making.joins(company, other, "co_manager", domain="other")
    for who in (clerk, other):
        with pytest.raises(MandateError, match="partie"):
            services.sign(by(who, GRANTEE, company.practice), made, proof(who))
    services.sign(by(co, GRANTEE, company.practice), made, proof(co))
    services.sign(by(xenia.user, GRANTOR), made, proof(xenia.user))
    assert state(made) == State.ACTIVE
    capacity = f"mandate:{made.pk}"
    member = company.members.get(user=clerk)
    assert [acting_for(one, capacity) for one in (co, noemie, clerk)] == [None, None, None]
    making.entrust(member, making.INSURABILITY, noemie)
    assert acting_for(clerk, capacity) is None
    making.entrust(member, making.BILLING, noemie)
    assert acting_for(clerk, capacity).professional == xenia
    services.end(by(noemie, GRANTEE, company.practice), made)
    assert acting_for(clerk, capacity) is None


def test_an_institution_is_known_by_its_provider_number(xenia, noemie):
    group = making.organisation("Groupement", inami=making.GROUP_INAMI, kind="group")
    making.joins(group, noemie)
    made = signed(xenia, noemie, party="institution", number=making.GROUP_INAMI)
    assert (made.grantee_practice, made.grantee_user) == (group.practice, None)


def test_each_step_is_in_the_journal_of_the_grantors_practice(xenia, noemie):
    made = signed(xenia, noemie)
    services.end(by(noemie, GRANTEE), made)
    rows = [(one.what, one.user, one.object) for one in events(made.practice)][::-1]
    row = f"people.Mandate:{made.pk}"
    assert rows == [
        ("mandate.start", xenia.user.pk, row),
        ("mandate.sign", xenia.user.pk, row),
        ("mandate.sign", noemie.pk, row),
        ("mandate.end", noemie.pk, row),
    ]


def test_history_is_never_changed(xenia):
    from django.db import DatabaseError, transaction

    made = proposed(xenia)
    rows = MandateEvent.objects.for_(made.practice).filter(mandate=made)
    for change in (lambda: rows.update(text="x"), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(TypeError):
        rows.get().save()
