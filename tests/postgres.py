"""A PostgreSQL server for as long as the tests last: of the Debian package, on a socket in a folder of its own.

Nothing is kept: not on disk, not after an error, Ctrl-C or SIGTERM. It follows the French language where SQLite
compares bytes, so that a query which sorts or compares by the database's whim is found out.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")
USER = "quittance"
LIMIT_SECONDS = 30
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What only protects data that is to be kept.
CARELESS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off", "listen_addresses=")


def programs(folder: Path = DEBIAN) -> Path:
    """Find PostgreSQL's programs, of the newest version that is installed."""
    found = {int(path.parents[1].name): path.parent for path in folder.glob("*/bin/initdb") if path.parts[-3].isdigit()}
    if not found:
        raise FileNotFoundError("PostgreSQL is missing. Type: sudo apt-get install -y postgresql")
    return found[max(found)]


def _owner() -> dict[str, Any]:
    """Choose who runs the server: it refuses to be the administrator's."""
    if os.geteuid():
        return {}
    names = {one.pw_name for one in pwd.getpwall()}
    who = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _initialise(bin_: Path, folder: Path, how: dict[str, Any]) -> None:
    command = [str(bin_ / "initdb"), "--pgdata", str(folder / "data"), "--username", USER, "--auth=trust", "--no-sync"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8"]
    if int(bin_.parent.name) >= 15:
        command += ["--locale-provider=icu", "--icu-locale=fr"]
    done = subprocess.run(command, **how, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"initdb did not succeed:\n{done.stdout}")


def _start(bin_: Path, folder: Path, how: dict[str, Any]) -> subprocess.Popen[bytes]:
    command = [str(bin_ / "postgres"), "-D", str(folder / "data"), "-k", str(folder)]
    for option in CARELESS:
        command += ["-c", option]
    with (folder / "log").open("wb") as log:
        # In a session of its own: Ctrl-C ends the tests first, and then the server.
        return subprocess.Popen(command, **how, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)


def _wait(server: subprocess.Popen[bytes], folder: Path, url: str) -> None:
    import psycopg

    limit = time.monotonic() + LIMIT_SECONDS
    while server.poll() is None and time.monotonic() < limit:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text(encoding='utf-8')}")


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop now; what is still connected is cut off."""
    for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is None:
            server.send_signal(how)
        try:
            server.wait(LIMIT_SECONDS / 3)
        except subprocess.TimeoutExpired:
            continue
        return


@contextmanager
def server() -> Iterator[str]:
    """Run a server until the block ends; give its URL."""
    bin_ = programs()
    # Not in TMPDIR, which the server's user may not be able to read, and whose name may be too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="quittance-postgres-", dir="/tmp"))
    running: list[subprocess.Popen[bytes]] = []
    try:
        owner = _owner()
        if owner:
            os.chown(folder, owner["user"], owner["group"])
        how = {**owner, "cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}}
        _initialise(bin_, folder, how)
        running.append(_start(bin_, folder, how))
        url = f"postgresql://{USER}@{quote(str(folder), safe='')}/postgres"
        _wait(running[0], folder, url)
        yield url
    finally:
        for one in running:
            _stop(one)
        shutil.rmtree(folder, ignore_errors=True)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    for one in STOPS:
        signal.signal(one, signal.SIG_IGN)  # once is enough: what is being put away now stays so
    raise KeyboardInterrupt


def put_away_when_stopped() -> None:
    """Let every way to stop this program from outside leave its `finally` blocks their time."""
    for one in STOPS:
        signal.signal(one, _interrupt)
