"""Constants for the rules, written from the law files: enumerations, parameters and message bits."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from quittance.belgium.law import figures
from quittance.belgium.law._read import load

TARGET = Path(__file__).parent.parent / "pricing" / "codes.py"
BITS = frozenset({"condition", "typed", "doubt"})

HEADER = '''"""Numbers that stand for words inside the kernel. `quittance law codes` writes them from law/*.yaml."""

'''


def _name(word: str) -> str:
    return word.upper().replace(".", "_").replace("-", "_")


def parameter_names() -> list[str]:
    """Every dated figure that rules look up, in the order of its number."""
    return sorted(figures.parameters())


def constants() -> str:
    """The text of `pricing/codes.py`.

    >>> "PROFESSION_NURSE = 2" in constants()
    True
    """
    lines = []
    for name, words in figures.words().items():
        lines += [f"{_name(name)}_{_name(word)} = {1 << at if name in BITS else at}" for at, word in enumerate(words)]
    lines += [f"P_{_name(name)} = {at}" for at, name in enumerate(parameter_names())]
    levels: dict[str, int] = {"error": 0, "warning": 0, "info": 0}
    for at, (code, message) in enumerate(load("messages.yaml").items()):
        lines.append(f"M_{_name(code)} = {1 << at}")
        levels[message["level"]] |= 1 << at
    lines.append(f"ERRORS = {levels['error']}")
    return HEADER + "\n".join(lines) + "\n"


def write_codes() -> bool:
    """Write `pricing/codes.py`; tells whether it changed."""
    text = constants()
    changed = not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text
    if changed:
        TARGET.write_text(text, encoding="utf-8")
    return changed


def codes(arguments: Sequence[str]) -> int:
    """Write the constants of the rules from the law files."""
    argparse.ArgumentParser("quittance law codes", description=codes.__doc__).parse_args(arguments)
    print("pricing/codes.py écrit" if write_codes() else "pricing/codes.py est à jour")  # noqa: T201 - a command
    return 0
