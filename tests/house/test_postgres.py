"""The private PostgreSQL server of the tests is gone afterwards, however they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests import postgres
from tests.house.files import ROOT

WAITS = """
from tests import postgres
postgres.put_away_when_stopped()
with postgres.server() as url:
    print(url, flush=True)
    input()
    raise SystemExit(3)
"""


def folder_of(url: str) -> Path:
    """Give the folder of a server: that of its socket."""
    return Path(unquote(urlsplit(url).hostname or ""))


def gone(server: int) -> bool:
    for _ in range(100):
        try:
            os.kill(server, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.postgres
def test_it_answers_in_french_and_on_no_port():
    with postgres.server() as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT 'a-z' < 'az', 'é' < 'f', current_setting('listen_addresses')").fetchone() == (
            True,
            True,
            "",
        )
    assert not folder_of(url).exists()


@pytest.mark.postgres
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, None], ids=str)
def test_it_ends_with_its_folder(how):
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    folder = folder_of(process.stdout.readline().strip())
    server = int((folder / "data/postmaster.pid").read_text(encoding="utf-8").split()[0])
    if how is None:
        process.communicate("\n", timeout=60)
        assert process.returncode == 3
    else:
        process.send_signal(how)
        process.communicate(timeout=60)
    assert gone(server)
    assert not folder.exists()


@pytest.mark.postgres
def test_a_block_that_fails_puts_it_away_too():
    with pytest.raises(ZeroDivisionError), postgres.server() as url:
        assert 1 // 0
    assert not folder_of(url).exists()


def test_the_newest_version_is_taken(tmp_path):
    for version in ("9", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin/initdb").touch()
    assert postgres.programs(tmp_path) == tmp_path / "17/bin"


def test_without_the_package_its_name_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="apt-get install -y postgresql"):
        postgres.programs(tmp_path)
