"""Who prescribed, as his INAMI number tells: the law lets a general practitioner prescribe less than a specialist."""

from __future__ import annotations

from functools import lru_cache

from quittance.belgium.law import speech as law
from quittance.belgium.numbers import NumberError, inami


@lru_cache(maxsize=4096)
def kind_of(number: str) -> str:
    """What an INAMI number tells of a prescriber: « general_practitioner », « specialist », or empty.

    It tells nothing where it is not one, has no competence or one that no list at hand explains, or is no doctor's.
    Source: `numbers/competence_codes.csv`, read with the codes of `law/speech.yaml`.

    >>> kind_of("1-07651-19-003"), kind_of("10765119690"), kind_of("10765119"), kind_of("no number")
    ('general_practitioner', 'specialist', '', '')
    """
    try:
        known = inami.check(number).value
    except NumberError:
        return ""
    if not inami.competence(known):
        return ""
    found = law.prescribers().items()
    return next((kind for kind, (first, low, high) in found if known[0] == first and low <= known[8:] <= high), "")
