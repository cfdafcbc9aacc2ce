"""What the quote of a Belgian session refuses, warns of and explains; its amounts stand in the law cases."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

import quittance
from quittance.belgium.pricing.nursing import level_of

Session = dict[str, Any]
SPEECH: Session = {
    "country": "BE",
    "date": "2026-05-04",
    "professional": {"profession": "speech_therapist"},
    "patient": {"birth_date": "2016-01-01"},
    "acts": [{"code": "711314"}],
}
NURSE: Session = {
    "country": "BE",
    "date": "2018-05-14",
    "professional": {"profession": "nurse"},
    "patient": {"birth_date": "1940-01-01"},
    "place": "home",
    "acts": [{"code": "425110"}],
}


def errors(session: Session) -> dict[str, Any]:
    """Refusals by code."""
    return {one["code"]: one for one in quittance.quote(session)["error"]}


def messages(session: Session) -> dict[str, str]:
    """Texts of the messages by code."""
    return {one["code"]: one["text"] for one in quittance.quote(session)["messages"]}


def steps(session: Session) -> dict[str, Any]:
    """Steps of the first act by rule."""
    return {step["rule"].removeprefix("belgium."): step for step in quittance.quote(session)["acts"][0]["steps"]}


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"acts": [{"code": "71131"}]}, "act.invalid", "acts[0].code"),
        ({"acts": [{"code": "711315"}]}, "act.check_digit", "acts[0].code"),
        ({"acts": [{"code": "999994"}]}, "act.unknown", "acts[0].code"),
        ({"history": [{"code": "711315", "date": "2026-05-01"}]}, "act.check_digit", "history[0].code"),
        ({"custom_tariffs": [{"code": "711314", "fee": 1}] * 2}, "custom_tariff.twice", "custom_tariffs[1].code"),
        ({"patient": {"ct1": "999"}}, "insurability.unknown", "patient.ct1"),
        ({"patient": {"ct2": "900"}}, "insurability.unknown", "patient.ct2"),
        ({"patient": {"katz": [1, 2, 3]}}, "value.invalid", "patient.katz"),
        ({"patient": {"gender": "f"}}, "field.unknown", "patient.gender"),
        ({"professional": {"profession": "baker"}}, "value.unknown", "professional.profession"),
        ({"acts": []}, "acts.required", "acts"),
        ({"acts": [{"code": "711314", "supplement": "-1"}]}, "amount.negative", "acts[0].supplement"),
        ({"acts": [{"code": "711314", "date": "2027-01-01"}]}, "price.unknown", "acts[0].code"),
        ({"acts": [{"code": "711314", "date": "2025-12-31"}]}, "reimbursement.unknown", "acts[0].code"),
        ({"professional": {"profession": "nurse"}}, "act.profession", "acts[0].code"),
        ({"place": "school"}, "place.refused", "acts[0].code"),
        ({"place": "hospital"}, "act.hospital_pair", "acts[0].code"),
        ({"patient": {"birth_date": "2026-05-05"}}, "patient.unborn", "acts[0].date"),
    ],
)
def test_a_refusal_says_where_and_what_to_do(change: Session, code: str, path: str) -> None:
    refused = errors({**SPEECH, **change})[code]
    assert refused["path"] == path
    assert len(refused["message"].split()) >= 6


def test_every_fault_is_told_not_the_first() -> None:
    asked = {**SPEECH, "patient": {"ct1": "000"}, "acts": [{"code": "x"}, {"code": "711315"}]}
    assert {"insurability.unknown", "act.invalid", "act.check_digit"} == set(errors(asked))


def test_a_day_that_no_list_knows_says_which_days_are_known_and_how_to_import() -> None:
    text = errors({**SPEECH, "date": "2027-01-01"})["price.unknown"]["message"]
    assert "il en a un du 01/01/2013 au 31/12/2013, " in text
    assert "au 31/12/2026" in text
    assert "quittance tariffs --country BE import" in text
    text = errors({**SPEECH, "date": "2025-06-02"})["reimbursement.unknown"]["message"]
    assert "du 01/01/2026 au 31/12/2026" in text


def test_the_hospital_code_is_named_and_the_other_way_round() -> None:
    assert "711384" in errors({**SPEECH, "place": "hospital"})["act.hospital_pair"]["message"]
    asked = {**SPEECH, "place": "practice", "acts": [{"code": "711384"}]}
    assert "711314" in errors(asked)["act.hospital_pair"]["message"]
    assert "error" not in quittance.quote({**asked, "place": "hospital"})


def test_an_act_of_weekdays_is_refused_on_a_holiday_and_a_sunday() -> None:
    for day in ("2018-05-13", "2018-05-10", "2018-07-21"):  # a Sunday, Ascension Day, the national day
        assert "day.refused" in errors({**NURSE, "date": day})
    assert "error" not in quittance.quote(NURSE)


@pytest.mark.parametrize(
    ("change", "imposed", "words"),
    [
        ({}, "conventioned", "vous êtes conventionné"),
        ({"professional": {"profession": "speech_therapist", "convention": "partial"}}, "conventioned", "conventionné"),
        ({"patient": {"ct1": "111"}}, "preferential", "intervention majorée"),
        ({"third_party": True}, "third_party", "tiers payant"),
        ({"patient": {"force_official": True}}, "force_official", "exception"),
    ],
)
def test_the_official_fee_is_imposed_and_the_bill_says_by_what(change: Session, imposed: str, words: str) -> None:
    free = {"profession": "speech_therapist", "convention": "none" if change else "conventioned"}
    asked = {**SPEECH, "professional": free, "custom_tariffs": [{"code": "711314", "fee": "45,00"}], **change}
    assert words in messages(asked)["fee.official_imposed"]
    assert quittance.quote(asked)["acts"][0]["fee"] == "38.37"
    assert "honoraire officiel" in steps(asked)["fee.decision"]["result"]


def test_the_reduction_is_printed_in_its_window_and_nowhere_else() -> None:
    free = {"profession": "speech_therapist", "convention": "none"}
    given = {
        day: quittance.quote({**SPEECH, "professional": free, "date": day}) for day in ("2026-03-31", "2026-04-01")
    }
    assert [one["acts"][0]["insurer"] for one in given.values()] == ["32.87", "24.66"]
    spared = {**SPEECH, "professional": free, "patient": {"preferential": True}}
    assert quittance.quote(spared)["acts"][0]["insurer"] == "36.37"


def test_the_reduction_that_no_list_prints_is_rounded_up_and_explained() -> None:
    asked = {
        "country": "BE",
        "date": "2024-05-06",
        "professional": {"profession": "physiotherapist", "convention": "none"},
        "patient": {"birth_date": "1980-01-01"},
        "acts": [{"code": "567011", "quantity": 3}],
    }
    told = steps(asked)["reimbursement.reduced"]
    assert told["result"] == "17.82"  # 23.75 x 75 % = 17.8125
    assert told["inputs"]["Part remboursée"] == "75 %"
    assert "2022" in told["source"]
    assert quittance.quote(asked)["acts"][0]["insurer"] == "53.46"


def test_what_is_uncertain_is_said() -> None:
    asked = {**NURSE, "professional": {"profession": "nurse", "convention": "none"}}
    assert "Aucune source lue" in messages(asked)["price.doubtful"]
    assert "price.doubtful" not in messages(NURSE)


def test_a_custom_fee_below_the_official_one_leaves_what_remains_of_it() -> None:
    free = {"profession": "speech_therapist", "convention": "none"}
    asked = {**SPEECH, "professional": free, "custom_tariffs": [{"code": "711314", "fee": "20"}]}
    act = quittance.quote(asked)["acts"][0]
    wanted = {"fee": "20.00", "insurer": "20.00", "personal_share": "0.00", "supplement": "0.00", "patient": "0.00"}
    assert {name: act[name] for name in wanted} == wanted


SUPPLEMENTS: list[tuple[str, Session, str | None]] = [
    ("conventioned, no reason", {}, "supplement.forbidden"),
    ("conventioned, a legal reason", {"reason": "early_hour"}, None),
    ("not conventioned", {"convention": "none"}, None),
    ("not conventioned, preferential", {"convention": "none", "preferential": True}, "supplement.forbidden"),
    ("third-party payment", {"reason": "weekend", "third_party": True}, "supplement.doubtful"),
]


@pytest.mark.parametrize(("name", "given", "code"), SUPPLEMENTS, ids=[name for name, _, _ in SUPPLEMENTS])
def test_a_supplement_needs_what_the_law_asks(name: str, given: Session, code: str | None) -> None:
    act = {"code": "711314", "supplement": "5,00"}
    if "reason" in given:
        act["supplement_reason"] = given["reason"]
    asked = {
        **SPEECH,
        "professional": {"profession": "speech_therapist", "convention": given.get("convention", "conventioned")},
        "patient": {"preferential": given.get("preferential", False)},
        "third_party": given.get("third_party", False),
        "acts": [act],
    }
    answer = quittance.quote(asked)
    if code is None:
        assert answer["acts"][0]["supplement"] == "5.00"
        assert not {"supplement.doubtful", "supplement.forbidden"} & {one["code"] for one in answer["messages"]}
    else:
        assert code in {one["code"] for one in answer.get("error", answer.get("messages", []))}


def test_a_forbidden_supplement_names_the_day_and_the_text() -> None:
    asked = {
        "country": "BE",
        "date": "2024-12-31",
        "professional": {"profession": "doctor", "convention": "none"},
        "patient": {"preferential": True, "birth_date": "1980-01-01"},
        "acts": [{"code": "101076", "supplement": 5}],
    }
    assert "error" not in quittance.quote(asked)
    assert set(errors({**asked, "date": "2025-06-02"})) == {"price.unknown"}, "the first phase warns only"
    refused = errors({**asked, "date": "2026-06-01"})["supplement.forbidden"]["message"]
    assert "Depuis le 01/01/2026" in refused
    assert "motif" not in refused, "no reason lifts this ban"


def test_third_party_payment_is_obligatory_but_for_home_visits() -> None:
    asked: Session = {
        "country": "BE",
        "date": "2024-05-06",
        "professional": {"profession": "doctor"},
        "patient": {"preferential": True, "birth_date": "1980-01-01"},
        "acts": [{"code": "101076"}],
    }
    assert "01/10/2015" in messages(asked)["third_party.obligatory"]
    assert "third_party.obligatory" not in messages({**asked, "third_party": True})
    assert "third_party.obligatory" not in messages({**asked, "acts": [{"code": "101533"}, {"code": "103132"}]})


def test_an_act_is_capped_by_the_earlier_acts_of_its_day() -> None:
    """17.55 a day: three wounds of 5.35 + 8.07 leave 4.13 of the third act's 6.69, and 3.10 of its 5.02."""
    asked = {
        **NURSE,
        "history": [{"code": "424351", "date": "2018-05-14"}, {"code": "424351", "date": "2018-05-13"}],
        "acts": [{"code": "425110"}, {"code": "424336"}],
    }
    first, second = quittance.quote(asked)["acts"]
    assert (first["fee"], second["official_fee"], second["fee"], second["insurer"]) == ("5.35", "4.13", "4.13", "3.10")
    assert "4.13" in messages(asked)["ceiling.applied"]
    assert "forfait" in messages(asked)["price.doubtful"]


