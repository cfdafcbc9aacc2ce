"""French words for the numbers of the kernel: labels, levels and texts of the messages, and what they speak of."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from quittance.france.pricing import ccam, codes
from quittance.france.pricing.tables import has_specialty
from quittance.kernel.dated import OPEN, day_of
from quittance.kernel.flat import Flat
from quittance.kernel.money import format_cents


class Message(NamedTuple):
    """One message of the catalogue: stable code, level, field it stands beside, French text."""

    bit: int
    code: str
    level: str
    field: str
    text: str


FLAGS = frozenset({"half", "local_scheme", "fsv", "third_party_amo", "third_party_amc"})
SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@lru_cache(maxsize=4096)
def iso(day: int) -> str:
    """A day number as YYYY-MM-DD."""
    return day_of(day).isoformat()


@lru_cache(maxsize=4096)
def french(day: int) -> str:
    """A day number as a French reader writes it.

    >>> french(0)
    '01/01/1970'
    """
    return day_of(day).strftime("%d/%m/%Y")


class Texts:
    """The strings of a flat file, by the numbers of its arrays."""

    def __init__(self, flat: Flat) -> None:
        strings = flat.strings
        self.tables = flat.arrays
        self.acts: list[str] = strings["acts"]
        self.labels: list[str] = strings["labels"]
        self._sources = {codes.KIND_CCAM: strings["ccam_sources"], codes.KIND_NGAP: strings["ngap_sources"]}
        self._specialties: dict[str, str] = strings["specialties"]
        self._formulas: list[str] = [row["code"] for row in strings["formulas"]]
        self._words: dict[str, list[str]] = strings["words"]
        self._rules: dict[str, str] = strings["labels_of"]["rules"]
        self._fields: dict[str, str] = strings["labels_of"]["fields"]
        self._named: dict[str, dict[str, str]] = strings["labels_of"]["words"]
        self.catalogue = [
            Message(1 << at, row["code"], row["level"], row["field"], row["text"])
            for at, row in enumerate(strings["messages"])
        ]
        self.day = iso

    def rule_label(self, identifier: str) -> str:
        """French label of a rule."""
        return self._rules[identifier]

    def field_label(self, name: str) -> str:
        """French label of a field that a trace shows."""
        return self._fields[name]

    def specialty(self, number: int) -> str:
        """Two digits of a specialty."""
        return f"{number:02d}"

    def word(self, name: str) -> Callable[[int], str]:
        """How an enumerated field is written: its French word, else its code, else the number."""
        words = self._words.get(name)
        named = self._named.get(name, {})
        if words is not None:
            return lambda value: named.get(words[value], words[value])
        if name in FLAGS:
            return lambda value: "oui" if value else "non"
        if name == "formula":
            return lambda value: self._formulas[value - 1]
        return str

    def messages_of(self, bits: int) -> list[Message]:
        """The messages whose bits are set."""
        return [message for message in self.catalogue if bits & message.bit] if bits else []

    def price_source(self, line: Any, bill: Any) -> str:
        """Publication that gave the line's price, with the grid for a CCAM act."""
        array = self.tables.ccam_price_source if line.kind == codes.KIND_CCAM else self.tables.ngap_source
        source = str(self._sources[line.kind][array[line.price_row]])
        if line.kind == codes.KIND_CCAM:
            return f"{source}, grille {ccam.grid_of(self.tables, bill, line)}"
        return source

    def say(self, message: Message, line: Any, bill: Any, lines: list[Any]) -> str:
        """The message's French text about this line."""
        return message.text.format_map(_About(self, line, bill, lines))


