"""Printed forms of France: the bill that the patient takes away (facture d'honoraires)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quittance.billing.documents import Page, Receipt, compiled, page_of
from quittance.billing.services.substitution import substitute_numbers
from quittance.kernel.money import parse_cents
from quittance.web.templatetags.quittance import amount

TEMPLATE = Path(__file__).parent / "receipt.typ"
BILLING_NUMBER = "N° AM"
SYSTEMS = {"rpps": "RPPS", "adeli": "ADELI", "finess": "FINESS", "am": BILLING_NUMBER, "siret": "SIRET"}
ALWAYS = (
    "TVA non applicable : soins exonérés (article 261, 4, 1° du code général des impôts).",
    "Cette facture ne remplace pas la feuille de soins, seule prise en compte pour un remboursement.",
)


def receipt(data: Receipt) -> bytes:
    """Print the bill of care with its payments, one A4 page for a usual bill."""
    return compiled(TEMPLATE, french_page(data))


def french_page(data: Receipt) -> Page:
    """Write the texts: those of every country, then what France says in its own words."""
    page = page_of(data) | {"lang": "fr", "title": "Facture", "number-word": "N°", "stamp": stamp(data)}
    page["from"]["identifiers"] = identifiers(data)
    page["to"]["lines"] += insurance(data)
    page["columns"] = ["Date", "Code", "Acte", "Base", "Honoraires", "Part AMO", "Part AMC", "Patient"]
    output = data.snapshot["output"]
    for row, act in zip(page["rows"], output["acts"], strict=True):
        row.insert(3, amount(parse_cents(act["base"])))
    page["totals"].insert(0, amount(parse_cents(output["totals"]["base"])))
    told = [one["text"] for one in output["messages"] if one["code"] == "info.contribution"]
    page["mentions"] = [*told, *ALWAYS]
    return page


def stamp(data: Receipt) -> str:
    """Say in one word what the paper is worth: paid, a second print, cancelled."""
    if data.cancelled:
        return "Annulée"
    words = ["Duplicata"] if data.duplicate else []
    if data.balance.is_settled and data.balance.paid_cents:
        words.append("Acquittée")
    return " · ".join(words)


def word_of(system: str) -> str:
    """Name a number as it is printed.

    >>> word_of("fr.rpps"), word_of("autre")
    ('RPPS', 'autre')
    """
    return SYSTEMS.get(system.lower().removeprefix("fr."), system)


def identifiers(data: Receipt) -> list[list[str]]:
    """List the numbers of the professional, that of billing (numéro d'assurance maladie) first."""
    found = [[BILLING_NUMBER, data.snapshot["issuer"]["number"]]]
    for one in data.snapshot["professional"]["identifiers"]:
        pair = [word_of(one["system"]), one["value"]]
        if pair not in found:
            found.append(pair)
    others = substitute_numbers(data.snapshot)
    return found + [[f"{word_of(system)} du remplaçant", value] for system, value in others]


def insurance(data: Receipt) -> list[str]:
    """Say under which number and with which insurers the patient is covered."""
    printed: dict[str, Any] = data.snapshot.get("printed", {})
    names = {payer["role"]: payer["name"] for payer in data.snapshot["payers"]}
    said = (
        ("N° de sécurité sociale", printed.get("nir")),
        ("Assuré", printed.get("insured")),
        ("Caisse", names.get("amo") or printed.get("fund")),
        ("Complémentaire", names.get("amc")),
    )
    return [f"{word} : {value}" for word, value in said if value]
