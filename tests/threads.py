"""The same work in several threads at once, each with its own connection to the database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

THREADS = 8


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """Run `work` in 8 threads that start together; an error in one is raised here."""
    from django.db import connection

    gate = Barrier(THREADS)

    def start(place: int) -> Any:
        gate.wait()
        try:
            return work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(start, range(THREADS)))
