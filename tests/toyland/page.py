"""The acts of a bill of Toyland: a day, and of each act a quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from quittance.billing.pages.draft_parts import Act, Editor, Field, Fold, Found, Message, Sheet, Step
from quittance.web.country import Hit

from .country import country

SHOWN = {"fee": ("price", "fee"), "fund": ("fee", "rate", "fund"), "patient": ("fund", "patient"), "due": ("patient",)}


class ToyBillPage:
    """Toyland's part of the bill page (`quittance.billing.pages.draft_parts.BillPage`)."""

    by_hand: ClassVar[Sequence[str]] = ()

    def read(self, data: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
        """What the form posted, as it was typed."""
        acts = [dict(act) for act in sheet.acts]
        for act in acts:
            typed = str(data.get(f"a{act['id']}-quantity", act.get("quantity", "1"))).strip()
            act["quantity"] = typed[:10]
        found = {**sheet.input, "acts": acts}
        if data.get("date"):
            found["date"] = data["date"]
        return found

    def new_act(self, code: str, _sheet: Sheet) -> Act:
        """An act, once."""
        return {"code": code, "quantity": "1"}

    def opens(self, _act: Act, _sheet: Sheet) -> bool:
        """Nothing is asked at once."""
        return False

    def label(self, code: str) -> str:
        """Its label in the list."""
        return next((hit.label for hit in country.search(code) if hit.code == code), code)

    def tags(self, act: Act, _sheet: Sheet) -> list[str]:
        """How often, when more than once."""
        return [f"× {act['quantity']}"] if act.get("quantity", "1") != "1" else []

    def editor(self, act: Act, sheet: Sheet) -> Editor:
        """The quantity."""
        told = sheet.about(act, "quantity")
        value = str(act.get("quantity", "1"))
        return Editor([Field(f"a{act['id']}-quantity", "Quantité", "whole", value, messages=told)])

    def folds(self, sheet: Sheet) -> list[Fold]:
        """The day."""
        day = sheet.day.isoformat()
        return [
            Fold("day", "Date", value=f"{sheet.day:%d/%m/%Y}", fields=[Field("date", "Date des soins", "date", day)])
        ]

    def say(self, problem: Mapping[str, str]) -> Message:
        """The quote's own words."""
        text = problem.get("text") or problem.get("message", "")
        return Message("error", problem["code"], problem["path"], text)

    def search(self, words: str, _sheet: Sheet, recent: Sequence[str], _category: str = "") -> Found:
        """Acts for what was typed; without words, those billed lately."""
        if not words.strip():
            return Found([Hit(code, self.label(code)) for code in recent])
        return Found([Hit(hit.code, hit.label) for hit in country.search(words)])

    def common(self, _sheet: Sheet) -> list[tuple[str, list[Act]]]:
        """No usual sets."""
        return []

    def like(self, snapshot: Mapping[str, Any]) -> tuple[list[Act], dict[str, Any]]:
        """The acts of an earlier bill."""
        acts = snapshot["draft"]["acts"]
        return [{"code": act["code"], "quantity": act.get("quantity", "1")} for act in acts], {}

    def facts(self, patient: Any) -> str:
        """His number at the fund."""
        return str(getattr(getattr(patient, "toy", None), "member", ""))

    def why(self, act: Mapping[str, Any], role: str) -> list[Step]:
        """The steps of an amount."""
        told = (one for one in act.get("steps", ()) if one["rule"].rpartition(".")[2] in SHOWN.get(role, ()))
        return [Step(one["label"], one["result"], tuple(one["inputs"].items()), one["source"]) for one in told]

    def formula(self, answer: Mapping[str, Any], act: Act) -> str:
        """The sum in one line."""
        return f"{act['code']} × {act.get('quantity', '1')} = {answer['fee']}"
