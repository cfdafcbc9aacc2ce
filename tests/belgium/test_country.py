"""Belgium among the countries that price: found, light to import, known to the commands."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import quittance
from quittance import cli
from quittance.belgium import country
from quittance.kernel.country import countries
from quittance.web import installed

HEAVY = ("django", "pydantic", "yaml", "numpy")
SESSION: dict[str, Any] = {
    "country": "BE",
    "date": "2026-05-04",
    "professional": {"profession": "speech_therapist"},
    "acts": [{"code": "711314"}],
}


def test_it_is_installed_and_prices() -> None:
    assert "BE" in countries()
    assert country.code == "BE"
    assert "quittance.belgium.apps.BelgiumConfig" in installed.country_apps()
    assert quittance.quote(SESSION)["acts"][0]["insurer"] == "32.87"


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import quittance.belgium, sys, json; print(json.dumps([n for n in sys.argv[1:] if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code, *HEAVY], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == []


def test_a_price_once_built_reads_neither_yaml_nor_numpy() -> None:
    countries()["BE"].tables()
    code = (
        "import json, sys, quittance; quittance.quote(json.loads(sys.argv[1]));"
        "print(json.dumps([n for n in ('django', 'yaml', 'numpy') if n in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code, json.dumps(SESSION)], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == []


def test_explain_tells_the_share_of_the_insurer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "session.json"
    path.write_text(json.dumps(SESSION))
    assert cli.main(["explain", str(path)]) == 0
    told = capsys.readouterr().out
    assert "711314 du 2026-05-04 : 38.37 (insurer 32.87, patient 5.50)" in told
    assert "Remboursement officiel de l'INAMI" in told


def test_the_commands_of_prices_ask_every_country(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["tariffs", "show", "711314", "--on", "2026-05-04"]) == 0
    assert "38" in capsys.readouterr().out
    assert cli.main(["tariffs", "--country", "BE", "check"]) == 0
    assert cli.main(["tariffs", "--country", "FR", "show", "711314"]) == 1
    capsys.readouterr()
    assert cli.main(["tariffs", "search", "logop"]) == 0
    assert "701013" in capsys.readouterr().out
    assert cli.main(["tariffs", "import", "nothing-known", "x"]) == 2
    assert capsys.readouterr().err


def test_search_finds_an_act_by_its_words_on_a_day() -> None:
    from datetime import date

    assert "701013" in [hit.code for hit in country.search("bilan initial", on=date(2026, 5, 4))]
    assert country.search("701013", on=date(2031, 1, 1)) == []


def test_the_schema_of_all_countries_keeps_their_parts_apart() -> None:
    schema = cli.schema()
    text = json.dumps(schema)
    for name in ("BEAct", "FRAct", "BEPatient", "FRPatient"):
        assert name in schema["$defs"]
    refs = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert refs <= set(schema["$defs"])
    own = country.schema()
    assert own["additionalProperties"] is False
    assert set(own["properties"]) == {
        "country", "date", "professional", "patient", "place", "history", "third_party", "custom_tariffs", "acts"
    }  # fmt: skip
    assert "katz" in own["$defs"]["Patient"]["properties"]
