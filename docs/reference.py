"""Writes `docs/reference.md` from the rules, the law files and the price lists themselves: run it after a change.

`.venv/bin/python docs/reference.py` writes the page; `--check` fails where it is not up to date.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import quittance.france.pricing.bill  # noqa: F401 - registers the rules
from quittance.france import law
from quittance.france.law._read import load
from quittance.kernel.rule import RULES

TARGET = Path(__file__).parent / "reference.md"
HEAD = """# Règles, messages et paramètres

Cette page est écrite par `docs/reference.py` à partir du produit lui-même : ne la modifiez pas à la main.
Chaque montant d'une facture est le résultat de ces règles, dans cet ordre de chapitres ; « Pourquoi ce montant ? »
et `quittance explain` montrent celles qui ont servi, avec leurs chiffres.
"""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _rules() -> list[str]:
    labels = load("labels.yaml")
    lines = ["## Règles", "", "| règle | ce qu'elle calcule | ce qu'elle lit | source |", "|---|---|---|---|"]
    for identifier, rule in sorted(RULES.items()):
        if identifier.startswith("france."):
            reads = ", ".join(labels["fields"][name.removeprefix("bill.")] for name in rule.reads)
            doc = _cell(inspect.getdoc(rule.raw) or "")
            source = "la liste de prix" if rule.source == "table" else rule.source
            label = labels["rules"][identifier]
            lines.append(f"| `{identifier}` | **{label}**. {doc} | {reads} | {_cell(source)} |")
    return lines


def _messages() -> list[str]:
    lines = ["", "## Messages", "", "Une erreur bloque la facture ; un avertissement ou une information, non.", ""]
    lines += ["| code | niveau | champ | texte |", "|---|---|---|---|"]
    for code, row in sorted(load("messages.yaml").items()):
        lines.append(f"| `{code}` | {row['level']} | {row['field'] or '—'} | {_cell(row['text'])} |")
    return lines


def _parameters() -> list[str]:
    lines = ["", "## Paramètres datés", ""]
    lines += ["| paramètre | du | au | valeur | unité | source |", "|---|---|---|---|---|---|"]
    for kind, found in (("", law.parameters()), ("taux : ", law.rates())):
        for one in found.values():
            for value in one.values:
                until = value.to_day.isoformat() if value.to_day else "en vigueur"
                doubt = " (douteux)" if value.doubtful else ""
                lines.append(
                    f"| {kind}{_cell(one.label)} | {value.from_day} | {until} | {value.value}{doubt} | {one.unit} "
                    f"| {_cell(value.source)} |"
                )
    return lines


def _formulas() -> list[str]:
    lines = ["", "## Formules de la part complémentaire", "", "| formule | sens | paramètres |", "|---|---|---|"]
    for code, one in sorted(law.formulas().items()):
        lines.append(f"| `{code}` | {_cell(one.label)} | {', '.join(one.needs) or 'aucun'} |")
    return lines


def page() -> str:
    """The whole page."""
    return HEAD + "\n" + "\n".join([*_rules(), *_messages(), *_parameters(), *_formulas()]) + "\n"


def main(arguments: list[str]) -> int:
    """Write the page, or tell whether it is up to date."""
    if "--check" in arguments:
        return 0 if TARGET.read_text(encoding="utf-8") == page() else 1
    TARGET.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