def test_an_act_by_session_is_part_of_the_flat_rate_of_its_day() -> None:
    asked = {**NURSE, "acts": [{"code": "425110"}, {"code": "425272"}]}
    asked["patient"] = {"katz": [3, 3, 3, 1, 1, 1]}
    toilet, flat_rate = quittance.quote(asked)["acts"]
    assert (toilet["fee"], toilet["insurer"], flat_rate["fee"]) == ("0.00", "0.00", "17.55")
    assert "flat_rate.replaces" in messages(asked)


def test_a_second_first_visit_of_the_day_is_refused_with_its_code() -> None:
    asked = {**NURSE, "acts": [{"code": "425014"}]}
    assert "error" not in quittance.quote({**asked, "history": [{"code": "425014", "date": "2018-05-11"}]})
    refused = errors({**asked, "history": [{"code": "425014", "date": "2018-05-14"}]})["quota.exceeded"]
    assert "425036" in refused["message"]
    assert "quota.exceeded" in errors({**asked, "acts": [{"code": "425014", "quantity": 2}]})


def test_the_tenth_session_of_the_year_asks_for_the_next_code() -> None:
    asked: Session = {
        "country": "BE",
        "date": "2024-12-30",
        "professional": {"profession": "physiotherapist"},
        "patient": {"birth_date": "1980-01-01"},
        "history": [{"code": "567011", "date": f"2024-11-{day:02d}"} for day in range(1, 10)],
        "acts": [{"code": "567011"}],
    }
    assert "560011" in messages(asked)["quota.doubtful"]
    assert steps(asked)["quota.limit"]["result"] == "9"
    asked["history"][0]["date"] = "2023-11-01"
    assert "quota.doubtful" not in messages(asked)


