"""A third country is one folder: an invented one, outside the package, is priced, printed and billed with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.house.files import ROOT

pytestmark = pytest.mark.processes
TOYLAND = ROOT / "tests" / "toyland"
SESSION = {
    "country": "XT",
    "date": "2026-07-01",
    "patient": {"member": True},
    "acts": [{"code": "VISIT"}, {"code": "CALL", "date": "2026-06-30", "quantity": 3}],
}

WITHOUT_DJANGO = """
import sys, json
sys.modules["django"] = None  # as where it is not installed: importing it fails
import quittance
from quittance.kernel.country import countries
print(json.dumps([quittance.quote(json.loads(sys.argv[1])), sorted(countries())]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The country's folder, copied to where nothing of ours is."""
    place = tmp_path_factory.mktemp("elsewhere") / "toyland"
    shutil.copytree(TOYLAND, place, ignore=shutil.ignore_patterns("__pycache__", "conftest.py"))
    return place


@pytest.fixture(scope="module")
def run(folder, tmp_path_factory):
    """Run Python in a process that knows of the folder by its environment alone."""
    data = tmp_path_factory.mktemp("data")
    given = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    given |= {
        "QUITTANCE_COUNTRY_PATH": str(folder),
        "QUITTANCE_DATA": str(data),
        "QUITTANCE_CACHE": str(data / "cache"),
        "QUITTANCE_HOSTS": "testserver",
        "DATABASE_URL": f"sqlite:///{data / 'toy.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "quittance.web.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def go(*arguments, stdin="", expected=0):
        done = subprocess.run(
            [sys.executable, *arguments], check=False, capture_output=True, text=True, input=stdin, env=given, cwd=ROOT
        )
        assert done.returncode == expected, done.stderr[-4000:] or done.stdout[-4000:]
        return done.stdout

    return go


@pytest.fixture(scope="module")
def quittance(run):
    """Run the command `quittance`."""

    def go(*arguments, **more):
        return run("-c", "import sys; from quittance.cli import main; sys.exit(main())", *arguments, **more)

    return go


def test_a_session_is_priced_and_explained_without_django(run):
    answer, known = json.loads(run("-c", WITHOUT_DJANGO, json.dumps(SESSION)))
    assert {"BE", "FR", "XT"} <= set(known)
    assert answer["totals"] == {"fee": "60.01", "fund": "48.01", "patient": "12.00"}
    assert answer["due"] == {"fund": "48.01", "patient": "12.00"}
    visit, call = answer["acts"]
    assert (visit["fee"], visit["fund"], visit["patient"]) == ("30.01", "24.01", "6.00")
    assert (call["date"], call["fee"]) == ("2026-06-30", "30.00")
    told = [(step["rule"], step["result"], step["source"]) for step in call["steps"]]
    assert told == [
        ("toyland.rules.price", "10.00", "Loi du jouet du 01/01/2026"),
        ("toyland.rules.fee", "30.00", "Loi du jouet, article 1"),
        ("toyland.rules.rate", "80 %", "Loi du jouet, article 2"),
        ("toyland.rules.fund", "24.00", "Loi du jouet, article 2"),
        ("toyland.rules.patient", "6.00", "Loi du jouet, article 3"),
    ]


def test_the_command_line_knows_it(quittance):
    answer = json.loads(quittance("quote", "-", "--no-trace", stdin=json.dumps(SESSION)))
    assert answer["totals"]["fee"] == "60.01"
    explained = quittance("explain", "-", stdin=json.dumps(SESSION))
    assert "VISIT du 2026-07-01 : 30.01 (fund 24.01, patient 6.00)" in explained
    assert "source : Loi du jouet, article 2" in explained
    refused = json.loads(quittance("quote", "-", stdin=json.dumps({**SESSION, "date": "2025-12-31"}), expected=1))
    assert [one["code"] for one in refused["error"]] == ["price.unknown"]
    assert "CALL Appel : 1250 (2026-07-01 – )" in quittance("tariffs", "show", "CALL")
    assert quittance("tariffs", "--country", "XT", "search", "examen") == "CHECK Examen complet\n"
    assert "XT " in quittance("law", "digest")
    schema = quittance("quote", "--schema")
    assert '"XT"' in schema
    assert '"#/$defs/XTAct"' in schema


@pytest.fixture(scope="module")
def met(run):
    """What the pages said, from a new database to the receipt."""
    return json.loads(run("-m", "tests.web.third_country"))


def test_its_migration_is_applied_and_says_what_its_model_says(met):
    assert met["applications"] == ["0001_initial"]


def test_its_part_of_the_patient_is_asked_checked_and_shown(met):
    assert met["form"]
    assert met["refused"] == [422, True, True]
    assert (met["made"], met["member"], met["change"]) == (302, "12345678", True)
    assert "Affilié" in met["file"]
    assert "Numéro de caisse 12345678" in met["file"]


def test_its_acts_are_found_added_changed_and_explained(met):
    assert met["started"] == 302
    assert "Affilié" in met["empty"]
    assert "CHECK Examen complet" in met["found"]
    assert "Visite au cabinet" in met["added"]
    assert "40,01" in met["added"]  # 30.01 + 10.00
    assert "« quantity » est un nombre entier (reçu x)" in met["wrong"]
    assert "Quantité Erreur" in met["wrong"]  # beside its field
    assert "60,01" in met["mended"]
    assert "67,51" in met["later"]  # the call is dearer from July on
    assert "Loi du jouet, article 2" in met["why"]
    assert "80 %" in met["why"]


def test_its_bill_is_issued_paid_and_printed(met):
    snapshot = met["snapshot"]
    assert met["issued"][0] == 204
    assert met["issued"][1].endswith("/done/")
    assert (snapshot["country"], snapshot["fee_cents"], snapshot["printed"]) == ("XT", 6751, {"member": "12345678"})
    assert [(one["role"], one["label"], one["due_cents"]) for one in snapshot["payers"]] == [
        ("fund", "Caisse", 5401),
        ("patient", "Patient", 1350),
    ]
    assert [one["label"] for one in snapshot["lines"]] == ["Visite au cabinet", "Appel"]
    assert met["paid"] == [302, 1350]
    assert "67,51" in met["summary"]
    assert "Appel" in met["detail"]
    assert "000000001" in met["list"]
    for word in ("Exemple", "Visite au cabinet", "Caisse", "67,51", "13,50"):
        assert word.casefold() in met["receipt"].casefold(), word


def test_the_two_real_countries_go_on_beside_it(met):
    assert met["countries"] == [["BE", "FR", "XT"], ["BE", "FR", "XT"]]
    assert met["priced"] == {"FR": "30.00", "BE": "38.37"}
    assert met["forms"] == {"FR": [200, False], "BE": [200, False]}


def test_it_imports_no_other_country_and_nothing_of_ours_names_it():
    code = {path: path.read_text(encoding="utf-8") for path in TOYLAND.rglob("*.py")}
    assert code
    assert [path for path, text in code.items() if "quittance.france" in text or "quittance.belgium" in text] == []
    naming = [
        path
        for path in (ROOT / "src").rglob("*")
        if path.suffix in {".py", ".html", ".yaml", ".toml", ".po"}
        and "toyland" in path.read_text(encoding="utf-8").casefold()
    ]
    assert naming == []
    assert "toyland" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8").casefold()


def test_without_the_folder_it_does_not_exist(tmp_path):
    given = {name: value for name, value in os.environ.items() if name != "QUITTANCE_COUNTRY_PATH"}
    code = "from quittance.kernel.country import countries; print('XT' in countries())"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=given)
    assert done.stdout.strip() == "False"
