"""What the tables know of a code (`quittance tariffs --country BE show CODE`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quittance.belgium.law.life import lives, not_alive
from quittance.belgium.tariffs.errors import IMPORT, UnknownCodeError
from quittance.belgium.tariffs.rows import AMOUNTS, CONDITIONS, FEE, NO_AGE, Act, Row, is_code, names
from quittance.belgium.tariffs.store import Tables, iso, shipped
from quittance.kernel.dated import day_number

_WORDS = {
    "preferential": "régime préférentiel",
    "non_conventioned": "prestataire non conventionné",
    "gmd": "dossier médical global",
    "chronic": "malade chronique",
    "palliative": "patient palliatif",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An act, the rows that answer the question, and all the days on which it has a fee."""

    act: Act
    rows: tuple[Row, ...]
    known: tuple[tuple[int, int], ...]
    dead: str = ""
    """Why the code has no price on the day whatever is imported: abolished, or not born yet."""

    def text(self) -> str:
        """In French, for a person: one line an amount."""
        head = f"{self.act.code} — {self.act.label}"
        pair = [f"  pendant : {self.act.pair}"] if self.act.pair else []
        if self.rows:
            return "\n".join([head, *pair, *map(_line, self.rows)])
        spans = ", ".join(f"du {iso(first)} au {iso(last)}" for first, last in self.known)
        said = f"prix connus {spans}" if spans else "aucun prix connu"
        todo = self.dead or f"Importez la publication qui vaut ce jour-là : {IMPORT}"
        return "\n".join([head, *pair, f"  pas de prix ce jour-là ; {said}. {todo}"])


def show(code: str, on: date | None = None, tables: Tables | None = None) -> Shown:
    """What is known of a code, on a day or ever. Raises `UnknownCodeError`.

    >>> [row.cents for row in show("711314", date(2026, 5, 4)).rows]
    [3837, 3287, 3637, 2466]
    """
    known = tables or shipped()
    act = known.acts.get(code)
    if act is None:
        why = "inconnu des tables" if is_code(code) else "faux : six chiffres, le dernier contrôle les autres"
        raise UnknownCodeError(f"Le code « {code[:20]} » est {why} ; cherchez-le par « tariffs search ».")
    rows = [row for row in known.rows if row.code == code]
    day = day_number(on) if on else None
    held = tuple(row for row in rows if day is None or row.from_day <= day <= row.to_day)
    fees = tuple((row.from_day, row.to_day) for row in rows if row.kind == FEE)
    life = lives().get(code) if day is not None else None
    return Shown(act, held, fees, not_alive(life, day) if life and day is not None else "")


def _line(row: Row) -> str:
    euros, rest = divmod(row.cents, 100)
    what = "honoraires" if AMOUNTS[row.kind] == "fee" else "remboursement"
    limits = [
        *(_WORDS[name] for name in names(row.requires, CONDITIONS)),
        *(f"sans : {_WORDS[name]}" for name in names(row.forbids, CONDITIONS)),
        *([f"dès {row.age_from} mois"] if row.age_from else []),
        *([f"avant {row.age_to} mois"] if row.age_to != NO_AGE else []),
    ]
    said = f" ({' ; '.join(limits)})" if limits else ""
    mark = ", douteux" if row.doubtful else ""
    note = f", {row.note}" if row.note else ""
    until = f"au {iso(row.to_day)}" if iso(row.to_day) else "sans fin"
    return f"  du {iso(row.from_day)} {until} : {what} {euros},{rest:02} €{said} [{row.source}{mark}{note}]"
