import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from quittance.billing import triggers
from quittance.billing.models import Bill, ImmutableError
from quittance.billing.services.payments import record_payment
from tests.billing.making import make_bill


@pytest.fixture
def paid_bill(acting):
    bill = make_bill(acting)
    record_payment(acting, bill, means="cash", cents=3000, key="k")
    return bill


def test_after_all_migrations_each_table_has_its_triggers(db):
    assert triggers.missing() == []
    assert set(triggers.expected()) <= triggers.present(connection)


@pytest.mark.parametrize("verb", triggers.VERBS)
@pytest.mark.parametrize("table", triggers.TABLES)
def test_the_database_refuses_raw_sql(paid_bill, table, verb):
    statement = f"UPDATE {table} SET practice_id = practice_id" if verb == "update" else f"DELETE FROM {table}"
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(statement)


def test_the_model_refuses_too(paid_bill):
    paid_bill.fee_cents = 1
    with pytest.raises(ImmutableError):
        paid_bill.save()
    with pytest.raises(ImmutableError):
        paid_bill.delete()


def test_a_queryset_is_refused_by_the_database(paid_bill):
    with pytest.raises(DatabaseError), transaction.atomic():
        Bill.objects.for_(paid_bill).update(fee_cents=1)
    assert Bill.objects.for_(paid_bill).get().fee_cents == 3000


def test_the_start_is_refused_without_a_trigger_and_migrate_repairs_it(db, capsys):
    connection.cursor().execute(f"DROP TRIGGER {triggers.name_of('billing_bill', 'update')}")
    assert triggers.missing() == ["billing_bill_no_update"]
    with pytest.raises(CommandError, match="billing_bill_no_update"):
        call_command("check_triggers")
    call_command("migrate", verbosity=0)
    call_command("check_triggers")
    assert "12" in capsys.readouterr().out
