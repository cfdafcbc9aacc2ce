"""The acts of a French bill: France's part of the bill page, behind one object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from quittance.billing.pages.draft_parts import Act, Editor, Fold, Found, Message, Sheet, Step
from quittance.france.pages import line_fields as fields
from quittance.france.pages import line_folds, line_input, line_search, line_why
from quittance.france.pages.line_act import label_of
from quittance.france.pages.line_session import french_of
from quittance.france.pages.line_words import say
from quittance.patients.models import Patient


class FrenchBillPage:
    """France's part of the bill page (`quittance.billing.pages.draft_parts.BillPage`)."""

    by_hand: ClassVar[Sequence[str]] = ("amo", "amc")

    def read(self, data: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
        """Give the input with what the form posted."""
        return line_input.read(data, sheet)

    def new_act(self, code: str, sheet: Sheet) -> Act:
        """Make an act of this code."""
        return line_input.new_act(code, sheet)

    def opens(self, act: Act, sheet: Sheet) -> bool:
        """Say whether a new act asks something at once: its coefficient, or its kilometres."""
        known = line_input.facts_of(act, sheet)
        return known.key_letter or known.per_km

    def label(self, code: str) -> str:
        """Give the label of an act."""
        return label_of(code)

    def tags(self, act: Act, sheet: Sheet) -> list[str]:
        """Say in short what was set on an act."""
        return fields.tags(act, sheet)

    def editor(self, act: Act, sheet: Sheet) -> Editor:
        """Give the fields that the act allows."""
        return fields.editor(act, sheet)

    def folds(self, sheet: Sheet) -> list[Fold]:
        """Give the folded parts of the page."""
        return line_folds.folds(sheet)

    def say(self, problem: Mapping[str, str]) -> Message:
        """Put a message of the quote into the words of the page."""
        return say(problem)

    def search(self, words: str, sheet: Sheet, recent: Sequence[str], category: str = "") -> Found:
        """Find acts for what was typed; a category is a chapter of the CCAM."""
        birth = line_input.birth(sheet)
        return line_search.search_acts(words, sheet.professional, sheet.day, birth, recent, category)

    def common(self, sheet: Sheet) -> list[tuple[str, list[Act]]]:
        """Give the usual sets of acts of the profession."""
        return line_search.common(sheet.professional, sheet.day, line_input.birth(sheet))

    def like(self, snapshot: Mapping[str, Any]) -> tuple[list[Act], dict[str, Any]]:
        """Give the acts and the settlement of an earlier bill."""
        return line_input.like(snapshot)

    def facts(self, patient: Patient) -> str:
        """Tell the insured number, shortened.

        >>> FrenchBillPage().facts(Patient())
        ''
        """
        french = french_of(patient)
        nir = "" if french is None else french.nir
        return f"{nir[0]} {nir[1:3]} ••• ••• ••• {french.nir_key}".strip() if french and len(nir) == 13 else ""

    def why(self, act: Mapping[str, Any], role: str) -> list[Step]:
        """Explain an amount of an act."""
        return line_why.why(act, role)

    def formula(self, answer: Mapping[str, Any], act: Act) -> str:
        """Write the sum of an act in one line."""
        return line_why.formula(answer, act)


page = FrenchBillPage()
