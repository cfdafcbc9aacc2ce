"""How a value is written: by its unit, from a day to a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.belgium.info.model import Value
from quittance.web.templatetags.quittance import day, euros

CHOICE = re.compile(r"^(?P<label>.*) : 1 = (?P<one>.*), 0 = (?P<zero>.*)$")
SUFFIXES = (
    (re.compile(r" \(1 = (oui|permis)\)"), "flag"),
    (re.compile(r" \(en points de base\)$"), "bp"),
    (re.compile(r", en centimes$"), "cents"),
    (re.compile(r", en mois$"), "months"),
)


def plain(label: str) -> tuple[str, str]:
    """A label without the unit that stands in it, and that unit; `count` where none does."""
    for pattern, unit in SUFFIXES:
        if pattern.search(label):
            return pattern.sub("", label), unit
    return label, "count"


def choice(label: str, raw: int | None) -> tuple[str, str] | None:
    """The label and the chosen text of a figure that stands for one of two texts; None where it does not."""
    found = CHOICE.match(label)
    return (found["label"], found["one"] if raw else found["zero"]) if found else None


def _share(raw: int) -> str:
    whole, rest = divmod(raw, 100)
    return f"{whole},{rest:02d} %" if rest else f"{whole} %"


UNITS: dict[str, Callable[[int], str]] = {
    "bp": _share,
    "cents": euros,
    "flag": lambda raw: _("yes") if raw else _("no"),
    "days": lambda raw: ngettext("%(count)d day", "%(count)d days", raw) % {"count": raw},
    "months": lambda raw: ngettext("%(count)d month", "%(count)d months", raw) % {"count": raw},
    "years": lambda raw: ngettext("%(count)d year", "%(count)d years", raw) % {"count": raw},
    "units": lambda raw: ngettext("%(count)d session", "%(count)d sessions", raw) % {"count": raw},
    "codes": lambda raw: ngettext("%(count)d code", "%(count)d codes", raw) % {"count": raw},
}


def shown(value: Value) -> str:
    """A value as it is read: a word as it is, a figure in its unit, nothing invented where it is not known."""
    if value.raw is None:
        return _("not known")
    if isinstance(value.raw, str):
        return value.raw
    return UNITS.get(value.unit, str)(value.raw)


def period(value: Value) -> str:
    """The days of a value."""
    first, last = value.first, value.last
    if first and last:
        return _("from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    if first:
        return _("since %(day)s") % {"day": day(first)}
    return _("until %(day)s") % {"day": day(last)} if last else ""


def state(values: tuple[Value, ...], on: date) -> str:
    """Where a day stands among values that have none for it: `after` the last, or `before` the first."""
    return "before" if all(one.first and one.first > on for one in values) else "after"


def searched(texts: Any) -> str:
    """Texts made ready for search: folded, each word after a space."""
    from quittance.belgium.tariffs.search import fold

    return " " + " ".join(" ".join(fold(str(one)).split()) for one in texts if one)
