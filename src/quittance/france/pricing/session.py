"""Acts of one session seen together: what the tables say of acts side by side. A session is the acts of one date."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.modifiers import mask_of
from quittance.kernel.rule import helper

ANY_CCAM, ANY_NGAP = -2, -3
MOST_ACTS = 2


@helper
def holds(list_of: Any, first: Any, last: Any, act: Any) -> Any:
    """Whether an act stands in a range of a sorted list, by halving.

    >>> holds([2, 5, 9], 0, 3, 5), holds([2, 5, 9], 0, 3, 6)
    (1, 0)
    """
    while first < last:
        middle = (first + last) // 2
        if list_of[middle] == act:
            return 1
        if list_of[middle] < act:
            first = middle + 1
        else:
            last = middle
    return 0


@helper
def urgencies(tables: Any, lines: Any, first: Any, last: Any) -> None:
    """F, P, S, U and O: one a session for a practitioner, never beside an NGAP complement."""
    seen, night = 0, 0
    for at in range(first, last):
        line = lines[at]
        if line.session != first:
            continue
        if line.kind == codes.KIND_NGAP:
            flags = tables.ngap_flags[line.act]
            if line.complement != codes.COMPLEMENT_NONE or flags & codes.NGAP_FLAG_MAJORATION:
                night = 1
        elif mask_of(line) & tables.modifier_urgency[0]:
            if seen:
                line.messages |= codes.M_MODIFIER_ONE_URGENCY
            seen = 1
    if seen and night:
        for at in range(first, last):
            line = lines[at]
            if line.session == first and line.kind == codes.KIND_CCAM and mask_of(line) & tables.modifier_urgency[0]:
                line.messages |= codes.M_MODIFIER_WITH_MAJORATION


@helper
def repeated(tables: Any, bill: Any, lines: Any) -> None:
    """Modifiers that may not stand on several acts of one bill (présence multiple : N)."""
    seen = 0
    for at in range(bill.first, bill.last):
        line = lines[at]
        if line.kind == codes.KIND_CCAM:
            mask = mask_of(line) & tables.modifier_once[0]
            if mask & seen:
                line.messages |= codes.M_MODIFIER_REPEATED
            seen |= mask


@helper
def incompatible(tables: Any, lines: Any, first: Any, last: Any) -> None:
    """Pairs of acts that the table of incompatibilities (2014) keeps apart: a warning on the later one."""
    for at in range(first, last):
        line = lines[at]
        if line.session != first or line.kind != codes.KIND_CCAM:
            continue
        start, stop = tables.ccam_incompatible_first[line.act], tables.ccam_incompatible_last[line.act]
        if start == stop:
            continue
        for before in range(first, at):
            other = lines[before]
            if other.session == first and holds(tables.ccam_incompatible, start, stop, other.act):
                line.messages |= codes.M_CCAM_INCOMPATIBLE


@helper
def in_addition(tables: Any, line: Any) -> Any:
    """Whether the act comes in addition to others (complementary act, supplement, interventional imaging)."""
    added = codes.FAMILY_COMPLEMENTARY | codes.FAMILY_SUPPLEMENT | codes.FAMILY_INTERVENTIONAL
    return tables.ccam_type[line.act] == 2 or (tables.ccam_family[line.act] & added) != 0


@helper
def full_rate(tables: Any, line: Any) -> Any:
    """Families whose acts are all billed in full (association 4): any number of them."""
    whole = codes.FAMILY_DENTAL | codes.FAMILY_PATHOLOGY | codes.FAMILY_EMG | codes.FAMILY_IRRADIATION
    return (tables.ccam_family[line.act] & whole) != 0


@helper
def associations(tables: Any, lines: Any, first: Any, last: Any) -> None:
    """Association codes against the order of tariffs (without modifiers), and acts beyond the second."""
    acts, dearest, in_question = 0, 0, 0
    for at in range(first, last):
        line = lines[at]
        if line.session == first and line.kind == codes.KIND_CCAM and not in_addition(tables, line):
            if line.activity == 4 or line.association == 5 or full_rate(tables, line):
                continue
            acts += 1
            in_question = max(in_question, line.unit_cents if line.association == 1 else 0)
            dearest = max(dearest, line.unit_cents)
    counted = 0
    for at in range(first, last):
        line = lines[at]
        if acts < 2 or line.session != first or line.kind != codes.KIND_CCAM or in_addition(tables, line):
            continue
        if line.activity == 4 or line.association == 5 or full_rate(tables, line):
            continue
        counted += 1
        if line.association == 0:
            line.messages |= codes.M_ASSOCIATION_MISSING
        elif line.association == 1 and in_question < dearest:
            line.messages |= codes.M_ASSOCIATION_ORDER
        if (
            counted > MOST_ACTS
            and line.association != 3
            and not (tables.ccam_family[line.act] & codes.FAMILY_RADIOLOGY)
        ):
            line.messages |= codes.M_ASSOCIATION_THIRD


@helper
def companions(tables: Any, lines: Any, first: Any, last: Any) -> None:
    """Acts that stand only with others: NGAP majorations with their hosts, complementary CCAM acts with theirs."""
    for at in range(first, last):
        line = lines[at]
        if line.session != first:
            continue
        if line.kind == codes.KIND_NGAP:
            start, stop = tables.ngap_host_first[line.act], tables.ngap_host_last[line.act]
            if start < stop and not has_host(tables, lines, first, last, line, start, stop):
                line.messages |= codes.M_NGAP_HOST_MISSING
        elif tables.ccam_type[line.act] == 2 and not has_gesture_host(tables, lines, first, last, line):
            line.messages |= codes.M_GESTURE_UNKNOWN


@helper
def has_host(tables: Any, lines: Any, first: Any, last: Any, line: Any, start: Any, stop: Any) -> Any:
    """Whether another act of the session is one that the majoration may accompany."""
    for at in range(first, last):
        other = lines[at]
        if other.session != first or other.position == line.position:
            continue
        if other.kind == codes.KIND_CCAM and holds(tables.ngap_host, start, stop, ANY_CCAM):
            return 1
        if other.kind == codes.KIND_NGAP and holds(tables.ngap_host, start, stop, ANY_NGAP):
            return 1
        if holds(tables.ngap_host, start, stop, other.act):
            return 1
    return 0


@helper
def has_gesture_host(tables: Any, lines: Any, first: Any, last: Any, line: Any) -> Any:
    """Whether another act of the session has this complementary act in its list."""
    for at in range(first, last):
        other = lines[at]
        if other.session == first and other.kind == codes.KIND_CCAM and other.position != line.position:
            if holds(
                tables.ccam_gesture, tables.ccam_gesture_first[other.act], tables.ccam_gesture_last[other.act], line.act
            ):
                return 1
    return 0


@helper
def both_lists(tables: Any, lines: Any, first: Any, last: Any) -> None:
    """A consultation or key letter beside a CCAM act: rarely allowed, so a warning, never a refusal."""
    ngap, ccam = 0, 0
    for at in range(first, last):
        if lines[at].session == first:
            if lines[at].kind == codes.KIND_CCAM:
                ccam = 1
            elif not tables.ngap_flags[lines[at].act] & (codes.NGAP_FLAG_PER_KM | codes.NGAP_FLAG_ALLOWANCE):
                ngap = 1
    if ngap and ccam:
        for at in range(first, last):
            if lines[at].session == first and lines[at].kind == codes.KIND_NGAP:
                lines[at].messages |= codes.M_SESSION_NGAP_WITH_CCAM
                break


@helper
def check(tables: Any, lines: Any, first: Any, last: Any) -> None:
    """Every check of the session that starts at line `first`."""
    if last - first < 2 and lines[first].kind == codes.KIND_NGAP:
        companions(tables, lines, first, last)
        return
    urgencies(tables, lines, first, last)
    incompatible(tables, lines, first, last)
    associations(tables, lines, first, last)
    companions(tables, lines, first, last)
    both_lists(tables, lines, first, last)
