"""Who prescribed, as the competence code of his INAMI number tells."""

from __future__ import annotations

from quittance.belgium.numbers import inami
from quittance.belgium.speech.prescriber import kind_of

DOCTOR = "10765119"


def test_every_competence_of_a_doctor_tells_what_its_name_says():
    told = {code: kind_of(DOCTOR + code) for (digit, code) in inami.competences() if digit == "1"}
    names = {code: name for (digit, code), name in inami.competences().items() if digit == "1"}
    assert {code for code, kind in told.items() if kind == "general_practitioner"} == {f"00{n}" for n in range(1, 9)}
    assert {code for code, kind in told.items() if not kind} == {"000", "009"}
    for code, kind in told.items():
        assert (kind == "general_practitioner") is names[code].startswith("médecin généraliste"), code
        assert (kind == "specialist") is names[code].startswith("médecin spécialiste"), code


def test_another_number_tells_nothing():
    unknown = next(f"{n:03}" for n in range(10, 1000) if ("1", f"{n:03}") not in inami.competences())
    for number in ("", "Dr Exemple", DOCTOR, DOCTOR[:7] + "0003", DOCTOR + unknown, "61234516802"):
        assert kind_of(number) == "", number
    assert kind_of("1.07651.19.003") == kind_of("1-07651-19-003") == "general_practitioner"
