"""Reader of the CCAM spreadsheet published by the CNAM, saved as CSV ("CCAM version NN applicable JJ/MM/AAAA").

One act takes several lines: its own (code, label, and often its first activity), the modifiers it admits
between brackets in column A of the next line, further activities and phases, notes, and the complementary
acts allowed with it between parentheses. Chapters stand between the acts; chapter 19.03 gives the values of
the modifiers. The brackets hold the modifiers of the whole act, whichever line they happen to stand on.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from quittance.france.tariffs.ccam.errors import PublishedFormatError
from quittance.kernel.money import AmountError, parse_cents

COLUMNS = 11
NOT_COVERED = "non pris en charge"
_TITLE = re.compile(r"CCAM\s+version\s+(\d{1,4})\D.*?(\d{2})/(\d{2})/(\d{4})", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(r"[A-Z]{4}[0-9]{3}")
_CHAPTER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{2})*")
_GESTURES = re.compile(r"\(\s*[A-Z]{3,4}[0-9]{3}(?:\s*,\s*[A-Z]{3,4}[0-9]{3})*\s*\)")
_LETTER = re.compile(r"[0-9A-Z]")
_EXEMPTION = re.compile(r"[1-7](?:-7)?")
_AS_DATE = re.compile(r"\d{4}-(\d{2})-(\d{2})|(\d{2})/(\d{2})/\d{4}")
_MODIFIER_CHAPTER = "19.03"


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One activity and phase of an act; a price of None is "Non pris en charge"."""

    line: int
    activity: str
    phase: str
    label: str
    optam_cents: int | None
    other_cents: int | None
    conditional: bool
    agreement: bool
    exemption: str
    grouping: str


@dataclass(slots=True)
class PublishedAct:
    """An act as published, with what stands on the lines that follow it."""

    line: int
    code: str
    label: str
    chapter: str
    conditional: bool
    agreement: bool
    rows: list[PublishedRow] = field(default_factory=list)
    modifiers: str = ""
    gestures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PublishedModifier:
    """A value of a modifier in chapter 19.03: cents when `kind` is "eur", basis points when "pct"."""

    letter: str
    label: str
    kind: str
    optam: int
    other: int


@dataclass(slots=True)
class Publication:
    """A whole spreadsheet."""

    version: int
    applicable: date
    acts: list[PublishedAct] = field(default_factory=list)
    chapters: dict[str, str] = field(default_factory=dict)
    chapter_notes: dict[str, list[str]] = field(default_factory=dict)
    modifiers: list[PublishedModifier] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)


def read_published(content: bytes) -> Publication:
    """Read the bytes of a published spreadsheet saved as CSV (UTF-8 or Windows, comma or semicolon).

    Raises `PublishedFormatError` for anything that is not one, naming the line, and nothing else.
    Source: CNAM, « CCAM version 81 applicable 01/01/2026 ».
    """
    rows = list(_lines(_text(content)))
    publication = _title(rows)
    reader = _Reader(publication)
    for line, cells in rows:
        reader.take(line, cells)
    if not publication.acts:
        raise PublishedFormatError(
            "Fichier CCAM sans aucun acte : attendu le tableau complet publié par la CNAM, enregistré en CSV."
        )
    return publication


