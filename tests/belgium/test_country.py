"""Belgium knows its people before its prices: installed for the pages, left out of everything that prices."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import quittance
from quittance import cli
from quittance.belgium import country
from quittance.kernel.country import countries
from quittance.web import installed

HEAVY = ("django", "pydantic", "yaml", "numpy")


def test_it_is_installed_and_prices_nothing():
    assert "BE" not in countries()
    assert "quittance.belgium.apps.BelgiumConfig" in installed.country_apps()
    assert country.code == "BE"


def test_a_quote_says_that_the_country_is_not_known():
    refused = quittance.quote({"country": "BE", "date": "2026-11-22", "acts": []})["error"][0]
    assert (refused["code"], refused["path"]) == ("country.unknown", "country")
    assert "BE" not in refused["message"]


def test_the_commands_of_law_and_prices_leave_it_out(capsys):
    assert cli.law(["digest"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(countries())
    with pytest.raises(SystemExit):
        cli.tariffs(["--country", "BE", "check"])
    assert "BE" in capsys.readouterr().err


def test_importing_it_loads_nothing_heavy():
    code = "import quittance.belgium, sys, json; print(json.dumps([n for n in sys.argv[1:] if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code, *HEAVY], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == []
