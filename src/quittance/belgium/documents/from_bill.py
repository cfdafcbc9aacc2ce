"""Belgian papers of an issued bill: who stands on them, and of each act what was asked and received.

All is read from the snapshot of the bill. What it does not say is taken from `Known`, the rows of today: a number that
was missing on the day of the bill may be written since. No row is read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from quittance.belgium.documents.certificate import CareLine, Prescriber
from quittance.belgium.documents.labels import label, with_code
from quittance.belgium.documents.people import Patient, Provider
from quittance.belgium.documents.rules import of_profession
from quittance.belgium.documents.supporting import Channel, Other, Reimbursable, Supporting
from quittance.belgium.documents.words import Language
from quittance.belgium.executing import nurses_of
from quittance.belgium.law import speech
from quittance.billing.services.beside import answers
from quittance.kernel.money import half_up, parse_cents

INAMI, BCE = "be.inami", "be.bce"
CONVENTIONED = "conventioned"
MUTUALITY = 3
INAMI_DIGITS = (8, 11)
Snapshot = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What the rows of today say of provider and patient, and of prescribers by key: name and number."""

    provider: Provider
    patient: Patient
    language: Language = Language.FR
    prescribers: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """A line of a bill in cents; `asked` and `waived` are the patient's, `received` his payments in order of lines."""

    position: int
    day: date
    code: str
    label: str
    quantity: int
    insurer_cents: int
    personal_cents: int
    supplement_cents: int
    waived_cents: int
    asked_cents: int
    received_cents: int
    disorder: str

    @property
    def is_reimbursable(self) -> bool:
        """Whether an insurer bears a part; a line of no amount (nurses' statistical codes) goes with them."""
        return self.insurer_cents > 0 or self.fee_cents == 0

    @property
    def fee_cents(self) -> int:
        """Its fee with what is asked above it."""
        return self.insurer_cents + self.personal_cents + self.supplement_cents

    def line(self, *, third_party: bool = False) -> CareLine:
        """Write it as a line of a certificate; several at once stand on one line with their number."""
        return CareLine(
            day=self.day,
            code=self.code if self.quantity == 1 else f"{self.code} × {self.quantity}",
            fee_cents=self.insurer_cents + self.personal_cents,
            asked_cents=self.asked_cents,
            copay_cents=max(0, self.personal_cents - self.waived_cents),
            waived_cents=self.waived_cents,
            insurer_cents=self.insurer_cents if third_party else 0,
        )


def profession_of(snapshot: Snapshot) -> str:
    """The profession in the words of the contract."""
    return str(snapshot["input"].get("professional", {}).get("profession", ""))


def is_third_party(snapshot: Snapshot) -> bool:
    """Whether the insurer is asked for its part."""
    typed = (snapshot["draft"].get("cover") or {}).get("third_party", False)
    return bool(snapshot["input"].get("third_party", typed))


def channel_of(snapshot: Snapshot) -> Channel:
    """How the insurer hears of the care: by the certificate, unless the profession has none on paper on a day of care.

    The day of care decides, as of certificates. A bill with care of both kinds is electronic: the patient is owed a
    document as soon as some of its data go so, and it holds the whole bill (parameter `supporting_mixed_days`).
    """
    days = {act.day for act in _plain(snapshot) if act.is_reimbursable}
    if all(of_profession("paperless", profession_of(snapshot), day) is None for day in days):
        return Channel.PAPER
    if is_third_party(snapshot):
        return Channel.EFACT
    return Channel.PAPER if profession_of(snapshot) == "nurse" else Channel.EATTEST