def test_a_flat_rate_rests_on_the_katz_scale() -> None:
    asked = {**NURSE, "acts": [{"code": "425294"}]}
    assert "katz.missing" in messages(asked)
    refused = errors({**asked, "patient": {"katz": [3, 3, 3, 1, 1, 1]}})["katz.insufficient"]["message"]
    assert "niveau B" in refused
    assert "error" not in quittance.quote({**asked, "patient": {"katz": [3, 3, 3, 3, 3, 1]}})


def test_all_the_scores_of_katz_give_the_level_of_the_law() -> None:
    """Facts of pricing, section 8.3, written as sets of dependent items instead of a cascade."""
    for scores in product(range(1, 5), repeat=6):
        wash, dress, transfer, toilet, *rest = (score >= 3 for score in scores)
        is_a = wash and dress and (transfer or toilet)
        is_b = wash and dress and transfer and toilet and any(rest)
        whole = [score == 4 for score in scores]
        is_c = all(whole[:4]) and any(whole[4:]) and all(rest)
        assert level_of(scores, 1) == (3 if is_c else 2 if is_b else 1 if is_a else 0)
        assert level_of(scores, 0) == (3 if all(whole[:4]) and any(rest) else 2 if is_b else 1 if is_a else 0)


def test_preferential_stands_over_the_code_and_says_so() -> None:
    asked = {**SPEECH, "patient": {"ct1": "110", "ct2": "110", "preferential": True}}
    assert quittance.quote(asked)["acts"][0]["insurer"] == "36.37"
    assert "preferential.differs" in messages(asked)


