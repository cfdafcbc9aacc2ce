"""From the bytes of a publication to its records: a folder, a ZIP, a text table, an XML table or page."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from quittance.belgium.tariffs.errors import NomenSoftError

LARGEST = 1_000_000_000
"""Bytes of a publication once open; the whole nomenclature with its history is far below."""
DEEPEST = 50
_SUFFIXES = {".txt", ".xml", ".csv", ".zip"}
_NAMES = {"feecode": "fee_code", "amount": "fee"}
"""Other names of the same fields, seen in other extracts."""

Record = dict[str, str]


@dataclass(slots=True)
class Publication:
    """The records of a publication: codes with their labels and letters, kinds of fees, dated fees."""

    codes: list[Record] = field(default_factory=list)
    kinds: list[Record] = field(default_factory=list)
    fees: list[Record] = field(default_factory=list)

    def add(self, record: Record) -> None:
        """Put a record where its fields say it belongs; one of another table is left."""
        if {"nomen_code", "dbegin_fee", "dend_fee", "fee"} <= record.keys():
            self.fees.append(record)
        elif "nomen_code" in record and ("key_letter1" in record or "ambhos_pat_cat" in record):
            self.codes.append(record)
        elif {"fee_code", "fee_code_cat", "fee_code_desc_fr"} <= record.keys() and "nomen_code" not in record:
            self.kinds.append(record)


def read(path: Path) -> Publication:
    """All records under a path. Raises `NomenSoftError` for whatever is not a publication of prices."""
    found = Publication()
    for name, content in _files(path):
        for record in _records(name, content):
            found.add(record)
    if not found.fees:
        raise NomenSoftError(
            f"{path.name} : aucune ligne d'honoraires (nomen_code, dbegin_fee, dend_fee, fee) ; donnez le dossier "
            "ou le ZIP des tables NOMEN_SUMMARY_EXT, NOMEN_FEECODES et NOMEN_CODE_FEE_LIM, ou la page XML d'un code."
        )
    return found


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if path.is_dir():
            for one in sorted(path.iterdir()):
                if one.suffix.lower() in _SUFFIXES and one.is_file():
                    yield from _opened(one.name, one.read_bytes())
        else:
            yield from _opened(path.name, path.read_bytes())
    except (OSError, ValueError) as error:
        raise NomenSoftError(f"{path.name} : fichier illisible ({error}) ; vérifiez le chemin.") from error


def _opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if content[:2] != b"PK":
        yield name, content
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [
                one for one in archive.infolist() if Path(one.filename).suffix.lower() in {".txt", ".xml", ".csv"}
            ]
            if sum(one.file_size for one in entries) > LARGEST:
                raise NomenSoftError(f"{name} : trop grand une fois ouvert ; donnez les tables seules.")
            inside = [(one.filename, archive.read(one)) for one in entries]
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, OSError) as error:
        raise NomenSoftError(f"{name} : ZIP illisible ({error}) ; téléchargez-le de nouveau.") from error
    yield from inside


def _records(name: str, content: bytes) -> Iterable[Record]:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"<" or content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _from_xml(name, content)
    return _from_text(name, content)


def _from_text(name: str, content: bytes) -> Iterator[Record]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise NomenSoftError(f"{name} : ni UTF-8 ni Windows-1252 ({error}) ; téléchargez-le de nouveau.") from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="|", quoting=csv.QUOTE_NONE)
    try:
        header = [_named(cell) for cell in next(reader, [])]
        if len(header) < 2 or len(set(header)) < len(header):
            raise NomenSoftError(f"{name} : la première ligne ne nomme pas des colonnes séparées par « | ».")
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise NomenSoftError(
                    f"{name}, ligne {reader.line_num} : {len(cells)} cellules pour {len(header)} colonnes."
                )
            yield {key: _cell(cell) for key, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        raise NomenSoftError(f"{name}, ligne {reader.line_num} : table illisible ({error}).") from error


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:-1].strip() if len(text) > 1 and text[0] == text[-1] == '"' else text


def _named(text: str) -> str:
    name = _cell(text).lower()
    return _NAMES.get(name, name)


def _from_xml(name: str, content: bytes) -> list[Record]:
    for encoding in (None, "windows-1252"):
        reader = _XmlReader(name, encoding)
        try:
            return reader.read(content)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if encoding or not _badly_encoded(error):
                raise NomenSoftError(f"{name} : XML illisible ({error}) ; téléchargez-le de nouveau.") from error
    raise AssertionError


def _badly_encoded(error: Exception) -> bool:
    """Tables that declare no encoding are in Windows-1252."""
    return getattr(error, "code", None) == expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]


class _XmlReader:
    """Every element with a child that holds text is a record; it also knows the texts of the elements around it."""

    def __init__(self, name: str, encoding: str | None) -> None:
        self.name = name
        self.records: list[Record] = []
        self._open: list[Record] = []
        self._text: list[str] = []
        self._leaf = False
        self._parser = expat.ParserCreate(encoding)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, content: bytes) -> list[Record]:
        """The records, in the order of their ends."""
        self._parser.Parse(content, True)
        return self.records

    def _refuse(self, *_: object) -> None:
        raise NomenSoftError(f"{self.name} : un DOCTYPE n'a pas sa place dans une publication NomenSoft.")

    def _start(self, *_: object) -> None:
        if len(self._open) == DEEPEST:
            raise NomenSoftError(f"{self.name} : trop d'éléments l'un dans l'autre pour une publication NomenSoft.")
        self._open.append({})
        self._text.clear()
        self._leaf = True

    def _end(self, tag: str) -> None:
        own = self._open.pop()
        if self._leaf:
            if self._open:
                self._open[-1][_named(tag.rpartition(":")[2])] = "".join(self._text).strip()
        elif own:
            around: Record = {}
            for outer in self._open:
                around |= outer
            self.records.append(around | own)
        self._text.clear()
        self._leaf = False
