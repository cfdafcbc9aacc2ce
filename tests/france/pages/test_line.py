"""What an act shows on the bill page: only what it allows to this professional, on this day, for this patient."""

from datetime import date

import pytest

import quittance
from quittance.billing.pages.draft_sheet import price, sheet_of
from quittance.france.pages import line_fields, line_search
from quittance.france.pages.line_act import facts, modifiers_of
from quittance.france.pages.line_session import complementary, contract_act, cover_of, session_input
from quittance.france.pages.line_why import why
from tests.billing.making import make_draft

DAY = date(2026, 1, 5)
GP, NURSE = {"specialty": "01"}, {"specialty": "24"}
SURGEON = {"specialty": "04", "sector": "2", "option": "none"}


def names(act, acting, others=(), profile=None, **session):
    """Name the fields of an act, the usual ones and the rare ones."""
    if profile:
        acting.professional.profile = profile
    draft = make_draft(acting, acts=[act, *others], **session)
    draft.professional.profile = profile or draft.professional.profile
    sheet = sheet_of(draft)
    price(sheet, trace=False)
    editor = line_fields.editor(sheet.acts[0], sheet)
    return [[field.name.partition("-")[2] for field in fields] for fields in (editor.fields, editor.more)]


def test_a_consultation_has_no_coefficient(acting):
    usual, rare = names({"code": "G"}, acting)
    assert usual == ["date", "quantity", "complement", "qualifier"]
    assert rare == ["unit_price", "total", "exemption"]


def test_a_key_letter_has_a_coefficient_with_its_bounds_and_a_half(acting):
    usual, rare = names({"code": "AMI"}, acting, profile=NURSE)
    assert usual[:3] == ["date", "quantity", "coefficient"]
    assert rare[0] == "half"


def test_travel_asks_for_a_distance(acting):
    assert names({"code": "IK"}, acting)[0] == ["date", "km", "trips", "quantity", "qualifier"]


def test_an_excess_shows_its_total_at_once(acting):
    usual, rare = names({"code": "G", "qualifier": "E"}, acting)
    assert "total" in usual
    assert "total" not in rare


def test_a_ccam_act_shows_what_it_allows(acting):
    usual, rare = names({"code": "DEQP003"}, acting)
    assert usual == ["date", "modifiers", "qualifier"]
    assert rare == ["unit_price", "base", "supplement", "total", "exemption"]


def test_an_association_is_asked_when_there_are_two(acting):
    usual, _rare = names({"code": "DEQP003"}, acting, others=[{"code": "QZJA002"}])
    assert "association" in usual


def test_what_was_typed_wrong_is_shown_to_be_taken_away(acting):
    usual, _rare = names({"code": "DEQP003", "modifiers": ["X"], "activity": "4", "exceptional": "O"}, acting)
    assert {"modifiers", "activity", "exceptional"} <= set(usual)


def test_a_night_is_offered_only_where_the_profession_has_it():
    assert dict(facts("G", GP, DAY).complements) == {"night": 3500, "sunday": 1906}
    assert dict(facts("AMI", NURSE, DAY).complements) == {"night": 915, "deep_night": 1830, "sunday": 850}


def test_modifiers_carry_their_value_and_age():
    found = {one.code: one for one in modifiers_of("QZJA002", GP, DAY)}
    assert (found["M"].cents, found["R"].value) == (2688, "+50 %")
    assert modifiers_of("DEQP003", GP, DAY, pair=(4, 0)) == ()
    assert modifiers_of("G", GP, DAY) == modifiers_of("ZZZZ", GP, DAY) == ()


@pytest.mark.parametrize(("birth", "code", "found"), [("2021-06-01", "COD", True), ("1948-08-14", "COD", False)])
def test_child_examinations_are_found_only_at_their_age(acting, birth, code, found):
    hits = line_search.search_acts("COD", acting.professional, DAY, birth).hits
    assert (code in [hit.code for hit in hits]) is found


