"""The verdict on each session of speech therapy of a draft: reimbursed or not, why, and how many are left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from quittance.belgium import speech
from quittance.belgium.file import File, file_of, session_of
from quittance.belgium.pages.line_session import day_or
from quittance.billing.models import Draft
from quittance.web.country import Missing

UNJUDGED = {"law.unknown"}
"""Reasons that only say that the law of the day is not known here: they warn."""
ONCE = {"quota.low", "agreement.ending", "reception.unknown", "birth.unknown", "onset.unknown", "law.stale"}
"""Alerts that hold for the patient as much as for the session: told once a bill."""

Level = Literal["error", "warning"]
Verdicts = dict[int, speech.Verdict]


def of_draft(draft: Draft, day: date) -> Verdicts:
    """Judge the sessions of a draft in the order of their days, each with those before it; by place of the act."""
    assert draft.patient is not None
    return of_acts(draft.input.get("acts", []), file_of(draft.patient), draft.patient.birth_date, day)


def of_acts(acts: list[Mapping[str, Any]], known: File, birth: date | None, day: date) -> Verdicts:
    """Judge acts as a draft holds them; `day` is that of an act without its own.

    A session that is refused is not attested: those after it are judged without it.
    """
    person, attested, found = known.person(birth), list(known.sessions), {}
    dated = [(day_or(str(act.get("date", "")), day), at, act) for at, act in enumerate(acts)]
    for on, at, act in sorted(dated, key=lambda one: one[:2]):
        session = session_of(str(act.get("code", "")), on, act)
        if session is None:
            continue
        found[at] = speech.judge(session, person, known.agreements, attested)
        if found[at].reimbursable or act.get("anyway"):
            attested.append(session)
    return found


def may_pass(verdict: speech.Verdict) -> bool:
    """Tell whether a refusal may be passed over by who has checked: none of its rules was read in an official text."""
    return bool(verdict.reasons) and all(one.doubtful or one.code in UNJUDGED for one in verdict.reasons)


def messages(draft: Draft, session: Mapping[str, Any]) -> Iterator[Missing]:
    """Say every reason of a refusal beside its act, and what should be known of the others."""
    day, told = date.fromisoformat(str(session["date"])), set[str]()
    for at, verdict in sorted(of_draft(draft, day).items()):
        path = f"acts[{at}].code"
        passed = bool(draft.input["acts"][at].get("anyway")) and may_pass(verdict)
        for reason in verdict.reasons:
            level: Level = "warning" if passed or reason.code in UNJUDGED else "error"
            yield Missing(f"speech.{reason.code}", path, _said(reason), level)
        for alert in verdict.alerts:
            if alert.code in ONCE and alert.code in told:
                continue
            told.add(alert.code)
            yield Missing(f"speech.{alert.code}", path, alert.text, "info" if alert.code in ONCE else "warning")


def _said(reason: speech.Reason) -> str:
    if not reason.doubtful:
        return reason.text
    return reason.text + " " + _("(Rule to be checked: it was read in no official text.)")
