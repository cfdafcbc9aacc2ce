import pytest

from quittance.people.models import Identifier, Issuer, Practice, Professional
from quittance.people.scoping import CrossPracticeError, UnscopedQueryError


def test_it_refuses_every_query_without_a_practice(acting):
    rows = Professional.objects
    for query in (
        lambda: list(rows.all()),
        lambda: rows.get(pk=1),
        lambda: rows.filter(last_name="Test").first(),
        rows.count,
        rows.exists,
        lambda: rows.values_list("pk").last(),
        lambda: list(rows.iterator()),
        lambda: rows.in_bulk([1]),
        lambda: rows.update(title=""),
        lambda: rows.filter(pk=1).delete(),
        rows.aggregate,
    ):
        with pytest.raises(UnscopedQueryError):
            query()


def test_it_shows_only_the_rows_of_the_practice(acting, bob, charlie_acting):
    assert {one.first_name for one in Professional.objects.for_(acting)} == {"Alice", "Bob"}
    assert [one.first_name for one in Professional.objects.for_(charlie_acting)] == ["Charlie"]


def test_it_reaches_the_rows_of_a_row(acting):
    assert acting.professional.issuers.get().label == "Dr Alice Test"
    found = Professional.objects.for_(acting).prefetch_related("issuers")
    assert [issuer.number for one in found for issuer in one.issuers.all()] == ["990000011"]


def test_it_makes_rows_in_the_practice_of_the_scope(acting):
    made = Identifier.objects.for_(acting).create(system="rpps", value="1")
    assert made.practice == acting.practice


def test_it_refuses_a_foreign_key_across_practices(acting, charlie_acting):
    theirs = charlie_acting.professional
    with pytest.raises(CrossPracticeError, match="professional belongs to another practice"):
        Issuer.objects.for_(acting).create(professional=theirs, label="x", number="1")
    with pytest.raises(CrossPracticeError):
        Issuer.objects.for_(acting).create(professional_id=theirs.pk, label="x", number="1")
    row = Identifier(practice=acting.practice, professional=theirs, system="rpps", value="1")
    with pytest.raises(CrossPracticeError):
        Identifier.objects.bulk_create([row])


def test_it_refuses_to_move_a_row_across_practices(acting, charlie_acting):
    issuer = acting.professional.issuers.get()
    issuer.professional_id = charlie_acting.professional.pk
    with pytest.raises(CrossPracticeError):
        issuer.save()


def test_it_still_checks_that_a_number_is_unique(acting):
    from django.core.exceptions import ValidationError

    twin = Issuer(practice=acting.practice, professional=acting.professional, label="x", number="990000011")
    with pytest.raises(ValidationError):
        twin.full_clean()


def test_a_practice_is_its_own_scope(practice, alice):
    assert Practice.objects.get(pk=practice.pk).practice == practice
    assert Professional.objects.for_(practice).count() == 1
