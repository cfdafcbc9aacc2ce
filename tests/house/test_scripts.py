"""`./run` and `./test`: what they hand on, and how the last line is counted."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.everything import CHECKS, TESTS, TOGETHER, Count, counted, expression, grouped, skips, steps
from tests.house.files import ROOT

SCRIPTS = ("run", "test", ".ci/run", "requirements/lock", "requirements/setup.sh")
STUB = '#!/bin/sh\nprintf "%s\\n" "$PWD" "$@"\n'
# Stands for every Python: it makes an environment that holds itself and the stub of the program.
VENV_STUB = f"""#!/bin/sh
[ "$1 $2" = "-m venv" ] || exit 0
mkdir -p "$3/bin" && cp "$0" "$3/bin/python"
cat >"$3/bin/quittance" <<'END'
{STUB}END
chmod +x "$3/bin/quittance"
"""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_valid_bash(name):
    subprocess.run(["bash", "-n", ROOT / name], check=True)


@pytest.mark.parametrize("name", [name for name in SCRIPTS if not name.endswith(".sh")])
def test_a_script_can_be_started_and_stops_at_errors(name):
    assert os.access(ROOT / name, os.X_OK)
    assert "set -euo pipefail" in (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path):
    """Make a checkout whose environment is complete and whose programs tell what they were given."""
    programs = tmp_path / ".venv/bin"
    programs.mkdir(parents=True)
    (tmp_path / "requirements").mkdir()
    for name in ("run", "requirements/setup.sh", "requirements/link.py", "requirements/web.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name, text in (("quittance", STUB), ("python", "#!/bin/sh\nexit 0\n")):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    (tmp_path / ".venv/.root").write_text(f"{tmp_path}\n", encoding="utf-8")
    shutil.copy(ROOT / "requirements/web.txt", tmp_path / ".venv/.installed-web.txt")
    shutil.copy(ROOT / "pyproject.toml", tmp_path / ".venv/.linked")
    return tmp_path


def run(checkout: Path, *arguments: str, folder: Path | None = None) -> list[str]:
    command = [str(checkout / "run"), *arguments]
    done = subprocess.run(command, cwd=folder or checkout, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_run_serves(checkout):
    assert run(checkout) == [str(checkout), "serve"]


def test_run_empty_serves_without_demonstration(checkout):
    assert run(checkout, "--empty") == [str(checkout), "serve", "--empty"]


def test_run_hands_other_commands_on_from_the_folder_where_it_was_typed(checkout, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert run(checkout, "quote", "my file.json", folder=elsewhere) == [str(elsewhere), "quote", "my file.json"]


def test_an_environment_that_was_moved_is_made_again(checkout, monkeypatch):
    (checkout / ".venv/.root").write_text("/elsewhere\n", encoding="utf-8")
    python = checkout / "any-python"
    python.write_text(VENV_STUB, encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setenv("QUITTANCE_PYTHON", str(python))
    monkeypatch.setenv("LC_ALL", "C")
    done = subprocess.run([checkout / "run"], cwd=checkout, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(checkout), "serve"]
    assert "Making the Python environment" in done.stderr
    assert (checkout / ".venv/.root").read_text(encoding="utf-8") == f"{checkout}\n"
    assert run(checkout) == [str(checkout), "serve"], "the second start makes nothing again"


def report(folder: Path, **counts: int) -> Path:
    path = folder / "report.xml"
    text = " ".join(f'{name}="{number}"' for name, number in counts.items())
    case = '<testcase classname="a" name="b"><skipped message="no browser"/></testcase>' if counts["skipped"] else ""
    path.write_text(f"<testsuites><testsuite {text}>{case}</testsuite></testsuites>", encoding="utf-8")
    return path


def test_passed_tests_are_counted(tmp_path):
    assert counted(report(tmp_path, tests=5, failures=0, errors=0, skipped=0), 0) == Count(5, 0)


def test_failures_errors_and_skips_are_failed(tmp_path):
    path = report(tmp_path, tests=6, failures=1, errors=1, skipped=1)
    assert counted(path, 1) == Count(3, 3)
    assert skips(path) == ["a.b: no browser"]


def test_an_end_without_report_or_reason_is_a_failure(tmp_path):
    assert counted(tmp_path / "none.xml", 0) == Count(0, 1)
    assert counted(report(tmp_path, tests=5, failures=0, errors=0, skipped=0), 2) == Count(5, 1)


def test_every_test_belongs_to_one_step():
    assert expression("unit") == (
        "not cases and not property and not db and not routes and not processes and not compiled and not browser"
        " and not postgres"
    )
    assert expression("db") == "db and not routes and not processes and not compiled and not browser and not postgres"
    assert expression("browser") == "browser and not postgres"


def test_what_is_left_out_by_name_stays_so_with_a_second_marker():
    assert expression("db", ["property"]).startswith("db and not property and not routes")


def test_every_test_of_the_database_runs_on_postgresql_too():
    assert expression("postgres") == "(db or postgres) and not once"
    assert expression("postgres", ["browser", "db"]) == "(db or postgres) and not once and not browser"


def test_what_is_tried_together_is_tried_once():
    chosen = ["types", "unit", "db", "browser"]
    without = [one for one in TESTS if one not in chosen]
    found = grouped(chosen)
    assert list(found) == ["unit, db", "browser"]
    assert found["unit, db"] == f"({expression('unit', without)}) or ({expression('db', without)})"
    assert list(grouped(TESTS)) == [", ".join(one for one in TESTS if one in TOGETHER), *TESTS[5:]]
    assert list(grouped(["browser"])) == ["browser"]


def test_steps_are_left_out_by_name_only():
    assert steps("full", []) == [*CHECKS, *TESTS]
    assert not {"browser", "compiled", "postgres", "processes", "property", "routes"} & set(steps("quick", []))
    assert "types" not in steps("release", ["types"])