def provider_of(snapshot: Snapshot, known: Provider) -> Provider:
    """Who gave the care, and the other nurses who did; of a group, its name and its company number."""
    person, group = snapshot["professional"], _printed(snapshot).get("group") or {}
    numbers = {one["system"]: one["value"] for one in person["identifiers"]}
    convention = snapshot["input"].get("professional", {}).get("convention", CONVENTIONED)
    address = _address(snapshot["practice"]) or known.address
    name = str(group.get("name", ""))
    own = (person["full_name"] or known.name, _digits(numbers.get(INAMI)) or known.inami)
    # The nurse of the bill stands first where she gave care; one whose number was not copied is named all the same.
    nurses = [(str(one["name"]), _digits(one["number"])) for one in nurses_of(snapshot)]
    first, *others = sorted(nurses, key=lambda one: one[0] != own[0]) or [own]
    return Provider(
        name=first[0],
        inami=first[1] or (own[1] if first[0] == own[0] else ""),
        conventioned=convention == CONVENTIONED,
        address=(name, *address) if name and address else address,
        bce=_digits(group.get("company_number")) or _digits(numbers.get(BCE)) or known.bce,
        profession=person["profession"] or known.profession,
        kind=profession_of(snapshot) or known.kind,
        also=tuple(others),
    )


def patient_of(snapshot: Snapshot, known: Patient) -> Patient:
    """Who was cared for."""
    printed = _printed(snapshot)
    insurer = str(printed.get("mutuality_number") or str(printed.get("mutuality", ""))[-MUTUALITY:])
    insurer = insurer if insurer.isdecimal() and len(insurer) == MUTUALITY else ""
    return Patient(
        name=snapshot["patient"]["full_name"] or known.name,
        niss=_digits(printed.get("niss_number")) or _digits(printed.get("niss")) or known.niss,
        mutuality=insurer or known.mutuality,
        address=_lines(printed.get("address")) or known.address,
        mutuality_name=str(printed.get("mutuality_name", "")) if insurer else known.mutuality_name,
    )


def language_of(snapshot: Snapshot, known: Language) -> Language:
    """The language in which the patient is written to."""
    told = str(_printed(snapshot).get("language", ""))
    return Language(told) if told in set(Language) else known


def prescriber_of(snapshot: Snapshot, known: Mapping[int, tuple[str, str]]) -> Prescriber | None:
    """Who prescribed; None while name, number or day is missing."""
    extras = snapshot["draft"].get("extras") or {}
    told = {**extras, **(_printed(snapshot).get("prescriber") or {})}
    name, number = str(told.get("prescriber_name", "")), _digits(told.get("prescriber_number"))
    row = known.get(_whole(extras.get("prescriber")))
    if row is not None and not (name and number):
        name, number = row[0], _digits(row[1])
    return prescriber(name, number, str(told.get("prescription_date", "")))


def prescriber(name: str, number: str, day: str) -> Prescriber | None:
    """A prescriber whose three mentions are known, else None; a number that is none counts as missing."""
    try:
        on = date.fromisoformat(day)
    except ValueError:
        return None
    bare = _digits(number)
    return Prescriber(name.strip(), bare, on) if name.strip() and len(bare) in INAMI_DIGITS else None


def acts_of(snapshot: Snapshot, paid_cents: int = 0) -> tuple[Act, ...]:
    """Every line of a bill, with its part of what is waived and of what the patient has paid."""
    acts = list(_waived(list(_plain(snapshot)), int(snapshot.get("waived_cents", 0))))
    return tuple(_received(acts, paid_cents))


def supporting_of(snapshot: Snapshot, known: Known, paid_cents: int, issued: date, *, eattest: str = "") -> Supporting:
    """The supporting document of a bill; `documents.supporting.reason_of` says whether it is due.

    `eattest` are the receipt numbers kept with the bill: printed only where the care goes by eAttest.
    """
    acts, third_party = acts_of(snapshot, paid_cents), is_third_party(snapshot)
    channel, language = channel_of(snapshot), language_of(snapshot, known.language)
    return Supporting(
        reference=snapshot["reference"],
        provider=provider_of(snapshot, known.provider),
        patient=patient_of(snapshot, known.patient),
        issued=issued,
        reimbursable=tuple(_reimbursable(act, third_party, language) for act in acts if act.is_reimbursable),
        others=tuple(
            Other(act.day, with_code(act.code, act.label, language), act.asked_cents)
            for act in acts
            if not act.is_reimbursable
        ),
        paid_cents=paid_cents,
        channel=channel,
        eattest=eattest if channel is Channel.EATTEST else "",
        language=language,
    )