def test_an_age_that_matters_and_is_not_known_is_said() -> None:
    asked = {
        "country": "BE",
        "date": "2024-05-06",
        "professional": {"profession": "doctor"},
        "acts": [{"code": "103132"}],
    }
    assert "age.unknown" in messages(asked)
    assert quittance.quote(asked)["acts"][0]["insurer"] == "28.78"
    assert quittance.quote({**asked, "patient": {"birth_date": "2016-01-01"}})["acts"][0]["insurer"] == "37.81"
    chronic = {**asked, "patient": {"birth_date": "2016-01-01", "chronic": True}}
    assert quittance.quote(chronic)["acts"][0]["insurer"] == "37.81"


def test_a_comma_and_a_number_are_the_same_amount() -> None:
    free = {"profession": "speech_therapist", "convention": "none"}
    given = [
        quittance.quote({**SPEECH, "professional": free, "custom_tariffs": [{"code": "711314", "fee": fee}]})
        for fee in ("45,50", "45.5", 45.5)
    ]
    assert given[0] == given[1] == given[2]


def test_an_act_before_the_birth_says_so_and_nothing_of_its_price():
    answer = quittance.quote(
        {
            "country": "BE",
            "date": "2024-05-06",
            "professional": {"profession": "physiotherapist"},
            "patient": {"birth_date": "2024-05-07"},
            "acts": [{"code": "567011"}],
        }
    )
    assert [one["code"] for one in answer["error"]] == ["patient.unborn"]
