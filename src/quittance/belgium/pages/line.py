"""The acts of a Belgian bill: Belgium's part of the bill page, behind one object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from quittance.belgium.insured import belgian_of
from quittance.belgium.numbers import niss
from quittance.belgium.pages import line_fields, line_folds, line_input, line_search, line_words
from quittance.belgium.pages.line_act import label_of
from quittance.billing.pages.draft_parts import Act, Editor, Fold, Found, Message, Sheet, Step
from quittance.patients.models import Patient


class BelgianBillPage:
    """Belgium's part of the bill page (`quittance.billing.pages.draft_parts.BillPage`)."""

    by_hand: ClassVar[Sequence[str]] = ()

    def read(self, data: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
        """Give the input with what the form posted."""
        return line_input.read(data, sheet)

    def new_act(self, code: str, sheet: Sheet) -> Act:
        """Make an act of this code."""
        return line_input.new_act(code, sheet)

    def opens(self, act: Act, sheet: Sheet) -> bool:
        """Say whether a new act asks something at once."""
        return line_input.opens(act, sheet)

    def label(self, code: str) -> str:
        """Give the label of an act."""
        return label_of(code)

    def tags(self, act: Act, sheet: Sheet) -> list[str]:
        """Say in short what was set on an act, and how many sessions are left."""
        return line_input.tags(act, sheet)

    def editor(self, act: Act, sheet: Sheet) -> Editor:
        """Give the fields that the act allows."""
        return line_fields.editor(act, sheet)

    def folds(self, sheet: Sheet) -> list[Fold]:
        """Give the folded parts of the page."""
        return line_folds.folds(sheet)

    def say(self, problem: Mapping[str, str]) -> Message:
        """Put a message of the quote into the words of the page."""
        return line_words.say(problem)

    def search(self, words: str, sheet: Sheet, recent: Sequence[str], category: str = "") -> Found:
        """Find acts for what was typed; a category is a disorder of speech therapy."""
        return line_search.search_acts(words, sheet, recent, category)

    def common(self, sheet: Sheet) -> list[tuple[str, list[Act]]]:
        """Give the usual sets of acts of the profession and of the patient's agreements."""
        return line_search.common(sheet)

    def like(self, snapshot: Mapping[str, Any]) -> tuple[list[Act], dict[str, Any]]:
        """Give the acts and the settlement of an earlier bill."""
        return line_input.like(snapshot)

    def facts(self, patient: Patient) -> str:
        """Tell the national number, shortened.

        >>> BelgianBillPage().facts(Patient())
        ''
        """
        belgian = belgian_of(patient)
        shown = niss.format(belgian.niss) if belgian is not None and belgian.niss else ""
        return f"{shown[:8]}-•••.••" if shown else ""

    def why(self, act: Mapping[str, Any], role: str) -> list[Step]:
        """Explain an amount of an act."""
        return line_words.why(act, role)

    def formula(self, answer: Mapping[str, Any], _act: Act) -> str:
        """Write the sum of an act in one line."""
        return line_words.formula(answer)


page = BelgianBillPage()
