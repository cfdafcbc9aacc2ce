"""What would differ between SQLite and PostgreSQL if nobody looked."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.http import QueryDict

from quittance.patients import search, services
from quittance.web.nul import without_nul
from tests.billing.making import make_draft

OURS = [model for model in apps.get_models() if model.__module__.startswith("quittance.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_order_leaves_the_place_of_an_empty_value_to_the_database(model):
    by_name = [name.lstrip("-") for name in model._meta.ordering if isinstance(name, str)]
    assert not [name for name in by_name if name != "pk" and model._meta.get_field(name.split("__")[0]).null]


def test_folded_names_sort_byte_by_byte(acting):
    for name in ("Ab", "A c", "A", "Éa", "Zoé", "А", "9"):
        services.create_patient(acting, {"birth_name": name})
    found = [one.folded for one in search.patients(acting, "", "name", 10)]
    assert found == sorted(found)
    assert [one.birth_name for one in search.patients(acting, "a", "name", 10)] == ["A", "A c", "Ab"]


def test_covers_without_a_first_day_come_last(acting):
    patient = services.create_patient(acting, {"birth_name": "Adrun"})
    payer = services.record_payer(acting, "amc", "1", "Mutuelle", "complementary")
    days = ["2026-01-01", None, "2026-03-01", None]
    made = [services.add_cover(patient, payer, {"from_day": day}) for day in days]
    assert list(patient.covers.all()) == [made[0], made[2], made[3], made[1]]
    services.delete_cover(made[0])
    assert patient.covers.all()[0] == made[2]


def test_what_is_sent_loses_nul_and_nothing_else():
    sent = QueryDict("a=1%002&a=&b=%00&c=%0A")
    assert dict(without_nul(sent).lists()) == {"a": ["12", ""], "b": [""], "c": ["\n"]}
    plain = QueryDict("a=1")
    assert without_nul(plain) is plain


def test_nul_breaks_no_page(alice_client, acting):
    draft = make_draft(acting)
    for path in ("/patients/", "/bills/", "/bill/"):
        assert alice_client.get(path, {"q": "a\0d", "sort": "\0"}).status_code == 200
    typed = {"version": draft.version, "a1-quantity": "\x002", "shown": "a1-quantity", "open": "1"}
    assert alice_client.post(f"/bill/{draft.pk}/", typed).status_code == 302
    draft.refresh_from_db()
    assert str(draft.input["acts"][0]["quantity"]) == "2"
