"""Who an issued bill names as complementary insurer: the cover chosen on the bill page, whatever the default is."""

import pytest
from django.test import Client

from quittance.billing.models import Bill
from quittance.billing.services.issue import issue_bill
from quittance.billing.services.reading import bill_or_404
from quittance.france.models import FrenchCover
from quittance.patients.models import Cover, PayerKind
from quittance.patients.services import add_cover, record_payer
from tests.billing.making import make_draft, make_patient

DEFAULT, OTHER = ("75500017", "Mutuelle Une"), ("75500025", "Mutuelle Deux")
NOBODY = ("", "", "", None)


@pytest.fixture
def covers(acting):
    patient = make_patient(acting)
    made = []
    for number, name in (DEFAULT, OTHER):
        payer = record_payer(acting, "amc", number, name, PayerKind.COMPLEMENTARY)
        made.append(add_cover(patient, payer, {"member_number": f"member {number}"}))
        FrenchCover.objects.for_(acting).create(cover=made[-1], formula="052")
    assert [one.is_default for one in made] == [True, False]
    return made


def named(scope, bill):
    """Give what the snapshot and the receivable say of the complementary insurer."""
    bill = bill_or_404(scope, bill.pk)
    (told,) = [one for one in bill.snapshot["payers"] if one["kind"] == PayerKind.COMPLEMENTARY]
    (owed,) = [one for one in bill.receivables.all() if one.kind == PayerKind.COMPLEMENTARY]
    assert told["due_cents"] == owed.cents
    return told["name"], told["number"], told["member_number"], owed.payer


def named_by(cover):
    return cover.payer.name, cover.payer.number, cover.member_number, cover.payer


def draft_for(acting, covers, wish):
    draft = make_draft(acting, patient=covers[0].patient, amo=True, amc=True, pathway="T")
    draft.input["extras"] = {"cover": wish} if wish else {}
    draft.save()
    return draft


@pytest.mark.parametrize("place", [0, 1])
def test_the_bill_names_the_payer_of_the_chosen_cover(acting, covers, place):
    draft = draft_for(acting, covers, str(covers[place].pk))
    bill = issue_bill(acting, draft, str(draft.key), draft.version)
    assert named(acting, bill) == named_by(covers[place])
    assert bill.receivables.get(kind=PayerKind.COMPLEMENTARY).cents > 0


def test_without_a_choice_it_names_the_default_one(acting, covers):
    draft = draft_for(acting, covers, "")
    assert named(acting, issue_bill(acting, draft, str(draft.key), draft.version)) == named_by(covers[0])


def test_it_names_nobody_when_none_is_chosen(acting, covers):
    draft = draft_for(acting, covers, "none")
    assert named(acting, issue_bill(acting, draft, str(draft.key), draft.version)) == NOBODY


def test_it_names_nobody_when_the_patient_has_none(acting, covers):
    Cover.objects.for_(acting).all().delete()
    draft = draft_for(acting, covers, str(covers[1].pk))
    assert named(acting, issue_bill(acting, draft, str(draft.key), draft.version)) == NOBODY


@pytest.mark.parametrize("wish", ["other", "none"])
def test_the_choice_of_the_page_reaches_the_bill(alice_client: Client, acting, covers, wish):
    draft = draft_for(acting, covers, "")
    chosen = str(covers[1].pk) if wish == "other" else wish
    fields = {"version": draft.version, "key": draft.key, "do": "issue", "shown": "x-cover", "x-cover": chosen}
    assert alice_client.post(f"/bill/{draft.pk}/", fields).status_code == 302
    assert named(acting, Bill.objects.for_(acting).get()) == (named_by(covers[1]) if wish == "other" else NOBODY)
