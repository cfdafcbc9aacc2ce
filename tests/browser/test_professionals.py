"""Professionals and members in the browser, at 360 and 1280 px, with axe on every page."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from quittance.people.models import BankAccount, Issuer, Mandate, Membership, Professional, StatusPeriod, User


@pytest.fixture
def clinic(practice, alice, bob):
    """A French practice with somebody archived."""
    gone = Professional.objects.for_(practice).create(
        last_name="Quéméré", first_name="Yann", profession="Infirmier", archived_at=timezone.now()
    )
    assert gone.pk
    return practice


@pytest.fixture
def belgian(practice, alice):
    """Alice is a Belgian doctor whose record is filled in."""
    practice.country = "BE"
    practice.save()
    one = Professional.objects.for_(practice).get(user=alice)
    one.profile, one.phone, one.profession = {"profession": "doctor"}, "081 00 00 00", "Médecin généraliste"
    one.save()
    rows = StatusPeriod.objects.for_(practice)
    rows.create(professional=one, kind="convention", value="conventioned", from_day="2020-01-01", to_day="2023-12-31")
    rows.create(professional=one, kind="convention", value="partial", from_day="2024-01-01")
    rows.create(professional=one, kind="accreditation", value="accredited", from_day="2022-01-01")
    BankAccount.objects.for_(practice).create(
        professional=one, holder="Alice Test", iban="BE71096123456769", bic="GKCCBEBB", from_day="2024-01-01"
    )
    return one


def test_she_adds_a_professional(page, log_in, alice, clinic, assert_accessible, shoot):
    log_in(alice)
    page.goto("/professionals/")
    assert_accessible(page)
    shoot(page, "professionals")
    page.get_by_role("link", name="Ajouter").click()
    assert_accessible(page)
    page.get_by_label("Nom", exact=True).fill("Kerboul")
    page.get_by_label("Prénom").fill("Iris")
    page.get_by_label("Profession imprimée").fill("Infirmière")
    page.get_by_label("Spécialité").select_option("24")
    page.get_by_label("RPPS").fill("1010")
    page.get_by_label("N° de facturation (AM) avec sa clé").fill("99100010-7")
    page.get_by_label("Caisse de rattachement").fill("261")
    page.get_by_role("button", name="Ajouter le professionnel").click()
    expect(page.get_by_text("11 chiffres")).to_be_visible()
    expect(page.get_by_label("Nom", exact=True)).to_have_value("Kerboul")
    assert_accessible(page)
    shoot(page, "professional-refused")
    page.get_by_label("RPPS").fill("10100000016")
    page.get_by_role("button", name="Ajouter le professionnel").click()
    expect(page.get_by_role("heading", name="Iris Kerboul")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="La clé du numéro de facturation")).to_be_visible()
    expect(page.get_by_text("CPAM Valence")).to_be_visible()
    assert_accessible(page)
    shoot(page, "professional")


def test_she_opens_a_second_situation_and_bills_in_it(page, log_in, alice, clinic, acting, assert_accessible, shoot):
    from quittance.billing.services.drafts import draft_for
    from tests.billing.making import make_patient

    log_in(alice)
    page.goto("/professionals/mine/")
    page.get_by_role("link", name="Ajouter", exact=True).click()
    page.get_by_label("Nom de la situation").fill("Dr Test, samedi")
    page.get_by_label("N° de facturation (AM) avec sa clé").fill("990000044")
    page.get_by_label("Convention").select_option("2")
    assert_accessible(page)
    shoot(page, "situation")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Dr Test, samedi")).to_be_visible()
    draft = draft_for(acting, make_patient(acting))
    page.goto(f"/bill/{draft.pk}/")
    page.get_by_role("button", name="Changer de situation").click()
    assert_accessible(page)
    shoot(page, "situation-choice", full=False)
    page.get_by_role("button", name="Dr Test, samedi").click()
    expect(page.get_by_role("button", name="Changer de situation : Dr Test, samedi")).to_be_visible()
    draft.refresh_from_db()
    assert draft.issuer == Issuer.objects.for_(acting).get(number="990000044")


def test_she_says_how_she_likes_to_bill(page, log_in, alice, clinic, acting, assert_accessible, shoot):
    log_in(alice)
    page.goto(f"/professionals/{acting.professional.pk}/preferences/")
    assert_accessible(page)
    shoot(page, "preferences")
    page.get_by_label("À domicile par défaut").check()
    page.get_by_role("radio", name="Chèque").check(force=True)
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("dès la prochaine facture")).to_be_visible()
    expect(page.get_by_label("À domicile par défaut")).to_be_checked()
    acting.professional.refresh_from_db()
    assert (acting.professional.preferences["home"], acting.professional.preferences["means"]) == (True, "cheque")


def test_she_keeps_a_belgian_record(page, log_in, alice, belgian, assert_accessible, shoot):
    log_in(alice)
    page.goto(f"/professionals/{belgian.pk}/")
    expect(page.get_by_text("BE71 0961 2345 6769")).to_be_visible()
    assert_accessible(page)
    shoot(page, "professional-be")
    page.get_by_role("link", name=re.compile("partiellement conventionné")).click()
    page.get_by_label("Du", exact=True).fill("2023-06-01")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("La période du 01/01/2020 au 31/12/2023")).to_be_visible()
    assert_accessible(page)
    shoot(page, "period-refused")
    page.goto(f"/professionals/{belgian.pk}/")
    page.get_by_role("link", name="Ajouter un compte").click()
    expect(page).to_have_url(re.compile("/account/confirm"))


def test_a_holder_who_cannot_leave_is_told_why(page, log_in, alice, bob, clinic, acting, assert_accessible, shoot):
    from quittance.people.acting import acting_for
    from tests.billing.making import make_bill

    log_in(alice)
    his = acting_for(bob)
    assert his is not None
    make_bill(his)
    one = Professional.objects.for_(clinic).get(user=bob)
    page.goto(f"/professionals/{one.pk}/delete/")
    page.get_by_label("Mot de passe").first.fill("correct horse battery")
    page.locator("main form").first.get_by_role("button").first.click()
    expect(page.get_by_text("ni annulée ni télétransmise")).to_be_visible()
    assert_accessible(page)
    shoot(page, "professional-held")


def test_a_mandatary_sees_what_is_not_his(page, log_in, alice, belgian, live_server, context, assert_accessible, shoot):
    from django.conf import settings
    from django.test import Client

    from tests.signed import enter

    user, now = User.objects.create_user("marin@example.org", first_name="Marin", last_name="Test"), timezone.now()
    mandate = Mandate.objects.for_(belgian).create(
        grantor=belgian,
        type="social_status",
        party="person",
        grantee_number="85073003328",
        grantee_user=user,
        started_by="grantor",
        from_day="2020-01-01",
        grantor_signed_at=now,
        grantee_signed_at=now,
    )
    cookie = enter(Client(), user, f"mandate:{mandate.pk}").cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto("/professionals/mine/")
    expect(page.get_by_text("Hors de votre mandat")).to_be_visible()
    expect(page.get_by_text("BE71")).to_have_count(0)
    assert_accessible(page)
    shoot(page, "professional-mandatary")


def test_the_owner_invites_and_ends_a_member(page, log_in, alice, bob, practice, assert_accessible, shoot):
    log_in(alice)
    page.goto("/members/")
    assert_accessible(page)
    page.get_by_role("link", name="Inviter").click()
    page.get_by_label("Adresse électronique").fill("nolwenn@example.org")
    page.get_by_label("Prénom").fill("Nolwenn")
    page.get_by_label("Nom", exact=True).fill("Le Dû")
    page.get_by_role("radio", name="Secrétaire").check(force=True)
    assert_accessible(page)
    shoot(page, "member-invite")
    page.get_by_role("button", name="Créer l'invitation").click()
    expect(page.get_by_label("Lien")).to_have_value(re.compile("/account/invitation/"))
    assert_accessible(page)
    shoot(page, "member-invited")
    page.get_by_role("link", name="Membres").last.click()
    expect(page.get_by_text("nolwenn@example.org")).to_be_visible()
    shoot(page, "members")
    page.get_by_role("link", name=re.compile("Bob Test")).click()
    shoot(page, "member")
    page.get_by_role("button", name="Mettre fin").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Mettre fin").click()
    expect(page.get_by_text("Bob Test ne travaille plus ici")).to_be_visible()
    assert Membership.objects.for_(practice).get(user=bob).to_day is not None
