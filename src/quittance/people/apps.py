from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache(using: str, **_more: object) -> None:
    """Make the table of the cache that all server processes share; done twice, it changes nothing."""
    call_command("createcachetable", database=using, verbosity=0)


class PeopleConfig(AppConfig):
    name = "quittance.people"
    label = "people"

    def ready(self) -> None:
        from quittance.audit import immutable
        from quittance.people.accounts import trail

        immutable.protect("people_mandateevent")  # both sides of a mandate read the same history
        trail.connect()
        post_migrate.connect(make_cache, sender=self, dispatch_uid="people.cache")
