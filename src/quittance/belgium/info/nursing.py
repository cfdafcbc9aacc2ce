"""The rules of home nursing as an information page shows them: figures, Katz scale, codes, identity check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quittance.belgium.info import frame, words
from quittance.belgium.info.frame import word
from quittance.belgium.info.model import Rule, Value
from quittance.belgium.law import _read, figures, nursing_care
from quittance.kernel.dated import OPEN, day_of


def rules() -> Iterator[Rule]:
    """Every rule of `law/nursing_care.yaml` and of `law/nursing.yaml`."""
    from quittance.belgium.info.gather import newest

    for name, dated in nursing_care.parameters().items():
        label, values = dated[0].label, []
        for one in dated:
            chosen = words.choice(one.label, one.value)
            label, unit = (chosen[0], "word") if chosen else words.plain(one.label)
            unit = frame.content()["units"].get(f"nursing.{name}", unit)
            values.append(_value(one, chosen[1] if chosen else one.value, unit))
        yield Rule(f"nursing.{name}", label, newest(values))
    yield from _lists()
    yield from _groups()
    for part in ("readings", "media", "manual", "vignette"):
        found = nursing_care.identity(part)
        listed = (word("coded", code=code, label=_label(row)) for code, row in found.items())
        yield _list(f"identity.{part}", part, "identity_list", len(found), listed)


def _value(one: nursing_care.Value, raw: Any, unit: str) -> Value:
    last = None if one.last >= OPEN else day_of(one.last)
    source = frame.source(one.source.label, one.source.url, one.source.mark, one.source.read_on)
    return Value(raw, unit, day_of(one.first), last, source, one.doubtful or one.value is None, one.note)


def _label(row: Any) -> str:
    """A medium or reason; one that ended says until when."""
    if isinstance(row, str):
        return row
    return word("until", label=row["label"], day=f"{row['last']:%d/%m/%Y}") if "last" in row else str(row["label"])


def _list(name: str, label: str, source: str, raw: int | str, listed: Iterable[str]) -> Rule:
    """A list of the file, which holds since the first day that is judged."""
    found = nursing_care.sources()[source]
    read = frame.source(found.label, found.url, found.mark, found.read_on)
    unit = "codes" if isinstance(raw, int) else "word"
    value = Value(raw, unit, day_of(nursing_care.first_day()), None, read, found.mark in "DB")
    return Rule(name, word(label), (value,), details=tuple(listed))


def _lists() -> Iterator[Rule]:
    items, places = nursing_care.labels("items"), nursing_care.labels("columns")
    yield _list("nursing.items", "katz_items", "inami_katz", word("katz_score"), items.values())
    acts = []
    for kind in nursing_care.kinds().values():
        codes = (
            word("per_place", code=code, place=places.get(place, word("everywhere")))
            for place, code in kind.codes.items()
        )
        if kind.codes:
            acts.append(word("per_act", label=kind.label[0].upper() + kind.label[1:], codes=", ".join(codes)))
    yield _list("nursing.codes", "nursing_codes", "billing_office", len(acts), acts)
    offices = nursing_care.labels("offices").values()
    listed = (word("coded", code=one["code"], label=one["label"]) for one in offices)
    yield _list("nursing.offices", "offices", "billing_office", len(offices), listed)


def _groups() -> Iterator[Rule]:
    """The groups of `law/nursing.yaml`: acts under the daily ceiling, flat rates by level."""
    source = frame.cited(_read.load("nursing.yaml")["source"])
    codes = sorted(figures.session_acts())
    held = Value(len(codes), "codes", day_of(nursing_care.first_day()), None, source)
    yield Rule("nursing.session_acts", word("session_acts"), (held,), details=(", ".join(codes),))
    for level in sorted(set(figures.flat_rates().values())):
        codes = [code for code, needed in figures.flat_rates().items() if needed == level]
        value = Value(len(codes), "codes", day_of(nursing_care.first_day()), None, source)
        yield Rule(f"nursing.flat_rate.{level}", word("flat_rate", level=level), (value,), details=(", ".join(codes),))
