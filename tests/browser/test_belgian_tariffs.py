"""Own tariffs in the browser: one typed with a comma, a batch seen before it is written, one changed, one deleted."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quittance.belgium.services import tariffs as services
from quittance.people.acting import acting_for
from quittance.people.models import Professional, StatusPeriod
from tests.belgium import making


@pytest.fixture
def dora(db):
    one = making.speech_therapist(making.belgian_practice())
    StatusPeriod.objects.for_(one).create(professional=one, kind="convention", value="none", from_day="2026-01-01")
    return one


def test_she_adds_one_then_a_batch_changes_one_and_deletes_one(page, log_in, dora, assert_accessible, shoot):
    log_in(dora.user)
    page.goto(f"/professionals/{dora.pk}/")
    page.get_by_role("link", name="Tarifs personnels").click()
    expect(page.get_by_text("Non conventionné aujourd’hui")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-tariffs-empty")
    add_one(page, assert_accessible, shoot)
    add_a_batch(page, dora, assert_accessible, shoot)
    change_one_and_delete_one(page, assert_accessible, shoot)
    assert services.fees_on(dora, dora.practice.today()) == {"711314": 4_125, "712316": 3_650, "712331": 3_650}


def add_one(page, assert_accessible, shoot):
    page.get_by_role("link", name="Ajouter un tarif").click()
    page.get_by_label("À partir du").fill("2026-07-01")
    code = page.get_by_role("combobox", name="Code")
    code.press_sequentially("aphas domi 30")
    expect(page.get_by_role("option")).to_have_count(1)
    assert_accessible(page)
    shoot(page, "be-tariffs-search")
    code.press("Enter")
    expect(page.get_by_text("Honoraire officiel ce jour-là : 38,37")).to_be_visible()
    expect(code).to_have_value("712331")
    page.get_by_label("Votre tarif").fill("3837")
    page.get_by_role("button", name="Ajouter un tarif").click()
    expect(page.get_by_text("Vérifiez la virgule")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-tariffs-add-refused")
    page.get_by_label("Votre tarif").fill("44,50")
    page.get_by_role("button", name="Ajouter un tarif").click()
    expect(page.get_by_role("status").filter(has_text="712331 est demandé à 44,50")).to_be_visible()


def add_a_batch(page, dora, assert_accessible, shoot):
    page.get_by_role("link", name="Ajouter en lot").click()
    expect(page.get_by_role("checkbox", name="b1 · Aphasie")).to_be_hidden()
    page.get_by_role("radio", name="certaines").check(force=True)
    page.get_by_role("checkbox", name="b1 · Aphasie").check(force=True)
    page.get_by_role("checkbox", name="a · Trouble du langage").check(force=True)
    page.get_by_role("checkbox", name="domicile").check(force=True)
    page.get_by_role("radio", name="90 min").check(force=True)
    page.get_by_label("Votre tarif").fill("36.50")
    page.get_by_label("À partir du").fill("2026-07-01")
    page.get_by_role("button", name="Voir ce qui change").click()
    expect(page.get_by_text("durées de cette catégorie, en minutes : 30, 60")).to_be_visible()
    expect(page.get_by_role("checkbox", name="b1 · Aphasie")).to_be_checked()
    assert_accessible(page)
    shoot(page, "be-tariffs-batch-refused")
    page.get_by_role("radio", name="30 min").check(force=True)
    page.get_by_role("button", name="Voir ce qui change").click()
    expect(page.get_by_text("pour 4 codes à partir du 01/07/2026")).to_be_visible()
    assert services.fees_on(dora, dora.practice.today()) == {"712331": 4_450}
    assert_accessible(page)
    shoot(page, "be-tariffs-preview")
    page.get_by_role("button", name="Appliquer à 4 codes").click()
    expect(page.get_by_role("status").filter(has_text="4 codes sont demandés")).to_be_visible()
    assert services.fees_on(dora, dora.practice.today()) == dict.fromkeys(
        ["711314", "711336", "712316", "712331"], 3_650
    )


def change_one_and_delete_one(page, assert_accessible, shoot):
    page.get_by_label("Chercher un code ou un mot").fill("7113")
    expect(page.get_by_role("row").filter(has_text=re.compile("712316|712331"))).to_have_count(0)
    page.get_by_role("link", name="711314").click()
    assert_accessible(page)
    shoot(page, "be-tariffs-change")
    page.get_by_label("Votre tarif").fill("41,25")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_role("row").filter(has_text="711314")).to_contain_text("41,25")
    page.get_by_role("link", name="711336").click()
    page.get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("heading", name="Supprimer le tarif de 711336 ?")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-tariffs-delete", full=False)
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("status").filter(has_text="711336 est supprimé")).to_be_visible()


def test_the_list_of_every_group_reads_well(page, log_in, dora, assert_accessible, shoot):
    acting = acting_for(dora.user)
    assert acting is not None
    today = dora.practice.today()
    for code, cents, year in (("711314", 4_000, 2025), ("711314", 4_500, 2026), ("712316", 3_600, 2026)):
        services.add(acting, dora, code, cents, today.replace(year=year, month=1, day=1))
    services.add(acting, dora, "712316", 4_800, today.replace(year=today.year + 1, month=1, day=1))
    StatusPeriod.objects.for_(dora).update(to_day=today)
    rows = StatusPeriod.objects.for_(dora)
    later = today + timedelta(days=40)
    rows.create(professional=dora, kind="convention", value="conventioned", from_day=later)
    log_in(dora.user)
    page.goto(f"/be/professionals/{dora.pk}/tariffs/")
    assert_accessible(page)
    shoot(page, "be-tariffs-list")
    StatusPeriod.objects.for_(dora).update(value="conventioned")
    page.goto(f"/be/professionals/{dora.pk}/tariffs/batch/")
    expect(page.get_by_text("Conventionné aujourd’hui")).to_be_visible()
    page.get_by_role("radio", name="bilan", exact=True).check(force=True)
    expect(page.get_by_role("radio", name="certaines")).to_be_hidden()
    assert_accessible(page)
    shoot(page, "be-tariffs-batch")


def test_she_says_which_part_of_the_patient_s_share_is_asked(page, log_in, dora, assert_accessible, shoot):
    log_in(dora.user)
    page.goto(f"/professionals/{dora.pk}/preferences/")
    expect(page.get_by_label("Part demandée")).to_be_hidden()
    page.get_by_role("radio", name="en partie").check(force=True)
    page.get_by_label("Part demandée").fill("120")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("n’est pas un pourcentage")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-tariffs-preferences")
    page.get_by_label("Part demandée").fill("12,5")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("dès la prochaine facture")).to_be_visible()
    expect(page.get_by_label("Part demandée")).to_have_value("12,5")
    assert Professional.objects.for_(dora).get().preferences["copay_bp"] == 1_250
