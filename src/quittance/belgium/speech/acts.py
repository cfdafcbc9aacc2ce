"""What an attested session is: its code read with the disorder that it names.

>>> one = Session("701013", 20454, disorder="b3")
>>> family_of(one), disorder_of(one), units_of(one, 20454)
('assessment', 'b3', 1)
>>> units_of(Session("714615", 20454), 20454), units_of(Session("700991", 20454, disorder="b3"), 20454)
(2, 0)
"""

from __future__ import annotations

from quittance.belgium.law import speech as law
from quittance.belgium.speech.model import Session


def family_of(session: Session) -> str:
    """The family of a session; empty for a code that is none of speech therapy."""
    found = law.act(session.code)
    return "" if found is None else found.kind.family


def disorder_of(session: Session) -> str:
    """The disorder of a session: that of its code, else the one that it names."""
    found = law.act(session.code)
    return session.disorder if found is None else found.disorder or session.disorder


def units_of(session: Session, day: int) -> int:
    """What it takes from the quota, in sessions of 30 minutes, by the law of a day."""
    found = law.act(session.code)
    return 0 if found is None else law.units(found.kind, day).value


def at_school(session: Session) -> bool:
    """Whether it was held at school."""
    found = law.act(session.code)
    return "school" in (session.place, "" if found is None else found.place)
