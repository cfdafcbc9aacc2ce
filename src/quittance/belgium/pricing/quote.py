"""One session, from dict to dict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from quittance.belgium.pricing import encode as encoder
from quittance.belgium.pricing import render
from quittance.belgium.pricing.bill import price_bill
from quittance.belgium.pricing.input import Session
from quittance.kernel.rule import tracing
from quittance.kernel.session import problems

if TYPE_CHECKING:
    from quittance.belgium.country import Belgium


def quote(country: Belgium, given: Mapping[str, Any], trace: bool) -> dict[str, Any]:
    """Price a session, or say every reason why not."""
    try:
        session = Session.model_validate(given)
    except ValidationError as error:
        return {"error": problems(error)}
    bill, lines, refused = encoder.encode(session, country.words)
    if refused:
        return {"error": refused}
    if not trace:
        price_bill(country.flat.arrays, bill, lines)
        return render.answer(bill, lines, None, country.texts)
    with tracing() as steps:
        price_bill(country.flat.arrays, bill, lines)
    return render.answer(bill, lines, steps, country.texts)
