"""The bill page as people use it: from the search of the patient to the payment, by keyboard alone, in three taps."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from quittance.billing.models import Bill, Draft
from quittance.france.models import FrenchCover, FrenchPatient
from quittance.patients.models import PayerKind
from quittance.patients.services import add_cover, create_patient, record_payer
from tests.billing.making import make_bill

DONE = re.compile(r"/bills/\d+/done/$")


@pytest.fixture
def patient(acting: Any) -> Any:
    """Baptiste Adrun, 78 years old, whose complementary cover pays the whole co-payment."""
    names = {"birth_name": "Adrun", "first_names": "Baptiste", "birth_raw": "14081948", "sex": "M"}
    made = create_patient(acting, {**names, "birth_date": date(1948, 8, 14)})
    doctor = {"treating_doctor": "yes", "treating_doctor_name": "Dr Alice Test"}
    FrenchPatient.objects.for_(acting).create(patient=made, nir="1480814000000", nir_key="03", **doctor)
    payer = record_payer(acting, "amc", "75500017", "Mutuelle des Exemples", PayerKind.COMPLEMENTARY)
    cover = add_cover(made, payer, {"member_number": "123"})
    FrenchCover.objects.for_(acting).create(cover=cover, formula="052")
    return made


@pytest.fixture
def at_work(page: Page, log_in: Any, alice: Any, patient: Any) -> Page:
    """Alice on the choice of the patient."""
    log_in(alice)
    page.goto("/bill/")
    return page


def open_draft(page: Page) -> None:
    page.get_by_role("option", name="Baptiste ADRUN").click()
    page.wait_for_url(re.compile(r"/bill/\d+/$"))


def find_act(page: Page, words: str, code: str) -> None:
    page.locator("#act-search").click()
    page.locator("#act-search").fill(words)
    page.locator(f"#act-results [value='add:{code}']").click()


def total(page: Page, role: str, amount: str) -> None:
    expect(page.locator(f"#why-{role}")).to_contain_text(amount)


def test_the_whole_way(at_work, assert_accessible, shoot, size):
    page = at_work
    page.get_by_label("Patient : début du nom ou du prénom").fill("bap")
    assert_accessible(page)
    shoot(page, "draft-new")
    open_draft(page)
    find_act(page, "consultation medecine g", "G")
    total(page, "fee", "30,00")
    find_act(page, "suture peau 3 cm", "QZJA002")
    total(page, "fee", "56,60")
    # A modifier is shown with its value, and the split follows at once.
    page.locator("#open-2").click()
    page.locator("label.option", has_text="Soins d'urgence au cabinet").click()
    total(page, "fee", "83,48")
    total(page, "amo", "58,44")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    shoot(page, "draft-edit")
    page.get_by_role("button", name="Fermer", exact=True).first.click()
    expect(page.locator(".act-edit")).to_have_count(0)
    shoot(page, "draft-two")
    # Why?
    page.locator("#why-2-amo").click()
    panel = page.locator("#why")
    expect(panel).to_contain_text("CSS art. R160-5")
    expect(panel).to_contain_text("37,44")
    assert_accessible(page)
    shoot(page, "draft-why", full=False)
    page.locator("#why-fee").dispatch_event("click")
    expect(panel).to_contain_text("QZJA002")
    page.locator("#why-close").click()
    expect(panel).to_be_hidden()
    # An amount by hand that leaves less than nothing to the patient.
    page.locator("#fold-recap summary").click()
    page.get_by_label("G, Caisse").fill("23,90")
    expect(page.locator("#reasons")).to_contain_text("est négative")
    expect(page.locator("#left-1")).to_contain_text("\u22122,90")
    expect(page.get_by_role("button", name="Émettre la facture")).to_have_attribute("aria-disabled", "true")
    assert_accessible(page)
    shoot(page, "draft-negative")
    page.get_by_label("G, Mutuelle").fill("6,10")
    total(page, "patient", "0,00")
    expect(page.locator("#reasons")).to_have_count(0)
    page.get_by_role("button", name="Émettre la facture").click()
    page.wait_for_url(DONE)
    bill = Bill.objects.unscoped("test").get()
    assert bill.snapshot["output"]["totals"] | {"base": ""} == {
        "base": "",
        "fee": "83.48",
        "amo": "61.34",
        "amc": "22.14",
        "patient": "0.00",
    }
    assert not Draft.objects.unscoped("test").exists()


def test_a_category_narrows_a_long_list(at_work, assert_accessible, shoot):
    page, keys = at_work, at_work.keyboard
    open_draft(page)
    search, results = page.locator("#act-search"), page.locator("#act-results")
    pressed = results.locator("[aria-pressed=true]")
    search.click()
    search.fill("suture")
    chip = results.get_by_role("button", name="Cœur et vaisseaux · 28")
    chip.wait_for()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    shoot(page, "draft-categories", full=False)
    assert min(one.bounding_box()["height"] for one in results.locator(".category").all()) >= 44
    chip.click()
    expect(pressed).to_have_text("Cœur et vaisseaux· 28")
    expect(pressed).to_be_in_viewport(ratio=0.99)
    expect(search).to_be_focused()
    assert_accessible(page)
    shoot(page, "draft-category", full=False)
    results.get_by_role("button", name="Tous les actes").click()
    expect(pressed).to_have_count(0)
    # By keyboard: Tab to a category, Enter, then arrows and Enter in its list.
    keys.press("Tab")
    expect(results.locator(".category").first).to_be_focused()
    results.get_by_role("button", name="Peau et sein").focus()
    keys.press("Enter")
    expect(pressed).to_contain_text("Peau et sein")
    expect(search).to_be_focused()
    keys.press("ArrowDown")
    code = str(results.locator("[aria-selected=true]").get_attribute("value")).removeprefix("add:")
    assert code[0] == "Q"
    keys.press("Enter")
    expect(page.locator("#act-1 .code")).to_have_text(code)
    expect(results).to_be_empty()


def test_three_taps_for_a_known_patient(page, log_in, alice, acting, patient):
    make_bill(acting, patient=patient, acts=[{"code": "G"}, {"code": "DEQP003"}], amo=True, amc=True, pathway="T")
    log_in(alice)
    page.goto("/bill/")
    taps = 0

    def tap(target: Any) -> None:
        nonlocal taps
        taps += 1
        target.click()

    tap(page.get_by_role("option", name="Baptiste ADRUN"))
    tap(page.get_by_role("button", name="Comme le 05/01"))
    total(page, "fee", "44,77")
    tap(page.get_by_role("button", name="Émettre la facture"))
    page.wait_for_url(DONE)
    assert taps == 3
    bills = Bill.objects.unscoped("test").order_by("pk")
    assert [line.code for line in bills[1].lines.all()] == ["G", "DEQP003"]
    assert bills[1].snapshot["output"]["due"] == {"amo": "31.34", "amc": "13.43", "patient": "0.00"}


def test_by_keyboard_alone(at_work, size):
    page, keys = at_work, at_work.keyboard
    expect(page.locator("#patient-search")).to_be_focused()
    keys.type("adr")
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/bill/\d+/$"))
    expect(page.locator("#act-search")).to_be_focused()
    keys.type("ecg 12")
    keys.press("ArrowDown")
    keys.press("Enter")
    page.locator("#act-1").wait_for()
    keys.press("Alt+a")
    keys.type("g")
    keys.press("Enter")
    total(page, "fee", "44,77")
    page.locator("#open-2").focus()
    keys.press("Enter")
    page.locator("#edit-2").wait_for()
    expect(page.locator("#open-2")).to_be_focused()
    page.locator("#a2-complement-none").focus()
    keys.press("ArrowDown")
    total(page, "fee", "79,77")
    expect(page.locator("#a2-complement-night")).to_be_focused()
    page.locator("#why-amo").focus()
    keys.press("Enter")
    expect(page.locator("#why-title")).to_be_focused()
    keys.press("Escape")
    expect(page.locator("#why")).to_be_hidden()
    expect(page.locator("#why-amo")).to_be_focused()
    keys.press("Alt+e")
    page.wait_for_url(DONE)


def test_a_word_given_up_may_be_typed_again(at_work):
    open_draft(at_work)
    for number in (1, 2):
        at_work.keyboard.press("Alt+a")
        at_work.keyboard.type("g")
        at_work.locator("#act-results [role=option]").first.wait_for()
        at_work.keyboard.press("Escape")
        at_work.keyboard.type("g")
        at_work.keyboard.press("Enter")
        at_work.locator(f"#act-{number}").wait_for()


def test_what_is_typed_is_never_replaced_and_bad_input_stays(at_work, assert_accessible, shoot):
    page = at_work
    open_draft(page)
    find_act(page, "ik", "IK")
    page.locator("#edit-1").wait_for()
    page.locator("#a1-km").fill("12")
    expect(page.locator("#a1-quantity-field")).to_contain_text("20 km")
    total(page, "fee", "12,20")
    quantity = page.locator("#a1-trips")
    quantity.click()
    quantity.press_sequentially("deux", delay=120)
    expect(page.locator("#acts .note--error").first).to_be_visible()
    expect(quantity).to_have_value("deux")
    expect(quantity).to_be_focused()
    expect(page.locator("#why-fee")).to_contain_text("—")
    assert_accessible(page)
    shoot(page, "draft-bad")
    quantity.fill("2")
    total(page, "fee", "24,40")
    find_act(page, "g", "G")
    total(page, "fee", "54,40")
    page.reload()
    total(page, "fee", "54,40")


def test_back_loses_nothing_and_two_windows_do_not_mix(at_work, context, alice):
    page = at_work
    open_draft(page)
    find_act(page, "g", "G")
    total(page, "fee", "30,00")
    other = context.new_page()
    other.goto(page.url)
    other.locator("#act-1").wait_for()
    find_act(page, "tcg", "TCG")
    total(page, "fee", "55,00")
    other.locator(".quick button").first.click()
    expect(other.locator("#stale")).to_contain_text("modifié dans une autre fenêtre")
    other.get_by_role("link", name="Recharger le brouillon").click()
    total(other, "fee", "55,00")
    other.close()
    page.go_back()
    page.go_forward()
    total(page, "fee", "55,00")


def test_folded_parts_open_when_they_are_needed(at_work, assert_accessible, shoot):
    page = at_work
    open_draft(page)
    find_act(page, "g", "G")
    page.locator("#fold-insurance summary").click()
    page.locator("label.option", has_text="Maternité").click()
    total(page, "amo", "30,00")
    expect(page.locator("#fold-insurance-value .chip")).to_have_text("Maternité")
    expect(page.locator("#reasons")).to_contain_text("La maternité a une date")
    page.locator("#x-maternity_date").fill("2026-03-01")
    expect(page.locator("#reasons")).to_have_count(0)
    page.locator("#fold-settlement summary").click()
    page.get_by_label("Caisse (AMO)").check()
    expect(page.locator("#total")).to_contain_text("Le patient ne règle rien")
    page.locator("#fold-place summary").click()
    page.locator("#fold-recap summary").click()
    assert_accessible(page)
    shoot(page, "draft-folds")


def test_a_favourite_is_one_tap_away(at_work, assert_accessible, shoot):
    page = at_work
    open_draft(page)
    find_act(page, "g", "G")
    total(page, "fee", "30,00")
    page.get_by_role("button", name="Favoris").click()
    page.get_by_label("Nom", exact=True).fill("Consultation simple")
    page.get_by_role("dialog").get_by_role("button", name="Garder").click()
    page.get_by_role("button", name="Consultation simple").click()
    total(page, "fee", "60,00")
    assert_accessible(page)
    page.goto("/bill/favourites/")
    assert_accessible(page)
    shoot(page, "draft-favourites")
    page.get_by_role("button", name="Supprimer Consultation simple").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.locator("main")).to_contain_text("Pas encore de favori")
