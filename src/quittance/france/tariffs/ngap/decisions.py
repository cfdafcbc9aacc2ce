"""The decisions that turn a publication into prices, read from the law files: mapping, changes, fixes, acts.

A history row says "physio, AMK/AMS/AMC" or "GP, maj N (20-24h)"; `law/ngap_mapping.csv` says, row by row, which
codes, specialities and conventions that means. `law/ngap_changes.csv` adds what the texts give and the
publication does not hold; `law/ngap_table_fixes.csv` says what becomes of its faulty rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quittance.france import law
from quittance.france.tariffs.ngap.publication import (
    PUBLISHED_ZONES,
    a_code,
    a_day,
    cents,
)
from quittance.france.tariffs.ngap.rows import (
    ALL_OPTIONS,
    ALL_SECTORS,
    ALL_ZONES,
    NO_AGE,
    OPTIONS,
    SECTORS,
    ZONES,
    Price,
    mask,
    specialty_mask,
)
from quittance.france.tariffs.ngap.table import Act, TariffError, read_rows
from quittance.kernel.dated import OPEN

COMPLEMENTS = ("night", "deep_night", "sunday")
KINDS = frozenset({"price", "none", *COMPLEMENTS})
LAW = Path(law.__file__).parent


@dataclass(frozen=True, slots=True)
class Decision:
    """One layer over the table: a price, or a complement of other prices, for a pattern of codes.

    `pattern.code` is empty and `codes` holds the codes ("*" = all, "-INJ" = not this one); `like` is the code whose
    bounds, agreement and complements a price takes from the table when its own is not there.
    """

    kind: str
    codes: tuple[str, ...]
    pattern: Price
    like: str
    coefficients: tuple[int, int] | None

    def covers(self, code: str) -> bool:
        """Whether the decision is about `code`."""
        return f"-{code}" not in self.codes and ("*" in self.codes or code in self.codes)


def acts(hosts: dict[str, tuple[str, ...]]) -> dict[str, Act]:
    """The acts of law/ngap_acts.csv with the hosts a publication gives."""
    return {
        row["code"]: Act(row["code"], row["label"], frozenset(row["flags"].split()), hosts.get(row["code"], ()))
        for row in read_rows(LAW / "ngap_acts.csv")
    }


def always_agreed() -> frozenset[str]:
    """The codes that need prior agreement whatever the act.

    The table marks a key letter as soon as one of its acts may need it; only the act's own text tells which, so that
    a mark on a letter (AMI, AMK, AMO …) says nothing of the bill at hand.
    """
    return frozenset(row["code"] for row in read_rows(LAW / "ngap_acts.csv") if row["agreement"] == "always")


def fixes() -> dict[str, dict[str, str]]:
    """What becomes of faulty rows of the table, by their number."""
    return {row["id"]: row for row in read_rows(LAW / "ngap_table_fixes.csv")}


def specialties(where: str, text: str) -> int:
    """The mask of a list of groups and codes; one after a `-` is taken away.

    >>> from quittance.france.tariffs.ngap.rows import specialty_codes
    >>> specialty_codes(specialties("exemple", "general -22"))
    ['01', '23']
    """
    found: set[str] = set()
    for word in text.split():
        name = word.removeprefix("-")
        codes = law.groups().get(name) or ({name} if name in law.specialties() else None)
        if codes is None:
            raise TariffError(f"{where} : « {name} » n'est ni un groupe ni une spécialité de specialties.yaml.")
        found = found - codes if word.startswith("-") else found | codes
    return specialty_mask(found)


def history(rows: list[dict[str, str]], verified: dict[str, int]) -> tuple[list[Decision], list[str]]:
    """The decisions of the price history, and its rows that the mapping leaves out, each with its reason."""
    mapping: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for line in read_rows(LAW / "ngap_mapping.csv"):
        mapping.setdefault((line["profession"], line["code"], line["zone"], line["from"]), []).append(line)
    found: list[Decision] = []
    left_out: list[str] = []
    for row in rows:
        where = f"Historique, {row['profession']} {row['code']} {row['zone']} {row['from']}"
        lines = mapping.get((row["profession"], row["code"], row["zone"], row["from"]))
        if not lines:
            raise TariffError(f"{where} : ligne absente de law/ngap_mapping.csv ; décidez de ses codes et spécialités.")
        for line in lines:
            if line["kind"] == "none":
                left_out.append(f"{where} : {line['note']}")
            else:
                found.append(_from_history(where, row, line, verified))
    return found, left_out


def _from_history(where: str, row: dict[str, str], line: dict[str, str], verified: dict[str, int]) -> Decision:
    zones = PUBLISHED_ZONES.get(row["zone"])
    if zones is None:
        raise TariffError(f"{where} : zone inconnue ; zones connues : {', '.join(PUBLISHED_ZONES)}.")
    merged = {
        **line,
        "zones": " ".join(ZONES if line["kind"] in COMPLEMENTS and row["zone"] == "metro" else zones),
        "from": row["from"],
        "to": line["to"] or row["to"],
        "cents": row["price_eur"],
        "coefficient_min": "",
        "coefficient_max": "",
    }
    return _decision(where, merged, verified, euros=True)


def changes(verified: dict[str, int]) -> tuple[list[Decision], dict[str, int]]:
    """The decisions of law/ngap_changes.csv, and the last day of the codes that the texts have ended."""
    found: list[Decision] = []
    ends: dict[str, int] = {}
    for at, row in enumerate(read_rows(LAW / "ngap_changes.csv"), 2):
        where = f"ngap_changes.csv, ligne {at}"
        if row["kind"] == "end":
            ends.update(dict.fromkeys(row["codes"].split(), a_day(row["to"])))
        else:
            found.append(_decision(where, row, verified, euros=False))
    return found, ends


def _decision(where: str, row: dict[str, str], verified: dict[str, int], *, euros: bool) -> Decision:
    if row["kind"] not in KINDS:
        raise TariffError(f"{where} : nature « {row['kind']} » inconnue ; attendu {', '.join(sorted(KINDS))}.")
    if row["source"] not in verified:
        raise TariffError(f"{where} : source « {row['source']} » absente de sources.csv ; ajoutez-la.")
    try:
        from_day = a_day(row["from"])
        to_day = a_day(row["to"]) if row["to"] else OPEN
        until = a_day(row["verified_until"]) if row["verified_until"] else max(verified[row["source"]], from_day)
        pattern = Price(
            code="",
            zones=mask(row["zones"].split(), ZONES) or ALL_ZONES,
            specialties=specialties(where, row["specialties"]),
            sectors=mask(row["sectors"].split(), SECTORS) or ALL_SECTORS,
            options=mask(row["options"].split(), OPTIONS) or ALL_OPTIONS,
            from_day=from_day,
            to_day=to_day,
            cents=cents(row["cents"]) if euros else int(row["cents"]),
            age_from_months=int(row["age_from_months"] or 0),
            age_to_months=int(row["age_to_months"] or NO_AGE),
            source=row["source"],
            verified_until=until if to_day == OPEN else max(until, to_day),
            doubtful=row["doubtful"] == "1",
            note=row["note"],
        )
        low, high = row["coefficient_min"], row["coefficient_max"]
        bounds = (int(low), int(high)) if low and high else None
        codes = tuple(row["codes"].split())
        for code in codes:
            if code != "*":
                a_code(code.removeprefix("-"))
    except (KeyError, ValueError, OverflowError) as error:
        raise TariffError(f"{where} : cellule illisible ({error}) ; corrigez-la.") from error
    if to_day < from_day:
        raise TariffError(f"{where} : la période finit avant de commencer.")
    return Decision(row["kind"], codes, pattern, row["like"], bounds)
