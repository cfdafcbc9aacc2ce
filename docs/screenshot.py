"""The picture of the README, taken from a demonstration that is made for it and thrown away."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).resolve().parent / "images"
FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def open_bill(page: Page, address: str) -> None:
    """As the first professional of the demonstration: a known patient, two acts, and why one amount is what it is."""
    page.goto(address)
    page.locator("form[action*='demo'] button").first.click()
    page.goto(f"{address}bill/")
    page.get_by_role("option", name="Baptiste ADRUN").click()
    page.wait_for_url("**/bill/*/")
    page.get_by_role("button", name="G", exact=True).click()
    page.locator("#act-1").wait_for()
    page.locator("#act-search").fill("DEQP003")
    page.locator("#act-results .result").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#act-2").wait_for()
    page.locator("#why-2-amo").click()
    page.locator("#why-title").wait_for()
    page.wait_for_load_state("networkidle")


def main() -> None:
    """Start, take the picture, stop."""
    port = free_port()
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, "QUITTANCE_DATA": data, "QUITTANCE_PORT": str(port), "LC_ALL": "C.UTF-8"}
        program = Path(sys.executable).parent / "quittance"
        server = subprocess.Popen([program, "serve"], env=environment, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            if not any(line.startswith("Ctrl-C") for line in server.stdout):
                sys.exit("the server did not start")
            with sync_playwright() as driver:
                chromium = driver.chromium.launch(executable_path=shutil.which("chromium-headless-shell"), args=FLAGS)
                page = chromium.new_page(viewport={"width": 1280, "height": 800}, locale="fr-FR")
                open_bill(page, f"http://localhost:{port}/")
                IMAGES.mkdir(exist_ok=True)
                page.screenshot(path=IMAGES / "bill.png")
                chromium.close()
        finally:
            server.terminate()
            server.communicate(timeout=60)


if __name__ == "__main__":
    main()