class _About(dict[str, str]):
    """What a message may speak of, figured only when its text names it."""

    def __init__(self, texts: Texts, line: Any, bill: Any, lines: list[Any]) -> None:
        super().__init__()
        self.texts, self.line, self.bill, self.lines = texts, line, bill, lines

    def __missing__(self, name: str) -> str:
        return str(getattr(self, f"_{name}")())

    def _code(self) -> str:
        return str(self.texts.acts[self.line.act])

    def _date(self) -> str:
        return french(self.line.day)

    def _specialty(self) -> str:
        return f"{self.bill.specialty:02d}"

    def _activity(self) -> str:
        return str(self.line.activity)

    def _phase(self) -> str:
        return str(self.line.phase)

    def _activities(self) -> str:
        tables, act = self.texts.tables, self.line.act
        keys = range(tables.ccam_key_first[act], tables.ccam_key_last[act])
        pairs = [f"{tables.ccam_key_activity[key]}/{tables.ccam_key_phase[key]}" for key in keys]
        return "l'activité/phase " + ", ".join(pairs) if pairs else "aucune activité"

    def _coefficient(self) -> str:
        return _decimal(self.line.coefficient_milli)

    def _bounds(self) -> str:
        tables, row = self.texts.tables, self.line.price_row
        least, most = tables.ngap_coefficient_min_milli[row], tables.ngap_coefficient_max_milli[row]
        return f"de {_decimal(least)} à {_decimal(most)}"

    def _complement(self) -> str:
        return self.texts.word("complement")(self.line.complement)

    def _modifiers(self) -> str:
        return ", ".join(SYMBOLS[slot - 1] for slot in self.line.modifiers if slot)

    def _allowed(self) -> str:
        row = self.line.property_row
        mask = self.texts.tables.ccam_modifiers[row] if row >= 0 else 0
        return ", ".join(symbol for at, symbol in enumerate(SYMBOLS) if mask >> at & 1) or "aucun modificateur"

    def _total(self) -> str:
        return format_cents(self.line.fee_cents)

    def _base(self) -> str:
        return format_cents(self.line.base_cents)

    def _tariff(self) -> str:
        return format_cents(self.line.computed_cents)

    def _patient(self) -> str:
        return format_cents(self.line.patient_cents)

    def _association(self) -> str:
        return str(self.line.association)

    def _formula(self) -> str:
        return self.texts.word("formula")(self.bill.formula)

    def _source(self) -> str:
        return self.texts.price_source(self.line, self.bill)

    def _verified(self) -> str:
        tables, row = self.texts.tables, self.line.price_row
        ngap = self.line.kind == codes.KIND_NGAP
        return french((tables.ngap_verified_until if ngap else tables.ccam_price_verified_until)[row])

    def _hosts(self) -> str:
        tables, act = self.texts.tables, self.line.act
        hosts = tables.ngap_host[tables.ngap_host_first[act] : tables.ngap_host_last[act]]
        names = ["CCAM" if host == -2 else "NGAP" if host == -3 else self.texts.acts[host] for host in hosts]
        return ", ".join(names[:8])

    def _others(self) -> str:
        tables, act = self.texts.tables, self.line.act
        pairs = set(tables.ccam_incompatible[tables.ccam_incompatible_first[act] : tables.ccam_incompatible_last[act]])
        return ", ".join(
            self.texts.acts[other.act]
            for other in self.lines
            if other.session == self.line.session and other.act in pairs
        )

    def _prices(self) -> str:
        """When the act does have a price for this professional, so that the reader knows what to do."""
        periods = self._ccam_periods() if self.line.kind == codes.KIND_CCAM else self._ngap_periods()
        if not periods:
            return " pour votre profession"
        first, last = min(start for start, _ in periods), max(end for _, end in periods)
        until = "à aujourd'hui" if last >= OPEN else f"au {french(last)}"
        return f" ; il en a un du {french(first)} {until}"

    def _ccam_periods(self) -> list[tuple[int, int]]:
        tables, key = self.texts.tables, ccam.key_for(self.texts.tables, self.line)
        rows = range(tables.ccam_price_first[key], tables.ccam_price_last[key]) if key >= 0 else ()
        return [
            (tables.ccam_price_from[row], tables.ccam_price_to[row])
            for row in rows
            if any(tables.ccam_price_cents[row * ccam.GRIDS + grid] >= 0 for grid in range(ccam.GRIDS))
        ]

    def _ngap_periods(self) -> list[tuple[int, int]]:
        tables, act, bill = self.texts.tables, self.line.act, self.bill
        return [
            (tables.ngap_from[row], tables.ngap_to[row])
            for row in range(tables.ngap_row_first[act], tables.ngap_row_last[act])
            if tables.ngap_zones[row] >> bill.zone & 1
            and has_specialty(tables.ngap_specialties_low[row], tables.ngap_specialties_high[row], bill.specialty)
        ]


def _decimal(milli: int) -> str:
    whole, rest = divmod(milli, 1000)
    return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")
