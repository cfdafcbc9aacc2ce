"""What a session of speech therapy is judged from, and the verdict. Days are days since 1970-01-01."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from quittance.belgium.law.speech import Source, Value
from quittance.kernel.dated import OPEN


class Status(StrEnum):
    """Where a request (or a notification) stands."""

    DRAFT = "draft"
    SENT = "sent"
    WAITING = "waiting"
    AGREED = "agreed"
    PARTIALLY_AGREED = "partially_agreed"
    REFUSED = "refused"
    NOTIFIED = "notified"

    @property
    def covers(self) -> bool:
        """Whether sessions are covered: an agreement, or a prolongation notified. Silence never is one."""
        return self in (Status.AGREED, Status.PARTIALLY_AGREED, Status.NOTIFIED)


class StayKind(StrEnum):
    """A situation of the patient that closes or limits the reimbursement (article 36, § 3)."""

    SPECIAL_EDUCATION = "special_education"
    HOSPITAL = "hospital"
    REST_HOME = "rest_home"
    INSTITUTION = "institution"
    REHABILITATION = "rehabilitation"


@dataclass(frozen=True, slots=True)
class Stay:
    """Such a situation from a day to a day, both included; `service` is the index of a hospital service (G, Sp …)."""

    kind: StayKind
    first: int
    last: int = OPEN
    service: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient: day of birth (None = unknown) and his situations."""

    birth: int | None
    stays: tuple[Stay, ...] = ()

    def stay(self, kind: StayKind, day: int) -> Stay | None:
        """The situation of a kind on a day."""
        return next((one for one in self.stays if one.kind is kind and one.first <= day <= one.last), None)


@dataclass(frozen=True, slots=True)
class Session:
    """One attested code on a day; in a history, what was attested, never what was only planned.

    `disorder` is needed where the code holds for all; `minutes`, `persons` (patients, or pairs of parents) and
    `prescribed` (day of the prescription of an assessment) are checked where they are known.
    """

    code: str
    day: int
    disorder: str = ""
    place: str = ""
    minutes: int | None = None
    persons: int | None = None
    prescribed: int | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A request for treatment and its answer, or the notification of a prolongation; `begin` and `end` included.

    `sessions` is the number that the medical adviser wrote (None = that of the law), `form` and `prescription` the
    days on which he received each document, `assessed` the last day of an assessment that is not in the history,
    `onset` the day on which the disorder appeared, `prescriber` « general_practitioner » or « specialist ». Of a
    treatment taken over from a colleague, `begun_elsewhere` is the day on which it began there, and `used_elsewhere`
    what was taken there from the quota, in sessions of 30 minutes.
    """

    disorder: str
    begin: int
    end: int
    status: Status
    prolongs: bool = False
    decided: int | None = None
    sessions: int | None = None
    prescriber: str = ""
    prescribed: int | None = None
    form: int | None = None
    prescription: int | None = None
    assessed: int | None = None
    onset: int | None = None
    begun_elsewhere: int | None = None
    used_elsewhere: int = 0

    @property
    def received(self) -> int | None:
        """The day of reception: that of the last of the two documents (article 36, § 4, 1°).

        >>> Agreement("b1", 0, 729, Status.SENT, form=10, prescription=14).received
        14
        """
        if self.form is None or self.prescription is None:
            return None
        return max(self.form, self.prescription)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a session is not reimbursed: a stable code, what, why, what to do, and the figure of law behind it."""

    code: str
    what: str
    why: str
    remedy: str
    law: Value | None

    @property
    def text(self) -> str:
        """The three sentences as one text."""
        return f"{self.what} {self.why} {self.remedy}"

    @property
    def source(self) -> Source | None:
        """Where the rule comes from; None where the fault is in what was typed."""
        return None if self.law is None else self.law.source

    @property
    def doubtful(self) -> bool:
        """Whether the rule was not read in an official text."""
        return self.law is not None and self.law.doubtful


@dataclass(frozen=True, slots=True)
class Alert:
    """What should be known beside the answer."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a session is reimbursable, every reason why not, and the sessions of 30 minutes left.

    `left` counts this session when it is reimbursable, and is 0 where no agreement gives any. `doubts` are the
    uncertain figures that were used, whatever the answer.
    """

    reimbursable: bool
    reasons: tuple[Reason, ...]
    left: int
    alerts: tuple[Alert, ...] = ()
    doubts: tuple[Value, ...] = field(default=())
