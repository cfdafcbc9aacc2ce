"""Belgium, as the kernel sees a country: it knows its people before its prices, so it has no `quote` yet."""

from __future__ import annotations

from quittance.kernel.country import PayerRole


class Belgium:
    """The Belgian half of the library."""

    code = "BE"
    django_app = "quittance.belgium.apps.BelgiumConfig"
    payers = (PayerRole("insurer", "compulsory"), PayerRole("patient", "patient"))


country = Belgium()
