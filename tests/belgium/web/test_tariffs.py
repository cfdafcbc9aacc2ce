"""Own tariffs as they are kept: one fee a day for each code, whatever is done in whatever order."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quittance.audit import events
from quittance.belgium.models import CustomTariff
from quittance.belgium.services import tariff_batch as batch
from quittance.belgium.services import tariff_codes as codes
from quittance.belgium.services import tariffs as services
from quittance.people.acting import acting_for
from quittance.people.models import Professional
from tests.threads import at_once

JULY = date(2026, 7, 1)
DAY = timedelta(days=1)


@pytest.fixture
def acting(dora):
    return acting_for(dora.user)


def kept(dora):
    rows = services.rows_of(dora).order_by("code", "from_day")
    return [(one.code, one.cents, one.from_day, one.to_day) for one in rows]


def test_a_fee_holds_from_its_day_on_and_ends_the_one_before(acting, dora):
    services.add(acting, dora, "711314", 4_000, date(2026, 1, 1))
    step = services.add(acting, dora, "711314", 4_500, JULY)
    assert (step.state, step.ends_before) == ("follows", date(2026, 6, 30))
    assert services.fees_on(dora, date(2025, 12, 31)) == {}
    assert services.fees_on(dora, date(2026, 1, 1)) == {"711314": 4_000}
    assert services.fees_on(dora, JULY - DAY) == {"711314": 4_000}
    assert services.fees_on(dora, JULY) == {"711314": 4_500}
    assert services.fees_on(dora, JULY + DAY) == {"711314": 4_500}


def test_the_fees_of_a_day_are_one_query(acting, dora, django_assert_num_queries):
    services.add(acting, dora, "711314", 4_000, JULY)
    services.add(acting, dora, "712316", 4_200, JULY)
    with django_assert_num_queries(1):
        assert services.fees_on(dora, JULY) == {"711314": 4_000, "712316": 4_200}


def test_a_later_fee_stays_and_ends_the_one_that_is_added_before_it(acting, dora):
    services.add(acting, dora, "711314", 4_500, JULY)
    step = services.add(acting, dora, "711314", 4_000, date(2026, 3, 1))
    assert (step.state, step.until) == ("new", JULY - DAY)
    assert kept(dora) == [
        ("711314", 4_000, date(2026, 3, 1), JULY - DAY),
        ("711314", 4_500, JULY, None),
    ]


def test_the_same_twice_is_once_and_told_once(acting, dora):
    for _ in range(2):
        services.add(acting, dora, "711314", 4_000, JULY)
    assert kept(dora) == [("711314", 4_000, JULY, None)]
    assert [one.what for one in events(acting)].count("tariff.add") == 1


def test_another_fee_of_the_same_day_is_refused_with_the_row(acting, dora):
    services.add(acting, dora, "711314", 4_000, JULY)
    with pytest.raises(services.TakenError) as refused:
        services.add(acting, dora, "711314", 4_100, JULY)
    assert refused.value.row.cents == 4_000
    assert kept(dora) == [("711314", 4_000, JULY, None)]


def test_a_batch_replaces_follows_and_leaves(acting, dora):
    services.add(acting, dora, "711314", 4_000, date(2026, 1, 1))
    services.add(acting, dora, "712316", 4_000, JULY)
    services.add(acting, dora, "713311", 4_500, JULY)
    wish = (("711314", "712316", "713311", "714313"), 4_500, JULY)
    steps = services.plan(dora, *wish)
    assert [one.state for one in steps] == ["follows", "replaces", "same", "new"]
    done = services.add_batch(acting, dora, *wish, services.digest(steps))
    assert [one.code for one in done] == ["711314", "712316", "714313"]
    assert services.fees_on(dora, JULY) == dict.fromkeys(wish[0], 4_500)
    assert services.fees_on(dora, JULY - DAY) == {"711314": 4_000}
    assert services.add_batch(acting, dora, *wish, services.digest(steps)) == []
    assert [one.what for one in events(acting)].count("tariff.batch") == 1


def test_a_batch_seen_before_another_change_is_not_written(acting, dora):
    wish = (("711314", "712316"), 4_500, JULY)
    seen = services.digest(services.plan(dora, *wish))
    services.add(acting, dora, "712316", 4_000, date(2026, 1, 1))
    with pytest.raises(services.StaleError) as refused:
        services.add_batch(acting, dora, *wish, seen)
    assert [one.state for one in refused.value.steps] == ["new", "follows"]
    assert kept(dora) == [("712316", 4_000, date(2026, 1, 1), None)]


def test_a_change_that_would_overlap_is_refused_with_the_other(acting, dora):
    services.add(acting, dora, "711314", 4_000, date(2026, 1, 1))
    services.add(acting, dora, "711314", 4_500, JULY)
    first = services.rows_of(dora).get(from_day=date(2026, 1, 1))
    with pytest.raises(services.OverlapError) as refused:
        services.change(acting, first, 4_000, date(2026, 1, 1), None)
    assert refused.value.row.from_day == JULY
    services.change(acting, first, 4_100, date(2026, 2, 1), JULY - DAY)
    assert services.fees_on(dora, JULY - DAY) == {"711314": 4_100}
    assert services.fees_on(dora, date(2026, 1, 31)) == {}


def test_what_was_deleted_meanwhile_is_gone(acting, dora):
    services.add(acting, dora, "711314", 4_000, JULY)
    row = services.rows_of(dora).get()
    services.delete(acting, row)
    assert services.fees_on(dora, JULY) == {}
    with pytest.raises(services.GoneError):
        services.delete(acting, row)
    with pytest.raises(services.GoneError):
        services.change(acting, row, 4_100, JULY, None)


def test_eight_at_once_leave_one_row_a_day(transactional_db, acting, dora):
    def work(place: int) -> None:
        services.add(acting, dora, "711314", 4_000 + place, JULY + place * DAY)

    at_once(work)
    rows = kept(dora)
    assert len(rows) == 8
    for before, after in pairwise(rows):
        assert before[3] == after[2] - DAY


PAIR = ("711314", "712316")
DAYS = st.integers(0, 30).map(lambda n: JULY + n * DAY)
CENTS = st.sampled_from([4_000, 4_100, 4_200])
STEP = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(PAIR), CENTS, DAYS),
    st.tuples(st.just("batch"), st.just(""), CENTS, DAYS),
    st.tuples(st.just("change"), st.integers(0, 5), CENTS, DAYS, st.none() | DAYS),
    st.tuples(st.just("delete"), st.integers(0, 5)),
)


def _do(acting, dora, step):
    """Do a step; one for which there is no row does nothing."""
    rows = list(services.rows_of(dora).order_by("pk"))
    if step[0] == "add":
        services.add(acting, dora, *step[1:])
    elif step[0] == "batch":
        _name, _code, cents, day = step
        wish = (PAIR, cents, day)
        services.add_batch(acting, dora, *wish, services.digest(services.plan(dora, *wish)))
    elif rows and step[0] == "change":
        _name, at, cents, first, last = step
        services.change(acting, rows[at % len(rows)], cents, first, max(last, first) if last else None)
    elif rows:
        services.delete(acting, rows[step[1] % len(rows)])


assert settings.default is not None
FEW = settings.default.max_examples // 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=FEW)
@given(st.lists(STEP, max_size=8))
def test_no_two_tariffs_of_a_code_hold_on_one_day(acting, dora, steps):
    services.rows_of(dora).delete()
    for step in steps:
        try:
            _do(acting, dora, step)
        except services.TakenError:
            continue
        if step[0] in {"add", "batch"}:
            for code in PAIR if step[0] == "batch" else step[1:2]:
                assert services.fees_on(dora, step[3])[code] == step[2]
    found = defaultdict(list)
    for code, _cents, first, last in kept(dora):
        found[code].append((first, last or date.max))
    for periods in found.values():
        for (first, last), (following, _) in pairwise(periods):
            assert first <= last < following


def test_another_professional_s_tariffs_are_not_his(acting, dora):
    emma = Professional.objects.for_(dora).create(last_name="Autre", profile=dora.profile)
    services.add(acting, emma, "711314", 5_000, JULY)
    assert services.fees_on(dora, JULY) == {}
    assert services.plan(dora, ["711314"], 4_000, JULY)[0].before is None
    assert CustomTariff.objects.for_(dora).count() == 1


def selection(category="individual", disorders=(), minutes: int | None = 30, places=("practice",)):
    return batch.Selection(category, frozenset(disorders), minutes, frozenset(places))


@pytest.mark.parametrize(
    ("chosen", "count", "some"),
    [
        (selection(), 17, "711314"),
        (selection(places=("practice", "home")), 34, "711336"),
        (selection(places=batch.PLACES), 81, "724485"),
        (selection(disorders=("b1",), minutes=None, places=("practice", "home")), 4, "712633"),
        (selection(minutes=60), 4, "733611"),
        (selection("collective", minutes=60, places=batch.PLACES), 12, "725480"),
        (selection("guidance", ("f",), None), 2, "714210"),
        (selection("assessment", ("b1",), 30, ("home",)), 1, "701013"),
        (selection("assessment", (), 30, ("hospital",)), 1, "701083"),
        (selection("evaluation", (), None, ("practice", "hospital")), 2, "700991"),
    ],
)
def test_a_batch_finds_the_codes_of_the_nomenclature(chosen, count, some):
    found = batch.matching(chosen, JULY)
    assert len(found) == len(set(found)) == count
    assert some in found
    assert batch.why_nothing(chosen, JULY) is None


@pytest.mark.parametrize(
    ("chosen", "choice", "instead"),
    [
        (selection("assessment", minutes=60), "minutes", ("30",)),
        (selection("guidance", minutes=30), "minutes", ("60", "90")),
        (selection("collective", ("b2", "g"), 60), "disorders", ("b1", "b5", "b6.4", "c1")),
        (selection(disorders=("e",), places=("school",)), "places", ("practice", "home", "rehabilitation", "hospital")),
        (selection("assessment", places=("school",)), "places", ("practice", "home", "rehabilitation", "hospital")),
    ],
)
def test_where_nothing_matches_it_says_which_choice_and_what_there_is(chosen, choice, instead):
    assert batch.matching(chosen, JULY) == ()
    assert batch.why_nothing(chosen, JULY) == batch.Nothing(choice, instead)


def test_the_batch_takes_the_codes_of_the_day():
    chosen = selection("evaluation", minutes=30, places=("practice",))
    assert batch.matching(chosen, date(2024, 7, 31)) == ("702015", "704012", "704115", "706016", "708013", "710010")
    assert batch.matching(chosen, date(2024, 8, 1)) == ("700991",)


@pytest.mark.parametrize(
    ("code", "day", "cents"),
    [
        ("711314", date(2026, 5, 4), 3_837),
        ("711351", date(2026, 5, 4), 3_706),
        ("711314", date(2025, 5, 4), 3_735),
        ("711314", date(2012, 5, 4), None),
        ("711314", date(2027, 5, 4), None),
        ("425110", date(2018, 5, 4), 535),
        ("427011", date(2026, 5, 4), None),
        ("999999", date(2026, 5, 4), None),
    ],
)
def test_the_official_fee_is_that_of_the_day_or_unknown(code, day, cents):
    assert codes.official(code, day) == cents


@pytest.mark.parametrize(
    ("typed", "day", "said"),
    [
        ("71131", JULY, "six chiffres"),
        ("aphasie", JULY, "six chiffres"),
        ("711315", JULY, "après 71131 vient 4"),
        ("123454", JULY, "ne connaissent pas"),
        ("425110", JULY, "autre profession (infirmier)"),
        ("702015", date(2024, 8, 1), "supprimé après le 31/07/2024"),
        ("700991", date(2024, 7, 31), "depuis le 01/08/2024"),
    ],
)
def test_a_code_on_which_no_tariff_can_stand_says_why(typed, day, said):
    with pytest.raises(codes.CodeError, match=re.escape(said)):
        codes.checked(typed, "speech_therapist", day)


def test_a_code_is_read_with_spaces_and_on_its_last_day():
    assert codes.checked(" 711 314 ", "speech_therapist", JULY) == "711314"
    assert codes.checked("702015", "speech_therapist", date(2024, 7, 31)) == "702015"


def test_the_search_keeps_to_the_profession_and_the_day():
    assert [one.code for one in codes.find("711 31", "speech_therapist", JULY)] == ["711314"]
    found = codes.find("aphasie domicile", "speech_therapist", JULY)
    assert {"712331", "712633"} == {one.code for one in found}
    assert codes.find("toilette", "speech_therapist", JULY) == []
    assert codes.find("toilette", "nurse", JULY)[0].cents is None
    assert codes.find("rechute", "speech_therapist", JULY) == []
    assert codes.find("rechute", "speech_therapist", date(2024, 7, 31)) != []
    assert len(codes.find("7", "speech_therapist", JULY)) == codes.MOST_FOUND
