"""An organisation in the browser: its manager gives and takes back billing, its record, its users."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quittance.people.groups import rights
from quittance.people.models import GroupRecord, OrganisationMember
from tests.people.groups.making import at_work, make_group
from tests.signed import enter


@pytest.fixture
def group(db):
    return make_group()


@pytest.fixture
def second(browser, context, live_server, size):
    """Give the page of another person, in a browser of his own: `second(user)`."""
    from django.conf import settings
    from django.test import Client

    made = []

    def open_(user):
        other = browser.new_context(base_url=live_server.url, locale="fr-FR", viewport=context.pages[0].viewport_size)
        other.set_default_timeout(10_000)
        key = enter(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
        other.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        made.append(other)
        return other.new_page()

    yield open_
    for one in made:
        one.close()


def _enter_group(page):
    """Choose to work in the organisation."""
    page.goto("/choose/")
    page.get_by_role("button", name=re.compile("Entrer|Nele Maes")).click()


def test_a_manager_gives_and_takes_back_billing(page, log_in, second, group, assert_accessible, shoot):
    log_in(group.marc.user)
    ugo = second(group.ugo.user)
    _enter_group(ugo)
    assert ugo.goto("/bills/").status == 403
    _enter_group(page)
    page.goto("/groups/rights/")
    assert_accessible(page)
    billing = page.get_by_role("switch", name="Facturation · Ugo Peeters")
    expect(billing).to_have_attribute("aria-checked", "false")
    billing.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("Ugo Peeters a le droit")).to_be_visible()
    expect(billing).to_have_attribute("aria-checked", "true")
    assert_accessible(page)
    shoot(page, "rights")
    assert ugo.goto("/bills/").status == 200
    expect(ugo.get_by_role("heading", name="Factures", exact=True)).to_be_visible()
    assert page.goto("/patients/").status == 403
    page.goto("/groups/rights/")
    billing.click()
    expect(page.get_by_text("est repris, avec effet immédiat")).to_be_visible()
    expect(page.get_by_text("repris", exact=True)).to_be_visible()
    assert ugo.reload().status == 403


def test_the_owner_makes_an_organisation_adds_and_hands_over(page, log_in, group, assert_accessible, shoot):
    OrganisationMember.objects.for_(group.practice).delete()
    group.organisation.delete()
    log_in(group.owner)
    page.goto("/practice/")
    assert_accessible(page)
    shoot(page, "practice")
    page.get_by_role("link", name=re.compile("Organisation")).click()
    page.get_by_role("link", name="En faire une organisation").click()
    page.get_by_role("radio", name="Entreprise").check(force=True)
    page.get_by_label("Numéro d’entreprise").fill("777777078")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Mettez un 0 devant : 0777.777.078")).to_be_visible()
    expect(page.get_by_label("Numéro d’entreprise")).to_have_value("777777078")
    assert_accessible(page)
    shoot(page, "organisation-refused")
    page.get_by_label("Numéro d’entreprise").fill("0777.777.078")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Ajouter", exact=True).click()
    page.locator("#id_email").fill("noa@example.org")
    page.locator("#id_first_name").fill("Noa")
    page.locator("#id_last_name").fill("Claes")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("/account/invitation/")).to_be_visible()
    assert_accessible(page)
    shoot(page, "organisation-added")
    page.get_by_role("link", name="Sa fonction").click()
    assert_accessible(page)
    shoot(page, "organisation-user")
    page.get_by_role("button", name="Céder la gestion principale").click()
    page.get_by_role("dialog").get_by_role("button", name="Céder la fonction").click()
    expect(page.get_by_text("Noa Claes est maintenant")).to_be_visible()
    assert_accessible(page)
    shoot(page, "organisation")


def test_the_record_of_the_group(page, log_in, group, assert_accessible, shoot):
    log_in(group.owner)
    page.goto("/groups/")
    page.get_by_role("link", name="Remplir la fiche").click()
    assert_accessible(page)
    shoot(page, "group-record")
    page.locator("#id_company_number").fill("0777.777.078")
    page.locator("#id_third_party_number").fill("94000126")
    page.locator("#id_contact_fund").fill("135")
    page.locator("#id_mandate_number").fill("M-1")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    expect(page.get_by_text("n’a pas de mandat")).to_be_visible()
    assert_accessible(page)
    page.locator("#id_mandate_number").fill("")
    page.locator("#id_iban").fill("BE71 0961 2345 6769")
    page.get_by_role("button", name="Enregistrer la fiche").click()
    page.get_by_label("Mot de passe").fill("correct horse battery")
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("La fiche du groupement est enregistrée")).to_be_visible()
    page.get_by_role("link", name="Ouvrir la fiche").click()
    expect(page.locator("#id_third_party_number")).to_have_value("9-40001-26-001")
    assert GroupRecord.objects.for_(group.practice).get().third_party_number == "94000126001"


def test_the_history_of_rights(page, log_in, group, assert_accessible, shoot):
    for place in (group.ugo, group.rita, group.marc):
        rights.give(at_work(group.marc), place, "third_party_billing")
    rights.take(at_work(group.clara), group.rita, "third_party_billing")
    log_in(group.owner)
    page.goto("/groups/rights/history/")
    expect(page.get_by_text("à lui-même")).to_be_visible()
    assert_accessible(page)
    shoot(page, "rights-history")
