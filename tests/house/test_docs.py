"""Nothing hidden: each setting and command is documented, each link of the documentation leads somewhere."""

import re
from pathlib import Path

import pytest

from quittance import cli
from tests.house.files import ROOT, name_of, text_of, tracked

PLACES = ("src/", "run", "test", "requirements/", ".ci/")
DOCUMENTS = [path for path in tracked() if path.suffix == ".md"]


def settings_used():
    files = (path for path in tracked() if name_of(path).startswith(PLACES))
    return {name for path in files for name in re.findall(r"\bQUITTANCE_[A-Z_]+[A-Z]\b", text_of(path) or "")}


def documented(name):
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_setting_is_documented_and_exists():
    written = set(re.findall(r"QUITTANCE_[A-Z_]+[A-Z]", documented("settings.md")))
    assert settings_used() == written


def test_every_command_is_documented_and_exists():
    written = set(re.findall(r"^\| `quittance (\w+)", documented("commands.md"), re.MULTILINE))
    assert set(cli.COMMANDS) == written


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path: Path):
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert not [link for link in links if not (path.parent / link).exists()]


def test_every_decision_is_listed():
    listed = documented("decisions/README.md")
    pages = [path.name for path in (ROOT / "docs/decisions").glob("0*.md")]
    assert not [name for name in pages if name not in listed]
