"""The quota of a patient as a machine: requests, prolongations and sessions in any order, against a naive count.

The model knows nothing of the product's tables: it holds calendar dates and a list of what was attested, and counts
all of it again at each question.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from quittance.belgium.speech import Agreement, Patient, Session, Status, judge
from quittance.kernel.dated import day_number

BIRTH, START, END = date(2015, 6, 1), date(2026, 1, 1), date(2033, 4, 1)
TAKES = {"short": 1, "long": 2, "group": 1, "parents": 2, "meeting": 1, "evaluation": 0, "assessment": 1, "school": 1}
THERAPY = ("short", "long", "group", "school")
GUIDANCE = ("parents", "meeting")


@dataclass(frozen=True)
class Rules:
    """A disorder as the seed's table gives it: sessions, years, what a prolongation adds (None: they carry over)."""

    quota: int
    years: int
    adds: int | None
    codes: dict[str, str]
    anew: bool = False  # every agreement is a new one
    school: bool = False  # five a month at school, the first two years
    found: int | None = None  # established before this age


COMMON = {"evaluation": "700991", "assessment": "701013"}
DISORDERS = {
    "a": Rules(55, 2, None, {**COMMON, "short": "711314"}),
    "b3": Rules(
        *(140, 2, None),
        {**COMMON, "short": "714313", "long": "714615", "parents": "711115", "meeting": "713112"},
        found=15,
    ),
    "b6.4": Rules(128, 2, None, {**COMMON, "short": "723310", "long": "711616", "group": "723413"}),
    "b6.3": Rules(520, 2, 520, {**COMMON, "short": "729315"}),
    "b4": Rules(75, 1, 75, {**COMMON, "short": "717312"}, anew=True),
    "f": Rules(
        *(384, 2, 192),
        {**COMMON, "short": "733316", "long": "733611", "school": "733353", "parents": "712213"},
        school=True,
    ),
    "g": Rules(150, 1, 100, {**COMMON, "short": "724415"}),
}