def _reimbursable(act: Act, third_party: bool, language: Language) -> Reimbursable:
    billed = act.insurer_cents if third_party else 0
    supplement = min(act.supplement_cents, act.asked_cents)
    named = label(act.code, act.label, language)
    return Reimbursable(act.day, act.code, named, act.asked_cents - supplement, supplement, billed)


def _plain(snapshot: Snapshot) -> Iterator[Act]:
    """The lines as they were priced, nothing waived or received yet."""
    third_party, typed = is_third_party(snapshot), snapshot["draft"].get("acts", [])
    priced, lines = answers(snapshot), snapshot["lines"]
    same = len(typed) == len(snapshot["output"]["acts"])
    for at, (line, act) in enumerate(zip(lines, priced, strict=True)):
        # No tariff has a line beside the quote: all of it stands above the tariff.
        insurer, personal, supplement = (0, 0, line["fee_cents"]) if act is None else _amounts(act)
        yield Act(
            position=line["position"],
            day=date.fromisoformat(line["day"]),
            code=line["code"],
            label=line["label"],
            quantity=line["quantity"],
            insurer_cents=insurer,
            personal_cents=personal,
            supplement_cents=supplement,
            waived_cents=0,
            asked_cents=personal + supplement + (0 if third_party else insurer),
            received_cents=0,
            disorder=_disorder(line["code"], typed[at] if same and act else {}),
        )


def _amounts(act: Mapping[str, str]) -> tuple[int, int, int]:
    insurer, personal, supplement = (parse_cents(act[name]) for name in ("insurer", "personal_share", "supplement"))
    return insurer, personal, supplement


def _disorder(code: str, typed: Mapping[str, Any]) -> str:
    """The disorder of a session: that of its code, else the one that was typed."""
    found = speech.act(code)
    return (found.disorder if found else "") or str(typed.get("disorder") or "")


def _waived(acts: Sequence[Act], waived_cents: int) -> Iterator[Act]:
    """Share what is not asked over the personal shares; only what is more than they are touches the rest."""
    weights = [act.personal_cents for act in acts]
    if waived_cents > sum(weights):
        weights = [act.asked_cents for act in acts]
    whole, passed, given = sum(weights), 0, 0
    for act, weight in zip(acts, weights, strict=True):
        passed += weight
        until = half_up(waived_cents * passed, whole) if whole else 0
        yield replace(act, waived_cents=until - given, asked_cents=act.asked_cents - (until - given))
        given = until


def _received(acts: Sequence[Act], paid_cents: int) -> list[Act]:
    """Fill the lines with what was paid, those of the certificate first; the last one takes what is beyond."""
    left, found = paid_cents, {act.position: act for act in acts}
    order = sorted(acts, key=lambda act: not act.is_reimbursable)
    for act in order:
        cents = left if act is order[-1] else min(left, act.asked_cents)
        found[act.position] = replace(act, received_cents=cents)
        left -= cents
    return list(found.values())


def _printed(snapshot: Snapshot) -> Mapping[str, Any]:
    return snapshot.get("printed") or {}


def _digits(text: object) -> str:
    return "".join(one for one in str(text or "") if one in "0123456789")


def _whole(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def _address(practice: Mapping[str, str]) -> tuple[str, ...]:
    """The address of the practice; none where its street is not written."""
    town = f"{practice['postcode']} {practice['city']}".strip()
    lines = (practice["address_line1"], practice["address_line2"], town)
    return tuple(line for line in lines if line) if practice["address_line1"] else ()


def _lines(address: object) -> tuple[str, ...]:
    """An address as lines, however it was copied."""
    rows = address.splitlines() if isinstance(address, str) else address
    return tuple(str(row).strip() for row in rows if str(row).strip()) if isinstance(rows, list | tuple) else ()
