"""The bill page without a browser: what is posted, what is kept, what is refused, and how many queries it takes."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from quittance.billing.models import Bill, Draft, Favourite
from quittance.billing.pages.draft_sheet import price, sheet_of
from quittance.patients.models import PayerKind
from quittance.patients.services import add_cover, record_payer
from tests.billing.making import make_bill, make_draft, make_patient
from tests.signed import enter

HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(acting):
    return make_draft(acting, acts=[{"code": "G"}, {"code": "DEQP003"}], amo=True, pathway="T")


def post(client, draft, do="", **fields):
    draft.refresh_from_db()
    known = {"version": draft.version, "key": draft.key, "do": do} | fields
    return client.post(f"/bill/{draft.pk}/", known, headers=HTMX)


def acts_of(draft):
    draft.refresh_from_db()
    return draft.input["acts"]


def quote_of(draft):
    draft.refresh_from_db()
    sheet = sheet_of(draft)
    price(sheet, trace=False)
    return sheet


def test_the_patient_opens_the_draft_he_has(alice_client, acting):
    patient = make_patient(acting)
    first = alice_client.post("/bill/start/", {"patient": patient.pk})
    assert alice_client.post("/bill/start/", {"patient": patient.pk})["Location"] == first["Location"]
    assert Draft.objects.for_(acting).get().input["acts"] == []
    assert "Baptiste ADRUN" in alice_client.get(first["Location"]).text


def test_the_page_shows_the_split(alice_client, draft):
    page = alice_client.get(f"/bill/{draft.pk}/").text
    for text in ("Consultation médecine générale", "44,77", "31,34", "Émettre la facture"):
        assert text in page


def test_a_stranger_finds_nothing(charlie_client, draft):
    for path in ("", "acts/"):
        assert charlie_client.get(f"/bill/{draft.pk}/{path}").status_code == 404
    assert post(charlie_client, draft, "add:MEG").status_code == 404
    assert charlie_client.post(f"/bill/{draft.pk}/favourite/", {"label": "x"}).status_code == 404
    assert charlie_client.post(f"/bill/{draft.pk}/delete/").status_code == 404
    assert charlie_client.post("/bill/start/", {"patient": draft.patient_id}).status_code == 404
    assert [act["code"] for act in acts_of(draft)] == ["G", "DEQP003"]


def test_buttons_add_repeat_and_remove(alice_client, draft):
    assert "MEG" in post(alice_client, draft, "add:MEG").text
    post(alice_client, draft, "copy:1")
    post(alice_client, draft, "remove:2")
    assert [(act["id"], act["code"]) for act in acts_of(draft)] == [(1, "G"), (3, "MEG"), (4, "G")]


def test_an_unknown_button_does_nothing(alice_client, draft):
    for do in ("explode:1", "remove:x", "like:x", "favourite:9", "common:99", "add:", "why:1:nothing", "open:77"):
        assert post(alice_client, draft, do).status_code == 200
    assert [act["code"] for act in acts_of(draft)] == ["G", "DEQP003"]


def test_a_country_without_lines_beside_the_quote_has_none(alice_client, draft):
    assert 'value="beside"' not in alice_client.get(f"/bill/{draft.pk}/").text
    post(alice_client, draft, "beside")
    assert [act["code"] for act in acts_of(draft)] == ["G", "DEQP003"]
    assert "beside" not in draft.input


def test_fields_of_an_act_are_kept_as_typed_and_priced(alice_client, draft):
    fields = {"open": "1", "shown": ["a1-quantity", "a1-qualifier", "a1-total"]}
    answer = post(alice_client, draft, **fields, **{"a1-quantity": "1", "a1-qualifier": "E", "a1-total": "40,00 €"})
    assert acts_of(draft)[0] == {"code": "G", "id": 1, "quantity": "1", "qualifier": "E", "total": "40,00 €"}
    assert "40,00" in answer.text
    assert quote_of(draft).total("fee") == 5477


def test_bad_input_is_kept_told_beside_its_field_and_priced_as_unknown(alice_client, draft):
    answer = post(alice_client, draft, open="1", shown="a1-quantity", **{"a1-quantity": "deux"})
    assert answer.status_code == 200
    assert acts_of(draft)[0]["quantity"] == "deux"
    assert 'value="deux"' in answer.text
    assert "« Quantité » est un nombre entier (reçu deux). Corrigez-le." in answer.text
    assert "31,34" not in answer.text
    assert 'aria-disabled="true"' in answer.text


@pytest.mark.parametrize(
    ("field", "value"),
    [("modifiers", ["X", "Y", "Z", "M", "F", "K"]), ("date", "31/02/2026"), ("amo", "beaucoup"), ("coefficient", "-1")],
)
def test_whatever_is_typed_the_page_answers(alice_client, draft, field, value):
    answer = post(alice_client, draft, open="2", shown=f"a2-{field}", **{f"a2-{field}": value})
    assert answer.status_code == 200
    assert "note--error" in answer.text
    assert acts_of(draft)[1][field] == value


def test_what_was_not_shown_stays(alice_client, draft):
    post(alice_client, draft, open="2", shown="a2-association", **{"a2-association": "1"})
    post(alice_client, draft, open="1", shown="a1-complement", **{"a1-complement": "night", "a2-association": "4"})
    first, second = acts_of(draft)
    assert (first["complement"], second["association"]) == ("night", "1")
    post(alice_client, draft, open="1", shown="a1-complement", **{"a1-complement": "none"})
    assert "complement" not in acts_of(draft)[0]


def test_the_cover_keeps_only_what_differs_from_the_file(alice_client, draft):
    shown = ["c-nature", "c-exemption", "c-pathway", "c-tp_amo", "c-tp_amc"]
    fields = {"c-nature": "illness", "c-exemption": "4", "c-pathway": "T", "c-tp_amo": "1"}
    assert post(alice_client, draft, shown=shown, **fields).status_code == 200
    draft.refresh_from_db()
    assert draft.input["cover"] == {"exemption": "4", "pathway": "T", "third_party": {"amo": True}}
    assert quote_of(draft).total("amo") == 4477


def test_maternity_asks_its_date(alice_client, draft):
    answer = post(alice_client, draft, shown="c-nature", **{"c-nature": "maternity"})
    assert "La maternité a une date" in answer.text
    assert post(alice_client, draft, "issue").status_code == 422
    shown = ["c-nature", "x-maternity_date"]
    post(alice_client, draft, shown=shown, **{"c-nature": "maternity", "x-maternity_date": "2026-01-01"})
    assert "HX-Redirect" in post(alice_client, draft, "issue")


def test_the_chosen_complementary_cover_is_the_one_that_pays(alice_client, acting, draft):
    from quittance.france.models import FrenchCover

    for number, formula, percent in (("75500017", "052", None), ("75500025", "050", 5000)):
        payer = record_payer(acting, "amc", number, f"Mutuelle {number}", PayerKind.COMPLEMENTARY)
        cover = add_cover(draft.patient, payer, {"member_number": "1"})
        FrenchCover.objects.for_(acting).create(cover=cover, formula=formula, percent_bp=percent)
    assert quote_of(draft).total("amc") == 1343
    post(alice_client, draft, shown="x-cover", **{"x-cover": str(cover.pk)})
    assert quote_of(draft).total("amc") == 450 + 222
    post(alice_client, draft, shown="x-cover", **{"x-cover": "none"})
    assert quote_of(draft).total("amc") == 0


def test_two_windows_do_not_mix(alice_client, draft):
    version = draft.version
    post(alice_client, draft, "add:MEG")
    answer = alice_client.post(f"/bill/{draft.pk}/", {"version": version, "do": "remove:1"}, headers=HTMX)
    assert answer.status_code == 422
    assert "modifié dans une autre fenêtre" in answer.text
    plain = alice_client.post(f"/bill/{draft.pk}/", {"version": version, "do": "remove:1"})
    assert plain.status_code == 409
    assert [act["code"] for act in acts_of(draft)] == ["G", "DEQP003", "MEG"]


def test_looking_changes_nothing(alice_client, draft):
    post(alice_client, draft)
    before = draft.version + 1
    for do in ("open:1", "why:1:amo", "why::fee", "why:"):
        assert post(alice_client, draft, do).status_code == 200
    draft.refresh_from_db()
    assert draft.version <= before


def test_why_names_rule_figures_and_source(alice_client, draft):
    page = post(alice_client, draft, "why:2:amo").text
    for text in ("Pourquoi ce montant ?", "Part AMO, arrondie au centime", "10,34", "CSS art. R160-5"):
        assert text in page
    assert "DEQP003" in post(alice_client, draft, "why::fee").text


def test_a_forced_amount_that_makes_the_patient_negative_stops_the_bill(alice_client, draft):
    answer = post(alice_client, draft, shown="a1-amo", **{"a1-amo": "32,90"})
    assert "\u22122,90" in answer.text
    assert "est négative" in answer.text
    refused = post(alice_client, draft, "issue")
    assert refused.status_code == 422
    assert not Bill.objects.for_(draft).exists()
    post(alice_client, draft, shown="a1-amo", **{"a1-amo": "19"})
    assert "HX-Redirect" in post(alice_client, draft, "issue")
    assert Bill.objects.for_(draft).get().snapshot["output"]["totals"]["amo"] == "29.34"


def test_amounts_by_hand_are_taken_away_at_once(alice_client, draft):
    post(alice_client, draft, shown=["a1-amo", "a2-amc"], **{"a1-amo": "1", "a2-amc": "2"})
    post(alice_client, draft, "computed")
    assert quote_of(draft).total("amo") == 3134


def test_a_double_tap_issues_once(alice_client, draft):
    fields = {"version": draft.version, "key": str(draft.key), "do": "issue"}
    first = alice_client.post(f"/bill/{draft.pk}/", fields, headers=HTMX)
    again = alice_client.post(f"/bill/{draft.pk}/", fields, headers=HTMX)
    bill = Bill.objects.for_(draft).get()
    assert first["HX-Redirect"] == again["HX-Redirect"] == f"/bills/{bill.pk}/done/"
    assert alice_client.get(f"/bill/{draft.pk}/").status_code == 404


def test_a_bill_without_acts_is_refused(alice_client, draft):
    draft.input["acts"] = []
    draft.save()
    answer = post(alice_client, draft, "issue")
    assert answer.status_code == 422
    assert "Ajoutez un acte" in answer.text


def test_without_script_the_page_still_works(alice_client, draft):
    fields = {"version": draft.version, "do": "add:MEG"}
    answer = alice_client.post(f"/bill/{draft.pk}/", fields)
    assert answer["Location"] == f"/bill/{draft.pk}/"
    draft.refresh_from_db()
    fields = {"version": draft.version, "key": draft.key, "do": "issue"}
    assert alice_client.post(f"/bill/{draft.pk}/", fields)["Location"].endswith("/done/")


def test_last_time_is_billed_again(alice_client, acting):
    bill = make_bill(acting, acts=[{"code": "G", "complement": "night", "amo": "20"}], amo=True, pathway="T")
    draft = make_draft(acting, patient=bill.patient, acts=[])
    draft.input = {**draft.input, "acts": [], "cover": {}}
    draft.save()
    assert f"like:{bill.pk}" in alice_client.get(f"/bill/{draft.pk}/").text
    post(alice_client, draft, f"like:{bill.pk}")
    assert acts_of(draft) == [{"code": "G", "complement": "night", "id": 1}]
    assert draft.input["cover"] == {"third_party": {"amo": True, "amc": False}, "pathway": "T"}


def test_a_favourite_is_kept_used_listed_and_deleted(alice_client, acting, draft):
    draft.input["acts"][0]["date"] = "2026-01-02"
    draft.save()
    assert alice_client.post(f"/bill/{draft.pk}/favourite/", {"label": " G et  ECG "}).status_code == 302
    kept = Favourite.objects.for_(acting).get()
    assert (kept.label, kept.input) == ("G et ECG", {"acts": [{"code": "G"}, {"code": "DEQP003"}]})
    post(alice_client, draft, f"favourite:{kept.pk}")
    assert [act["code"] for act in acts_of(draft)] == ["G", "DEQP003", "G", "DEQP003"]
    kept.refresh_from_db()
    assert kept.uses == 1
    assert "G et ECG" in alice_client.get("/bill/favourites/").text
    assert alice_client.post(f"/bill/{draft.pk}/favourite/", {"label": " "}).status_code == 302
    alice_client.post(f"/bill/favourites/{kept.pk}/delete/")
    assert not Favourite.objects.for_(acting).exists()


def test_a_colleagues_favourite_is_not_mine(acting, bob, draft):
    hers = Favourite.objects.for_(acting).create(professional=acting.professional, label="A", input={"acts": []})
    client = enter(Client(), bob)
    assert client.post(f"/bill/favourites/{hers.pk}/delete/").status_code == 404


def test_one_change_takes_at_most_ten_queries(alice_client, draft):
    from quittance.france.models import FrenchPatient

    FrenchPatient.objects.for_(draft).create(patient=draft.patient)
    fields = {"version": draft.version, "open": "1", "shown": "a1-qualifier", "a1-qualifier": "E", "why": "1:fee"}
    with CaptureQueriesContext(connection) as asked:
        answer = alice_client.post(f"/bill/{draft.pk}/", fields, headers=HTMX)
    assert answer.status_code == 200
    assert len([one for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 10


def test_search_puts_what_was_billed_lately_first(alice_client, acting, draft):
    make_bill(acting, acts=[{"code": "TCG"}])
    page = alice_client.get(f"/bill/{draft.pk}/acts/").text
    assert page.index("TCG") < page.index("VG")
    assert "DEQP003" in alice_client.get(f"/bill/{draft.pk}/acts/?q=ecg").text
    assert "Aucun acte pour" in alice_client.get(f"/bill/{draft.pk}/acts/?q=xyzzy").text


CHIP = re.compile(r'value="([\d.]*)" title="([^"]*)" aria-pressed="(true|false)".*?>· (\d+)<', re.DOTALL)


def chips(client, draft, words, category=""):
    page = client.get(f"/bill/{draft.pk}/acts/", {"q": words, "category": category}).text
    return CHIP.findall(page), re.findall(r'value="add:(\w+)"', page)


def test_a_long_list_is_narrowed_by_category(alice_client, draft):
    first, acts = chips(alice_client, draft, "suture")
    assert len(acts) == 12
    assert first[0][1:] == ("Appareil digestif", "false", "29")
    assert ("01", "Système nerveux central, périphérique et autonome", "false", "28") in first
    # A chapter that holds more than the list shows goes one level deeper.
    inside, acts = chips(alice_client, draft, "suture", "07")
    assert len(acts) == 12
    assert inside[0] == ("07", "Appareil digestif", "true", "29")
    assert sum(int(chip[3]) for chip in inside[1:]) == 29
    deepest, acts = chips(alice_client, draft, "suture", "07.03")
    assert [chip[0] for chip in deepest if chip[2] == "true"] == ["07.03"]
    assert [chip[3] for chip in inside if chip[0] == "07.03"] == [str(len(acts))] == ["19"]
    # One that has nothing deeper shows all it holds.
    alone, acts = chips(alice_client, draft, "suture", "01")
    assert [chip[0] for chip in alone] == ["01"]
    assert len(acts) == 28


def test_a_short_list_has_no_categories_and_an_unknown_one_is_all(alice_client, draft):
    for words in ("", "suture peau 3 cm", "péridurale", "couronne", "consultation"):
        assert chips(alice_client, draft, words)[0] == [], words
    for category in ("99", "x", "07.99.1", "\u0661"):
        assert chips(alice_client, draft, "suture", category) == chips(alice_client, draft, "suture")
    assert "Tous les actes" not in alice_client.get(f"/bill/{draft.pk}/acts/?q=suture").text
    assert "Tous les actes" in alice_client.get(f"/bill/{draft.pk}/acts/?q=suture&category=02").text


def test_a_profession_without_such_acts_has_no_categories(alice_client, acting, draft):
    acting.professional.profile = {**acting.professional.profile, "specialty": "24"}
    acting.professional.save()
    assert chips(alice_client, draft, "suture")[0] == []


def test_a_narrowed_list_takes_no_more_queries(alice_client, draft):
    spent = []
    for query in ("q=suture", "q=suture&category=07"):
        with CaptureQueriesContext(connection) as queries:
            alice_client.get(f"/bill/{draft.pk}/acts/?{query}")
        spent.append(len(queries))
    assert spent[0] == spent[1] <= 10


def test_a_draft_is_deleted_after_a_question(alice_client, acting, draft):
    assert "data-open" in alice_client.get(f"/bill/{draft.pk}/").text
    assert alice_client.post(f"/bill/{draft.pk}/delete/")["Location"] == "/bill/"
    assert not Draft.objects.for_(acting).exists()


def test_drafts_begun_are_found_again(alice_client, draft):
    assert "G + DEQP003" in alice_client.get("/bill/").text


def test_the_draft_stays_typed_json(alice_client, draft):
    post(alice_client, draft, open="1", shown="a1-half", **{"a1-half": "on"})
    assert json.dumps(acts_of(draft)[0], sort_keys=True) == '{"code": "G", "half": true, "id": 1}'


NASTY = ["", "\0", "-1", "9", "99999999999999999999", "\u0661", "<i>", "2026-13-45", "é" * 300]
NAMES = ["date", "quantity", "coefficient", "complement", "half", "activity", "phase", "modifiers", "association"]
NAMES += ["exceptional", "supplement", "qualifier", "unit_price", "base", "total", "exemption", "prior_agreement"]
NAMES += ["agreement_date", "convention_tariff", "amo", "amc", "km", "trips"]


@pytest.mark.property
@pytest.mark.parametrize("name", NAMES)
def test_no_input_breaks_the_page(alice_client, acting, name):
    draft = make_draft(acting, acts=[{"code": "G"}, {"code": "DEQP003"}, {"code": "IK"}])
    assert alice_client.get(f"/bill/{draft.pk}/").status_code == 200
    for number in ("3",) if name in ("km", "trips") else ("1", "2"):
        for value in NASTY:
            answer = post(alice_client, draft, open=number, shown=f"a{number}-{name}", **{f"a{number}-{name}": value})
            assert answer.status_code == 200, (number, value)
            assert "<i>" not in answer.text


@pytest.mark.property
@pytest.mark.parametrize("name", ["nature", "exemption", "pathway", "treating_doctor", "free_care_amount", "tp_amo"])
def test_no_cover_breaks_the_page(alice_client, draft, name):
    for value in NASTY:
        assert post(alice_client, draft, shown=f"c-{name}", **{f"c-{name}": value}).status_code == 200, value
    for value in NASTY:
        fields = {"x-cover": value, "x-place": value, "date": value, "do": f"add:{value}"}
        assert post(alice_client, draft, shown=["x-cover", "x-place", "date"], **fields).status_code == 200, value


def test_a_patient_whose_birth_date_the_quote_refuses_still_has_a_page(alice_client, draft):
    type(draft.patient).objects.for_(draft).update(birth_date=None, birth_raw="99990000")
    answer = post(alice_client, draft, "open:2")
    assert answer.status_code == 200
    assert "note--error" in answer.text