def later(day: date, years: int) -> date:
    """The same day so many years later; that of a 29 February is 1 March in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@dataclass
class Spell:
    """An agreement in force from a day to a day; `opens` where it begins a course, `elsewhere` used by a colleague."""

    first: date
    last: date
    granted: int
    opens: bool
    elsewhere: int = 0


@dataclass
class Model:
    """What was agreed and attested, and the count of it."""

    rules: Rules
    spells: list[Spell] = field(default_factory=list)
    done: list[tuple[date, str]] = field(default_factory=list)

    def courses(self) -> list[list[Spell]]:
        found: list[list[Spell]] = []
        for spell in self.spells:
            if spell.opens:
                found.append([])
            found[-1].append(spell)
        return found

    def course_of_assessment(self, day: date) -> list[Spell] | None:
        for course in reversed(self.courses()):
            if course[0].first - timedelta(days=60) <= day <= course[-1].last:
                return course
        return None

    def spell(self, day: date) -> Spell | None:
        for spell in self.spells:
            if spell.first <= day <= spell.last:
                return spell
        return None

    def left(self, spell: Spell) -> int:
        course = next(one for one in self.courses() if spell in one)
        shared = course if self.rules.adds is None else [spell]
        left = shared[0].granted - sum(one.elsewhere for one in shared)
        for day, what in self.done:
            if what == "assessment":
                if self.course_of_assessment(day) == course and course[0] in shared:
                    left -= 1
            elif self.spell(day) in shared:
                left -= TAKES[what]
        return left

    def count(self, *kinds: str) -> int:
        return sum(what in kinds for _, what in self.done)

    def refusals(self, day: date, what: str) -> set[str]:
        found = set()
        today = [kind for when, kind in self.done if when == day]
        spell = self.spell(day)
        if what in THERAPY and any(kind in THERAPY for kind in today):
            found.add("day.therapy")
        clash = ("assessment",) if what in THERAPY else THERAPY if what == "assessment" else ()
        if any(kind in clash for kind in today):
            found.add("day.assessment")
        for code, kinds, most in [
            ("guidance.max", GUIDANCE, 10),
            ("evaluation.max", ("evaluation",), 5),
            ("assessment.max", ("assessment",), 5),
        ]:
            if what in kinds and self.count(*kinds) >= most:
                found.add(code)
        if what == "school":
            found |= self.at_school(day, spell)
        if what == "assessment":
            course = self.course_of_assessment(day)
            found |= self.found_late([*self.tests(course, day), day])
            if course and self.left(course[0]) < 1:
                found.add("quota.exceeded")
            if course is None and any(spell.opens and spell.first >= day for spell in self.spells):
                found.add("reception.late")
        elif spell is None:
            found.add("agreement")
        else:
            found |= self.under(day, what, spell)
        return found

    def at_school(self, day: date, spell: Spell | None) -> set[str]:
        found = set()
        month = [d for d, kind in self.done if kind == "school" and (d.year, d.month) == (day.year, day.month)]
        if len(month) >= 5:
            found.add("school.month")
        if spell and day >= later(next(c for c in self.courses() if spell in c)[0].first, 2):
            found.add("school.period")
        return found

    def tests(self, course: list[Spell] | None, day: date) -> list[date]:
        mine = [d for d, kind in self.done if kind == "assessment" and self.course_of_assessment(d) == course]
        return [d for d in mine if d < day]

    def found_late(self, tests: list[date]) -> set[str]:
        late = self.rules.found is not None and tests and min(tests) >= later(BIRTH, self.rules.found)
        return {"age.found"} if late else set()

    def under(self, day: date, what: str, spell: Spell) -> set[str]:
        found = {"quota.exceeded"} if max(self.left(spell), 0) < TAKES[what] else set()
        course = next(one for one in self.courses() if spell in one)
        tests = self.tests(course, day)
        found |= self.found_late(tests)
        if what not in THERAPY or (self.rules.anew and course != self.courses()[0]):
            return found
        if not tests:
            evaluated = self.rules.anew and any(d < day for d, kind in self.done if kind == "evaluation")
            return found if evaluated else found | {"assessment.missing"}
        begun = [d for d, kind in self.done if kind in THERAPY and d < day and self.spell(d) in course]
        if not begun and day > max(tests) + timedelta(days=60):
            found.add("start.late")
        return found


class Quota(RuleBasedStateMachine):
    """One patient, one disorder, days that pass; what is judged reimbursable is attested at once."""

    @initialize(disorder=st.sampled_from(list(DISORDERS)))
    def begin(self, disorder: str) -> None:
        self.disorder, self.table = disorder, DISORDERS[disorder]
        self.model, self.today = Model(self.table), START
        self.patient = Patient(day_number(BIRTH))
        self.agreements: list[Agreement] = []
        self.history: list[Session] = []

    @precondition(lambda self: self.today < END - timedelta(days=400))
    @rule(days=st.one_of(st.integers(1, 10), st.integers(1, 400)))
    def wait(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda self: not self.model.spells or self.model.spells[-1].last < END - timedelta(days=800))
    @rule(fewer=st.none() | st.integers(1, 14), gap=st.integers(0, 40), anew=st.booleans(), elsewhere=st.integers(0, 9))
    def agree(self, fewer: int | None, gap: int, anew: bool, elsewhere: int) -> None:
        first = self.today + timedelta(days=1)
        if self.model.spells:
            first = max(first, self.model.spells[-1].last + timedelta(days=1 + gap))
        if first > END - timedelta(days=800):
            return
        opens = not self.model.spells or self.table.anew or anew
        last = later(first, 2 if self.table.years == 2 else 1) - timedelta(days=1)
        most = self.table.quota if opens or self.table.adds is None else self.table.adds
        granted = most if fewer is None else fewer
        if not opens and self.table.adds is None:
            elsewhere = 0  # a colleague treated before, not in the middle of a course
        self.model.spells.append(Spell(first, last, granted, opens, elsewhere))
        status = Status.AGREED if opens else Status.NOTIFIED
        day = day_number(first)
        self.agreements.append(
            Agreement(
                *(self.disorder, day, day_number(last), status),
                prolongs=not opens,
                sessions=fewer,
                form=day,
                prescription=day - 3,
                used_elsewhere=elsewhere,
            )
        )

    def attend_on(self, day: date, what: str) -> bool:
        session = Session(self.table.codes[what], day_number(day), disorder=self.disorder, prescribed=day_number(START))
        found = judge(session, self.patient, self.agreements, self.history)
        codes = {"agreement" if one.code.startswith("agreement.") else one.code for one in found.reasons}
        expected = self.model.refusals(day, what)
        assert codes == expected, f"{day} {what}: {codes} instead of {expected}"
        assert found.reimbursable is (not codes)
        assert judge(session, self.patient, self.agreements[::-1], self.history[::-1]) == found
        spell = self.model.spell(day)
        if what == "assessment":
            course = self.model.course_of_assessment(day)
            spell = course[0] if course else None
        if found.reimbursable:
            self.history.append(session)
            self.model.done.append((day, what))
        if spell is not None:
            assert found.left == max(self.model.left(spell), 0)
            assert ("quota.low" in {one.code for one in found.alerts}) is (found.left <= 10)
        return found.reimbursable

    def some(self, index: int) -> str:
        kinds = sorted(self.table.codes)
        return kinds[index % len(kinds)]

    @rule(index=st.integers(0, 9))
    def attend(self, index: int) -> None:
        self.attend_on(self.today, self.some(index))

    @rule(index=st.integers(0, 9), back=st.integers(1, 90))
    def attend_late(self, index: int, back: int) -> None:
        self.attend_on(max(self.today - timedelta(days=back), START), self.some(index))

    @precondition(lambda self: self.today < END - timedelta(days=400))
    @rule(index=st.integers(0, 9), times=st.integers(2, 14), step=st.integers(1, 7))
    def series(self, index: int, times: int, step: int) -> None:
        for _ in range(times):
            self.attend_on(self.today, self.some(index))
            self.today += timedelta(days=step)

    @invariant()
    def treatments_never_overdraw_what_was_granted(self) -> None:
        for course in self.model.courses() if hasattr(self, "model") else ():
            for shared in [course] if self.table.adds is None else [[spell] for spell in course]:
                mine = [what for day, what in self.model.done if self.model.spell(day) in shared]
                granted = max(shared[0].granted - shared[0].elsewhere, 0)
                assert sum(TAKES[what] for what in mine if what != "assessment") <= granted

    @invariant()
    def one_treatment_a_day(self) -> None:
        days = [day for day, what in self.model.done if what in THERAPY] if hasattr(self, "model") else []
        assert len(days) == len(set(days))


@pytest.mark.property
def test_any_order_of_requests_and_sessions_agrees_with_the_naive_count():
    run_state_machine_as_test(Quota, settings=settings(max_examples=120, stateful_step_count=30, deadline=None))
