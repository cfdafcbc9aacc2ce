"""Belgian people for tests: invented, with numbers whose check digits fit."""

from __future__ import annotations

from typing import Any


def belgian_practice() -> Any:
    """A practice in Belgium."""
    from quittance.people.models import Practice

    return Practice.objects.create(name="Cabinet de la Meuse", country="BE", time_zone="Europe/Brussels")


def speech_therapist(practice: Any) -> Any:
    """Dora, speech therapist, who owns the practice and has an account."""
    from quittance.people.models import Membership, Professional, User

    user = User.objects.create_user("dora@example.org", "correct horse battery", first_name="Dora", last_name="Test")
    Membership.objects.for_(practice).create(user=user, role="owner")
    profile = {"profession": "speech_therapist"}
    return Professional.objects.for_(practice).create(
        user=user, first_name="Dora", last_name="Test", profession="Logopède", profile=profile
    )


NISS = "85073003328"


def terms_of(professional: Any, convention: str) -> None:
    """Give a professional her numbers and her convention status, both since 2017."""
    from datetime import date

    from quittance.people.models import Identifier, StatusPeriod

    known = {"professional": professional, "from_day": date(2017, 1, 1)}
    StatusPeriod.objects.for_(professional).create(kind="convention", value=convention, **known)
    for system, value in (("be.inami", "61234516802"), ("be.bce", "0123456749")):
        Identifier.objects.for_(professional).create(system=system, value=value, **known)


def at_work(practice: Any, profession: str = "speech_therapist", convention: str = "none") -> Any:
    """Dora at work: her profession, her terms, an issuer of bills."""
    from quittance.people.acting import acting_for
    from quittance.people.models import Issuer

    dora = speech_therapist(practice)
    dora.profile = {"profession": profession}
    dora.save(update_fields=["profile"])
    terms_of(dora, convention)
    Issuer.objects.for_(practice).create(professional=dora, label=dora.full_name, number="61234516802")
    acting = acting_for(dora.user)
    assert acting is not None
    return acting


def patient_of(acting: Any, *, born: str = "1985-07-30", ct1: str = "110", ct2: str = "110", **belgian: Any) -> Any:
    """Nina Exemple, insured at mutuality 135 since 2017."""
    from datetime import date

    from quittance.belgium.models import BelgianCover, BelgianPatient
    from quittance.patients.models import PayerKind
    from quittance.patients.services import add_cover, create_patient, record_payer

    birth = date.fromisoformat(born)
    names = {"birth_name": "Exemple", "first_names": "Nina", "birth_raw": birth.strftime("%d%m%Y"), "birth_date": birth}
    place = {"address_line1": "Rue de l'Exemple 1", "postcode": "4000", "city": "Liège"}
    patient = create_patient(acting, names | place)
    BelgianPatient.objects.for_(acting).create(patient=patient, niss=NISS, mutuality="135", **belgian)
    payer = record_payer(acting, "be.mutuality", "135", "Mutualité Saint-Michel", PayerKind.COMPULSORY)
    fields = {"member_number": NISS, "from_day": date(2017, 1, 1)}
    cover = add_cover(patient, payer, fields, kind=PayerKind.COMPULSORY)
    BelgianCover.objects.for_(acting).create(cover=cover, ct1=ct1, ct2=ct2)
    return patient


def agreement_of(patient: Any, disorder: str = "b1", begin: str = "2026-03-16", **more: Any) -> Any:
    """An agreement of two years for a disorder, its assessment made in time."""
    from datetime import date, timedelta

    from quittance.belgium.models import SpeechAgreement

    first = date.fromisoformat(begin)
    known = {
        "status": "agreed",
        "end": date(first.year + 2, first.month, first.day) - timedelta(days=1),
        "form": first,
        "prescription": first,
        "assessed": first - timedelta(days=10),
        "onset": first - timedelta(days=30),
        "prescriber_kind": "specialist",
    }
    return SpeechAgreement.objects.for_(patient).create(
        patient=patient, disorder=disorder, begin=first, **{**known, **more}
    )


def draft_of(
    acting: Any,
    patient: Any,
    *acts: Any,
    day: str = "2026-05-04",
    third_party: bool = False,
    beside: tuple[dict[str, str], ...] = (),
    **extras: Any,
) -> Any:
    """Begin a bill as the page does: codes, or acts as a draft holds them; lines `beside` its quote."""
    from quittance.billing.models import Draft
    from quittance.people.models import Issuer

    held = [{"code": one} if isinstance(one, str) else one for one in acts]
    return Draft.objects.for_(acting).create(
        professional=acting.professional,
        issuer=Issuer.objects.for_(acting).get(professional=acting.professional),
        patient=patient,
        country="BE",
        input={
            "date": day,
            "acts": held,
            "cover": {"third_party": third_party},
            "extras": extras,
            **({"beside": list(beside)} if beside else {}),
        },
    )


def bill_of(acting: Any, patient: Any, *acts: Any, **more: Any) -> Any:
    """Issue a bill as the page does."""
    from quittance.billing.services.issue import issue_bill

    draft = draft_of(acting, patient, *acts, **more)
    return issue_bill(acting, draft.pk, str(draft.key), draft.version)
