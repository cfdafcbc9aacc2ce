"""`quittance serve`: everything between nothing and a page that answers, then the server and its task worker."""

from __future__ import annotations

import argparse
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import NoReturn

from quittance.terminal import both
from quittance.web import prepared

HOST, PORT, WORKERS = "localhost", "8000", "2"
START_LIMIT_SECONDS = 60
STOP_LIMIT_SECONDS = 10


def say(french: str, english: str) -> None:
    """Print one line for the person at the terminal, at once."""
    print(both(french, english), flush=True)


@contextmanager
def step(french: str, english: str) -> Iterator[None]:
    """Tell what is being done, if it lasts longer than a second, and how long it took."""
    started = time.monotonic()
    timer = threading.Timer(1.0, say, (f"{french}…", f"{english}…"))
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if (seconds := time.monotonic() - started) >= 1:
        say(f"  fait en {seconds:.1f} s", f"  done in {seconds:.1f} s")


def arguments(argv: Sequence[str]) -> argparse.Namespace:
    """Read the command line; the environment gives what it leaves out."""
    parser = argparse.ArgumentParser("quittance serve", description=__doc__)
    environment = os.environ
    host, port = environment.get("QUITTANCE_HOST", HOST), int(environment.get("QUITTANCE_PORT", PORT))
    workers = int(environment.get("QUITTANCE_WORKERS", WORKERS))
    parser.add_argument("--empty", action="store_true", help="without demonstration data, in a folder of its own")
    parser.add_argument("--host", default=host, help="address to listen on")
    parser.add_argument("--port", type=int, default=port, help="port to listen on")
    parser.add_argument("--workers", type=int, default=workers, help="server processes")
    return parser.parse_args(argv)


def refuse(french: str, english: str) -> NoReturn:
    """Stop with a message on standard error and exit status 1."""
    sys.exit(both(french, english))


def listening_address(host: str, port: int) -> str:
    """Give the address to listen on; stop here, before any work, when the port is taken."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, socket.AF_INET, socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        other = port + 1 if port < 65_535 else port - 1
        refuse(
            f"Impossible d'écouter sur {host}:{port} ({error.strerror}). Un autre programme, peut-être un autre "
            f"Quittance, s'y trouve. Arrêtez-le, ou choisissez un autre port : QUITTANCE_PORT={other} ./run",
            f"Cannot listen on {host}:{port} ({error.strerror}). Another program, perhaps another Quittance, is there. "
            f"Stop it, or choose another port: QUITTANCE_PORT={other} ./run",
        )
    return str(address[0])


def choose_data(empty: bool) -> Path:
    """Keep demonstration and real data apart, unless the environment names one folder; give the folder."""
    from quittance.web import data

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quittance.web.settings")
    if empty:
        os.environ["QUITTANCE_DEMO"] = ""
        os.environ.setdefault("QUITTANCE_DATA", str(data.folder() / "practice"))
    else:
        os.environ.setdefault("QUITTANCE_DEMO", "1")
    return data.folder()


def prepare(empty: bool) -> list[str]:
    """Make the price lists, the database and the demonstration ready; give the names of the demo logins."""
    from django.conf import settings
    from django.core.management import CommandError, call_command

    from quittance.web import installed

    with step("Préparation du programme", "Preparing the program"):
        import django

        django.setup()
    with step("Préparation de la loi et des tarifs", "Preparing the law and the price lists"):
        for country in installed.countries(settings.COUNTRY_PATH):
            if hasattr(country, "law_digest"):  # one without prices yet has none
                country.law_digest()  # opens the flat file of law and prices, or builds it
    with step("Préparation de la base de données", "Preparing the database"):
        call_command("migrate", interactive=False, verbosity=0)
    if not empty:
        with step("Préparation du cabinet de démonstration", "Preparing the demonstration practice"):
            call_command("demo", verbosity=0, stdout=StringIO())
    call_command("check", databases=["default"], verbosity=0, stdout=StringIO())
    try:
        call_command("check_triggers", stdout=StringIO())
    except CommandError as error:
        refuse(f"La base pourrait modifier des factures émises ou le journal : démarrage refusé. {error}", str(error))
    return [] if empty else demo_names()


def commands(address: str, port: int, workers: int) -> dict[str, list[str]]:
    """Give the two programs that run beside each other: the server and the task worker."""
    server = [sys.executable, "-m", "quittance.web.server", address, str(port), str(workers)]
    return {"server": server, "db_worker": [sys.executable, "-m", "django", "db_worker", "--verbosity", "0"]}


def answers(address: str, port: int) -> bool:
    """Ask for a page: a port that is open says nothing, the server opens it before it can answer."""
    connection = http.client.HTTPConnection(address, port, timeout=5)
    try:
        connection.request("HEAD", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def wait_until_it_answers(address: str, port: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Return once a page comes; stop when the server ends or takes too long."""
    limit = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < limit:
        check_running(children)
        if answers(address, port):
            return
        time.sleep(0.05)
    refuse("Le serveur ne répond pas.", "The server does not answer.")


