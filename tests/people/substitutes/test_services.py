"""Adding, proving, choosing days, confirming, unticking, deleting: what is done, and each refusal with its words."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from quittance import audit
from quittance.billing.models import Draft
from quittance.billing.services.cancel import cancel_bill
from quittance.people.models import Membership, Professional, Role, Substitution, User
from quittance.people.substitutes import days, reach, services
from quittance.people.substitutes.services import SubstitutionError
from tests.billing.making import make_draft
from tests.people.substitutes.conftest import VALUES, Shown, fresh, month_of, on_the_day, person, replace


@pytest.fixture
def today(acting) -> date:
    return acting.today()


@pytest.fixture
def tomorrow(today) -> date:
    return today + timedelta(days=1)


def choose(acting, pair, *wanted: date) -> set[date]:
    old = set(pair.days.values_list("day", flat=True))
    return services.choose_days(acting, pair, month_of(*wanted), old | set(wanted))


def untick(acting, pair, day: date) -> None:
    services.choose_days(acting, pair, {day}, set())


def another(acting, first_name="Omar"):
    user = User.objects.create_user(f"{first_name.lower()}@example.org")
    made = services.add_substitute(acting, VALUES | {"first_name": first_name, "email": user.email})
    services.prove_substitute(acting, made, Shown(user.pk))
    return made


def test_a_substitute_enters_the_practice_by_a_proof_of_her_own(acting, nathalie):
    made = services.add_substitute(acting, VALUES | {"email": " Nathalie@Example.org"})
    assert (made.is_substitute, made.user, made.email) == (True, None, "nathalie@example.org")
    assert not Membership.objects.for_(acting).filter(user=nathalie).exists()
    with pytest.raises(SubstitutionError, match="n’est pas celle"):
        services.prove_substitute(acting, made, Shown(acting.user.pk))
    services.prove_substitute(acting, made, Shown(nathalie.pk))
    assert Membership.objects.for_(acting).get(user=nathalie).role == Role.SUBSTITUTE
    assert on_the_day(nathalie).professional is None, "no day is replaced yet"


def test_nothing_begins_before_the_proof(acting, nathalie):
    made = services.add_substitute(acting, VALUES)
    with pytest.raises(SubstitutionError, match="pas encore prouvé"):
        services.attach(acting, made, acting.professional)


def test_a_member_is_no_substitute(acting, bob):
    with pytest.raises(SubstitutionError, match="Bob Test travaille déjà ici"):
        services.add_substitute(acting, VALUES | {"email": "bob@example.org"})


def test_a_substitute_is_added_once(acting, substitute):
    with pytest.raises(SubstitutionError, match="déjà celle d’un remplaçant"):
        services.add_substitute(acting, VALUES)
    other = another(acting)
    with pytest.raises(SubstitutionError):
        services.add_substitute(acting, VALUES | {"email": other.email})


def test_the_address_changes_until_it_is_proved(acting, substitute):
    made = services.add_substitute(acting, VALUES | {"email": "typo@example.org"})
    services.change_substitute(acting, made, VALUES | {"email": "right@example.org"})
    assert made.email == "right@example.org"
    with pytest.raises(SubstitutionError, match="Un autre remplaçant"):
        services.change_substitute(acting, made, VALUES)
    services.change_substitute(acting, substitute, VALUES | {"email": "other@example.org", "last_name": "Autre"})
    assert (substitute.email, substitute.last_name) == (VALUES["email"], "Autre")


def test_only_a_holder_is_replaced(acting, substitute):
    with pytest.raises(SubstitutionError, match="ne peut pas être remplacé"):
        services.attach(acting, substitute, another(acting))
    with pytest.raises(SubstitutionError, match="ne peut pas être remplacé"):
        services.attach(acting, substitute, substitute)


def test_a_day_counts_once_the_holder_has_confirmed_it(acting, pair, nathalie, today):
    assert choose(acting, pair, today) == {today}
    assert on_the_day(nathalie).professional is None
    assert services.confirm_days(acting, pair, {today}, Shown(acting.user.pk)) == 1
    hers = on_the_day(nathalie)
    assert (hers.professional, hers.substitute) == (pair.holder, pair.substitute)
    (row,) = pair.days.all()
    assert (row.confirmed_by, row.credential) == (acting.user, "pin")


def test_each_holder_confirms_his_own(acting, substitute, bob, today):
    his = services.attach(acting, substitute, person(acting, "Bob"))
    choose(acting, his, today)
    with pytest.raises(SubstitutionError, match="Seul Dr Test confirme"):
        services.confirm_days(acting, his, {today}, Shown(acting.user.pk))
    assert services.confirm_days(acting, his, {today}, Shown(bob.pk)) == 1


def test_a_holder_without_account_confirms_nothing(acting, substitute, today):
    holder = Professional.objects.for_(acting).create(last_name="Sans", first_name="Compte", profession="x")
    theirs = services.attach(acting, substitute, holder)
    choose(acting, theirs, today)
    with pytest.raises(SubstitutionError):
        services.confirm_days(acting, theirs, {today}, Shown(None))


def test_days_added_later_wait_again(acting, pair, today, tomorrow):
    replace(acting, pair, today)
    choose(acting, pair, tomorrow)
    assert days.replaced(acting, pair.holder, pair.substitute, [today, tomorrow]) == {today}
    assert days.waiting(pair.days.all(), today) == [tomorrow]


def test_only_the_days_that_the_holder_saw_are_confirmed(acting, pair, today, tomorrow):
    choose(acting, pair, today, tomorrow)
    assert services.confirm_days(acting, pair, {today}, Shown(acting.user.pk)) == 1
    assert days.waiting(pair.days.all(), today) == [tomorrow]
    with pytest.raises(SubstitutionError, match="plus en attente"):
        services.confirm_days(acting, pair, {today}, Shown(acting.user.pk))


def test_a_past_day_is_neither_chosen_nor_confirmed(acting, pair, today):
    yesterday = today - timedelta(days=1)
    with pytest.raises(SubstitutionError, match="Un titulaire confirme avant les soins"):
        services.choose_days(acting, pair, {yesterday}, {yesterday})
    pair.days.model.objects.for_(acting).create(substitution=pair, day=yesterday)
    with pytest.raises(SubstitutionError, match="plus en attente"):
        services.confirm_days(acting, pair, {yesterday}, Shown(acting.user.pk))
    untick(acting, pair, yesterday)
    assert not pair.days.exists()


def test_one_substitute_a_day_for_a_holder(acting, pair, today, tomorrow):
    choose(acting, pair, today)
    other = services.attach(acting, another(acting), acting.professional)
    with pytest.raises(SubstitutionError, match="Dr Nathalie Rempex remplace déjà Dr Test"):
        choose(acting, other, today, tomorrow)
    assert not other.days.exists()
    services.deactivate(acting, pair)
    assert choose(acting, other, today) == {today}


def test_two_holders_may_be_replaced_on_one_day(acting, pair, bob, nathalie, today):
    his = services.attach(acting, pair.substitute, person(acting, "Bob"))
    replace(acting, pair, today)
    replace(acting, his, today)
    assert on_the_day(nathalie, professional=his.holder_id).professional == his.holder
    assert on_the_day(nathalie, professional=pair.holder_id).professional == pair.holder


def test_a_day_billed_stays(acting, pair, nathalie, today):
    replace(acting, pair, today)
    hers = on_the_day(nathalie)
    draft = make_draft(hers, day=today.isoformat())
    Draft.objects.for_(acting).filter(pk=draft.pk).update(substitute=pair.substitute)
    from quittance.billing.services.issue import issue_bill

    bill = issue_bill(hers, draft.pk, str(draft.key), draft.version)
    with pytest.raises(SubstitutionError, match="a facturé ce jour-là"):
        untick(acting, pair, today)
    cancel_bill(acting, bill)
    with pytest.raises(SubstitutionError, match="a facturé ce jour-là"):
        untick(acting, pair, today)
    services.deactivate(acting, pair)
    assert [row.day for row in pair.days.all()] == [today], "what was billed is kept"
    assert services.delete_substitute(acting, pair.substitute) is False
    kept = Professional.objects.for_(acting).get(pk=pair.substitute_id)
    assert kept.archived_at is not None
    assert on_the_day(nathalie) is None
    assert Substitution.objects.for_(acting).filter(pk=pair.pk).exists()
    assert services.add_substitute(acting, VALUES).pk == kept.pk, "who comes back keeps the record"


def test_unticked_then_ticked_again_begins_anew(acting, pair, nathalie, today, tomorrow):
    replace(acting, pair, today, tomorrow)
    services.deactivate(acting, pair)
    assert on_the_day(nathalie).professional is None
    with pytest.raises(SubstitutionError, match="n’est plus coché"):
        choose(acting, fresh(pair), tomorrow)
    with pytest.raises(SubstitutionError, match="n’est plus coché"):
        services.confirm_days(acting, pair, {tomorrow}, Shown(acting.user.pk))
    again = services.attach(acting, pair.substitute, pair.holder)
    assert (again.pk, list(again.days.all())) == (pair.pk, [])


def test_unticked_first_deleted_after(acting, pair, nathalie):
    assert days.attached(pair.holder) == [pair.substitute]
    with pytest.raises(SubstitutionError, match="remplace encore Dr Test"):
        services.delete_substitute(acting, pair.substitute)
    services.deactivate(acting, pair)
    assert days.attached(pair.holder) == []
    assert services.delete_substitute(acting, pair.substitute) is True
    assert not Professional.objects.for_(acting).filter(is_substitute=True).exists()
    assert not Membership.objects.for_(acting).filter(user=nathalie).exists()
    assert User.objects.filter(pk=nathalie.pk).exists(), "the account is hers"


def test_a_draft_with_acts_holds_the_substitute(acting, substitute):
    draft = make_draft(acting)
    Draft.objects.for_(acting).filter(pk=draft.pk).update(substitute=substitute)
    with pytest.raises(SubstitutionError, match="1 brouillon"):
        services.delete_substitute(acting, substitute)
    Draft.objects.for_(acting).filter(pk=draft.pk).update(input={"acts": []})
    assert services.delete_substitute(acting, substitute) is True


def test_whom_one_may_have_replaced(acting, pair, bob, charlie_acting):
    his = on_the_day(bob)
    assert {one.first_name for one in reach.holders(acting)} == {"Alice", "Bob"}
    assert [one.first_name for one in reach.holders(his)] == ["Bob"]
    working_for_alice = on_the_day(bob, professional=acting.professional.pk)
    assert [one.first_name for one in reach.holders(working_for_alice)] == ["Bob"], "whom he works for does not matter"
    assert list(reach.substitutions(his)) == []
    assert list(reach.changeable(his)) == []
    assert list(reach.substitutes(his)) == [pair.substitute]
    services.attach(his, pair.substitute, person(acting, "Bob"))
    assert list(reach.changeable(his)) == [pair.substitute]
    assert list(reach.substitutes(charlie_acting)) == []


def test_each_change_is_told_without_a_name(acting, pair, today, tomorrow):
    replace(acting, pair, today)
    services.deactivate(acting, pair)
    told = list(audit.events(acting).order_by("seq").values_list("what", "detail"))
    assert [what for what, _detail in told] == [
        "substitute.add", "substitute.prove", "substitute.attach", "substitute.days", "substitute.confirm",
        "substitute.deactivate",
    ]  # fmt: skip
    assert dict(told)["substitute.days"] == f'{{"{today:%Y-%m}":"{today.day}"}}'
    assert all("Rempex" not in detail and "@" not in detail for _what, detail in told)


@pytest.mark.parametrize(("zone", "ahead"), [("Pacific/Kiritimati", 1), ("Pacific/Pago_Pago", 0)])
def test_the_day_is_that_of_the_practice(acting, pair, nathalie, practice, zone, ahead):
    """The two zones are twenty-five hours apart: they are never on the same day."""
    practice.time_zone = zone
    practice.save()
    acting = on_the_day(acting.user)
    pair = fresh(pair)
    here = datetime.now(ZoneInfo(zone)).date()
    there = datetime.now(ZoneInfo("Pacific/Pago_Pago" if ahead else "Pacific/Kiritimati")).date()
    assert here != there
    pair.days.model.objects.for_(acting).create(substitution=pair, day=there, confirmed_at=datetime.now(ZoneInfo(zone)))
    assert on_the_day(nathalie).substitute is None
    replace(acting, pair, here)
    assert on_the_day(nathalie).substitute == pair.substitute


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-07-01T21:30", date(2026, 7, 1)),
        ("2026-07-01T22:30", date(2026, 7, 2)),
        ("2026-12-01T22:30", date(2026, 12, 1)),
    ],
)
def test_half_past_eleven_in_paris_is_still_the_day(acting, pair, nathalie, monkeypatch, utc, day):
    """At 23:30 in Paris she works; at 00:30 the day is over, whatever the day in Greenwich."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat(f"{utc}+00:00").astimezone(tz)

    pair.days.model.objects.for_(acting).create(
        substitution=pair, day=date.fromisoformat(utc[:10]), confirmed_at=datetime.now(ZoneInfo("UTC"))
    )
    monkeypatch.setattr("quittance.people.models.practices.datetime", Clock)
    assert pair.practice.today() == day
    assert (on_the_day(nathalie).substitute is not None) == (day == date.fromisoformat(utc[:10]))
