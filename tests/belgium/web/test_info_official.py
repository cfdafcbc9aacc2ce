"""Official pages of the information pages: each rule, code and list leads to the page that tells of it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from quittance.belgium.info import book, frame, gather
from tests.belgium.web.test_info import CARD, OFFICIAL, is_page

pytestmark = pytest.mark.django_db


def test_each_authority_is_told_by_its_home_and_a_card_by_a_page():
    assert not is_page("https://www.inami.fgov.be/")
    assert is_page("http://www.inami.fgov.be/fr/professionnels/sante/infirmiers/Pages/lecture-e-Iid.aspx")
    assert not is_page("https://example.org/inami.fgov.be/")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nursing.katz_dependent", "nursing_katz"),
        ("nursing.evaluation_months", "nursing_katz"),
        ("katz_c_strict", "nursing_katz"),
        ("nursing.c_single_visit", "nursing_2024"),
        ("nursing.wound_minutes_1", "nursing_wounds"),
        ("nursing.prescription_wound", "nursing_wounds"),
        ("nursing.prescription_technical", "nursing"),
        ("quotas.day.425014", "nursing"),
        ("nursing.codes", "nomensoft_nursing"),
        ("tariffs.cm-infirmiers-2018", "nomensoft_nursing"),
        ("nursing.identity_serial", "identity"),
        ("identity.vignette", "identity"),
        ("insurability.ct1", "insurability"),
        ("documents.receipt_amount", "certify"),
        ("documents.supporting.mixed", "supporting"),
        ("third_party.1", "third_party"),
    ],
)
def test_a_rule_leads_to_the_page_that_tells_of_it(name, code):
    found = frame.page_of(name)
    assert found is not None
    assert found.code == code


def test_every_rule_has_its_official_page():
    assert [name for name in gather.rules() if frame.page_of(name) is None] == []
    assert [page.code for page in frame.pages().values() if page.rules and not page.exact] == []


def test_nurses_are_sent_to_their_own_pages(dora_client):
    for slug, first in (("nursing", "soins-par-l-infirmier"), ("identity", "lecture-e-Iid.aspx")):
        text = dora_client.get(f"/be/info/{slug}/").content.decode()
        side = text[text.index("Pages officielles") :]
        links = [link for link in re.findall(r'href="([^"]+)"', side) if OFFICIAL.match(link)]
        assert first in links[0]
        assert "facturation-electronique-obligatoire-pour-les-medecins" not in side
        assert "701013" not in side


def test_a_code_of_a_list_leads_to_its_page_in_nomensoft(dora_client):
    card = dict(CARD.findall(dora_client.get("/be/info/nursing/").content.decode()))["nursing.codes"]
    assert '<a href="https://webappsa.riziv-inami.fgov.be/Nomen/fr/425294" rel="noreferrer">425294</a>' in card
    told = book.card(gather.rules()["nursing.flat_rate.A"], date(2026, 1, 1)).details
    assert ("425272", "https://webappsa.riziv-inami.fgov.be/Nomen/fr/425272") in told[0]
    assert "".join(text for text, _url in told[0]) == gather.rules()["nursing.flat_rate.A"].details[0]


def test_how_to_certify_tells_mentions_supplements_and_third_party_payment(dora_client):
    text = unescape(dora_client.get("/be/info/documents/").content.decode())
    item = text[text.index("Comment attester les soins donnés ?</h3>") :]
    item = item[: item.index("Nouveaux modèles d'attestation</h3>")]
    assert (
        'href="http://www.inami.fgov.be/nl/professionals/informatie-algemeen/Paginas/hoe-zorg-attesteren.aspx"' in item
    )
    for wanted in (
        "numéro BCE",
        "Suppléments :",
        "Tiers payant : le reçu",
        "« A.R. 15.07.2002 »",
        "NISS",
        "(officiel)",
    ):
        assert wanted in item, wanted


def test_only_the_page_of_an_authority_is_an_official_source():
    assert frame.source("x", "https://www.inami.fgov.be/fr/theme/x", "O").official
    assert not frame.source("x", "https://www.inami.fgov.be", "O").official
