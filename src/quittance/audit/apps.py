from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "quittance.audit"
    label = "audit"

    def ready(self) -> None:
        from quittance.audit import immutable, sql

        immutable.protect(sql.TABLE)
        connection_created.connect(sql.on_connection, dispatch_uid="audit.link")
        # Once after all migrations, whichever were run: one of them may have rebuilt a protected table.
        post_migrate.connect(sql.after_migrate, sender=self, dispatch_uid="audit.append")
        post_migrate.connect(immutable.install_after_migrate, sender=self, dispatch_uid="audit.immutable")
