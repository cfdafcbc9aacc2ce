"""What a publication of INAMI opens, once imported: home nursing under its ceiling, codes of others, doubts told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import quittance
from bench.equal import differences
from quittance.belgium.services import tariff_codes
from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.rows import PROFESSIONS
from tests.belgium import imported
from tests.belgium.test_oracle import difference

Session = dict[str, Any]
NURSE: Session = {
    "country": "BE",
    "date": "2026-05-04",  # a Monday
    "professional": {"profession": "nurse"},
    "patient": {"birth_date": "1940-01-01"},
    "acts": [{"code": "425110"}, {"code": "424373"}],
}
DOCTOR: Session = {
    "country": "BE",
    "date": "2026-05-04",
    "professional": {"profession": "doctor"},
    "patient": {"birth_date": "1980-01-01", "preferential": True},
    "acts": [{"code": "475075"}],
}


@pytest.fixture(autouse=True)
def publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    imported.lay(tmp_path, monkeypatch)
    yield
    monkeypatch.undo()
    imported.forget()


def quote(session: Session) -> Session:
    """The product's answer, on which the second calculator agrees."""
    assert difference(session) is None
    return quittance.quote(session)


def said(answer: Session) -> dict[str, str]:
    """Texts of the messages by code."""
    return {one["code"]: one["text"] for one in answer["messages"]}


def test_nursing_by_session_is_billed_under_the_flat_rate_of_the_day_and_says_the_doubt() -> None:
    """24.30 less 7.40 leaves 16.90 of 18.40; 13.80 x 16.90 / 18.40 = 12.675, to the nearest cent 12.68."""
    answer = quote(NURSE)
    toilet, wound = answer["acts"]
    assert (toilet["fee"], toilet["insurer"]) == ("7.40", "5.55")
    assert (wound["official_fee"], wound["fee"], wound["insurer"]) == ("16.90", "16.90", "12.68")
    assert "ceiling.applied" in said(answer)
    assert "forfait A" in said(answer)["price.doubtful"]
    step = next(one for one in wound["steps"] if one["rule"] == "belgium.nursing.daily_ceiling")
    assert step["inputs"]["Plafond du jour"] == "24.30"


def test_nursing_below_the_ceiling_says_nothing_of_it() -> None:
    answer = quote({**NURSE, "acts": [{"code": "425110", "quantity": 2}]})
    assert answer["totals"]["fee"] == "14.80"
    assert not {"ceiling.applied", "ceiling.unknown", "price.doubtful"} & set(said(answer))


def test_earlier_acts_of_the_day_take_of_the_ceiling() -> None:
    answer = quote({**NURSE, "acts": [{"code": "425110"}], "history": [{"code": "424373", "date": "2026-05-04"}]})
    assert answer["acts"][0]["fee"] == "5.90"


def test_where_the_flat_rate_is_not_known_either_nothing_is_capped_and_it_is_said() -> None:
    """The publication has no flat rate A of the week-end."""
    saturday = {**NURSE, "date": "2026-05-09", "acts": [{"code": "425515", "quantity": 3}]}
    answer = quote(saturday)
    assert answer["totals"]["fee"] == "33.90"
    assert "forfait A" in said(answer)["ceiling.unknown"]
    alone = quote({**saturday, "acts": [{"code": "425515"}]})
    assert "ceiling.unknown" not in said(alone)


def test_a_remote_consultation_obliges_to_third_party_payment_since_its_day() -> None:
    asked = {**DOCTOR, "patient": {"birth_date": "1980-01-01"}, "acts": [{"code": "101673"}]}
    assert "third_party.obligatory" not in said(quote({**asked, "date": "2022-07-31"}))
    assert "01/08/2022" in said(quote({**asked, "date": "2022-08-01"}))["third_party.obligatory"]
    assert "third_party.obligatory" not in said(quote({**asked, "date": "2022-08-01", "third_party": True}))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({}, True),
        ({"place": "practice"}, True),
        ({"place": "home"}, False),
        ({"third_party": True}, False),
        ({"patient": {"preferential": False}}, False),
    ],
)
def test_every_act_of_a_general_practitioner_perhaps_obliges(change: Session, told: bool) -> None:
    assert ("third_party.obligatory_doubtful" in said(quote({**DOCTOR, **change}))) is told


def test_the_care_of_diabetes_obliges_where_the_patient_asks() -> None:
    answer = quote({**DOCTOR, "patient": {}, "acts": [{"code": "102852"}]})
    assert "quand le patient le demande" in said(answer)["third_party.obligatory_doubtful"]


def test_an_amount_whose_condition_was_not_read_makes_those_beside_it_doubtful_on_its_days() -> None:
    asked = {**DOCTOR, "acts": [{"code": "101076"}], "third_party": True}
    for day, doubtful in (("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)):
        answer = quote({**asked, "date": day})
        assert answer["acts"][0]["insurer"] == "32.50"
        assert ("« Intervention médecin stagiaire »" in said(answer).get("price.doubtful", "")) is doubtful, day


def test_a_new_code_is_that_of_the_profession_of_its_key_letter() -> None:
    acts = store.shipped().acts
    assert {code: PROFESSIONS[acts[code].profession] for code in ("719994", "475075", "599001")} == {
        "719994": "speech_therapist",
        "475075": "doctor",
        "599001": "",
    }
    refused = quote({**NURSE, "acts": [{"code": "719994"}]})
    assert [one["code"] for one in refused["error"]] == ["act.profession"]
    assert quote({**NURSE, "acts": [{"code": "599001"}]})["totals"]["fee"] == "50.00"


def test_own_tariffs_take_a_new_code_of_the_profession_and_one_whose_profession_is_not_told() -> None:
    on = date(2026, 5, 4)
    assert tariff_codes.checked("719994", "speech_therapist", on) == "719994"
    assert tariff_codes.checked("599001", "speech_therapist", on) == "599001"
    with pytest.raises(tariff_codes.CodeError, match="autre profession"):
        tariff_codes.checked("719994", "nurse", on)
    with pytest.raises(tariff_codes.CodeError, match="ne connaissent pas"):
        tariff_codes.checked("999994", "nurse", on)
    assert [one.code for one in tariff_codes.find("essai sans profession", "nurse", on)] == ["599001"]
    assert tariff_codes.find("essai de logopédie", "nurse", on) == []


@pytest.mark.compiled
def test_plain_and_compiled_give_the_same_integers_under_an_imported_ceiling() -> None:
    saturday = {**NURSE, "date": "2026-05-09", "acts": [{"code": "425515", "quantity": 3}]}
    history = [{"code": "424373", "date": "2026-05-04"}]
    assert (
        differences([NURSE, saturday, {**NURSE, "history": history}, DOCTOR, {**DOCTOR, "place": "home"}], "BE") == []
    )
