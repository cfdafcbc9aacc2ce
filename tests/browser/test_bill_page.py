"""The bill page in the browser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from quittance.france.models import FrenchCover, FrenchPatient
from quittance.patients.models import PayerKind
from quittance.patients.services import add_cover, create_patient, record_payer


@pytest.fixture
def patient(acting: Any) -> Any:
    """Baptiste Adrun, 78 years old, with a complementary cover that pays all of the co-payment."""
    names = {"birth_name": "Adrun", "first_names": "Baptiste", "birth_raw": "14081948", "sex": "M"}
    made = create_patient(acting, {**names, "birth_date": date(1948, 8, 14)})
    FrenchPatient.objects.for_(acting).create(patient=made, nir="1480814000000", nir_key="03", treating_doctor="yes", treating_doctor_name="Dr Test")
    payer = record_payer(acting, "amc", "75500017", "Mutuelle des Exemples", PayerKind.COMPLEMENTARY)
    cover = add_cover(made, payer, {"member_number": "123"})
    FrenchCover.objects.for_(acting).create(cover=cover, formula="052")
    return made


@pytest.fixture(autouse=True)
def stub(monkeypatch):
    from quittance.france.web import FrenchWeb
    from quittance.web.country import Chip
    import importlib.util
    if importlib.util.find_spec("quittance.france.pages.patient_chips") is None:
        monkeypatch.setattr(FrenchWeb, "chips", lambda self, p, d: [Chip("Droits AMO ouverts","good"), Chip("Médecin traitant"), Chip("Mutuelle des Exemples"), Chip("Droits mutuelle : 39 jours","warn")])


def test_look(page, log_in, alice, patient, shoot, assert_accessible):
    log_in(alice)
    page.goto("/bill/")
    shoot(page, "draft-new")
    page.get_by_role("option", name="Baptiste ADRUN").click()
    page.wait_for_url("**/bill/*/")
    shoot(page, "draft-empty")
    page.get_by_role("button", name="G", exact=True).click()
    page.locator("#act-1").wait_for()
    page.locator("#act-search").fill("ecg")
    page.locator("#act-results .result").nth(1).wait_for()
    page.wait_for_timeout(200)
    page.screenshot(path=f"var/screenshots/draft-search-{page.viewport_size['width']}.png")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#act-2").wait_for()
    page.wait_for_timeout(200)
    shoot(page, "draft-two")
    shoot(page, "draft-two-view", full=False)
    page.locator("#why-2-amo").click()
    page.locator("#why-title").wait_for()
    page.wait_for_timeout(200)
    shoot(page, "draft-why", full=False)
    page.locator("#why-close").click()
    page.locator("#open-2").click()
    page.locator("#edit-2").wait_for()
    shoot(page, "draft-edit")
    for fold in page.locator(".fold").all():
        if not fold.get_attribute("open"):
            fold.locator("summary").first.click()
    shoot(page, "draft-folds")
    assert_accessible(page)
