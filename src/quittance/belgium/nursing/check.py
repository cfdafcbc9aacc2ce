"""Lines against the checks that the insurers publish for nurses (eFact errors): empty = none would be raised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quittance.belgium.nursing.model import Line, Role


@dataclass(frozen=True, slots=True)
class Fault:
    """An error that an insurer would answer: its number and the line (its position) where it stands."""

    error: str
    position: int
    text: str


def faults(lines: Sequence[Line]) -> list[Fault]:
    """The errors of the lines of one or more days of a patient, in the order in which they are sent."""
    found = [fault for position, line in enumerate(lines) for fault in _line(lines, position, line)]
    return [*found, *_counts(lines)]


def _line(lines: Sequence[Line], position: int, line: Line) -> Iterator[Fault]:
    if line.statistical and not line.zero:
        yield Fault("500344", position, "Une ligne statistique (norme 9) porte un montant.")
    if line.role is Role.FLAT:
        yield from _flat(lines, position, line)
    if line.kind.startswith("supplement_") and not any(one.statistical and one.day == line.day for one in lines):
        yield Fault("500453", position, "Le supplément n'a pas de lignes statistiques.")


def before(lines: Sequence[Line], position: int) -> list[Line]:
    """The statistical lines right before a flat rate."""
    start = position
    while start > 0 and lines[start - 1].statistical:
        start -= 1
    return list(lines[start:position])


def _flat(lines: Sequence[Line], position: int, line: Line) -> Iterator[Fault]:
    details = before(lines, position)
    if not details:
        yield Fault("500417", position, "Le forfait n'est pas précédé de lignes statistiques.")
        return
    if details[0].kind != "basic_1":
        yield Fault("500452", position, "La première ligne n'est pas la première visite de base.")
    shared = {(one.day, one.fund, one.patient, one.place, one.group) for one in (*details, line)}
    if len(shared) > 1:
        yield Fault("500517", position, "Les lignes du forfait diffèrent par la date, la mutualité ou l'endroit.")
    if details[0].provider != line.provider:
        yield Fault("501512", position, "L'infirmier du forfait n'est pas celui de la première visite.")
    several = any(one.provider != line.provider for one in details)
    if several is not (line.norm == "9"):
        yield Fault("501615" if line.norm == "9" else "501614", position, "La norme du prestataire est fausse.")
    if line.kind != "flat_PP" and not any(one.kind == "toilet" for one in details):
        yield Fault("500458", position, "Le forfait n'a pas de toilette.")


def _counts(lines: Sequence[Line]) -> Iterator[Fault]:
    """At least as many first basic visits as flat rates, as many second ones as flat rates C."""
    flats = [line for line in lines if line.role is Role.FLAT]
    for kind, needed in (("basic_1", flats), ("basic_2", [line for line in flats if line.kind.endswith("C")])):
        if sum(1 for line in lines if line.kind == kind) < len(needed):
            yield Fault("500458", len(lines) - 1, f"Il y a moins de visites « {kind} » que de forfaits.")
