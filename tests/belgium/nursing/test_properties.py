"""What holds of every day of care: nothing is lost, nothing is billed twice, the insurers' own checks pass."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import (
    Act,
    Choices,
    Done,
    Evaluation,
    Identity,
    Level,
    Patient,
    Place,
    Role,
    faults,
    identity,
    level_of,
    lines_of_day,
)

FIRST, LAST = law.first_day(), law.first_day() + 3300
pytestmark = pytest.mark.property
MADE = ("basic_", "flat_", "wound_extra_", "rural")
KINDS = sorted(kind for kind in law.kinds() if not kind.startswith((*MADE, "preparation_flat")))
COMMON = ["toilet", "toilet", "injection", "wound_simple", "wound_complex", "preparation", "pump", "supplement_1"]
COLUMNS = [*law.labels("columns")]
EVERY_CODE = {(kind, column): f"4299{at:02d}" for at, kind in enumerate(law.kinds()) for column in COLUMNS}
BILLED = [
    (),
    (),
    (),
    ("basic_1", "injection"),
    ("basic_1", "toilet", "flat_PN"),
    ("basic_1", "toilet", "flat_A"),
    ("pump",),
]
"""What an earlier bill of the day holds."""
PLACES = some.sampled_from([Place.HOME, Place.HOME, Place.HOME, *Place])
SCORES = some.tuples(*[some.integers(1, 4)] * 6) | some.just((4, 4, 4, 4, 4, 4)) | some.just((3, 3, 3, 1, 1, 1))


@some.composite
def acts(draw):
    where = {visit: (draw(PLACES), draw(some.sampled_from(["n1", "n2"]))) for visit in (1, 2, 3)}
    found = []
    for _ in range(draw(some.integers(1, 8))):
        visit, kind = draw(some.integers(1, 3)), draw(some.sampled_from(COMMON) | some.sampled_from(KINDS))
        place, nurse = where[visit]
        prescribed, minutes = draw(some.sampled_from([None, FIRST - 1])), draw(some.sampled_from([0, 20, 65]))
        office = draw(some.sampled_from(["", "alone"]))
        found.append(Act(kind, visit, place, nurse, prescribed=prescribed, minutes=minutes, office=office))
    return found


@some.composite
def days(draw):
    day = draw(some.integers(FIRST, LAST))
    evaluation = Evaluation(
        draw(SCORES), day - draw(some.integers(0, 100)), toilets=draw(some.sampled_from(["T2", "T7"]))
    )
    palliative, left = (draw(some.sampled_from([None, day - 1, day, day + 1])) for _ in range(2))
    patient = Patient("p", "135", palliative, draw(some.booleans()), draw(some.booleans()), left)
    known = draw(some.booleans())
    history = [Done("advice", day - 7), Done("toilet", day - 1), Done("toilet", day - 2)] if known else []
    history += [Done(kind, day) for kind in draw(some.sampled_from(BILLED))]
    fees = {code: draw(some.integers(0, 3000)) for code in ("425014", "425036", "425110", "423076", "424336", "424351")}
    codes = EVERY_CODE if draw(some.booleans()) else {}
    values = draw(some.sampled_from([{}, {"daily_ceiling": 1755}, {"katz_c_strict": 0}]))
    told = {"history": history, "fees": fees, "choices": Choices(values, codes)}
    return draw(acts()), [evaluation], patient, day, told


def made(kind):
    return kind.startswith(MADE) and kind != "preparation_flat"


@settings(max_examples=400, deadline=None)
@given(days())
def test_every_act_is_billed_or_refused_or_merged_and_told(given_day):
    done, katz, patient, day, told = given_day
    found = lines_of_day(done, katz, patient, day, **told)
    billed = sum(1 for line in found.lines if not made(line.kind))
    refused = sum(1 for one in found.refused if not made(one.kind))
    merged = [one for one in found.messages if one.code.startswith("merge.")]
    gone = sum(int(one.what.split()[0]) - 1 for one in merged)
    assert billed + refused + gone == len(done)
    assert bool(merged) is bool(gone)
    for one in (*found.messages, *(one.message for one in found.refused)):
        assert one.what
        assert one.why
        assert one.remedy
        assert "{" not in one.text


@settings(max_examples=400, deadline=None)
@given(days())
def test_the_checks_of_the_insurers_pass(given_day):
    done, katz, patient, day, told = given_day
    found = lines_of_day(done, katz, patient, day, **told)
    if all(one.code != "flat.exception" for one in found.messages):
        assert faults(found.lines) == []
    flats = [line for line in found.lines if line.role is Role.FLAT]
    sessions = [line for line in found.lines if line.role is Role.ACT and law.kinds()[line.kind].group == "session"]
    assert len(flats) <= 1
    assert not (flats and sessions)
    assert all(line.zero for line in found.lines if line.statistical)
    assert {(line.day, line.fund, line.patient) for line in found.lines} <= {(day, "135", "p")}
    assert all(line.code for line in found.lines)
    assert all(line.related for line in found.lines if law.kinds()[line.kind].related)
    if flats and flats[0].kind[-1] in "ABC":
        assert flats[0].kind[-1] <= level_of(katz[0].scores, day, told["choices"].values).value


@settings(max_examples=200, deadline=None)
@given(days())
def test_a_known_ceiling_is_never_passed(given_day):
    done, katz, patient, day, _ = given_day
    everything = {code: 900 for kind in law.kinds().values() for code in kind.codes.values()}
    found = lines_of_day(done, katz, patient, day, fees=everything, choices=Choices({"daily_ceiling": 1755}))
    capped = [one for one in found.lines if one.role is Role.ACT and law.kinds()[one.kind].group == "session"]
    assert sum(line.cents or 0 for line in capped) <= 1755
    paid = [line for line in capped if line.place is not Place.OFFICE]
    assert any(one.code == "ceiling.applied" for one in found.messages) is (900 * len(paid) > 1755)


@settings(max_examples=400, deadline=None)
@given(days())
def test_earlier_bills_of_the_day_are_never_billed_again(given_day):
    done, katz, patient, day, told = given_day
    before = [one.kind for one in told["history"] if one.day == day]
    lines = lines_of_day(done, katz, patient, day, **told).lines
    kinds = [*before, *(line.kind for line in lines)]
    sessions = [line for line in lines if law.kinds()[line.kind].group == "session"]
    flats = [kind for kind in kinds if kind.startswith("flat_") and kind != "flat_PN"]
    assert len(flats) <= 1
    assert not (sessions and "flat_A" in before)
    assert not (flats and any(kind in before for kind in ("injection", "flat_PN")))
    assert kinds.count("flat_PN") <= 1
    assert kinds.count("pump") <= 1
    assert kinds.count("basic_1") <= 1
    assert kinds.count("basic_2") <= 1
    if not flats:
        assert kinds.count("toilet") <= 1


@settings(max_examples=200, deadline=None)
@given(days())
def test_a_palliative_day_never_precedes_its_notification(given_day):
    done, katz, patient, day, told = given_day
    found = lines_of_day(done, katz, patient, day, **told)
    palliative = any(line.kind.startswith("flat_P") for line in found.lines)
    assert not palliative or (patient.palliative is not None and patient.palliative <= day)
    assert found.level in Level


@settings(max_examples=300, deadline=None)
@given(
    some.builds(
        Identity,
        reading=some.sampled_from("1234A"),
        media=some.sampled_from("123456789A"),
        serial=some.sampled_from(["", "1"]),
        day=some.sampled_from([None, LAST]),
        minute=some.sampled_from([None, 540]),
        manual=some.sampled_from("0123456"),
        vignette=some.sampled_from("012"),
    )
)
def test_a_check_without_fault_could_be_sent(one):
    if any(fault.severity == "error" for fault in identity.check(one, LAST)):
        return
    assert (one.reading == "A") is (one.media == "A")
    assert (one.reading == "4") is (one.manual != "0")
    assert (one.media == "7") is (one.vignette != "0")
    assert one.serial or one.media in "789A"
    assert (one.day and one.minute) or (one.reading, one.manual) == ("4", "3")
    assert one.media not in "36"
