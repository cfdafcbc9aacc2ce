"""The package: light to import, without Django for prices, found by its entry points, locked as it declares."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points, version

import pytest

import quittance
from tests.house.files import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
HEAVY = ("django", "numba", "numpy", "pyarrow", "pydantic")
SESSION = {
    "country": "FR",
    "date": "2026-01-15",
    "professional": {"specialty": "01"},
    "acts": [{"code": "G"}],
}
LOADED = "import sys, json; print(json.dumps([name for name in sys.argv[1:] if name in sys.modules]))"
WITHOUT_DJANGO = """
import sys, json
sys.modules["django"] = None  # as where it is not installed: importing it fails
import quittance
print(json.dumps(quittance.quote(json.loads(sys.argv[1]))))
"""


def python(code, *arguments):
    done = subprocess.run([sys.executable, "-c", code, *arguments], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_importing_the_library_loads_nothing_heavy():
    assert python(f"import quittance; {LOADED}", *HEAVY) == []


@pytest.mark.parametrize("module", ["quittance.cli", "quittance.france", "quittance.kernel"])
def test_neither_do_the_command_and_the_country(module):
    assert python(f"import {module}; {LOADED}", *HEAVY) == []


def test_a_quote_needs_no_django():
    assert "error" not in python(WITHOUT_DJANGO, json.dumps(SESSION))


def test_a_quote_needs_no_compiler():
    code = f"import quittance, json, sys; quittance.quote(json.loads(sys.argv.pop(1))); {LOADED}"
    assert python(code, json.dumps(SESSION), "django", "numba", "numpy", "pyarrow") == []


def test_every_country_is_found_by_its_entry_point():
    declared = PROJECT["entry-points"]["quittance.countries"]
    found = {point.name: point.load() for point in entry_points(group="quittance.countries")}
    assert declared.keys() <= found.keys()
    assert {name: country.code for name, country in found.items()} == {name: name for name in found}


def test_the_version_is_one():
    assert quittance.__version__ == PROJECT["version"] == version("quittance")


def locked(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", text, re.MULTILINE))


def declared(*extras):
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return {re.split(r"[^\w.-]", line)[0].lower() for line in lines}


def test_the_locked_files_hold_what_is_declared():
    assert declared("web") <= locked("web.txt").keys()
    assert declared("web", "batch", "dev") <= locked("dev.txt").keys()


def test_the_test_environment_holds_the_one_that_runs():
    everything = locked("dev.txt")
    assert {name: everything.get(name) for name in locked("web.txt")} == locked("web.txt")


@pytest.mark.parametrize("name", ["web.txt", "dev.txt", "uv.txt"])
def test_every_locked_file_has_hashes(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert not [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
