"""Every rule of the law files as an information page shows it; nothing is retyped here.

One function a file. The names are stable: they are the anchors of the pages (`quittance.belgium.info.url_of`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib import resources

from quittance.belgium.documents import rules as documents
from quittance.belgium.info import frame, words
from quittance.belgium.info.frame import word
from quittance.belgium.info.model import Rule, Source, Value
from quittance.belgium.law import _read, access, figures
from quittance.web.templatetags.quittance import day


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its name, file after file. LookupError where two rules have one name."""
    from quittance.belgium.info import nursing, speech

    found: dict[str, Rule] = {}
    for part in (_figures, _permissions, _quotas, _lists, speech.rules, nursing.rules, _documents, _access, _prices):
        for one in part():
            if one.name in found:
                raise LookupError(f"two rules of the Belgian law files have the name {one.name}")
            found[one.name] = one if one.group else replace(one, group=frame.group_of(one.name))
    return found


def newest(values: Iterable[Value]) -> tuple[Value, ...]:
    """Values in the order of a page: the newest first."""
    return tuple(sorted(values, key=lambda one: one.first or date.min, reverse=True))


def named(kind: str, values: Iterable[str]) -> str:
    """The French words of an enumeration, one after another."""
    return ", ".join(_named()[kind][one] for one in values)


@cache
def _named() -> dict[str, dict[str, str]]:
    return dict(_read.load("labels.yaml")["words"])


def _figures() -> Iterator[Rule]:
    for name, one in figures.parameters().items():
        label, values = one.label, []
        for dated in one.values:
            chosen = words.choice(one.label, dated.value)
            label = chosen[0] if chosen else label
            raw = chosen[1] if chosen else dated.value
            value = Value(raw, one.unit, dated.from_day, dated.to_day, frame.cited(dated.source))
            doubtful, note = frame.remark(dated.source, dated.note, dated.doubtful)
            values.append(replace(value, doubtful=doubtful, note=note, verified_until=dated.verified_until))
        yield Rule(name, label, newest(values))


def _permissions() -> Iterator[Rule]:
    for name, rows, kind in (
        ("third_party", figures.third_party(), "third_party_rule"),
        ("supplements", figures.supplements(), "verdict"),
    ):
        for at, one in enumerate(rows, 1):
            source, said = frame.cited(one.source), named(kind, [one.verdict])
            value = Value(said, "word", one.from_day, one.to_day, source, *frame.remark(one.source, "", one.doubtful))
            yield Rule(f"{name}.{at}", one.text, (value,), details=tuple(_conditions(one)), row=True)


def _conditions(one: figures.Permission) -> Iterator[str]:
    """To whom a permission goes, where it does not go to all."""
    known = figures.words()
    parts = (
        ("profession", one.professions, known["profession"][1:], "profession"),
        ("convention", one.conventions, known["convention"], "convention"),
        ("patient", one.patients, known["regime"], "regime"),
        ("place", one.places, known["place"], "place"),
        ("reason", one.reasons, known["supplement_reason"], "supplement_reason"),
    )
    for label, chosen, every, kind in parts:
        if set(chosen) != set(every):
            yield f"{word(label)} : {named(kind, chosen)}"
    if one.third_party == (True,):
        yield word("third_party")
    for label, codes in (("codes", one.acts), ("lifted_by", one.lifted_by)):
        if codes:
            yield f"{word(label)} : {', '.join(codes)}"


def _quotas() -> Iterator[Rule]:
    for one in figures.quotas():
        name = f"quotas.{one.period}.{(one.limits or one.groups)[0]}"
        source, most = frame.cited(one.source), f"{one.most} {word(one.period)}"
        value = Value(most, "word", one.from_day, one.to_day, source, one.doubtful)
        codes = (f"{word('limited')} : {', '.join(one.limits)}",) if one.limits else ()
        yield Rule(name, one.text[0].upper() + one.text[1:], (value,), details=codes, row=True)


def _lists() -> Iterator[Rule]:
    """The lists of the law: public holidays, codes of insurability."""
    days, codes = _read.load("holidays.yaml"), _read.load("insurability.yaml")
    first, last = date(days["first_year"], 1, 1), date(days["last_year"], 12, 31)
    value = Value(len(days["holidays"]), "days", first, last, frame.cited(days["source"]))
    details = tuple(one["label"] for one in days["holidays"])
    yield Rule("holidays", word("holidays"), (value,), details=details)
    for name in ("ct1", "ct2"):
        known = figures.insurability(name)
        ended = (word("ended", code=code, day=day(last)) for code, last in known.items() if last)
        value = Value(len(known), "codes", None, None, frame.cited(codes["source"]))
        yield Rule(f"insurability.{name}", word(name), (value,), details=(", ".join(known), *ended))
    digits = _read.load("insurability_words.yaml")
    for place in ("scheme", "status", "convention", "preferential"):
        row = digits[place]
        source = frame.source(digits["sources"][row["source"]], "", row["mark"])
        value = Value(len(row["words"]), "codes", None, None, source, row["mark"] in "DB")
        listed = (word("coded", code=code, label=text) for code, text in row["words"].items())
        label = word("international" if place == "convention" else place)
        yield Rule(f"insurability.{place}", label, (value,), details=tuple(listed))


def _documents() -> Iterator[Rule]:
    for short, row in documents.content()["parameters"].items():
        name, values, last = f"documents.{short}", list[Value](), None
        unit = row.get("unit") or frame.unit(name)
        for fact in reversed(documents.facts(short)):
            values.append(Value(fact.value, unit, fact.since, last, read_at(fact.source), fact.doubtful, fact.note))
            last = fact.since - timedelta(days=1)
        yield Rule(name, row.get("label") or frame.label(name), tuple(values))
    for reason in documents.reasons():
        name = f"documents.supporting.{reason.name}"
        yield Rule(name, frame.label(name), (Value(1, "flag", reason.since, None, read_at(reason.source)),))


def read_at(one: documents.Source) -> Source:
    """A source of a law file that has its mark."""
    return frame.source(one.label, one.url, one.mark, one.read_on)


def _access() -> Iterator[Rule]:
    for code, kind in access.types().items():
        scope = kind.scope
        value = _told(word("mandate"), scope.source)
        value = replace(value, first=scope.from_day, last=scope.to_day, doubtful=scope.doubtful)
        excluded = (word("excluded", what=one) for one in kind.excluded)
        yield Rule(f"access.{code}", kind.label, (value,), word(kind.system), (kind.text, *excluded))
    for code, right in access.rights().items():
        value = _told(word("right"), access.scopes()[right.scope].source)
        yield Rule(f"access.right.{code}", right.label, (value,), word("rights"), (right.text,))
    for party in ("person", "organisation"):
        for at, step in enumerate(access.steps(party), 1):
            value = _told(word("optional_step" if step.optional else "step", at=at), step.source)
            yield Rule(f"access.step.{party}.{step.code}", step.label, (value,), word(party), (step.text,))


def _told(text: str, source: access.Source) -> Value:
    """What an official page of mandates tells: the file names no other source, so the mark is `O`."""
    return Value(text, "word", None, None, frame.source(source.label, source.url, "O", source.read_on))


def _prices() -> Iterator[Rule]:
    text = resources.files("quittance.belgium.tariffs").joinpath("sources.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        published, until = date.fromisoformat(row["published"]), date.fromisoformat(row["verified_until"])
        source = frame.source(row["publisher"], "", frame.content()["publishers"][row["publisher"]])
        value = Value(word("list"), "word", None, until, source)
        yield Rule(f"tariffs.{row['table']}", row["title"], (value,), details=(word("published", day=day(published)),))
