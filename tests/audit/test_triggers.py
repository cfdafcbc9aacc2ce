"""What is written once: the triggers, their list, their repair."""

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from quittance import audit
from quittance.audit import immutable
from quittance.audit.models import AuditEvent
from quittance.audit.sql import TABLE

STATEMENTS = {
    "update": f"UPDATE {TABLE} SET what = what",
    "delete": f"DELETE FROM {TABLE}",
    "truncate": f"TRUNCATE {TABLE}",
}


def dropped(name: str, table: str) -> str:
    return f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}")


def test_after_all_migrations_every_trigger_is_there(db):
    assert immutable.missing() == []
    assert TABLE in immutable.protected()
    assert set(immutable.expected()) <= immutable.present(connection)


def test_the_database_refuses_to_change_the_journal(db):
    audit.record(None, "view", "test")
    for verb in immutable.VERBS[connection.vendor]:
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            connection.cursor().execute(STATEMENTS[verb])
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.count() == 1


def test_the_model_refuses_too(db):
    audit.record(None, "view", "test")
    event = AuditEvent.objects.get()
    with pytest.raises(immutable.ImmutableError):
        event.save()
    with pytest.raises(immutable.ImmutableError):
        event.delete()


def test_the_start_is_refused_without_a_trigger_and_migrate_repairs_it(db, capsys):
    name = immutable.name_of("billing_bill", "update")
    connection.cursor().execute(dropped(name, "billing_bill"))
    assert immutable.missing() == [name]
    with pytest.raises(CommandError, match=name):
        call_command("check_triggers")
    call_command("migrate", verbosity=0)
    call_command("check_triggers")
    assert str(len(immutable.expected())) in capsys.readouterr().out


def test_a_table_too_long_for_its_triggers_is_refused():
    with pytest.raises(ValueError, match="too long"):
        immutable.protect("a" * 60)
