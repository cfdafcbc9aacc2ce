"""Chromium on a live server: sizes, themes, accessibility, screenshots."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from tests.signed import enter as enter_client

# Playwright keeps an event loop in this thread, which Django takes for an async view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
# The same engine without a window to draw: journeys take half the work of the whole program.
BROWSER = "/usr/bin/chromium-headless-shell"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
IS_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
SHOTS = Path(__file__).resolve().parents[2] / "var" / "screenshots"
# How long a journey waits for what it expects: long enough for a machine that does other work too. Waiting ends as
# soon as it is there, so that only a test that fails takes this long.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield chromium
        chromium.close()
        # While Playwright's event loop runs, Django holds connections apart from those it closes at the end: one left
        # open by a last test keeps PostgreSQL from dropping the database.
        connections.close_all()


@pytest.fixture(params=list(SIZES) if IS_SQLITE else ["desktop"])
def size(request: Any) -> str:
    """Each test that asks for a page runs on a phone (360 px) and on a desktop (1280 px); on PostgreSQL on the latter.

    What a page shows comes from the database, how it shows it does not.
    """
    return str(request.param)


@pytest.fixture
def context(browser: Browser, live_server: Any, size: str) -> Iterator[BrowserContext]:
    phone = size == "phone"
    made = browser.new_context(
        viewport=SIZES[size],
        has_touch=phone,
        is_mobile=phone,
        locale="fr-FR",
        base_url=live_server.url,
        timezone_id="Europe/Paris",
    )
    made.set_default_timeout(PATIENCE_MS)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test on an error of script, a refused resource or a CSP violation."""
    made = context.new_page()
    wrong: list[str] = []
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on(
        "console", lambda line: wrong.append(line.text) if line.type == "error" and not _expected(line.text) else None
    )
    yield made
    assert wrong == []


def _expected(text: str) -> bool:
    """Tell what is no fault of the page.

    A form refused with 422, a page refused with 403 or 404; a question that a newer one replaced, or that the next page
    left behind (htmx tells an abort by these two events, a failure by `htmx:sendError` too).
    """
    return re.search(r"status of (422|403|404)|^htmx:(afterRequest|sendAbort)\b", text) is not None


@pytest.fixture
def log_in(context: BrowserContext, live_server: Any) -> Callable[[Any], None]:
    """Give the browser the session of a user, without the login page: `log_in(alice)`."""
    from django.test import Client

    def enter(user: Any) -> None:
        client = enter_client(Client(), user)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])

    return enter


def _settle(page: Page) -> None:
    """Wait for the page: a click returns when the next one begins, before any of it was read."""
    page.wait_for_load_state()


@pytest.fixture
def assert_accessible(size: str) -> Callable[[Page], None]:
    """axe finds nothing serious, and nothing is wider than the screen: `assert_accessible(page)`, once, on SQLite."""
    if not IS_SQLITE:
        return _settle
    axe = Axe()

    def check(page: Page) -> None:
        _settle(page)
        found = axe.run(page).response["violations"]
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        lines = [
            f"{one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for one in serious
            for node in one["nodes"]
        ]
        assert not lines, "\n".join(lines)
        # Not `innerWidth`: on a phone it grows with what it holds.
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= SIZES[size]["width"], f"the page scrolls sideways: {wide} px"

    return check


@pytest.fixture
def shoot(size: str) -> Callable[..., None]:
    """Write light and dark screenshots to var/screenshots, once, on SQLite: `shoot(page, "login")`."""

    def write(page: Page, name: str, *, full: bool = True) -> None:
        _settle(page)
        if not IS_SQLITE:
            return
        page.evaluate("scrollTo(0, 0)")
        SHOTS.mkdir(parents=True, exist_ok=True)
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            # Hiding the caret leaves a `style` on fields, which htmx would copy and the policy refuse.
            page.screenshot(path=SHOTS / f"{name}-{size}-{scheme}.png", full_page=full, caret="initial")

    return write
