"""The frame of the information pages, read from `topics.yaml`: topics, authorities, official pages, cited sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from quittance.belgium.info.model import Authority, Page, Source, Topic
from quittance.belgium.law._read import parsed


@cache
def content() -> dict[str, Any]:
    """The file as it is written."""
    text = resources.files("quittance.belgium.info").joinpath("topics.yaml").read_text(encoding="utf-8")
    return dict(parsed(text))


def is_official(url: str) -> bool:
    """Whether an address is on the site of an authority."""
    host = urlsplit(url).hostname or ""
    return any(host == site or host.endswith(f".{site}") for site in content()["official"])


@cache
def authorities() -> Mapping[str, Authority]:
    """Every authority by its code."""
    return {code: Authority(code, **row) for code, row in content()["authorities"].items()}


@cache
def pages() -> Mapping[str, Page]:
    """Every official page by its code, in the order of the authority's own summary."""
    return {code: _page(code, row) for code, row in content()["pages"].items()}


def _page(code: str, row: Mapping[str, Any]) -> Page:
    also = row.get("also")
    return Page(
        code=code,
        label=row["label"],
        about=row["about"],
        authority=authorities()[row["authority"]],
        url=row.get("url", ""),
        search=row["search"],
        found=row.get("found", ""),
        also=(also["label"], also["url"]) if also else None,
        topic=row.get("topic", ""),
        route=row.get("route", ""),
        summary=row.get("summary", True),
        details=tuple((one["text"], content()["marks"][one["mark"]]["label"]) for one in row.get("details", ())),
        rules=tuple(row.get("rules", ())),
    )


@cache
def topics() -> Mapping[str, Topic]:
    """Every topic by its slug, in the order of the summary."""
    return {slug: _topic(slug, row) for slug, row in content()["topics"].items()}


def _topic(slug: str, row: Mapping[str, Any]) -> Topic:
    return Topic(
        slug=slug,
        label=row["label"],
        about=row["about"],
        icon=row["icon"],
        authority=authorities()[row["authority"]],
        search=row["search"],
        patterns=tuple(row["take"]),
        pages=tuple(pages()[one] for one in row["pages"]),
    )


def fitting(name: str, patterns: Mapping[str, Iterable[str]]) -> str:
    """The key whose longest pattern fits a name; empty where none does."""
    found = [(len(one), key) for key, listed in patterns.items() for one in listed if fnmatchcase(name, one)]
    return max(found)[1] if found else ""


@cache
def topic_of(name: str) -> str:
    """The topic of a rule. LookupError where none takes it."""
    slug = fitting(name, {slug: topic.patterns for slug, topic in topics().items()})
    if not slug:
        raise LookupError(f"belgium/info/topics.yaml: no topic takes the rule {name}; add a pattern under `take`")
    return slug


@cache
def page_of(name: str) -> Page | None:
    """The official page that tells of a rule, by the longest pattern that fits; None where none is known."""
    code = fitting(name, {code: page.rules for code, page in pages().items()})
    return pages()[code] if code else None


def nomensoft(code: str) -> str:
    """The address of a code of the nomenclature on the site of NomenSoft."""
    return str(content()["nomensoft"]).format(code=code)


def group_of(name: str) -> str:
    """The heading of a rule whose law file has none; empty where its topic has none either."""
    return fitting(name, content()["groups"])


def topic_of_step(step: str) -> str:
    """The topic that tells of a step of an explanation, by the longest start of its name that is known; or empty."""
    known = [start for start in content()["steps"] if step.startswith(start)]
    return str(content()["steps"][max(known, key=len)]) if known else ""


def marks() -> Mapping[str, Mapping[str, str]]:
    """The marks of certainty: a word and what it means."""
    found: Mapping[str, Mapping[str, str]] = content()["marks"]
    return found


def cited(title: str) -> Source:
    """A source that a law file cites by its title alone; its mark is `U` while none is written (a test wants one)."""
    row = content()["cited"].get(title, {"mark": "U"})
    return source(title, pages()[row["page"]].url if "page" in row else "", row["mark"])


def remark(title: str, note: str, doubtful: bool) -> tuple[bool, str]:
    """Whether a value is to be verified and why, with what was read since of the source that its law file cites."""
    row = content()["cited"].get(title, {})
    return doubtful or row.get("doubtful", False), " ".join(one for one in (note, row.get("note", "")) if one)


def source(label: str, url: str, mark: str, read_on: Any = None) -> Source:
    """A source, told official where its address is that of a page of an authority, not the home of its site."""
    return Source(label, url, mark, read_on, is_official(url) and bool(urlsplit(url).path.strip("/")))


def word(name: str, **values: object) -> str:
    """A word of the cards, with the values that stand in it."""
    return str(content()["words"][name]).format(**values)


def label(name: str) -> str:
    """The label of a figure whose law file has none; its name while none is written (a test wants one)."""
    return str(content()["labels"].get(name, name))


def unit(name: str) -> str:
    """The unit of a figure whose law file names none."""
    return str(content()["units"].get(name, "count"))
