"""Who stands on a printed paper, and how their numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quittance.belgium.documents.words import Language, content
from quittance.belgium.numbers import bce, inami, mutuality, niss

CONVENTIONED = "1/"


@dataclass(frozen=True, slots=True)
class Provider:
    """Who gave the care, or the group that bills it; numbers are bare digits, already checked.

    `profession` is what he calls himself, in French; `kind` his profession in the word of the contract.
    `also` are the others who gave care on the same paper, each with the INAMI number.
    """

    name: str
    inami: str
    conventioned: bool
    address: tuple[str, ...]
    bce: str
    profession: str = ""
    also: tuple[tuple[str, str], ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """Who was cared for; `mutuality_name` empty takes the name of the list."""

    name: str
    niss: str
    mutuality: str
    address: tuple[str, ...] = ()
    mutuality_name: str = ""


def inami_text(number: str, *, conventioned: bool = False) -> str:
    """An INAMI number with the mark of a conventioned provider: `1/` before it, and nothing for another."""
    return (CONVENTIONED if conventioned else "") + inami.format(number) if number else ""


def named(name: str, number: str, word: str) -> str:
    """A provider with the INAMI number, after the word for it, where it is known.

    >>> named("Emma Exemple", "49900263001", "N° INAMI")
    'Emma Exemple · N° INAMI 4-99002-63-001'
    """
    return f"{name} · {word} {inami_text(number)}" if number else name


def bce_text(number: str) -> str:
    """A company number as it is printed."""
    return bce.format(number) if number else ""


def niss_text(number: str) -> str:
    """A national number as it is printed."""
    return niss.format(number) if number else ""


def mutuality_text(number: str, name: str = "") -> str:
    """An insurer by number and name."""
    return " · ".join(part for part in (number, name or mutuality.name(number)) if part)


def profession_text(provider: Provider, language: Language) -> str:
    """His profession in a language: what he calls himself is French; empty where the word is not known."""
    word = str(content()["professions"][language].get(provider.kind, ""))
    return (provider.profession or word) if language is Language.FR else word


def provider_page(provider: Provider, said: dict[str, Any]) -> dict[str, Any]:
    """The block of a provider."""
    return {
        "word": said["provider"],
        "name": provider.name,
        "profession": profession_text(provider, Language(said["language"])),
        "lines": list(provider.address),
        "numbers": [
            [said["inami"], inami_text(provider.inami, conventioned=provider.conventioned)],
            [said["bce"], bce_text(provider.bce)],
            *([said["provider"], named(name, number, said["inami"])] for name, number in provider.also),
        ],
    }


def patient_page(patient: Patient, said: dict[str, Any]) -> dict[str, Any]:
    """The block of a patient."""
    return {
        "word": said["patient"],
        "name": patient.name,
        "lines": list(patient.address),
        "numbers": [
            [said["niss"], niss_text(patient.niss)],
            [said["mutuality"], mutuality_text(patient.mutuality, patient.mutuality_name)],
        ],
    }
