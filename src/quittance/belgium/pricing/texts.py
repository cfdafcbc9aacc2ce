"""French words for the numbers of the kernel: labels, levels and texts of the messages, and what they speak of."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from quittance.belgium.law.life import not_alive
from quittance.belgium.pricing import codes
from quittance.belgium.tariffs.errors import IMPORT
from quittance.kernel.dated import OPEN, day_of
from quittance.kernel.flat import Flat
from quittance.kernel.money import format_cents
from quittance.kernel.rule import Rule

OTHER_PATIENTS = (
    " pour ce patient : ceux de ce jour tiennent à l'âge, au dossier médical global ou à un statut. "
    "Vérifiez ces données du patient, ou choisissez un autre acte."
)
ASK = f"Faites importer la liste de l'INAMI qui vaut ce jour-là ({IMPORT})"


class Message(NamedTuple):
    """One message of the catalogue: stable code, level, field it stands beside, French text."""

    bit: int
    code: str
    level: str
    field: str
    text: str


FLAGS = frozenset({"preferential", "gmd", "chronic", "palliative", "force_official", "third_party"})


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
        self.sources: list[str] = strings["sources"]
        self.parameters: list[dict[str, str]] = strings["parameters"]
        self.law: dict[str, list[dict[str, str]]] = {
            name: strings[name] for name in ("third_party", "supplement", "quota")
        }
        self.notes: list[str] = strings["notes"]
        self.reasons: dict[str, str] = strings["reasons"]
        self.lives: dict[str, list[int]] = strings["lives"]
        self.doubts: dict[str, str] = strings["labels_of"]["doubts"]
        self.imposed: dict[str, str] = strings["labels_of"]["imposed"]
        self.words: dict[str, list[str]] = strings["words"]
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

    def word(self, name: str) -> Callable[[int], str]:
        """How an enumerated field is written: its French word, else the number."""
        words = self.words.get("convention" if name == "counted" else name)
        if words is not None:
            named = self._named.get(name, {})
            return lambda value: named.get(words[value], words[value])
        if name in FLAGS:
            return lambda value: "oui" if value else "non"
        return str

    def messages_of(self, bits: int) -> list[Message]:
        """The messages whose bits are set."""
        return [message for message in self.catalogue if bits & message.bit] if bits else []

    def source_of(self, rule: Rule, line: Any) -> str:
        """Where a step comes from: the rule's own source, the publication of the row, or the row of the law."""
        if rule.source == "table":
            row = line.fee_row if rule.id.startswith("belgium.fee.") else line.reimbursement_row
            return str(self.sources[self.tables.row_source[row]])
        if rule.source == "parameter":
            return str(self.parameters[line.reduction_row]["source"])
        if rule.source in self.law:
            return str(self.law[rule.source][getattr(line, f"{rule.source}_row")]["source"])
        return rule.source

    def say(self, message: Message, line: Any, bill: Any) -> str:
        """The message's French text about this line."""
        return message.text.format_map(_About(self, line, bill))


