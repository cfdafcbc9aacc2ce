"""Constants for the rules, written from the law files: enumerations, parameters and message bits."""

from __future__ import annotations

from pathlib import Path

from quittance.france import law
from quittance.france.law._read import load

TARGET = Path(__file__).parent.parent / "pricing" / "codes.py"

HEADER = '''"""Numbers that stand for words inside the kernel. `quittance law codes` writes them from law/*.yaml."""

'''


def _name(word: str) -> str:
    return word.upper().replace(".", "_").replace("-", "_")


def parameter_names() -> list[str]:
    """Every dated figure that rules look up, in the order of its number: parameters, then rates."""
    return [*sorted(law.parameters()), *(f"rate_{name}" for name in sorted(law.rates()))]


def enumerations() -> dict[str, list[str]]:
    """Words of the contract by enumeration, in the order of their numbers."""
    return {name: [str(word) for word in words] for name, words in load("codes.yaml").items()}


def constants() -> str:
    """The text of `pricing/codes.py`.

    >>> "NATURE_MATERNITY = 1" in constants()
    True
    """
    lines = []
    for name, words in enumerations().items():
        if name in {"typed", "family", "ngap_flag"}:
            lines += [f"{_name(name)}_{_name(word)} = {1 << at}" for at, word in enumerate(words)]
        else:
            lines += [f"{_name(name)}_{_name(word)} = {at}" for at, word in enumerate(words)]
    lines += [f"P_{_name(name)} = {at}" for at, name in enumerate(parameter_names())]
    levels: dict[str, int] = {"error": 0, "warning": 0, "info": 0}
    for at, (code, message) in enumerate(load("messages.yaml").items()):
        lines.append(f"M_{_name(code)} = {1 << at}")
        levels[message["level"]] |= 1 << at
    lines += [f"ERRORS = {levels['error']}"]
    return HEADER + "\n".join(lines) + "\n"


def write_codes() -> bool:
    """Write `pricing/codes.py`; tells whether it changed."""
    text = constants()
    changed = not TARGET.exists() or TARGET.read_text() != text
    if changed:
        TARGET.write_text(text)
    return changed
