"""One session under judgement: the figures of its day, and the reasons and alerts gathered so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from quittance.belgium.law import speech as article
from quittance.belgium.speech.acts import disorder_of, family_of
from quittance.belgium.speech.days import shown
from quittance.belgium.speech.model import Agreement, Alert, Patient, Reason, Session
from quittance.belgium.speech.quota import Course, courses


@dataclass
class Case:
    """A session, what is known of its patient, and what the checks say; it lives for one judgement."""

    session: Session
    act: article.Act
    disorder: str
    patient: Patient
    agreements: Sequence[Agreement]
    history: Sequence[Session]
    reasons: list[Reason] = field(default_factory=list)
    alerts: list[Alert] = field(default_factory=list)
    used: dict[tuple[str, str], article.Value] = field(default_factory=dict)
    courses: list[Course] = field(init=False)
    course: Course | None = field(init=False)
    covering: Agreement | None = field(init=False)

    def __post_init__(self) -> None:
        """Find the agreement that covers the day, and its course."""
        self.courses = courses(self.agreements, self.disorder)
        self.course = next((one for one in reversed(self.courses) if one.on(self.day)), None)
        self.covering = None if self.course is None else self.course.on(self.day)

    @property
    def day(self) -> int:
        """The day of the session."""
        return self.session.day

    @property
    def family(self) -> str:
        """The family of the session: therapy, guidance, assessment or evaluation."""
        return self.act.kind.family

    def law(self, name: str) -> int:
        """A figure of the day for the disorder; kept among those used."""
        return self.note(article.value(name, self.day, self.disorder)).value

    def law_or_none(self, name: str) -> int | None:
        """A figure that not every disorder has."""
        found = article.value_or_none(name, self.day, self.disorder)
        return None if found is None else self.note(found).value

    def note(self, value: article.Value) -> article.Value:
        """Keep a figure among those used."""
        return self.used.setdefault((value.name, value.disorder), value)

    def refuse(self, reason: str, rule: str = "", **values: str | int) -> None:
        """Add a reason, with the figure of law behind it; days among the values are shown already."""
        found = article.value_or_none(rule, self.day, self.disorder) if rule else None
        told = {"day": shown(self.day), "code": self.session.code, "disorder": self.disorder, **values}
        self.reasons.append(reason_of(reason, told, found))

    def tell(self, alert: str, **values: str | int) -> None:
        """Add an alert."""
        self.alerts.append(Alert(alert, article.texts("alerts")[alert].format(**values)))

    def attested(self, family: str) -> list[Session]:
        """The sessions of a family in the history, for the same disorder."""
        return [one for one in self.history if family_of(one) == family and disorder_of(one) == self.disorder]


def reason_of(code: str, told: dict[str, str | int], found: article.Value | None = None) -> Reason:
    """A reason with the words of the law file, filled with the values of the case."""
    text = article.texts("reasons")[code]
    what, why, remedy = (text[part].format(**told) for part in ("what", "why", "do"))
    return Reason(code, what, why, remedy, found)
