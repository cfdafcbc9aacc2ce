"""`quittance serve`: from an empty folder to a page, and to the end of every process it started."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from quittance.terminal import both
from quittance.web import serve
from tests.own_database import own_database

pytestmark = pytest.mark.processes
START = "import sys; from quittance.web.serve import serve; sys.exit(serve(sys.argv[1:]))"
LIMIT_SECONDS = 90


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(data, port, *options):
    """Run the command until the block ends; give its process and the lines it printed until it answered."""
    hidden = ("DJANGO_SETTINGS_MODULE", "QUITTANCE_DATA", "QUITTANCE_DEMO", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"QUITTANCE_PORT": str(port), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", START, *options]
    with own_database(data) as own, _started(command, environment | own) as started:
        yield started


@contextmanager
def _started(command, environment):
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
    )
    lines = []
    try:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if line.startswith("Ctrl-C"):
                break
        yield process, lines
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=LIMIT_SECONDS)


def group_is_gone(group):
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.db
def test_it_starts_answers_and_ends_with_all_its_processes(tmp_path):
    port = free_port()
    with served(tmp_path, port) as (process, lines):
        assert f"Quittance: http://localhost:{port}" in lines
        assert any("Camille Roy" in line for line in lines), lines
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=30) as answer:
            assert answer.status == 200
    assert process.returncode == 0
    assert group_is_gone(process.pid)


@pytest.mark.db
def test_empty_has_no_demonstration(tmp_path):
    port = free_port()
    with served(tmp_path, port, "--empty") as (_process, lines):
        assert f"Quittance: http://localhost:{port}" in lines
        assert not any("Camille Roy" in line for line in lines)
        with urllib.request.urlopen(f"http://localhost:{port}/", timeout=30) as answer:
            assert b"Camille" not in answer.read()


def test_a_busy_port_is_told_before_any_work(monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(SystemExit) as refusal:
            serve.listening_address("localhost", port)
    assert f"QUITTANCE_PORT={port + 1} ./run" in str(refusal.value)
    assert str(refusal.value).startswith("Impossible d'écouter")


def test_the_terminal_chooses_the_language(monkeypatch):
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert both("un", "one") == "one"
    monkeypatch.setenv("LC_ALL", "fr_BE.UTF-8")
    assert both("un", "one") == "un"


def test_a_short_step_says_nothing_and_a_long_one_does(capsys):
    with serve.step("Court", "Short"):
        pass
    assert capsys.readouterr().out == ""
    with serve.step("Long", "Long"):
        time.sleep(1.1)
    assert capsys.readouterr().out.startswith("Long…\n")


def test_options_come_from_the_environment_then_the_line(monkeypatch):
    monkeypatch.setenv("QUITTANCE_PORT", "8123")
    assert serve.arguments([]).port == 8123
    assert serve.arguments(["--port", "8124"]).port == 8124
