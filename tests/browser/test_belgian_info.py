"""Rules and lists of Belgium in the browser: search, topics with their sources, competence codes, mutualities."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.belgium import making


@pytest.fixture
def dora(db):
    """A Belgian speech therapist who owns her practice."""
    return making.speech_therapist(making.belgian_practice())


def test_she_searches_a_rule_and_opens_its_official_source(page, log_in, dora, assert_accessible, shoot):
    log_in(dora.user)
    page.goto("/practice/")
    page.get_by_role("link", name=re.compile("Règles et listes")).click()
    expect(page.get_by_role("heading", name="Règles et listes", level=1)).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-info-index")
    page.get_by_label("Chercher une règle").press_sequentially("tiers payant")
    topic = page.get_by_role("option", name=re.compile("^Tiers payant Obligatoire"))
    expect(topic).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-info-search", full=False)
    topic.click()
    expect(page.get_by_role("heading", name="Tiers payant", level=1)).to_be_visible()
    source = page.get_by_role("link", name="INAMI, tiers payant : plus d'interdiction").first
    assert re.match(r"https://www\.inami\.fgov\.be/", source.get_attribute("href") or "")
    expect(page.get_by_role("link", name="INAMI", exact=True).first).to_have_attribute(
        "href", "https://www.inami.fgov.be"
    )
    assert_accessible(page)
    shoot(page, "be-info-topic")
    page.get_by_text("Règles d’avant").click()
    expect(page.get_by_text("ne pouvait pas appliquer le tiers payant aux séances à l'école")).to_be_visible()
    assert_accessible(page)


def test_a_rule_linked_from_elsewhere_is_open_on_its_page(page, log_in, dora, assert_accessible, shoot):
    from quittance.belgium.info import url_of

    log_in(dora.user)
    page.goto(url_of("speech.quota.f"))
    expect(page.locator('[id="speech.quota.f"]')).to_be_in_viewport()
    expect(page.locator('[id="speech.quota.f"]').get_by_text("384 séances")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-info-speech")
    page.goto("/be/info/nursing/")
    assert_accessible(page)
    shoot(page, "be-info-nursing")
    page.goto("/be/info/prices/")
    assert_accessible(page)
    shoot(page, "be-info-prices")
    page.goto("/be/info/documents/")
    certify = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Comment attester"))
    expect(certify).to_contain_text("Tiers payant : le reçu porte ce que le patient paie seul")
    assert_accessible(page)
    shoot(page, "be-info-documents")


def test_she_looks_for_a_competence_code(page, log_in, dora, assert_accessible, shoot):
    log_in(dora.user)
    page.goto("/be/info/")
    page.get_by_role("link", name=re.compile("Codes de compétence Les trois")).click()
    assert_accessible(page)
    shoot(page, "be-info-competences", full=False)
    page.get_by_label("Code, mots ou numéro").press_sequentially("gériatrie")
    expect(page.get_by_text("médecin spécialiste en gériatrie", exact=True)).to_be_visible()
    expect(page.get_by_text("médecin généraliste", exact=True)).to_have_count(0)
    assert_accessible(page)
    shoot(page, "be-info-competences-found")
    page.get_by_label("Code, mots ou numéro").fill("6-12345-16-801")
    expect(page.get_by_text("gradué en logopédie")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-info-number")
    page.get_by_label("Code, mots ou numéro").fill("6-12345-17-801")
    expect(page.get_by_text("on attend 16")).to_be_visible()


def test_she_looks_for_a_mutuality(page, log_in, dora, assert_accessible, shoot):
    log_in(dora.user)
    page.goto("/be/info/mutualities/")
    expect(page.get_by_text("Cette liste est de 2018")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Numéro, nom ou ville").press_sequentially("saint mich")
    expect(page.get_by_text("Mutualité Saint-Michel")).to_be_visible()
    expect(page.get_by_text("Solidaris")).to_have_count(0)
    assert_accessible(page)
    shoot(page, "be-info-mutualities")
    page.get_by_label("Numéro, nom ou ville").fill("zzzz")
    expect(page.get_by_text("Aucune mutualité trouvée")).to_be_visible()
    assert_accessible(page)
