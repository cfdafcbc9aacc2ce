"""Bank accounts: IBAN and BIC checked, the BIC found by the IBAN. Only `ValidationError` is ever raised."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

IBAN_FORM = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}", re.ASCII)
BIC_FORM = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", re.ASCII)
NO_IBAN = _("“%(typed)s” is no IBAN: two letters, two digits, then the account. Copy it from a bank statement.")
WRONG_IBAN = _("The check digits or the length of “%(typed)s” are not those of an IBAN. Copy it from a bank statement.")
NO_BIC = _("“%(typed)s” is no BIC: 8 or 11 characters, as GEBABEBB. Copy it from a bank statement, or leave it empty.")


def _compact(typed: str) -> str:
    return "".join(typed.replace("-", "").replace(".", "").split()).upper()


def _refuse(text: object, typed: str) -> ValidationError:
    return ValidationError(str(text) % {"typed": typed.strip()[:40]})


def check_iban(typed: str) -> str:
    """Give an account number without spaces.

    >>> check_iban("be71 0961 2345 6769")
    'BE71096123456769'
    """
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    compact = _compact(typed)
    if not IBAN_FORM.fullmatch(compact):
        raise _refuse(NO_IBAN, typed)
    try:
        IBAN(compact)
    except SchwiftyException:
        raise _refuse(WRONG_IBAN, typed) from None
    return compact


def check_bic(typed: str) -> str:
    """Give a bank's code in capitals.

    >>> check_bic("gkcc be bb")
    'GKCCBEBB'
    """
    from schwifty import BIC
    from schwifty.exceptions import SchwiftyException

    compact = _compact(typed)
    if not BIC_FORM.fullmatch(compact):
        raise _refuse(NO_BIC, typed)
    try:
        BIC(compact)
    except SchwiftyException:
        raise _refuse(NO_BIC, typed) from None
    return compact


def bic_of(iban: str) -> str:
    """Give the BIC of the bank of a checked account number; empty where the list of banks has it not.

    >>> bic_of("BE71096123456769")
    'GKCCBEBB'
    """
    from schwifty import IBAN

    found = IBAN(iban, allow_invalid=True).bic
    return str(found.compact) if found is not None else ""


def shown(iban: str) -> str:
    """Write an account number in groups of four.

    >>> shown("BE71096123456769")
    'BE71 0961 2345 6769'
    """
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
