"""Home nursing in the browser: Katz scored and explained at once, a flat rate of two nurses, a day without prices."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from quittance.belgium.models import IdentityReading, KatzEvaluation
from quittance.billing.models import Bill
from quittance.people.models import Identifier
from tests.belgium import making
from tests.belgium.web.nursing_making import EMMA, MONDAY, colleague, katz, nurse


@pytest.fixture
def acting(db):
    return nurse(number="94000126001")


@pytest.fixture
def patient(acting):
    return making.patient_of(acting)


def choose(page, name, score):
    page.get_by_role("group", name=name, exact=True).get_by_role("radio", name=score, exact=True).check(force=True)


def read_card(visit):
    visit.get_by_role("radio", name="puce", exact=True).check(force=True)
    visit.get_by_label("Document").select_option("1")
    visit.get_by_label("Numéro de série").fill("592123456789")


def test_she_scores_the_scale_and_reads_why(page, log_in, acting, patient, assert_accessible, shoot):
    katz(patient, "333331", "2018-02-01")
    log_in(acting.user)
    page.goto(f"/be/patients/{patient.pk}/katz/")
    assert_accessible(page)
    shoot(page, "be-katz-list")
    page.get_by_role("link", name="Nouvelle évaluation").click()
    expect(page.locator("#level")).to_contain_text("Reste à remplir")
    assert_accessible(page)
    for name, score in (("Se laver", "4"), ("S'habiller", "4"), ("Se transférer et se déplacer", "4")):
        choose(page, name, score)
    for name, score in (("Aller à la toilette", "4"), ("Continence", "3")):
        choose(page, name, score)
    expect(page.locator("#level")).to_contain_text("manger")
    choose(page, "Manger", "3")
    level = page.locator("#level")
    expect(page.locator("#level-told")).to_have_text("Niveau B. Il manque pour C : « continence » ou « manger ».")
    expect(level).to_contain_text("« continence » (3) ou « manger » (3) doit être à 4 : manqué.")
    expect(level).to_contain_text("Depuis l’évaluation du 01/02/2018")
    shoot(page, "be-katz-scale")
    choose(page, "Manger", "4")
    expect(page.locator("#level-told")).to_have_text("Niveau C.")
    page.get_by_label("Dernier jour").fill("2099-01-01")
    page.get_by_role("button", name="Enregistrer l’évaluation").click()
    expect(page.get_by_text("Ramenez sa fin au").first).to_be_visible()
    expect(page.get_by_role("group", name="Manger").get_by_role("radio", name="4")).to_be_checked()
    assert_accessible(page)
    shoot(page, "be-katz-refused")
    page.get_by_label("Dernier jour").fill("")
    page.get_by_role("button", name="Enregistrer l’évaluation").click()
    expect(page.get_by_text("L’évaluation est enregistrée.")).to_be_visible()
    expect(page.get_by_role("heading", name="Forfait C")).to_be_visible()
    assert KatzEvaluation.objects.for_(patient).count() == 2
    page.get_by_role("link", name="Notification, décision, fin").first.click()
    page.get_by_label("Notifiée le").fill(acting.today().isoformat())
    page.get_by_role("radio", name="forfait B").check(force=True)
    page.get_by_role("radio", name="toilettes seulement").check(force=True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("le profil que le médecin-conseil a accordé")).to_be_visible()
    page.get_by_role("radio", name="forfait B").check(force=True)
    assert_accessible(page)
    shoot(page, "be-katz-follow")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le niveau passe de C à B.")).to_be_visible()
    page.get_by_text("Ajouter une notification").click()
    page.get_by_label("Premier jour").fill("2026-01-15")
    page.get_by_role("button", name="Enregistrer la notification").click()
    expect(page.get_by_text("du 15/01/2026 au 14/04/2026")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-katz-list-after")


def test_she_bills_a_flat_rate_of_two_nurses_of_a_group(page, log_in, acting, patient, assert_accessible, shoot):
    emma = colleague(acting)
    katz(patient)
    log_in(acting.user)
    page.goto(f"/be/patients/{patient.pk}/nursing/?day={MONDAY}")
    first = page.get_by_role("region", name="Visite 1")
    first.get_by_role("checkbox", name="toilette").check(force=True)
    first.get_by_label("Heure").fill("08:15")
    read_card(first)
    page.get_by_role("button", name="Ajouter une visite").click()
    second = page.get_by_role("region", name="Visite 2")
    second.get_by_label("Infirmier exécutant").select_option(str(emma.pk))
    second.get_by_role("checkbox", name="injection IM ou SC").check(force=True)
    result = page.locator("#result")
    expect(result).to_contain_text("La prescription de « injection IM ou SC » manque.")
    expect(second).to_contain_text("L'identité n'est pas vérifiée à la visite 2.")
    second.get_by_label("Prescrit le").fill("2018-02-20")
    second.get_by_label("Heure").fill("18:00")
    read_card(second)
    second.get_by_label("Numéro de série").press("Tab")
    expect(second).not_to_contain_text("L'identité n'est pas vérifiée")
    expect(first.get_by_role("checkbox", name="toilette")).to_be_checked()
    expect(result).to_contain_text("norme 9")
    expect(result).to_contain_text("17,55")
    expect(result).to_contain_text("Facturé au nom du groupement")
    assert_accessible(page)
    shoot(page, "be-nursing-day")
    shoot(page, "be-nursing-day-top", full=False)
    page.get_by_role("button", name="Facturer la journée").click()
    page.wait_for_url("**/bill/*/")
    expect(page.locator("#total")).to_contain_text("17,55")
    assert_accessible(page)
    shoot(page, "be-nursing-bill")
    page.get_by_role("button", name="Émettre la facture").click()
    page.wait_for_url("**/bills/*/done/")
    made = Bill.objects.for_(acting).get()
    assert [line.fee_cents for line in made.lines.all()] == [0, 0, 0, 0, 1755]
    dora = Identifier.objects.for_(acting).get(system="be.inami", professional=acting.professional).value
    acts = made.snapshot["draft"]["acts"]
    assert [(act["code"], act["provider"], act["norm"]) for act in acts] == [
        ("425014", dora, "1"),
        ("425110", dora, "1"),
        ("425036", EMMA, "1"),
        ("423076", EMMA, "1"),
        ("425272", dora, "9"),
    ]
    assert IdentityReading.objects.for_(acting).count() == 2


def test_a_day_of_2026_says_that_its_prices_are_not_known(page, log_in, acting, patient, assert_accessible, shoot):
    katz(patient, "444444", "2026-01-01", sent_on=None)
    log_in(acting.user)
    page.goto(f"/be/patients/{patient.pk}/nursing/?day=2026-01-05")
    visit = page.get_by_role("region", name="Visite 1")
    visit.get_by_role("checkbox", name="toilette").check(force=True)
    result = page.locator("#result")
    expect(result).to_contain_text("n’est pas connu le 05/01/2026")
    expect(result).to_contain_text("connus du 01/01/2018 au 31/12/2018")
    expect(result).to_contain_text("Le forfait C est payé comme forfait B.")
    expect(result).to_contain_text("n'est pas indiquée comme notifiée")
    visit.locator("summary", has_text="Autres actes").click()
    visit.get_by_role("checkbox", name="surveillance de pompe ou de cathéter").check(force=True)
    visit.get_by_label("Prescrit le").fill("2026-01-02")
    page.get_by_role("button", name="Facturer la journée").click()
    expect(page.get_by_text("n’est pas encore facturée")).to_be_visible()
    expect(visit.get_by_label("Prescrit le")).to_have_value("2026-01-02")
    assert_accessible(page)
    shoot(page, "be-nursing-2026")


def test_she_is_told_why_a_day_of_the_draft_is_no_longer_issued(
    page, log_in, acting, patient, assert_accessible, shoot
):
    katz(patient)
    log_in(acting.user)
    page.goto(f"/be/patients/{patient.pk}/nursing/?day={MONDAY}")
    visit = page.get_by_role("region", name="Visite 1")
    visit.get_by_role("checkbox", name="toilette").check(force=True)
    visit.get_by_label("Heure").fill("08:15")
    read_card(visit)
    expect(page.locator("#result")).to_contain_text("17,55")
    page.get_by_role("button", name="Facturer la journée").click()
    page.wait_for_url("**/bill/*/")
    KatzEvaluation.objects.for_(patient).update(toilets="T2", granted="", was_granted=True)
    page.reload()
    expect(page.get_by_text("ne sont plus celles de sa journée de soins").first).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-nursing-bill-changed")


def test_an_owner_chooses_where_the_law_is_uncertain(page, log_in, acting, patient, assert_accessible, shoot):
    log_in(acting.user)
    page.goto(f"/be/patients/{patient.pk}/nursing/?day={MONDAY}")
    page.get_by_role("link", name="Choix du cabinet").click()
    ceiling = page.locator("section", has=page.get_by_role("heading", name="Plafond journalier des actes par séance"))
    expect(ceiling).to_contain_text("n'est imprimé dans aucune source lue")
    ceiling.locator("summary").click()
    ceiling.get_by_label("Montant").fill("beaucoup")
    ceiling.get_by_role("button", name="Enregistrer le choix").click()
    expect(ceiling.locator(".errorlist")).to_be_visible()
    assert_accessible(page)
    ceiling.get_by_label("Montant").fill("17,55")
    ceiling.get_by_label("À partir du").fill("2018-01-01")
    ceiling.get_by_role("button", name="Enregistrer le choix").click()
    expect(page.get_by_text("Le choix est enregistré")).to_be_visible()
    expect(ceiling).to_contain_text("À partir du 01/01/2018 : 17,55")
    scale = page.locator("section", has=page.get_by_role("heading", name="Forfait C, dernière condition"))
    scale.locator("summary").click()
    scale.get_by_role("radio", name="l'un des deux à 3 au moins").check(force=True)
    assert_accessible(page)
    shoot(page, "be-nursing-choices")
    ceiling.get_by_role("button", name="Retirer le choix du").click()
    page.get_by_role("dialog").get_by_role("button", name="Retirer").click()
    expect(page.get_by_text("Le choix est retiré.")).to_be_visible()
    expect(ceiling).not_to_contain_text("17,55")
