"""From when to when a code exists: an abolished code, or one of later, has no price however many lists are imported."""

from __future__ import annotations

from quittance.kernel.dated import OPEN, day_of


def lives() -> dict[str, tuple[int, int]]:
    """First and last day (day numbers) of the codes that the law of speech therapy knows to be born or abolished.

    >>> day_of(lives()["702015"][1]).isoformat(), day_of(lives()["700991"][0]).isoformat()
    ('2024-07-31', '2024-08-01')
    """
    # The file of speech therapy is read by who builds or shows the tables, not at every quote.
    from quittance.belgium.law import speech

    known = {code: (act.first, act.last) for code, act in speech.acts().items()}
    return {code: life for code, life in known.items() if life != (-OPEN, OPEN)}


def not_alive(life: tuple[int, int], day: int) -> str:
    """Why a code has no price on a day, and what to do, in French; empty on a day of its life.

    >>> not_alive((-OPEN, 19935), 19936)
    "Ce code est supprimé depuis le 01/08/2024 : choisissez l'acte qui le remplace, ou corrigez la date."
    >>> not_alive((19936, OPEN), 19935), not_alive((19936, OPEN), 19936)
    ("Ce code n'existe que depuis le 01/08/2024 : choisissez un autre acte, ou corrigez la date.", '')
    """
    first, last = life
    if day > last:
        since = day_of(last + 1)
        return (
            f"Ce code est supprimé depuis le {since:%d/%m/%Y} : choisissez l'acte qui le remplace, ou corrigez la date."
        )
    if day < first:
        return (
            f"Ce code n'existe que depuis le {day_of(first):%d/%m/%Y} : choisissez un autre acte, ou corrigez la date."
        )
    return ""
