"""Catalogues of messages without the gettext tools: compile, and collect what is missing."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def folders() -> list[Path]:
    """List the folders of our and the countries' applications that have a `locale`."""
    configs = (config for config in apps.get_app_configs() if not config.name.startswith("django"))
    return [Path(config.path) for config in configs if (Path(config.path) / "locale").is_dir()]


def compile_catalogue(source: Path) -> None:
    """Write the .mo beside a .po; another process never sees half of it."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with source.open("rb") as file:
        catalogue = read_po(file)
    descriptor, name = tempfile.mkstemp(dir=source.parent, suffix=".tmp")
    with os.fdopen(descriptor, "wb") as out:
        write_mo(out, catalogue)
    Path(name).chmod(0o644)
    Path(name).replace(source.with_suffix(".mo"))


def _forget() -> None:
    """Let Django read the catalogues again: another application may have asked for a text before."""
    import gettext

    from django.utils.translation import trans_real

    trans_real._translations = {}  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]
    gettext._translations.clear()  # type: ignore[attr-defined]


def ensure() -> None:
    """Compile each catalogue that is newer than its compiled form."""
    for folder in folders():
        for source in folder.glob("locale/*/LC_MESSAGES/*.po"):
            compiled = source.with_suffix(".mo")
            if not compiled.is_file() or compiled.stat().st_mtime < source.stat().st_mtime:
                compile_catalogue(source)
                _forget()


Message = tuple[str | None, str | tuple[str, ...] | list[str]]


def _python(source: str) -> Iterator[Message]:
    from babel.messages.extract import extract

    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    for _line, message, _comments, context in found:
        yield context, message


def _template(source: str) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    # What is left outside the messages is X's; without their indentation they tokenize.
    lines = templatize(source).splitlines()
    yield from _python("\n".join(line.strip() for line in lines))


def used(folder: Path) -> set[Message]:
    """Collect the messages that an application's code and templates ask for."""
    found: set[Message] = set()
    for path in sorted(folder.rglob("*.py")):
        found.update(_python(path.read_text(encoding="utf-8")))
    for path in sorted(folder.rglob("templates/**/*.html")):
        found.update(_template(path.read_text(encoding="utf-8")))
    return {message for message in found if message[1]}


def missing(folder: Path, language: str = "fr") -> list[Message]:
    """List the messages of an application that its catalogue does not translate."""
    from babel.messages.pofile import read_po

    path = folder / "locale" / language / "LC_MESSAGES" / "django.po"
    known: set[Message] = set()
    if path.is_file():
        with path.open("rb") as file:
            known = {(entry.context, entry.id) for entry in read_po(file) if entry.string}
    return sorted(used(folder) - known, key=str)
