"""Acts of one visit that are billed as one."""

from __future__ import annotations

from dataclasses import replace

from quittance.belgium.nursing.case import Case
from quittance.belgium.nursing.model import Act

MERGES = (("wound_simple", "wound_complex", "merge_wounds"), ("injection", "injections", "merge_injections"))
ENOUGH = 2


def merged(case: Case, acts: list[Act]) -> list[Act]:
    """The acts after the merges of each visit, each merge told."""
    for kind, into, rule in MERGES:
        for visit in sorted({act.visit for act in acts}):
            together = [act for act in acts if act.kind == kind and act.visit == visit]
            if len(together) >= ENOUGH and case.book.number(rule):
                acts = _one(acts, together, into)
                case.tell(rule.replace("_", "."), rule, count=len(together), visit=visit)
    return acts


def _one(acts: list[Act], together: list[Act], into: str) -> list[Act]:
    """The acts with one in the place of several; its minutes are theirs together."""
    minutes, first = sum(act.minutes for act in together), together[0]
    one = replace(first, kind=into, code="", minutes=minutes)
    return [one if act is first else act for act in acts if act is first or not any(act is other for other in together)]