class _About(dict[str, str]):
    """What a message may speak of, figured only when its text names it."""

    def __init__(self, texts: Texts, line: Any, bill: Any) -> None:
        super().__init__()
        self.texts, self.line, self.bill = texts, line, bill

    def __missing__(self, name: str) -> str:
        return str(getattr(self, f"_{name}")())

    def _code(self) -> str:
        return str(self.texts.acts[self.line.act])

    def _date(self) -> str:
        return french(self.line.day)

    def _fee(self) -> str:
        return format_cents(self.line.official_cents)

    def _profession(self) -> str:
        return self.texts.word("profession")(self.bill.profession)

    def _place(self) -> str:
        return self.texts.word("place")(self.bill.place)

    def _places(self) -> str:
        mask, say = self.texts.tables.act_place[self.line.act], self.texts.word("place")
        return ", ".join(say(place) for place in range(1, len(self.texts.words["place"])) if mask >> (place - 1) & 1)

    def _pair(self) -> str:
        pair = self.texts.tables.act_hospital_pair[self.line.act]
        return self.texts.acts[pair] if pair >= 0 else "du nomenclateur ambulatoire"

    def _days(self) -> str:
        return self.texts.word("weekend")(self.texts.tables.act_weekend[self.line.act])

    def _level(self) -> str:
        return self.texts.word("katz_level")(self.line.katz_level)

    def _needed(self) -> str:
        return self.texts.word("katz_level")(self.texts.tables.act_katz_level[self.line.act])

    def _imposed(self) -> str:
        return self.texts.imposed[self.texts.words["fee_rule"][self.line.fee_rule]]

    def _law(self, name: str) -> str:
        return str(self.texts.law[name][getattr(self.line, f"{name}_row")]["text"])

    def _third_party(self) -> str:
        return self._law("third_party")

    def _supplement(self) -> str:
        """What forbids the supplement, after what is wrong with the reason that was typed."""
        text = self._law("supplement")
        return text if self.line.legal_reason == self.line.supplement_reason else f"{self._unfit()}. {text}"

    def _unfit(self) -> str:
        """Why the reason that was typed cannot be true."""
        reason = self.line.supplement_reason
        named = self.texts.word("supplement_reason")(reason)
        return f"le motif « {named} » ne tient pas, {self.texts.reasons[self.texts.words['supplement_reason'][reason]]}"

    def _or_reason(self) -> str:
        """What else than taking it away may be done: give a legal reason, where the row of the law takes one."""
        if self.texts.tables.supplement_reasons[self.line.supplement_row] != 1 << codes.SUPPLEMENT_REASON_NONE:
            return ""
        if self.line.legal_reason != self.line.supplement_reason:
            return ", ou choisissez le motif légal (supplement_reason) qui vaut ce jour-là"
        return ", ou indiquez son motif légal (supplement_reason) s'il y en a un"

    def _quota(self) -> str:
        return self._law("quota")

    def _prices(self) -> str:
        return self._known(codes.ROW_KIND_FEE, "il en a un")

    def _no_price(self) -> str:
        """What to do where there is no price: import a list, unless the code does not exist on that day."""
        life = self.texts.lives.get(self._code())
        dead = not_alive((life[0], life[1]), self.line.day) if life else ""
        return dead or f"{ASK}, ou corrigez la date."

    def _reimbursements(self) -> str:
        """Why there is none: none on that day, or only for other patients."""
        tables, act, day = self.texts.tables, self.line.act, self.line.day
        for row in range(tables.row_first[act], tables.row_last[act]):
            known = tables.row_kind[row] == codes.ROW_KIND_REIMBURSEMENT
            if known and tables.row_from[row] <= day <= tables.row_to[row]:
                return OTHER_PATIENTS
        return f"{self._known(codes.ROW_KIND_REIMBURSEMENT, 'il en a un')}. {ASK}."

    def _known(self, kind: int, words: str) -> str:
        """The days for which the tables know an amount of the act, joined where they follow each other."""
        tables, act = self.texts.tables, self.line.act
        rows = range(tables.row_first[act], tables.row_last[act])
        found = sorted({(tables.row_from[row], tables.row_to[row]) for row in rows if tables.row_kind[row] == kind})
        return f" ; {words} {_periods(found)}" if found else ", ni aucun autre jour"

    def _parameter(self) -> str:
        return str(self.texts.parameters[self.texts.tables.parameter_first[self.line.unknown_parameter - 1]]["name"])

    def _known_figure(self) -> str:
        tables, number = self.texts.tables, self.line.unknown_parameter - 1
        rows = range(tables.parameter_first[number], tables.parameter_last[number])
        return " ; connue " + _periods([(tables.parameter_from[row], tables.parameter_to[row]) for row in rows])

    def _doubt(self) -> str:
        """Why what prices the line is doubtful: the note of a figure, the source of a row."""
        line, tables = self.line, self.texts.tables
        found = (
            [self.texts.parameters[line.doubtful_parameter - 1]["note"].rstrip(".")] if line.doubtful_parameter else []
        )
        rows = [row for row in (line.fee_row, line.reimbursement_row) if row >= 0 and tables.row_doubtful[row]]
        found += [self._of_row(row) for row in rows]
        bits = enumerate(self.texts.words["doubt"])
        found += [self.texts.doubts[word] for at, word in bits if line.doubts >> at & 1]
        return " ; ".join(dict.fromkeys(found))

    def _of_row(self, row: int) -> str:
        note = self.texts.notes[self.texts.tables.row_note[row]]
        told = f"le montant vient de « {self.texts.sources[self.texts.tables.row_source[row]]} », à vérifier"
        return f"{told} ({note})" if note else told


def _periods(found: list[tuple[int, int]]) -> str:
    """Periods as a reader says them, those that follow each other as one.

    >>> _periods([(0, 9), (10, 19), (30, 39)])
    'du 01/01/1970 au 20/01/1970, du 31/01/1970 au 09/02/1970'
    """
    joined: list[list[int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return ", ".join(
        f"du {french(start)} " + ("à aujourd'hui" if end >= OPEN else f"au {french(end)}") for start, end in joined
    )
