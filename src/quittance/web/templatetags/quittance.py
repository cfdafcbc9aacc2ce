"""Filters and tags every template has without `load`: amounts, days, the split bar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import formats, timezone

from quittance.people import powers
from quittance.web.country import Place, links_of

register = template.Library()
NARROW = "\u202f"
MINUS = "\u2212"


@register.filter
def amount(cents: int | str | None) -> str:
    """Write cents for a column of amounts.

    >>> amount(123456).replace(NARROW, "_")
    '1_234,56'
    >>> amount(None)
    ''
    """
    if cents is None or cents == "":
        return ""
    whole, rest = divmod(abs(int(cents)), 100)
    sign = MINUS if int(cents) < 0 else ""
    return f"{sign}{whole:,}".replace(",", NARROW) + f",{rest:02d}"


@register.filter
def euros(cents: int | str | None) -> str:
    """Write cents with the sign of the euro.

    >>> euros(-290).replace(NARROW, "_")
    '−2,90_€'
    """
    return f"{amount(cents)}{NARROW}€" if cents is not None and cents != "" else ""


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Write a date as 22/11/2026; an ISO date in text is read first."""
    if not value:
        return ""
    if isinstance(value, str):
        value = date.fromisoformat(value[:10])
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value.strftime("%d/%m/%Y")


@register.filter
def long_day(value: date | datetime | None) -> str:
    """Write a date as 22 novembre 2026."""
    return str(formats.date_format(value, "j F Y")) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """Write an instant as 22/11/2026 14:05, in the time of the installation."""
    return timezone.localtime(value).strftime("%d/%m/%Y %H:%M") if value else ""


@register.filter
def may(acting: Any, power: str) -> bool:
    """Tell whether who works has a power: `{% if acting|may:"bill.write" %}`; nobody has none."""
    return acting is not None and powers.may(acting, power)


@register.filter
def initials(name: Any) -> str:
    """Give two letters for an avatar.

    >>> initials("Baptiste ADRUN")
    'BA'
    """
    words = [word for word in str(name).replace("-", " ").split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


@register.filter
def segments(shares: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Place each positive share on a bar of 1000 units: adds `x` and `width`.

    >>> [(s["x"], s["width"]) for s in segments([{"cents": 70}, {"cents": -5}, {"cents": 30}])]
    [(0, 700), (700, 0), (700, 300)]
    """
    whole = sum(max(share["cents"] or 0, 0) for share in shares)
    placed, before = [], 0
    for share in shares:
        after = before + max(share["cents"] or 0, 0)
        start, end = (1000 * before // whole, 1000 * after // whole) if whole else (0, 0)
        placed.append({**share, "x": start, "width": end - start})
        before = after
    return placed


@register.inclusion_tag("web/links.html", takes_context=True)
def country_links(context: template.Context, place: Place, row: Any) -> dict[str, Any]:
    """Offer the country's own pages of a practice, patient, professional or bill, to whoever may open them."""
    acting = context.get("acting")
    return {"links": links_of(acting, place, row) if acting is not None else ()}


@register.simple_tag(takes_context=True)
def here(context: template.Context, *prefixes: str) -> str:
    """Give `page` when the present address starts with one of the prefixes (for aria-current)."""
    request = context.get("request")
    path = request.path if request else ""
    return "page" if any(prefix and path.startswith(prefix) for prefix in prefixes) else "false"
