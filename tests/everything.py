"""All the checks one after the other: `./test` calls it. Each step shows its name and duration; the last line counts.

A test that was skipped counts as failed: what cannot be tried here is left out by name (`--without`), never silently.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
CHECKS = {
    "lint": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "types": ["mypy"],
    "layers": ["lint-imports", "--no-logo"],
}
# The tests of a step are those of its marker; `unit` are those without any. `postgres` tries those of `db` again,
# the ones with a browser too, on a server of its own.
TESTS = ("unit", "cases", "property", "db", "routes", "processes", "compiled", "browser", "postgres")
# Left out of `./test quick`: what waits for a browser, the compiler or started programs, generated input,
# every route for every role, and what was tried on SQLite.
SLOW = {"property", "routes", "processes", "compiled", "browser", "postgres"}
# One run of pytest tries these together: each start reads every test anew, which costs seconds.
TOGETHER = {"unit", "cases", "property", "db", "routes"}
PROFILES = {"quick": "quick", "full": "full", "release": "release"}
PROCESSES = "2"


@dataclass(frozen=True, slots=True)
class Count:
    """How many checks passed and failed."""

    passed: int = 0
    failed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed)


def counted(report: Path, status: int) -> Count:
    """Read pytest's report: a skip is a failure, and so is an end without a failed test that says why."""
    if not report.is_file():
        return Count(0, 1)
    suites = ET.parse(report).getroot().iter("testsuite")
    total = failed = 0
    for suite in suites:
        total += int(suite.get("tests", "0"))
        failed += sum(int(suite.get(kind, "0")) for kind in ("failures", "errors", "skipped"))
    if status and not failed:
        failed, total = 1, total + 1
    return Count(total - failed, failed)


def skips(report: Path) -> list[str]:
    """List the tests that were skipped, with their reason, so that the failure they count as has a cause."""
    if not report.is_file():
        return []
    cases = ET.parse(report).getroot().iter("testcase")
    found = ((case, case.find("skipped")) for case in cases)
    return [
        f"{case.get('classname')}.{case.get('name')}: {why.get('message')}" for case, why in found if why is not None
    ]


def expression(step: str, without: Sequence[str] = ()) -> str:
    """Give the marker expression of a step; a test with two markers belongs to the last one in TESTS.

    What was left out by name stays so, though it has a second marker: generated input on the database, when `property`
    is left out. What is tried `once` was, when PostgreSQL has its turn.
    """
    left_out = [name for name in without if name in SLOW]
    if step == "postgres":
        return " and ".join(["(db or postgres)", "not once", *(f"not {name}" for name in left_out)])
    later = TESTS[TESTS.index(step) + 1 :]
    own = [] if step == "unit" else [step]
    earlier = [name for name in left_out if name not in later]
    return " and ".join([*own, *(f"not {name}" for name in (*earlier, *later))])


def on_postgres(wanted: str, profile: str) -> Count:
    """Run tests on a private PostgreSQL server, which is gone afterwards."""
    with postgres.server() as url:
        return tests(wanted, profile, {"DATABASE_URL": url}, migrated=True)


def tests(wanted: str, profile: str, database: Mapping[str, str], *, migrated: bool) -> Count:
    """Run the tests of a marker expression with pytest, on both cores.

    Tables are made by the migrations, or, in a moment, as the models say: a test holds that it is the same.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(PROGRAMS / "python"), "-m", "pytest", "--quiet", f"--junit-xml={report}"]
        command += ["-n", PROCESSES, "--dist", "worksteal", "-m", wanted]
        command += [] if migrated else ["--no-migrations"]
        environment = {**os.environ, **database, "QUITTANCE_TEST_PROFILE": profile}
        # Each step and each process reads every test: without bytecode that takes twice and a half as long.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        status = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        for line in skips(report):
            print(f"skipped, which counts as failed: {line}")
        return counted(report, status)


def begin(step: str) -> subprocess.Popen[str]:
    """Start one of the checks that look at the code without running it: it uses one core while the tests go on."""
    program, *options = CHECKS[step]
    command = [str(PROGRAMS / program), *options]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def ended(running: subprocess.Popen[str]) -> Count:
    """Show what a check says of the code where it finds fault."""
    said, _ = running.communicate()
    if running.returncode:
        print(said, end="")
    return Count(0, 1) if running.returncode else Count(1, 0)


def run(step: str, count_of: Callable[[], Count]) -> Count:
    """Run one step between its name and its duration."""
    print(f"\n── {step}", flush=True)
    started = time.monotonic()
    count = count_of()
    verdict = "failed" if count.failed else "passed"
    print(f"── {step}: {verdict} in {time.monotonic() - started:.0f} s", flush=True)
    return count


def steps(scope: str, without: Sequence[str]) -> list[str]:
    """Give the steps of a scope in their order, less those left out by name."""
    left_out = {*without, *SLOW} if scope == "quick" else set(without)
    return [step for step in (*CHECKS, *TESTS) if step not in left_out]


def all_of(chosen: Sequence[str], scope: str) -> dict[str, Count]:
    """Count every step, those of `TOGETHER` in one."""
    groups = grouped(chosen)
    checks = {step: begin(step) for step in chosen if step in CHECKS}
    try:
        profile = PROFILES[scope]
        counts = {step: run(step, partial(tried(step, scope), wanted, profile)) for step, wanted in groups.items()}
        return counts | {step: run(step, partial(ended, running)) for step, running in checks.items()}
    finally:
        for running in checks.values():
            running.kill()


def grouped(chosen: Sequence[str]) -> dict[str, str]:
    """Give each run of pytest its name, from those of its steps, and its marker expression."""
    without = [step for step in TESTS if step not in chosen]
    wanted = {step: expression(step, without) for step in chosen if step in TESTS}
    shared = {step: one for step, one in wanted.items() if step in TOGETHER}
    first = {", ".join(shared): " or ".join(f"({one})" for one in shared.values())} if shared else {}
    return first | {step: one for step, one in wanted.items() if step not in shared}


def tried(step: str, scope: str) -> Callable[[str, str], Count]:
    """Give what runs the tests of a step."""
    if step == "postgres":
        return on_postgres
    return partial(tests, database={}, migrated=scope != "quick" and step != "browser")


def main(argv: Sequence[str]) -> int:
    """Run what was asked, print the count, give the exit status."""
    if "--" in argv:
        rest = list(argv[argv.index("--") + 1 :])
        return subprocess.run([str(PROGRAMS / "python"), "-m", "pytest", *rest], cwd=ROOT, check=False).returncode
    parser = argparse.ArgumentParser("./test", description=__doc__)
    parser.add_argument("scope", nargs="?", choices=PROFILES, default="full")
    parser.add_argument("--without", action="append", choices=(*CHECKS, *TESTS), default=[], metavar="STEP")
    parser.add_argument("--list", action="store_true", help="name the steps")
    options = parser.parse_args(argv)
    chosen = steps(options.scope, options.without)
    if options.list:
        print("\n".join(chosen))
        return 0
    started = time.monotonic()
    counts = all_of(chosen, options.scope)
    total = sum(counts.values(), Count())
    failed = [step for step, count in counts.items() if count.failed]
    print(
        f"\n{time.monotonic() - started:.0f} s; " + (f"failed: {', '.join(failed)}" if failed else "all steps passed")
    )
    for step in options.without:
        print(f"left out by name: {step}")
    print(f"{total.passed} passed, {total.failed} failed", flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    postgres.put_away_when_stopped()
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("stopped: 0 passed, 1 failed")