def check_running(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Stop when one of the two has ended: half a Quittance would lose work silently."""
    for name, child in children.items():
        if child.poll() is not None:
            refuse(
                f"{name} s'est arrêté (code {child.returncode}) ; Quittance s'arrête aussi.",
                f"{name} has ended (status {child.returncode}); Quittance ends too.",
            )


def end(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask every child to end, and end those that do not."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    limit = time.monotonic() + STOP_LIMIT_SECONDS
    for child in children.values():
        try:
            child.wait(max(0.0, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def run_beside(address: str, options: argparse.Namespace, announce_it: Callable[[], None]) -> None:
    """Run the server and its task worker until one ends or someone stops them."""
    for name in ("SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), _interrupt)
    children: dict[str, subprocess.Popen[bytes]] = {}
    programs = commands(address, options.port, options.workers)
    try:
        with step("Démarrage du serveur", "Starting the server"):
            children["server"] = subprocess.Popen(programs["server"], stdin=subprocess.DEVNULL)  # noqa: S603
            wait_until_it_answers(address, options.port, children)
        announce_it()
        # After the first page, so that starting it takes no time from the person who waits.
        children["db_worker"] = subprocess.Popen(programs["db_worker"], stdin=subprocess.DEVNULL)  # noqa: S603
        while True:
            check_running(children)
            time.sleep(0.5)
    except KeyboardInterrupt:
        say("Arrêt de Quittance.", "Stopping Quittance.")
    finally:
        end(children)


def demo_names() -> list[str]:
    """Name the professionals of the demonstration, for whom the login page has a button."""
    from quittance.people.models import Professional

    everyone = Professional.objects.unscoped("the terminal names the demo logins")
    return [f"{one.full_name} ({one.profession})" for one in everyone.filter(practice__is_demo=True).order_by("pk")]


def announce(host: str, port: int, data: Path, logins: list[str]) -> None:
    """Say the address, how to log in, where the data is and how to stop."""
    say(f"\nQuittance : http://{host}:{port}", f"\nQuittance: http://{host}:{port}")
    if logins:
        say("Démonstration, un clic et sans mot de passe :", "Demonstration, one click and no password:")
        for login in logins:
            print(f"  {login}")
    else:
        line = f"QUITTANCE_DATA={data} .venv/bin/quittance manage open_practice"
        say(f"Ouvrir un cabinet et son premier compte : {line}", f"Open a practice and its first account: {line}")
    say(f"Données : {data}", f"Data: {data}")
    say("Ctrl-C pour arrêter.", "Ctrl-C stops it.")


def serve(argv: Sequence[str]) -> int:
    """Prepare everything, serve until stopped, and give the exit status."""
    options = arguments(argv)
    address = listening_address(options.host, options.port)
    data = choose_data(options.empty)
    logins = prepared.recall(data)
    if logins is None:
        logins = prepare(options.empty)
        prepared.remember(data, logins)
    run_beside(address, options, lambda: announce(options.host, options.port, data, logins))
    return 0
