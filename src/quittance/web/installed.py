"""Which Django applications are installed: ours, and those of the countries found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

GROUP = "quittance.countries"
ROOMS = ("quittance.audit", "quittance.people", "quittance.patients", "quittance.billing", "quittance.web")


def countries(folders: str = "") -> Iterator[Any]:
    """Yield the country objects: of installed packages, then of `QUITTANCE_COUNTRY_PATH`.

    Each folder of the path is one Python package whose `country` is the object.
    """
    for point in entry_points(group=GROUP):
        try:
            yield point.load()
        except (ModuleNotFoundError, AttributeError):
            continue  # declared by a package of another version: it offers no country here
    for folder in filter(None, folders.split(":")):
        path = Path(folder).expanduser().resolve()
        if str(path.parent) not in sys.path:
            sys.path.append(str(path.parent))
        yield import_module(path.name).country


def country_apps(folders: str = "") -> list[str]:
    """List the dotted paths of the countries' Django applications, each once."""
    found = (getattr(country, "django_app", None) for country in countries(folders))
    return list(dict.fromkeys(app for app in found if app and _present(app)))


def _present(app: str) -> bool:
    """Tell whether the package of an application, or the module of its AppConfig, is there."""
    package = app.rpartition(".")[0] if app.rpartition(".")[2][:1].isupper() else app
    return find_spec(package.rpartition(".")[0] or package) is not None and find_spec(package) is not None


def rooms() -> list[str]:
    """List our own applications that are present."""
    return [room for room in ROOMS if find_spec(room) and find_spec(f"{room}.apps")]
