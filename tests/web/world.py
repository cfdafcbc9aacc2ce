"""Two practices with one person in each role, for the matrix of routes: who opens what of the first ones' rows.

`Home` is a French practice of members and substitutes. `group` is a Belgian practice whose owner has given one mandate
of each type, and whose users have one right each; a stranger to it works in Belgium too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from quittance.belgium.models import CustomTariff, KatzEvaluation, SpeechStay, WoundCareNotice
from quittance.belgium.nursing.model import ITEMS
from quittance.belgium.services.certificates import write_certificates
from quittance.belgium.services.recaps import write_recap
from quittance.billing.models import Bill, Draft, Favourite, Kind, Payment, Receivable
from quittance.billing.services.payments import record_payment
from quittance.patients.models import PayerKind
from quittance.patients.services import add_cover, create_prescriber, record_payer
from quittance.people.acting import acting_for
from quittance.people.country import scopes_of
from quittance.people.models import (
    AccessRight,
    Allowance,
    BankAccount,
    Issuer,
    Mandate,
    Membership,
    Organisation,
    OrganisationMember,
    Practice,
    PracticeAddress,
    Professional,
    Role,
    Side,
    StatusPeriod,
    Substitution,
    SubstitutionDay,
    User,
)
from tests.belgium import making, papers_making
from tests.billing.making import make_bill, make_draft, make_patient

# What an address holds that is no key of a row.
CODES = {
    "absent": 0,
    "token": "x",
    "type": "third_party_billing",
    "scope": "insurability",
    "niss": "niss",
    "fund": "135",
    "field": "nir",
    "regime": "01",
    "caisse": "751",
    "formula": "052",
    "topic": "third-party",
    "code": "712316",
    "figure": "katz_c_strict",
}
PROFILE = {"specialty": "01", "sector": "1", "option": "none", "zone": "metropole"}


@dataclass(slots=True)
class Person:
    """Who asks: the user, and the capacity he works in."""

    user: Any  # None: signed out
    capacity: str = ""


@dataclass(slots=True)
class Place:
    """A practice with a row of each kind, whose keys the addresses hold."""

    practice: Practice
    rows: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class World:
    """The roles, and the place whose rows each of them asks for."""

    people: dict[str, tuple[Person, Place]] = field(default_factory=dict)


def _user(name: str) -> User:
    return User.objects.create_user(f"{name}@example.org", first_name=name.capitalize(), last_name="Test")


def _member(practice: Practice, name: str, role: str) -> Person:
    user = _user(name)
    made = Membership.objects.for_(practice).create(user=user, role=role)
    return Person(user, f"membership:{made.pk}")


def _carer(practice: Practice, person: Person, number: str, **more: Any) -> Professional:
    assert person.user is not None
    names = {"first_name": person.user.first_name, "last_name": "Test", "profession": "Médecin"}
    known = {"profile": PROFILE, **names, **more}
    made = Professional.objects.for_(practice).create(user=person.user, **known)
    if number:
        Issuer.objects.for_(practice).create(professional=made, label=made.full_name, number=number)
    return made


def _fill(place: Place, owner: Person, carer: Professional) -> None:
    """Give a place one row of each kind, made by its owner as the pages make them."""
    assert owner.user is not None
    acting = acting_for(owner.user, owner.capacity)
    assert acting is not None
    rows = place.rows
    rows["patient"] = make_patient(acting)
    payer = record_payer(acting, "test", "12345678", "Mutuelle", PayerKind.COMPLEMENTARY)
    rows["payer"] = payer
    rows["cover"] = add_cover(rows["patient"], payer, {})
    rows["prescriber"] = create_prescriber(acting, {"last_name": "DURAND", "number": "991000031"})
    rows["bill"] = make_bill(acting, patient=rows["patient"])
    rows["payment"] = record_payment(acting, rows["bill"], means="card", cents=100, key="paid")
    rows["draft"] = make_draft(acting, patient=rows["patient"])
    rows["favourite"] = Favourite.objects.for_(acting).create(professional=carer, label="C", input={"acts": []})
    rows["professional"] = carer
    _record(place, carer)
    rows["issuer"] = Issuer.objects.for_(acting).get(professional=carer)
    rows |= CODES


def _record(place: Place, carer: Professional) -> None:
    """Give a professional one row in each part of his record."""
    day, practice = place.practice.today(), place.practice
    known = {"professional": carer, "from_day": day}
    place.rows["address"] = PracticeAddress.objects.for_(practice).create(
        address_line1="1 rue X", postcode="1000", city="Y", **known
    )
    place.rows["bank"] = BankAccount.objects.for_(practice).create(holder="X", iban="BE71096123456769", **known)
    for kind in StatusPeriod.Kind.values:
        place.rows[kind] = StatusPeriod.objects.for_(practice).create(kind=kind, value="yes", **known)
    for part, kind in (("social", "social_status"), ("training", "training_master"), ("premium", "premium")):
        place.rows[part] = Allowance.objects.for_(practice).create(professional=carer, kind=kind, year=2026)


def _replaces(practice: Practice, name: str, holder: Professional, owner: Person, days: int) -> tuple[Person, Any]:
    person = _member(practice, name, Role.SUBSTITUTE)
    substitute = _carer(practice, person, "", is_substitute=True)
    made = Substitution.objects.for_(practice).create(holder=holder, substitute=substitute, created_by=owner.user)
    SubstitutionDay.objects.for_(practice).create(
        substitution=made,
        day=practice.today() + timedelta(days=days),
        confirmed_at=timezone.now(),
        confirmed_by=owner.user,
        credential="pin",
    )
    return person, made


def _home(world: World) -> None:
    practice = Practice.objects.create(name="Cabinet des Lilas", country="FR")
    place = Place(practice)
    owner = _member(practice, "alice", Role.OWNER)
    carer = _carer(practice, owner, "990000011")
    colleague = _member(practice, "bob", Role.COLLEAGUE)
    place.rows["membership"] = Membership.objects.for_(practice).get(user=colleague.user)
    _carer(practice, colleague, "990000022")
    _fill(place, owner, carer)
    on_duty, place.rows["substitution"] = _replaces(practice, "sue", carer, owner, 0)
    off_duty, _other = _replaces(practice, "olaf", carer, owner, 1)
    place.rows["substitute"] = place.rows["substitution"].substitute
    world.people |= {
        "owner": (owner, place),
        "colleague": (colleague, place),
        "secretary": (_member(practice, "sam", Role.SECRETARY), place),
        "reader": (_member(practice, "rita", Role.READER), place),
        "substitute_on": (on_duty, place),
        "substitute_off": (off_duty, place),
    }
    elsewhere = Practice.objects.create(name="Cabinet du Port", country="FR")
    stranger = _member(elsewhere, "charlie", Role.OWNER)
    _carer(elsewhere, stranger, "990000033")
    world.people |= {"stranger": (stranger, place), "signed_out": (Person(None), place)}


def _mandatary(practice: Practice, grantor: Professional, scope: str) -> Person:
    user, now = _user(f"by-{scope.replace('_', '-')}"), timezone.now()
    made = Mandate.objects.for_(practice).create(
        grantor=grantor,
        type=scope,
        party=Mandate.Party.PERSON,
        grantee_number="00000000097",
        grantee_user=user,
        started_by=Side.GRANTOR,
        from_day=practice.today(),
        grantor_signed_at=now,
        grantee_signed_at=now,
    )
    return Person(user, f"mandate:{made.pk}")


def _group_user(
    organisation: Organisation, owner: Person, name: str, scope: str = "", function: str = "user"
) -> Person:
    user = _user(name)
    member = OrganisationMember.objects.for_(organisation).create(
        organisation=organisation, user=user, function=function, domain="health_care" if function != "user" else ""
    )
    if scope:
        AccessRight.objects.for_(organisation).create(member=member, scope=scope, given_by=owner.user)
    return Person(user, f"right:{member.pk}")


def _fill_belgian(place: Place, owner: Person, carer: Professional) -> None:
    """Give a Belgian place one row of each kind, made by its owner as the pages make them."""
    assert owner.user is not None
    papers_making.address(place.practice)
    acting = acting_for(owner.user, owner.capacity)
    assert acting is not None
    rows, day = place.rows, place.practice.today()
    making.terms_of(carer, "none")
    rows["patient"] = papers_making.cared(acting)
    rows["insured"] = rows["patient"].covers.get()
    rows["payer"] = rows["insured"].payer
    rows["cover"] = rows["insured"]
    rows["prescriber"] = create_prescriber(acting, {"last_name": "DURAND", "number": "991000031"})
    rows["booklet"] = papers_making.booklet(acting)
    rows["bill"] = papers_making.sessions(acting, rows["patient"], "2026-05-04", third_party=True)
    rows["certificate"] = write_certificates(acting, carer, bill=rows["bill"])[0]
    rows["payment"] = record_payment(acting, rows["bill"], means="card", cents=100, key="paid")
    rows["draft"] = making.draft_of(acting, rows["patient"], "712316", day="2026-05-05")
    rows["favourite"] = Favourite.objects.for_(acting).create(professional=carer, label="C", input={"acts": []})
    rows["professional"] = carer
    _record(place, carer)
    rows["issuer"] = Issuer.objects.for_(acting).get(professional=carer)
    rows["recap"] = write_recap(acting, carer, "135", date(2026, 5, 1))
    rows["agreement"] = making.agreement_of(rows["patient"], "a", begin=day.isoformat(), status="draft")
    rows["stay"] = SpeechStay.objects.for_(acting).create(patient=rows["patient"], kind="hospital", first=day)
    scores = dict.fromkeys(ITEMS, 3)
    katz = KatzEvaluation.objects.for_(acting)
    rows["evaluation"] = katz.create(patient=rows["patient"], professional=carer, first=day, **scores)
    wound = WoundCareNotice.objects.for_(acting)
    rows["wound"] = wound.create(patient=rows["patient"], type=3, first=day, last=day)
    own = CustomTariff.objects.for_(acting)
    rows["tariff"] = own.create(professional=carer, code="712316", cents=4500, from_day=day)
    rows |= CODES


def _group(world: World) -> None:
    practice = Practice.objects.create(name="Groupement du Canal", country="BE")
    place = Place(practice)
    owner = _member(practice, "diane", Role.OWNER)
    carer = _carer(practice, owner, "990000044", profile={"profession": "speech_therapist"})
    _fill_belgian(place, owner, carer)
    organisation = Organisation.objects.for_(practice).create(kind=Organisation.Kind.GROUP)
    place.rows["organisation"] = organisation
    for scope in sorted(scopes_of("BE")):
        person = _mandatary(practice, carer, scope)
        world.people[f"mandatary_{scope}"] = (person, place)
        place.rows["mandate"] = Mandate.objects.for_(practice).get(grantee_user=person.user)
        if scopes_of("BE")[scope].is_right:
            world.people[f"group_{scope}"] = (_group_user(organisation, owner, f"user-{scope}", scope), place)
    world.people["group_manager"] = (_group_user(organisation, owner, "max", function="main_manager"), place)
    place.rows["member"] = OrganisationMember.objects.for_(practice).order_by("pk").first()
    world.people["group_owner"] = (owner, place)
    elsewhere = Practice.objects.create(name="Cabinet de la Sambre", country="BE")
    stranger = _member(elsewhere, "chantal", Role.OWNER)
    _carer(elsewhere, stranger, "990000055")
    world.people |= {
        "belgian_secretary": (_member(practice, "sara", Role.SECRETARY), place),
        "belgian_reader": (_member(practice, "rudy", Role.READER), place),
        "belgian_stranger": (stranger, place),
    }


def build() -> World:
    """Make both places and everybody in them. What only one has stands for the other: a row of elsewhere."""
    world = World()
    _home(world)
    _group(world)
    home, group = world.people["owner"][1], world.people["group_owner"][1]
    home.rows, group.rows = group.rows | home.rows, home.rows | group.rows
    return world


def counts(place: Place) -> tuple[int, ...]:
    """Count the rows that a request that is refused may not have made or taken away."""
    models: tuple[Any, ...] = (Bill, Draft, Payment, Receivable)
    return tuple(model.objects.for_(place.practice).count() for model in models)


PATIENT = Kind.PATIENT
