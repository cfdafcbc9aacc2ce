"""From the snapshot of a bill to its papers: amounts shared line by line, people, what the rows of today add."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.belgium.documents.certificate import Prescriber
from quittance.belgium.documents.from_bill import (
    Known,
    acts_of,
    channel_of,
    language_of,
    patient_of,
    prescriber_of,
    provider_of,
    supporting_of,
)
from quittance.belgium.documents.people import Patient, Provider
from quittance.belgium.documents.supporting import Channel, reason_of, supporting_pdf
from quittance.belgium.documents.words import Language
from quittance.kernel.money import format_cents
from tests.belgium.documents.making import texts

ROW_PROVIDER = Provider(
    "Dora Test", "61234512802", False, ("Rue Neuve 1", "4000 Liège"), "0123456749", "Logopède", kind="speech_therapist"
)
ROW_PATIENT = Patient("Nina EXEMPLE", "85073003328", "135", ("Rue du Patient 2", "4020 Liège"))
KNOWN = Known(ROW_PROVIDER, ROW_PATIENT, Language.NL, {7: ("Dr Ursule Inventée", "1-45678-16-003")})


def act(insurer, personal, supplement=0, code="712316", day="2026-05-04", label="Séance") -> dict[str, Any]:
    amounts = {"insurer": insurer, "personal_share": personal, "supplement": supplement}
    told = {name: format_cents(cents) for name, cents in amounts.items()}
    return {"code": code, "date": day, "label": label, **told}


def snapshot(
    *acts: Any, third_party: bool = False, profession: str = "speech_therapist", **more: Any
) -> dict[str, Any]:
    """A snapshot as the ledger keeps it, of what the papers read."""
    held = acts or (act(3287, 550),)
    lines = [
        {"position": place, "code": one["code"], "label": one["label"], "day": one["date"], "quantity": 1}
        for place, one in enumerate(held, start=1)
    ]
    return {
        "reference": "000000042",
        "day": held[-1]["date"],
        "input": {"professional": {"profession": profession, "convention": "conventioned"}, "third_party": third_party},
        "draft": {"acts": [{"code": one["code"]} for one in held], "extras": {}},
        "output": {"acts": list(held)},
        "lines": lines,
        "practice": {"name": "Cabinet", "address_line1": "", "address_line2": "", "postcode": "", "city": ""},
        "professional": {"full_name": "Dora Test", "profession": "Logopède", "identifiers": []},
        "patient": {"full_name": "Nina EXEMPLE"},
        "printed": {},
        **more,
    }


def test_who_pays_all_is_asked_all_and_in_third_party_his_share():
    [plain] = acts_of(snapshot(act(3287, 550, 300)))
    [third] = acts_of(snapshot(act(3287, 550, 300), third_party=True))
    assert (plain.asked_cents, third.asked_cents) == (4137, 850)
    assert plain.line().fee_cents == third.line().fee_cents == 3837
    assert plain.line().copay_cents == 550


def test_what_is_waived_lowers_the_share_of_each_act():
    waived = snapshot(act(3287, 550), act(3287, 551), third_party=True, waived_cents=551)
    found = acts_of(waived)
    assert [one.waived_cents for one in found] == [275, 276]
    assert [one.line().copay_cents for one in found] == [275, 275]
    free = acts_of(snapshot(act(3287, 550), act(3287, 550), third_party=True, waived_cents=1100))
    assert [one.line().copay_cents for one in free] == [0, 0]
    assert [one.asked_cents for one in free] == [0, 0]


def test_more_waived_than_the_shares_comes_off_what_is_asked():
    [found] = acts_of(snapshot(act(3287, 550, 300), third_party=True, waived_cents=850))
    assert (found.asked_cents, found.line().copay_cents) == (0, 0)


@given(
    shares=st.lists(st.integers(0, 3000), min_size=1, max_size=8),
    part=st.integers(0, 100),
    paid=st.integers(0, 40_000),
)
def test_nothing_is_lost_in_sharing(shares, part, paid):
    waived = sum(shares) * part // 100
    acts = acts_of(snapshot(*(act(1000, one) for one in shares), third_party=True, waived_cents=waived), paid)
    assert sum(one.waived_cents for one in acts) == waived
    assert sum(one.received_cents for one in acts) == paid
    assert all(0 <= one.waived_cents <= one.personal_cents for one in acts)
    assert all(one.received_cents <= one.asked_cents for one in acts[:-1])


def test_payments_fill_the_acts_of_the_certificate_first():
    mixed = snapshot(act(0, 0, 4000, code="RAPPORT"), act(3287, 550), act(3287, 550))
    assert [one.is_reimbursable for one in acts_of(mixed)] == [False, True, True]
    assert [one.received_cents for one in acts_of(mixed, 8000)] == [8000 - 2 * 3837, 3837, 3837]
    assert [one.received_cents for one in acts_of(mixed, 5000)] == [0, 3837, 5000 - 3837]
    alone = acts_of(snapshot(act(3287, 550), act(3287, 550)), 9000)
    assert [one.received_cents for one in alone] == [3837, 9000 - 3837]


def test_several_at_once_stand_on_one_line():
    twice = snapshot(act(6574, 1100))
    twice["lines"][0]["quantity"] = 2
    assert acts_of(twice)[0].line().code == "712316 × 2"


def test_the_disorder_is_that_of_the_code_else_the_typed_one():
    told = snapshot(act(3287, 550), act(3788, 750, code="701013"))
    told["draft"]["acts"] = [{"code": "712316", "disorder": "f"}, {"code": "701013", "disorder": "b3"}]
    assert [one.disorder for one in acts_of(told)] == ["b1", "b3"]
    told["draft"]["acts"] = []
    assert [one.disorder for one in acts_of(told)] == ["b1", ""]


def test_the_snapshot_stands_before_the_rows_of_today():
    told = snapshot(
        practice={
            "name": "C",
            "address_line1": "Quai 3",
            "address_line2": "bte 4",
            "postcode": "5000",
            "city": "Namur",
        },
        professional={
            "full_name": "D. Test",
            "profession": "Logopède",
            "identifiers": [
                {"system": "be.inami", "value": "61234516801"},
                {"system": "be.bce", "value": "0777777078"},
            ],
        },
        patient={"full_name": "N. E."},
        printed={
            "niss_number": "17073003384",
            "mutuality_number": "306",
            "mutuality_name": "La Brabançonne",
            "address": ["Place 9", "1300 Wavre"],
            "language": "de",
        },
    )
    provider, patient = provider_of(told, ROW_PROVIDER), patient_of(told, ROW_PATIENT)
    place = ("Quai 3", "bte 4", "5000 Namur")
    known = Provider("D. Test", "61234516801", True, place, "0777777078", "Logopède", kind="speech_therapist")
    assert provider == known
    assert patient == Patient("N. E.", "17073003384", "306", ("Place 9", "1300 Wavre"), "La Brabançonne")
    assert language_of(told, KNOWN.language) is Language.DE


def test_the_rows_of_today_mend_what_the_snapshot_lacks():
    silent = snapshot(printed=None)
    assert provider_of(silent, ROW_PROVIDER) == replace(ROW_PROVIDER, conventioned=True)
    assert patient_of(silent, ROW_PATIENT) == ROW_PATIENT
    assert language_of(silent, KNOWN.language) is Language.NL


@pytest.mark.parametrize(
    ("printed", "niss", "mutuality"),
    [
        ({"niss": "17.07.30-033.84", "mutuality": "Mutualité Saint-Michel · 135"}, "17073003384", "135"),
        ({"niss": "", "mutuality": "199"}, ROW_PATIENT.niss, "199"),
        ({"niss": "", "mutuality": ""}, ROW_PATIENT.niss, ROW_PATIENT.mutuality),
    ],
)
def test_older_bills_say_numbers_only_as_they_are_printed(printed, niss, mutuality):
    found = patient_of(snapshot(printed=printed), ROW_PATIENT)
    assert (found.niss, found.mutuality) == (niss, mutuality)


def test_of_a_group_the_name_and_the_company_number():
    told = snapshot(printed={"group": {"name": "Groupe Inventé", "company_number": "0777.777.078"}})
    found = provider_of(told, ROW_PROVIDER)
    assert (found.address[0], found.bce, found.name) == ("Groupe Inventé", "0777777078", "Dora Test")


@pytest.mark.parametrize("convention", ["none", "partial"])
def test_only_a_conventioned_provider_has_the_mark(convention):
    told = snapshot()
    told["input"]["professional"]["convention"] = convention
    assert not provider_of(told, ROW_PROVIDER).conventioned


DOCTOR = Prescriber("Dr Ursule Inventée", "14567816003", date(2026, 3, 10))


@pytest.mark.parametrize(
    ("extras", "printed", "found"),
    [
        (
            {},
            {
                "prescriber_name": "Dr Ursule Inventée",
                "prescriber_number": "1-45678-16-003",
                "prescription_date": "2026-03-10",
            },
            DOCTOR,
        ),
        ({"prescriber": 7, "prescription_date": "2026-03-10"}, {}, DOCTOR),
        ({"prescriber": "7", "prescription_date": "2026-03-10"}, {}, DOCTOR),
        ({"prescriber": 7, "prescription_date": ""}, {}, None),
        ({"prescriber": 8, "prescription_date": "2026-03-10"}, {}, None),
        ({"prescriber_name": "Dr X", "prescriber_number": "123", "prescription_date": "2026-03-10"}, {}, None),
        ({"prescriber_name": " ", "prescriber_number": "14567816003", "prescription_date": "2026-03-10"}, {}, None),
        ({}, {}, None),
    ],
)
def test_who_prescribed(extras, printed, found):
    told = snapshot(printed={"prescriber": printed})
    told["draft"]["extras"] = extras
    assert prescriber_of(told, KNOWN.prescribers) == found


@pytest.mark.parametrize(
    ("profession", "day", "third_party", "channel"),
    [
        ("speech_therapist", "2026-05-04", True, Channel.PAPER),
        ("physiotherapist", "2026-05-04", True, Channel.PAPER),
        ("nurse", "2015-06-30", True, Channel.PAPER),
        ("nurse", "2015-07-01", True, Channel.EFACT),
        ("nurse", "2026-05-04", False, Channel.PAPER),
        ("doctor", "2025-08-31", False, Channel.PAPER),
        ("doctor", "2025-09-01", False, Channel.EATTEST),
        ("dentist", "2025-09-01", True, Channel.EFACT),
    ],
)
def test_how_the_insurer_hears_of_it(profession, day, third_party, channel):
    told = snapshot(act(1000, 200, day=day), profession=profession, third_party=third_party)
    assert channel_of(told) is channel


@pytest.mark.parametrize(
    ("days", "billed", "channel"),
    [
        (("2025-08-31",), "2025-09-02", Channel.PAPER),
        (("2025-09-01",), "2025-08-31", Channel.EATTEST),
        (("2025-08-31", "2025-09-02"), "2025-09-02", Channel.EATTEST),
    ],
)
def test_the_days_of_care_decide_and_one_electronic_act_is_enough(days, billed, channel):
    told = snapshot(*(act(1000, 200, day=day) for day in days), profession="doctor", day=billed)
    assert channel_of(told) is channel
    assert len(supporting_of(told, KNOWN, 0, date(2025, 9, 3)).reimbursable) == len(days)


def test_the_day_of_an_act_that_no_insurer_bears_decides_nothing():
    told = snapshot(act(1000, 200, day="2025-08-31"), act(0, 0, 4000, code="", day="2025-09-02"), profession="doctor")
    assert channel_of(told) is Channel.PAPER
    assert channel_of(snapshot(act(0, 0, 4000, code="", day="2025-09-02"), profession="doctor")) is Channel.PAPER


@pytest.mark.parametrize(("third_party", "printed"), [(False, "500-1-250902-0000001-12"), (True, "")])
def test_the_receipt_number_stands_only_where_the_patient_pays(third_party, printed):
    told = snapshot(act(1000, 200, day="2025-09-02"), profession="doctor", third_party=third_party)
    found = supporting_of(told, KNOWN, 0, date(2025, 9, 3), eattest="500-1-250902-0000001-12")
    assert found.eattest == printed


@pytest.mark.parametrize(
    ("language", "session", "nursing"),
    [
        ("fr", "Séance", "Toilette"),
        ("nl", "Individuele logopediezitting, 30 minuten: afasie (b1), in de praktijk", "Verstrekking 425110"),
        ("de", "Logopädische Einzelsitzung, 30 Minuten: Aphasie (b1), in der Praxis", "Leistung 425110"),
    ],
)
def test_the_acts_are_named_in_the_language_of_the_patient(language, session, nursing):
    told = snapshot(
        act(3287, 550),
        act(0, 0, 1000, code="425110", label="Toilette"),
        act(0, 0, 4000, code="", label="Rapport pour l'école"),
    )
    document = supporting_of(told, replace(KNOWN, language=Language(language)), 0, date(2026, 5, 5))
    assert [one.label for one in document.reimbursable] == [session]
    assert [one.label for one in document.others] == [nursing, "Rapport pour l'école"]


def test_the_supporting_document_of_a_mixed_bill():
    mixed = snapshot(
        act(3287, 550, 300), act(0, 0, 4000, code="RAPPORT", label="Rapport pour l'école"), third_party=True
    )
    document = supporting_of(mixed, replace(KNOWN, language=Language.FR), 1000, date(2026, 5, 5))
    reason = reason_of(document)
    assert reason is not None
    assert reason.name == "mixed"
    assert [(one.tariff_cents, one.supplement_cents, one.insurer_cents) for one in document.reimbursable] == [
        (550, 300, 3287)
    ]
    [text] = texts(supporting_pdf(document))
    for mention in (
        "N° 000000042",
        "Rapport pour l'école 40,00",
        "Total à votre charge 48,50 €",
        "Reste à payer 38,50 €",
    ):
        assert mention in text, mention


def test_the_supporting_document_asks_what_is_asked():
    waived = snapshot(act(3287, 550), third_party=True, waived_cents=550, profession="nurse")
    document = supporting_of(waived, KNOWN, 0, date(2026, 5, 5))
    [found] = document.reimbursable
    assert (found.tariff_cents, found.supplement_cents, found.insurer_cents) == (0, 0, 3287)
    paid = supporting_of(snapshot(act(3287, 550)), KNOWN, 3837, date(2026, 5, 5))
    assert (paid.reimbursable[0].tariff_cents, paid.reimbursable[0].insurer_cents) == (3837, 0)
    assert reason_of(paid) is None


def test_where_only_other_acts_are_billed_one_is_due():
    document = supporting_of(snapshot(act(0, 0, 4000, code="RAPPORT", label="")), KNOWN, 0, date(2026, 5, 5))
    reason = reason_of(document)
    assert reason is not None
    assert reason.name == "only_others"
    assert document.others[0].label == "RAPPORT"


def test_lines_of_no_amount_are_no_other_acts():
    told = snapshot(act(2000, 0), act(0, 0, code="425110"), third_party=True, profession="nurse")
    assert not supporting_of(told, KNOWN, 0, date(2026, 5, 5)).others
