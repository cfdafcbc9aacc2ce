"""The flat file of Belgian law and tariffs: acts and dated amounts, figures, permissions, limits, holidays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from quittance.belgium.law import figures, generate
from quittance.belgium.law._read import load
from quittance.belgium.law.figures import Permission
from quittance.belgium.law.life import lives
from quittance.belgium.tariffs import flat as tariffs
from quittance.kernel.dated import OPEN, day_number

Arrays = dict[str, tuple[str, list[int]]]

MOST_ROWS = 62
"""Rows of a permission or limit that one mask of an act can hold."""


def _until(day: date | None) -> int:
    return OPEN if day is None else day_number(day)


def _mask(listed: Iterable[Any], order: Sequence[Any]) -> int:
    return sum(1 << order.index(one) for one in listed)


def _only(places: int) -> int:
    """Number of the place of an act that has one only; 0 for one that has several or any.

    >>> _only(0b100), _only(0b101), _only(0)
    (3, 0, 0)
    """
    return places.bit_length() if places.bit_count() == 1 else 0


def _parameters() -> Arrays:
    first: list[int] = []
    last: list[int] = []
    values: list[figures.DatedValue] = []
    for name in generate.parameter_names():
        first.append(len(values))
        values += figures.parameters()[name].values
        last.append(len(values))
    return {
        "parameter_first": ("i", first),
        "parameter_last": ("i", last),
        "parameter_from": ("i", [day_number(one.from_day) for one in values]),
        "parameter_to": ("i", [_until(one.to_day) for one in values]),
        "parameter_value": ("q", [one.value for one in values]),
        "parameter_doubtful": ("b", [int(one.doubtful) for one in values]),
    }


def _professions() -> Arrays:
    names = generate.parameter_names()
    known = figures.words()["profession"]
    return {"profession_reduction": ("h", [0, *(names.index(f"reduction_{one}") for one in known[1:])])}


def _permissions(prefix: str, rows: Sequence[Permission], kind: str) -> Arrays:
    words = figures.words()
    return {
        f"{prefix}_count": ("i", [len(rows)]),
        f"{prefix}_rule": ("b", [words[kind].index(row.verdict) for row in rows]),
        f"{prefix}_from": ("i", [day_number(row.from_day) for row in rows]),
        f"{prefix}_to": ("i", [_until(row.to_day) for row in rows]),
        f"{prefix}_professions": ("h", [_mask(row.professions, words["profession"]) for row in rows]),
        f"{prefix}_conventions": ("h", [_mask(row.conventions, words["convention"]) for row in rows]),
        f"{prefix}_patients": ("h", [_mask(row.patients, words["regime"]) for row in rows]),
        f"{prefix}_places": ("h", [_mask(row.places, words["place"]) for row in rows]),
        f"{prefix}_third_party": ("h", [_mask(row.third_party, (False, True)) for row in rows]),
        f"{prefix}_reasons": ("h", [_mask(row.reasons, words["supplement_reason"]) for row in rows]),
        f"{prefix}_exceptions": ("h", [_mask(row.force_official, (False, True)) for row in rows]),
        f"{prefix}_all_acts": ("b", [int(not row.acts) for row in rows]),
        f"{prefix}_doubtful": ("b", [int(row.doubtful) for row in rows]),
    }


def _reasons() -> Arrays:
    """What each legal reason of a supplement asks of the day and the place; nothing where the law has no line of it."""
    words, limits = figures.words(), figures.reason_limits()
    rows = [limits.get(reason) for reason in words["supplement_reason"]]
    never = day_number(date(1970, 1, 1)) - 1
    return {
        "reason_from": ("i", [0 if row is None else day_number(row.from_day) for row in rows]),
        "reason_to": ("i", [never if row is None else _until(row.to_day) for row in rows]),
        "reason_weekdays": ("b", [0 if row is None else sum(1 << day for day in row.weekdays) for row in rows]),
        "reason_holiday": ("b", [int(row is not None and row.holiday) for row in rows]),
        "reason_places": ("h", [0 if row is None else _mask(row.places, words["place"]) for row in rows]),
    }


def _listed(acts: Sequence[str], lists: Sequence[Iterable[str]]) -> tuple[str, list[int]]:
    """A mask for each act: in which of the lists its code stands."""
    if len(lists) > MOST_ROWS:
        raise figures.LawError(
            f"Plus de {MOST_ROWS} lignes de droit dans un même fichier : le masque d'un acte déborde."
        )
    sets = [frozenset(listed) for listed in lists]
    return "q", [sum(1 << at for at, codes in enumerate(sets) if act in codes) for act in acts]


def _quotas(acts: Sequence[str]) -> Arrays:
    rows, period = figures.quotas(), figures.words()["period"]
    flat_rates = frozenset(figures.flat_rates())
    of_group = {"session": figures.session_acts(), "flat_rate": flat_rates}
    grouped = [[code for group in row.groups for code in of_group[group]] for row in rows]
    return {
        "quota_count": ("i", [len(rows)]),
        "quota_period": ("b", [period.index(row.period) for row in rows]),
        "quota_most": ("i", [row.most for row in rows]),
        "quota_from": ("i", [day_number(row.from_day) for row in rows]),
        "quota_to": ("i", [_until(row.to_day) for row in rows]),
        "quota_doubtful": ("b", [int(row.doubtful) for row in rows]),
        "act_quota_counts": _listed(acts, [[*row.counts, *more] for row, more in zip(rows, grouped, strict=True)]),
        "act_quota_limits": _listed(acts, [[*row.limits, *more] for row, more in zip(rows, grouped, strict=True)]),
    }


def _nursing(acts: Sequence[str]) -> Arrays:
    by_session, needed = figures.session_acts(), figures.flat_rates()
    levels, groups = figures.words()["katz_level"], figures.words()["nursing_group"]
    none, session, flat_rate = map(groups.index, ("none", "session", "flat_rate"))
    ceiling = [code for code in figures.ceiling_acts() if code in set(acts)]
    return {
        "act_nursing_group": (
            "b",
            [session if code in by_session else flat_rate if code in needed else none for code in acts],
        ),
        "act_katz_level": ("b", [levels.index(needed.get(code, "none")) for code in acts]),
        "ceiling_count": ("i", [len(ceiling)]),
        "ceiling_act": ("i", [acts.index(code) for code in ceiling]),
    }


def _strings(acts: list[str]) -> dict[str, Any]:
    known, labels = tariffs.strings(), tariffs.labels()
    values = [
        (one, value)
        for name in generate.parameter_names()
        for one in [figures.parameters()[name]]
        for value in one.values
    ]
    return {
        **known,
        "acts": acts,
        "labels": [labels.get(code, code) for code in acts],
        "parameters": [{"name": one.label, "source": value.source, "note": value.note} for one, value in values],
        "third_party": [{"text": row.text, "source": row.source} for row in figures.third_party()],
        "supplement": [{"text": row.text, "source": row.source} for row in figures.supplements()],
        "reasons": {reason: one.text for reason, one in figures.reason_limits().items()},
        "quota": [{"text": row.text, "source": row.source} for row in figures.quotas()],
        "insurability": {
            name: {code: None if day is None else day.isoformat() for code, day in figures.insurability(name).items()}
            for name in ("ct1", "ct2")
        },
        "lives": lives(),
        "messages": [{"code": code, **row} for code, row in load("messages.yaml").items()],
        "words": figures.words(),
        "labels_of": load("labels.yaml"),
    }


def build() -> tuple[Arrays, dict[str, Any]]:
    """Every array and string of the Belgian flat file."""
    acts = sorted(tariffs.codes())
    holidays = [day_number(day) for day in figures.holidays()]
    priced = tariffs.arrays({code: at for at, code in enumerate(acts)})
    hospital = 1 << (figures.words()["place"].index("hospital") - 1)
    arrays: Arrays = {
        **priced,
        "act_of_hospital": ("b", [int(places == hospital) for places in priced["act_place"][1]]),
        "act_only_place": ("b", [_only(places) for places in priced["act_place"][1]]),
        **_parameters(),
        **_professions(),
        **_permissions("third_party", figures.third_party(), "third_party_rule"),
        **_permissions("supplement", figures.supplements(), "verdict"),
        **_reasons(),
        "third_party_lifted": ("b", [int(bool(row.lifted_by)) for row in figures.third_party()]),
        "act_third_party": _listed(acts, [row.acts for row in figures.third_party()]),
        "act_third_party_lifts": _listed(acts, [row.lifted_by for row in figures.third_party()]),
        **_quotas(acts),
        **_nursing(acts),
        "holiday_count": ("i", [len(holidays)]),
        "holiday_day": ("i", holidays),
    }
    return arrays, _strings(acts)
