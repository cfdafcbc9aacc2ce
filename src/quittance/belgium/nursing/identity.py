"""The identity check of a visit (reading, media, reasons): what is missing or does not go together.

>>> from quittance.belgium.nursing.model import Identity
>>> [one.code for one in check(Identity("1", "7", day=20454, minute=540), 20454)]
['identity.chip', 'identity.vignette']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.model import Identity, Message
from quittance.belgium.nursing.texts import message, shown
from quittance.kernel.dated import day_number

CHIP, MANUAL, ITSME = "1", "4", "A"
VIGNETTE, LOST = "7", "9"
NO_REASON, DEFERRED, UNKNOWN, ABSENT = "0", "3", "6", "1"


def check(one: Identity, day: int, chosen: Mapping[str, int] | None = None) -> list[Message]:
    """Everything that is wrong with a check on the day of a visit, or should be known of it."""
    book = law.Book(day, chosen or {})
    media = _media(one, day)
    if media is None or one.reading not in law.identity("readings"):
        return [message("identity.reading", reading=one.reading, media=one.media, day=shown(day))]
    return [*_together(one, media, book), *_reasons(one, book), *_record(one, media, book)]


def _media(one: Identity, day: int) -> dict[str, Any] | None:
    """The media, where it may be used on the day."""
    found: dict[str, Any] | None = law.identity("media").get(one.media)
    if found is None or ("last" in found and day > day_number(found["last"])):
        return None
    return found


def _together(one: Identity, media: dict[str, Any], book: law.Book) -> Iterator[Message]:
    if (one.reading == ITSME) is not (one.media == ITSME):
        yield message("identity.itsme", book.read("identity_needed"))
    if one.reading == CHIP and one.media != ITSME and not media.get("chip"):
        yield message("identity.chip", book.read("identity_needed"), label=media["label"])
    if one.media == LOST and one.reading != MANUAL and book.number("identity_lost_manual"):
        reading = law.identity("readings")[one.reading]
        yield message("identity.lost", book.read("identity_lost_manual"), reading=reading)


def _reasons(one: Identity, book: law.Book) -> Iterator[Message]:
    for name, reason, needed in (
        ("manual", one.manual, one.reading == MANUAL),
        ("vignette", one.vignette, one.media == VIGNETTE),
    ):
        known = law.identity(name)
        if reason not in known or needed is (reason == NO_REASON):
            said = known.get(reason, reason)
            yield message(f"identity.{name}", book.read("identity_codes"), reason=said)
        elif name == "manual" and reason == UNKNOWN:
            yield message("identity.six", book.read("identity_codes"))
        elif reason != NO_REASON:
            yield message("identity.inferred", book.read("identity_codes"), reason=known[reason])


def _record(one: Identity, media: dict[str, Any], book: law.Book) -> Iterator[Message]:
    if media.get("serial", True) and not one.serial and book.number("identity_serial"):
        yield message("identity.serial", book.read("identity_serial"))
    deferred = one.reading == MANUAL and one.manual == DEFERRED
    if (one.day is None or one.minute is None) and not deferred:
        yield message("identity.hour", book.read("identity_no_hour"))
    if one.day is not None and one.day != book.day:
        told = {"read": shown(one.day), "day": shown(book.day)}
        yield message("identity.day", book.read("identity_needed"), **told)


def absent(one: Identity) -> bool:
    """Whether the check says that the patient was absent."""
    return one.media == VIGNETTE and one.vignette == ABSENT


def direct(one: Identity) -> bool:
    """Whether the reading counts among those by chip, ISI+ card or itsme."""
    media = law.identity("media").get(one.media, {})
    return one.reading == CHIP or one.reading == ITSME or (bool(media.get("direct")) and one.reading != MANUAL)


def share(readings: Sequence[tuple[Identity, int]], day: int) -> Message | None:
    """A warning where too few of the month's readings are direct; each comes with how often it was made.

    >>> share([(Identity("1", "1"), 9), (Identity("4", "1", manual="2"), 1)], 20454) is None
    True
    >>> share([(Identity("1", "1"), 8), (Identity("4", "1", manual="2"), 2)], 20454).what
    '80 % des lectures du mois sont directes (8 sur 10).'
    """
    book = law.Book(day)
    least, count = book.number("identity_direct_bp"), sum(many for _one, many in readings)
    found = sum(many for one, many in readings if direct(one))
    if found * 10_000 >= least * count:
        return None
    told = {"share": found * 100 // count, "direct": found, "count": count, "limit": least // 100}
    return message("identity.share", book.read("identity_direct_bp"), **told)
