import pytest
from django.db import DatabaseError, connection, transaction

from quittance.audit import immutable
from quittance.billing.apps import ISSUED
from quittance.billing.models import Bill
from quittance.billing.services.payments import record_payment
from tests.billing.making import make_bill


@pytest.fixture
def paid_bill(acting):
    bill = make_bill(acting)
    record_payment(acting, bill, means="cash", cents=3000, key="k")
    return bill


def test_after_all_migrations_each_table_has_its_triggers(db):
    assert immutable.missing() == []
    assert set(ISSUED) <= set(immutable.protected())
    assert set(immutable.expected()) <= immutable.present(connection)


@pytest.mark.parametrize("verb", ["update", "delete"])
@pytest.mark.parametrize("table", ISSUED)
def test_the_database_refuses_raw_sql(paid_bill, table, verb):
    statement = f"UPDATE {table} SET practice_id = practice_id" if verb == "update" else f"DELETE FROM {table}"
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_model_refuses_too(paid_bill):
    paid_bill.fee_cents = 1
    with pytest.raises(immutable.ImmutableError):
        paid_bill.save()
    with pytest.raises(immutable.ImmutableError):
        paid_bill.delete()


def test_a_queryset_is_refused_by_the_database(paid_bill):
    with pytest.raises(DatabaseError), transaction.atomic():
        Bill.objects.for_(paid_bill).update(fee_cents=1)
    assert Bill.objects.for_(paid_bill).get().fee_cents == 3000
