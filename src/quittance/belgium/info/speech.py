"""The rules of speech therapy as an information page shows them: by disorder, those of all of them first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from quittance.belgium.info import frame
from quittance.belgium.info.frame import word
from quittance.belgium.info.model import Rule, Value
from quittance.belgium.law import _read, speech
from quittance.kernel.dated import OPEN, day_of


def rules() -> Iterator[Rule]:
    """Every rule of `law/speech.yaml`."""
    from quittance.belgium.info.gather import newest

    content = _read.load("speech.yaml")
    units = {name: row["unit"] for name, row in content["parameters"].items()}
    for code, kind in speech.kinds().items():
        values = newest(value(one, "units") for one in kind.units)
        yield Rule(f"speech.units.{code}", kind.label[0].upper() + kind.label[1:], values, word("counts"))
    figures = defaultdict(list)
    for (name, code), dated in speech.parameters().items():
        unit = units.get(name) or frame.unit(f"speech.{name}")
        suffix = f".{code}" if code else ""
        shown = newest(value(one, unit) for one in dated)
        figures[code].append(Rule(f"speech.{name}{suffix}", dated[0].label, shown, group(code)))
    yield from figures.pop("")
    yield _services()
    for code, row in content["disorders"].items():
        yield from _disorder(code)
        order = [f"speech.{name}.{code}" for name in row]
        yield from sorted(figures.pop(code, ()), key=lambda one: order.index(one.name))


def group(code: str) -> str:
    """The heading of a disorder; that of all of them for an empty code."""
    return f"{code} · {speech.disorders()[code].label}" if code else word("every_disorder")


def value(one: speech.Value, unit: str) -> Value:
    """A dated figure of the file, with how far its source was verified."""
    until = _day(one.source.verified_until)
    source = frame.source(one.source.label, one.source.url, one.source.mark, one.source.read_on)
    return Value(one.value, unit, day_of(one.first), _day(one.last), source, one.doubtful, one.note, until)


def _day(number: int) -> date | None:
    return None if number >= OPEN else day_of(number)


def _of(source: str, raw: Any, unit: str = "word") -> Value:
    """What the file says without days: since its first one."""
    found = speech.sources()[source]
    read = frame.source(found.label, found.url, found.mark, found.read_on)
    first, until = day_of(speech.first_day()), _day(found.verified_until)
    return Value(raw, unit, first, None, read, found.mark == "T", verified_until=until)


def _services() -> Rule:
    listed = (", ".join(sorted(speech.excluded_services())),)
    return Rule(
        "speech.excluded_services", word("services"), (_of("mc_exclusions", word("not_paid")),), group(""), listed
    )


def _disorder(code: str) -> Iterator[Rule]:
    """Where a disorder stands in the nomenclature, with its codes; what its file must hold."""
    one, codes = speech.disorders()[code], defaultdict(list)
    for act in speech.acts().values():
        if act.disorder == code:
            codes[act.kind.label].append(act.code)
    listed = (word("of_kind", kind=kind, codes=", ".join(found)) for kind, found in codes.items())
    place = _of("inami_2023", word("article", text=one.text))
    yield Rule(f"speech.disorder.{code}", word("in_nomenclature"), (place,), group(code), tuple(listed))
    needs = [word("needs", what=need) for need in one.needs]
    if one.apart_from:
        needs.append(word("apart", codes=", ".join(sorted(one.apart_from))))
    if needs:
        yield Rule(f"speech.needs.{code}", word("in_file"), (_of("vendor_2026", ""),), group(code), tuple(needs))
