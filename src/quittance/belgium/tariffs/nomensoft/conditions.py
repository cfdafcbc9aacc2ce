"""The words that NomenSoft puts beside an amount, as conditions of a row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml

from quittance.belgium.tariffs.rows import CONDITIONS, NO_AGE, mask
from quittance.belgium.tariffs.search import fold


@dataclass(frozen=True, slots=True)
class Condition:
    """Masks of CONDITIONS and ages in months, as a row has them."""

    requires: int = 0
    forbids: int = 0
    age_from: int = 0
    age_to: int = NO_AGE

    def joined(self, said: Mapping[str, Any]) -> Condition:
        """With what one more phrase says."""
        ages = said.get("ages", (self.age_from, self.age_to))
        return Condition(
            self.requires | mask(said.get("requires", ()), CONDITIONS),
            self.forbids | mask(said.get("forbids", ()), CONDITIONS),
            ages[0],
            ages[1],
        )


@cache
def grammar() -> Mapping[str, Any]:
    """`conditions.yaml`."""
    text = resources.files("quittance.belgium.tariffs.nomensoft").joinpath("conditions.yaml").read_text("utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


@cache
def _phrases(part: str) -> list[tuple[re.Pattern[str], Mapping[str, Any]]]:
    return [(re.compile(rf"(?:{said['phrase']})(?: |$)"), said) for said in grammar()[part]]


@cache
def _skipped() -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{'|'.join(grammar()['skipped'])})(?: |$))+")


@lru_cache(maxsize=5_000)
def conditions(description: str) -> tuple[Condition, ...]:
    """The alternatives that a description says, one at least; none where it is not understood.

    >>> conditions("Intervention - avec régime préférentiel, prestataire conventionné")
    (Condition(requires=1, forbids=2, age_from=0, age_to=9999),)
    >>> conditions("Intervention médecin stagiaire")
    ()
    """
    text = " ".join(fold(description).split())
    at, whole, groups = 0, Condition(), list[Condition]()
    while at < len(text):
        if skipped := _skipped().match(text, at):
            at = skipped.end()
            continue
        part, found, said = _next(text, at, bool(groups))
        if found is None:
            return ()
        at = found.end()
        if part == "whole":
            whole = whole.joined(said)
        elif part == "groups":
            groups.append(Condition().joined(said))
        else:
            groups[-1] = groups[-1].joined(said)
    alternatives = [
        replace(one, requires=one.requires | whole.requires, forbids=one.forbids | whole.forbids)
        for one in groups or [Condition()]
    ]
    return () if any(one.requires & one.forbids for one in alternatives) else tuple(dict.fromkeys(alternatives))


def _next(text: str, at: int, in_group: bool) -> tuple[str, re.Match[str] | None, Mapping[str, Any]]:
    for part in ("whole", "groups", "of_group") if in_group else ("whole", "groups"):
        for phrase, said in _phrases(part):
            if found := phrase.match(text, at):
                return part, found, said
    return "", None, {}


def amount_kind(category: str, description: str) -> str:
    """What an amount is (`fee`, `reimbursement`, `share`), by its category or else by the first words beside it.

    >>> amount_kind("1", ""), amount_kind("0", "Honoraire"), amount_kind("13", "Autre")
    ('fee', 'fee', '')
    """
    for kind, categories in grammar()["categories"].items():
        if category in categories:
            return str(kind)
    text = " ".join(fold(description).split())
    for kind, words in grammar()["words"].items():
        if re.match(rf"{words}(?: |$)", text):
            return str(kind)
    return ""
