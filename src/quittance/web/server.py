"""The web server: `python -m quittance.web.server ADDRESS PORT WORKERS`, started by `quittance serve`.

The program is loaded once and the workers are forked from it: they are ready at once and share its memory. Granian's
own command would load it in each worker, and a worker that is told to end while it loads does not hear it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

STOP_SECONDS = 5


def load() -> Callable[..., Any]:
    """Load the application, its routes, and the law and prices of each country."""
    from django.conf import settings
    from django.urls import get_resolver

    from quittance.web import installed
    from quittance.web.wsgi import application

    get_resolver().url_patterns  # noqa: B018 (reading it loads every page)
    for country in installed.countries(settings.COUNTRY_PATH):
        if hasattr(country, "law_digest"):  # one without prices yet has none
            country.law_digest()
    return application


def main(argv: Sequence[str]) -> None:
    """Serve until told to end."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    address, port, workers = argv
    load()
    # One blocking thread a worker: with more, Python's lock makes each request slower.
    server = Server(
        "quittance.web.wsgi:application",
        address=address,
        port=int(port),
        interface=Interfaces.WSGI,
        workers=int(workers),
        blocking_threads=1,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=load, wrap_loader=False)


if __name__ == "__main__":
    main(sys.argv[1:])