def _text(content: bytes) -> str:
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise PublishedFormatError(
            "Ce fichier est un classeur Excel : enregistrez sa feuille au format « CSV UTF-8 », puis recommencez."
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PublishedFormatError("Fichier illisible comme texte : enregistrez la feuille au format « CSV UTF-8 ».")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    semicolon = text.count(";", 0, 2000) > text.count(",", 0, 2000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolon else ",")
    line = 1
    try:
        for cells in reader:
            yield line, [cell.replace("\xa0", " ").strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise PublishedFormatError(
            f"Ligne {line} : CSV illisible ({error}). Enregistrez de nouveau la feuille au format « CSV UTF-8 »."
        ) from error


def _title(rows: list[tuple[int, list[str]]]) -> Publication:
    title = " ".join(" ".join(cells) for _, cells in rows[:1])
    found = _TITLE.search(title)
    if found is None:
        raise PublishedFormatError(
            "Ligne 1 : le titre « CCAM version NN applicable JJ/MM/AAAA » est attendu. "
            "Vérifiez que le fichier est bien le tableau de la CCAM publié par la CNAM."
        )
    version, day, month, year = map(int, found.groups())
    try:
        applicable = date(year, month, day)
    except ValueError as error:
        raise PublishedFormatError(
            f"Ligne 1 : la date d'application {day:02}/{month:02}/{year} n'existe pas. Corrigez le titre."
        ) from error
    return Publication(version, applicable)


class _Reader:
    """Walks the lines, knowing the act, chapter or modifier they belong to."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.act: PublishedAct | None = None
        self.chapter = ""
        self.letter = ""
        self.codes: set[str] = set()
        self.headed = False

    def take(self, line: int, cells: list[str]) -> None:
        if not any(cells):
            return
        if not self.headed:
            self._header(line, cells)
            return
        if len(cells) < COLUMNS:
            raise PublishedFormatError(
                f"Ligne {line} : {len(cells)} colonnes au lieu de {COLUMNS}. "
                "Le fichier semble coupé ou abîmé : téléchargez-le de nouveau."
            )
        first = cells[0]
        if self.chapter.startswith(_MODIFIER_CHAPTER) and self._modifier(line, cells):
            return
        if not first:
            self._continuation(line, cells)
        elif first.startswith("["):
            self._brackets(line, first)
            self._continuation(line, cells)
        elif _CODE.fullmatch(first):
            self._act(line, cells)
        elif _CHAPTER.fullmatch(first):
            self._chapter(first, cells[2])
        else:
            raise PublishedFormatError(
                f"Ligne {line} : « {first[:40]} » en colonne A n'est ni un code d'acte, ni un chapitre, ni une liste "
                "de modificateurs. Corrigez la ligne ou téléchargez le fichier de nouveau."
            )

    def _header(self, line: int, cells: list[str]) -> None:
        if cells[0].casefold() == "code":
            wanted = ("texte", "activité", "phase", "tarif", "tarif")
            found = [cell.casefold() for cell in cells[2:7]]
            if len(cells) < COLUMNS or not all(a.startswith(b) for a, b in zip(found, wanted, strict=False)):
                raise PublishedFormatError(
                    f"Ligne {line} : colonnes inattendues ({', '.join(cell[:20] for cell in cells if cell)}). "
                    "Attendu : Code, Texte, Activité, Phase, deux tarifs, Rembt, Accord, Exo TM, Regroupement."
                )
            self.headed = True
        elif line > 20:
            raise PublishedFormatError(
                "Les 20 premières lignes ne portent pas l'en-tête « Code, …, Texte, Activité, Phase ». "
                "Vérifiez que le fichier est bien le tableau de la CCAM publié par la CNAM."
            )

    def _chapter(self, code: str, label: str) -> None:
        code = ".".join(part.zfill(2) for part in code.split("."))
        self.chapter, self.act, self.letter = code, None, ""
        self.publication.chapters[code] = " ".join(label.split())

    def _act(self, line: int, cells: list[str]) -> None:
        code = cells[0]
        if code in self.codes:
            raise PublishedFormatError(
                f"Ligne {line} : l'acte {code} figure deux fois. Supprimez la ligne en trop, puis recommencez."
            )
        self.codes.add(code)
        label = " ".join(cells[2].split())
        self.act = PublishedAct(line, code, label, self.chapter, cells[7] == "RC", cells[8] == "AP")
        self.publication.acts.append(self.act)
        if cells[3]:
            self.act.rows.append(self._row(self.act, line, cells, ""))

    def _continuation(self, line: int, cells: list[str]) -> None:
        text = cells[2]
        if self.act is None:
            if cells[3] or cells[10]:
                raise PublishedFormatError(
                    f"Ligne {line} : un tarif n'est rattaché à aucun acte. La ligne de l'acte manque au-dessus : "
                    "téléchargez le fichier de nouveau."
                )
            if text and self.chapter:
                self.publication.chapter_notes.setdefault(self.chapter, []).append(text)
        elif cells[3]:
            self.act.rows.append(self._row(self.act, line, cells, text))
        elif _GESTURES.fullmatch(text):
            self._gestures(line, text)
        elif text:
            self.act.notes.append(text)

    def _row(self, act: PublishedAct, line: int, cells: list[str], label: str) -> PublishedRow:
        activity, phase, exemption = cells[3], cells[4], exemption_of(cells[9])
        if activity not in {"1", "2", "3", "4", "5"} or phase not in {"0", "1", "2", "3"}:
            raise PublishedFormatError(
                f"Ligne {line} ({act.code}) : activité « {activity[:10]} », phase « {phase[:10]} ». "
                "Attendu une activité de 1 à 5 et une phase de 0 à 3 : corrigez la ligne."
            )
        if exemption and not _EXEMPTION.fullmatch(exemption):
            raise PublishedFormatError(
                f"Ligne {line} ({act.code}) : exonération « {exemption[:10]} ». "
                "Attendu 1 à 5, 7, ou une paire comme 1-7 : corrigez la ligne."
            )
        conditional, agreement = act.conditional or cells[7] == "RC", act.agreement or cells[8] == "AP"
        optam, other = (_price(line, act.code, cell) for cell in cells[5:7])
        return PublishedRow(line, activity, phase, label, optam, other, conditional, agreement, exemption, cells[10])

    def _brackets(self, line: int, text: str) -> None:
        letters = [part.strip() for part in text.strip("[]").split(",") if part.strip()]
        if self.act is None or not text.endswith("]") or not all(_LETTER.fullmatch(one) for one in letters):
            raise PublishedFormatError(
                f"Ligne {line} : liste de modificateurs « {text[:40]} » illisible ou sans acte. "
                "Attendu des lettres ou chiffres entre crochets, comme [F, P, S, U], sous la ligne d'un acte."
            )
        self.act.modifiers = "".join(sorted(set(self.act.modifiers) | set(letters)))

    def _gestures(self, line: int, text: str) -> None:
        assert self.act is not None
        for code in (part.strip() for part in text.strip("() ").split(",")):
            if _CODE.fullmatch(code):
                self.act.gestures.append(code)
            else:
                self.publication.oddities.append(
                    f"ligne {line} ({self.act.code}) : acte complémentaire « {code} » écarté, code mal formé"
                )

    def _modifier(self, line: int, cells: list[str]) -> bool:
        """A line of chapter 19.03; the further values of a letter have an empty column A."""
        valued = bool(cells[5]) and not cells[3]
        if _LETTER.fullmatch(cells[0]) and valued:
            self.letter = cells[0]
        elif cells[0] or not valued or not self.letter:
            return False
        label = " ".join(cells[2].split())
        kind = "pct" if "%" in cells[5] + cells[6] else "eur"
        optam, other = (_value(line, self.letter, kind, cell) for cell in cells[5:7])
        self.publication.modifiers.append(PublishedModifier(self.letter, label, kind, optam, other))
        return True


def exemption_of(text: str) -> str:
    """An exemption code without what spreadsheets make of it: quotes, spaces, "1-7" turned into the 1st of July.

    >>> exemption_of("5 -7"), exemption_of('"2-7'), exemption_of("2021-07-01"), exemption_of("01/07/2021")
    ('5-7', '2-7', '1-7', '1-7')
    """
    text = re.sub(r'[\s"]', "", text)
    found = _AS_DATE.fullmatch(text)
    if found is None:
        return text
    month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
    return f"{int(day)}-{int(month)}"


def _price(line: int, code: str, text: str) -> int | None:
    if text.casefold() == NOT_COVERED:
        return None
    try:
        cents = parse_cents(re.sub(r"\s", "", text))
    except AmountError:
        cents = -1
    if cents < 0:
        raise PublishedFormatError(
            f"Ligne {line} ({code}) : tarif « {text[:30]} » illisible. "
            "Attendu un montant comme 51.84, ou « Non pris en charge » : corrigez la ligne."
        )
    return cents


def _value(line: int, letter: str, kind: str, text: str) -> int:
    """Cents, or basis points; a percentage may also be written as a fraction of one (0.49 for 49 %)."""
    try:
        hundredths = parse_cents(re.sub(r"[\s+%]", "", text))
    except AmountError as error:
        raise PublishedFormatError(
            f"Ligne {line} : valeur « {text[:30]} » du modificateur {letter} illisible. "
            "Attendu un montant (80.00) ou un pourcentage (+30%) : corrigez la ligne."
        ) from error
    return hundredths * 100 if kind == "pct" and "%" not in text else hundredths
