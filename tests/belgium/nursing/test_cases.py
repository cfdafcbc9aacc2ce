"""The cases of `cases.yaml`: lines, refusals, messages; and every message of the law file is reached."""

from __future__ import annotations

import pytest

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import Role, compare, evaluations, faults, identity, lines_of_day, wounds
from quittance.belgium.nursing.model import WoundNotice
from tests.belgium.nursing import reading

pytestmark = pytest.mark.cases

DAYS, IDENTITIES, EVALUATIONS = (reading.CONTENT[part] for part in ("days", "identities", "evaluations"))
LETTERS = {Role.STATISTIC: "s", Role.ACT: "a", Role.FLAT: "f", Role.SUPPLEMENT: "+", Role.PSEUDO: "p"}
WHEN = reading.number("2026-01-05")


def judged(case):
    return lines_of_day(**reading.day_of_care(case))


def shown(line, case):
    """A line as the case writes it: its amount only where a price was given or it is zero for another reason."""
    text = f"{line.code} {LETTERS[line.role]}"
    if line.cents is not None and line.role is not Role.STATISTIC:
        text += f" = {line.cents}"
    return f"{text} > {line.related}" if line.related else text


@pytest.mark.parametrize("case", DAYS, ids=lambda case: case["name"])
def test_day(case):
    found = judged(case)
    assert [shown(line, case) for line in found.lines] == case.get("lines", [])
    assert sorted(one.message.code for one in found.refused) == sorted(case.get("refused", []))
    ignored = set() if "ceiling.unpriced" in case.get("told", []) else {"ceiling.unpriced"}
    assert sorted(one.code for one in found.messages if one.code not in ignored) == sorted(case.get("told", []))
    assert found.level.value == case.get("level", "")
    assert set(case.get("doubts", [])) <= {one.name for one in found.doubts}
    told = " ".join(one.text for one in found.messages)
    assert case.get("text", "") in told
    assert "{" not in told
    flats = [line for line in found.lines if line.role is Role.FLAT]
    assert all(line.norm == case.get("norm", "1") for line in flats)
    if "flat.exception" not in case.get("told", []):
        assert faults(found.lines) == []


def checked(case):
    return identity.check(reading.identity({"day": "2026-01-05", **case["check"]}), WHEN)


@pytest.mark.parametrize("case", IDENTITIES, ids=lambda case: case["name"])
def test_identity(case):
    assert [one.code for one in checked(case)] == case.get("told", [])


def evaluated(case):
    return evaluations.check(reading.evaluation(case["katz"]), reading.number(case["day"]))


@pytest.mark.parametrize("case", EVALUATIONS, ids=lambda case: case["name"])
def test_evaluation(case):
    found = evaluated(case)
    assert [one.code for one in found] == case.get("told", [])
    assert case.get("text", "") in " ".join(one.text for one in found)


def test_a_level_lowered_after_it_was_billed_is_corrected():
    old, new = reading.evaluation("444443 2026-01-01"), reading.evaluation("444343 2026-02-01")
    found = compare(old, new, billed_until=reading.number("2026-02-10"))
    assert found.text == "Un critère change : « aller à la toilette » passe de 4 à 3. Le niveau passe de C à B."
    assert [one.code for one in found.messages] == ["level.lowered"]
    assert "du 01/02/2026 au 10/02/2026" in found.messages[0].why
    assert compare(old, new, billed_until=reading.number("2026-01-31")).messages == ()
    assert compare(new, old, billed_until=reading.number("2026-02-10")).messages == ()
    same = compare(old, reading.evaluation("444443 2026-04-01"))
    assert same.text == "Aucun critère ne change. Le niveau reste C."


def test_a_wound_notification_holds_three_months():
    first, last = (reading.number(day) for day in ("2026-01-15", "2026-04-15"))
    assert [one.code for one in wounds.check(WoundNotice(4, first, last))] == ["wound.length"]
    assert wounds.check(WoundNotice(4, first, last - 1)) == []


def test_every_message_is_reached_and_says_where_it_is_written():
    found = [one for case in DAYS for one in judged(case).messages]
    found += [one.message for case in DAYS for one in judged(case).refused]
    found += [one for case in IDENTITIES for one in checked(case)]
    found += [one for case in EVALUATIONS for one in evaluated(case)]
    assert {one.code for one in found} | {"level.lowered", "wound.length", "identity.share"} == set(
        law.labels("messages")
    )
    typed = {"nothing", "law.unknown", "kind.unknown", "kind.reserved", "code.check", "code.other", "code.unknown"}
    typed |= {"place.one", "once.day", "pseudo.related", "identity.reading", "evaluation.scores"}
    assert {one.code for one in found if one.source is None} <= typed
    assert all("Règle à vérifier" in one.text for one in found if one.doubtful)


def test_names_of_cases_are_their_own():
    names = [case["name"] for case in (*DAYS, *IDENTITIES, *EVALUATIONS)]
    assert len(names) == len(set(names))