def test_usual_sets_fit_the_age(acting):
    labels = [label for label, _acts in line_search.common(acting.professional, DAY, "2021-06-01")]
    assert "G + MEG" in labels
    assert "G + MEG" not in [label for label, _acts in line_search.common(acting.professional, DAY, "1948-08-14")]


def test_every_usual_set_has_a_price():
    day = "2026-02-01"
    for specialty, sets in line_search._commons().items():
        for one in sets:
            acts = [contract_act(act, date.fromisoformat(day)) for act in one.acts]
            session = {"country": "FR", "date": day, "professional": {"specialty": specialty}, "acts": acts}
            assert "error" not in quittance.quote(session), (specialty, one.label)


def test_an_act_of_another_profession_is_not_found(acting):
    assert "AMI" not in [hit.code for hit in line_search.search_acts("AMI", acting.professional, DAY).hits]


def test_kilometres_lose_the_deduction_of_the_law(acting):
    draft = make_draft(acting, acts=[{"code": "IKM", "km": "10", "trips": "2"}, {"code": "IK", "km": "1"}])
    acts = session_input(draft.input, draft.patient, acting.professional, DAY)["acts"]
    assert acts == [{"code": "IKM", "quantity": 36}, {"code": "IK", "quantity": 0}]


def test_what_the_file_says_is_proposed(acting):
    from quittance.france.models import FrenchPatient

    draft = make_draft(acting)
    patient = draft.patient
    assert patient is not None
    assert cover_of(patient, acting.professional, DAY)["third_party"] == {"amo": False, "amc": False}
    french = FrenchPatient.objects.for_(acting).create(patient=patient, scheme="c2s", treating_doctor_name="Dr Test")
    patient.refresh_from_db()
    patient.french = french
    cover = cover_of(patient, acting.professional, DAY)
    assert (cover["scheme"], cover["pathway"], cover["third_party"]) == ("c2s", "T", {"amo": True, "amc": True})
    french.scheme, french.exemption, french.local_scheme = "none", "4", True
    cover = cover_of(patient, acting.professional, DAY)
    assert (cover["exemption"], cover["local_scheme"]) == ("4", True)


def test_a_contract_is_told_in_amounts_and_percentages():
    from quittance.france.models import FrenchCover
    from quittance.patients.models import Cover

    cover = Cover()
    assert complementary(cover) is None
    cover.french = FrenchCover(formula="051", percent_bp=12550, ceiling_cents=4000)
    assert complementary(cover) == {"formula": "051", "percent": "125.50", "ceiling": "40.00"}


def test_why_speaks_french():
    step = {
        "rule": "france.compulsory.amount",
        "label": "Part AMO",
        "inputs": {"Base": "14.77", "Taux": "70 %", "Supplément": "0.00"},
        "result": "10.34",
        "source": "saisie",
    }
    (found,) = why({"steps": [step]}, "amo")
    assert (found.result, found.inputs) == ("10,34", (("Base", "14,77"), ("Taux", "70\u202f%")))
    assert found.source == "Saisie"
    assert why({"steps": [step]}, "fee") == []


def test_why_tells_an_amount_from_the_tariff_down_to_itself():
    session = {
        "country": "FR",
        "date": "2026-01-05",
        "professional": {"specialty": "01"},
        "acts": [{"code": "DEQP003"}],
    }
    (act,) = quittance.quote(session)["acts"]
    told = [step.result for step in why(act, "amo")]
    assert (told[0], told[-1]) == ("14,77", "10,34")
    assert "CCAM version 81" in why(act, "amo")[0].source
    assert "grille 9" in why(act, "amo")[0].source


def test_tags_say_what_was_set(acting):
    act = {"code": "AMI", "quantity": "2", "coefficient": "1.5", "complement": "night", "half": True, "amo": "1"}
    sheet = sheet_of(make_draft(acting, acts=[act]))
    assert line_fields.tags(sheet.acts[0], sheet) == ["× 2", "coef. 1,5", "nuit", "demi-tarif", "à la main"]
