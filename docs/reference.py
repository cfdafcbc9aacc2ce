"""Writes `docs/reference.md` from the rules, the law files and the price lists themselves: run it after a change.

`.venv/bin/python docs/reference.py` writes the page; `--check` fails where it is not up to date.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import quittance.belgium.pricing.bill
import quittance.france.pricing.bill  # noqa: F401 - registers the rules
from quittance.belgium.law import _read as belgian
from quittance.belgium.law import figures
from quittance.france.law import _read as french
from quittance.france.law import formulas, parameters, rates
from quittance.kernel.rule import RULES

TARGET = Path(__file__).parent / "reference.md"
HEAD = """# Règles, messages et paramètres

Cette page est écrite par `docs/reference.py` à partir du produit lui-même : ne la modifiez pas à la main.
Chaque montant d'une facture est le résultat de ces règles, dans cet ordre de chapitres ; « Pourquoi ce montant ? »
et `quittance explain` montrent celles qui ont servi, avec leurs chiffres.
"""
LISTS = {
    "table": "la liste de prix",
    "parameter": "le paramètre",
    "third_party": "la ligne de droit",
    "supplement": "la ligne de droit",
    "quota": "la ligne de droit",
}


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _rules(country: str, labels: Mapping[str, Any]) -> list[str]:
    lines = ["", "### Règles", "", "| règle | ce qu'elle calcule | ce qu'elle lit | source |", "|---|---|---|---|"]
    for identifier, rule in sorted(RULES.items()):
        if identifier.startswith(f"{country}."):
            reads = ", ".join(labels["fields"][name.removeprefix("bill.")] for name in rule.reads)
            doc = _cell(inspect.getdoc(rule.raw) or "")
            source = LISTS.get(rule.source, rule.source)
            label = labels["rules"][identifier]
            lines.append(f"| `{identifier}` | **{label}**. {doc} | {reads} | {_cell(source)} |")
    return lines


def _messages(messages: Mapping[str, Any]) -> list[str]:
    lines = ["", "### Messages", "", "Une erreur bloque la facture ; un avertissement ou une information, non.", ""]
    lines += ["| code | niveau | champ | texte |", "|---|---|---|---|"]
    for code, row in sorted(messages.items()):
        lines.append(f"| `{code}` | {row['level']} | {row['field'] or '—'} | {_cell(row['text'])} |")
    return lines


def _until(day: date | None) -> str:
    return day.isoformat() if day else "en vigueur"


def _parameters(groups: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    lines = ["", "### Paramètres datés", ""]
    lines += ["| paramètre | du | au | valeur | unité | source |", "|---|---|---|---|---|---|"]
    for kind, found in groups:
        for one in found.values():
            for value in one.values:
                doubt = " (douteux)" if value.doubtful else ""
                lines.append(
                    f"| {kind}{_cell(one.label)} | {value.from_day} | {_until(value.to_day)} | {value.value}{doubt} "
                    f"| {one.unit} | {_cell(value.source)} |"
                )
    return lines


def _formulas() -> list[str]:
    lines = ["", "### Formules de la part complémentaire", "", "| formule | sens | paramètres |", "|---|---|---|"]
    for code, one in sorted(formulas().items()):
        lines.append(f"| `{code}` | {_cell(one.label)} | {', '.join(one.needs) or 'aucun'} |")
    return lines


def _permissions() -> list[str]:
    labels = belgian.load("labels.yaml")["words"]
    said = {"allowed": "autorisé", "obligatory": "obligatoire", "forbidden": "interdit"}
    lines: list[str] = []
    for title, rows in (("Tiers payant", figures.third_party()), ("Suppléments", figures.supplements())):
        lines += [
            "",
            f"### {title}",
            "",
            "| du | au | règle | professions | texte | source |",
            "|---|---|---|---|---|---|",
        ]
        for row in rows:
            who = ", ".join(labels["profession"][one] for one in row.professions)
            doubt = " (douteux)" if row.doubtful else ""
            lines.append(
                f"| {row.from_day} | {_until(row.to_day)} | {said[row.verdict]}{doubt} | {who} | {_cell(row.text)} "
                f"| {_cell(row.source)} |"
            )
    lines += ["", "### Limites", "", "| du | au | période | au plus | texte | source |", "|---|---|---|---|---|---|"]
    periods = {"day": "jour", "month": "mois", "year": "année civile"}
    for one in figures.quotas():
        doubt = " (douteux)" if one.doubtful else ""
        lines.append(
            f"| {one.from_day} | {_until(one.to_day)} | {periods[one.period]} | {one.most}{doubt} | {_cell(one.text)} "
            f"| {_cell(one.source)} |"
        )
    return lines


def page() -> str:
    """The whole page."""
    lines = ["## France"]
    lines += _rules("france", french.load("labels.yaml")) + _messages(french.load("messages.yaml"))
    lines += _parameters([("", parameters()), ("taux : ", rates())]) + _formulas()
    lines += ["", "## Belgique"]
    lines += _rules("belgium", belgian.load("labels.yaml")) + _messages(belgian.load("messages.yaml"))
    lines += _parameters([("", figures.parameters())]) + _permissions()
    return HEAD + "\n" + "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or tell whether it is up to date."""
    if "--check" in arguments:
        return 0 if TARGET.read_text(encoding="utf-8") == page() else 1
    TARGET.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
