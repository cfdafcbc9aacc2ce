from django.core.management import call_command


def test_she_logs_in_with_one_click_on_the_demo(page, db, live_server, assert_accessible, shoot, capsys):
    call_command("demo")
    page.goto("/login/?next=/components/")
    assert_accessible(page)
    shoot(page, "login")
    page.get_by_role("button", name="Dr Camille Roy").click()
    page.wait_for_url("**/components/")
    assert "Dr Roy" in page.locator(".top").inner_text()


def test_a_wrong_password_keeps_the_address_and_says_what_to_do(page, live_server, alice, assert_accessible):
    page.goto("/login/?next=/choose/")
    page.get_by_label("Adresse électronique").fill("alice@example.org")
    page.get_by_label("Mot de passe").fill("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="ne vont pas ensemble").wait_for()
    assert page.get_by_label("Adresse électronique").input_value() == "alice@example.org"
    assert_accessible(page)
    page.get_by_label("Mot de passe").fill("correct horse battery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/enrol/?next=/choose/")


def test_the_components_are_accessible_in_light_and_dark(page, log_in, alice, assert_accessible, shoot):
    log_in(alice)
    page.goto("/components/")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    shoot(page, "components")
    page.get_by_role("button", name="Supprimer").first.click()
    page.get_by_role("dialog").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Garder").click()
    assert page.get_by_role("dialog").count() == 0
