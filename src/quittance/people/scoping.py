"""Every row belongs to a practice, and every query says which one.

`Model.objects.for_(acting)` is the way in. A query on `Model.objects` that was not scoped raises
`UnscopedQueryError` when it runs; so does a form field that would list the rows of everybody. Rows
reached from another row (`bill.lines.all()`) are of its practice, because a foreign key across
practices is refused on save. Work that is truly of no practice says why:
`Model.objects.unscoped("nightly check")`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Protocol, Self, TypeVar, cast

from django.db import models
from django.db.models import Q

T = TypeVar("T", bound=models.Model)
_lifted: ContextVar[bool] = ContextVar("practice scope lifted", default=False)


class UnscopedQueryError(RuntimeError):
    """A query would have read or changed rows of every practice."""


class CrossPracticeError(ValueError):
    """A row would have pointed at a row of another practice."""


class HasPractice(Protocol):
    """What a scope is: an `Acting`, or a row of the practice."""

    @property
    def practice(self) -> Any: ...


@contextmanager
def lifted() -> Iterator[None]:
    """Let unscoped queries run: only for Django's own uniqueness checks and for data loads."""
    token = _lifted.set(True)
    try:
        yield
    finally:
        _lifted.reset(token)


class ScopedQuerySet(models.QuerySet[T]):
    """A query that refuses to run before it knows its practice."""

    _scope: Any = None

    def for_(self, scope: HasPractice) -> Self:
        """Keep the rows of the practice of `scope` (an `Acting`, or any row of the practice).

        Somebody confined to one professional (`scope.confined_to`: a mandatary) is given only that one's rows.
        """
        found = self.filter(practice=scope.practice)
        only = getattr(scope, "confined_to", None)
        if only is not None:
            found = found.filter(cast("type[PracticeOwned]", self.model).confined(only))
        found._scope = scope.practice
        return found

    def unscoped(self, why: str) -> Self:
        """Query every practice; `why` is for the reader of the code."""
        if not why:
            raise UnscopedQueryError("say why")
        found: Self = self._chain()  # type: ignore[attr-defined]
        found._scope = why
        return found

    def _check(self) -> None:
        related = "instance" in self._hints  # type: ignore[attr-defined]
        if self._scope is None and not related and not _lifted.get():
            raise UnscopedQueryError(
                f"{self.model.__name__}.objects was queried without a practice: write .for_(acting)"
            )

    def _clone(self) -> Self:
        clone = cast(Self, super()._clone())  # type: ignore[misc]
        clone._scope = self._scope
        return clone

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._check()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[T]:
        self._check()
        return super().iterator(*args, **kwargs)

    def count(self) -> int:
        self._check()
        return super().count()

    def exists(self) -> bool:
        self._check()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._check()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._check()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._check()
        return super().delete()

    def create(self, **kwargs: Any) -> T:
        """Make a row; after `for_`, of that practice."""
        if isinstance(self._scope, models.Model):
            kwargs.setdefault("practice", self._scope)
        return super().create(**kwargs)

    def bulk_create(self, objs: Iterable[T], *args: Any, **kwargs: Any) -> list[T]:
        rows = list(objs)
        for row in rows:
            refuse_other_practice(cast("PracticeOwned", row))
        return super().bulk_create(rows, *args, **kwargs)


class ScopedManager(models.Manager[T]):
    """The only manager of a row of a practice."""

    def get_queryset(self) -> ScopedQuerySet[T]:
        return ScopedQuerySet(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]

    def for_(self, scope: HasPractice) -> ScopedQuerySet[T]:
        """Keep the rows of the practice of `scope`."""
        return self.get_queryset().for_(scope)

    def unscoped(self, why: str) -> ScopedQuerySet[T]:
        """Query every practice; say why."""
        return self.get_queryset().unscoped(why)


def refuse_other_practice(row: PracticeOwned) -> None:
    """Raise `CrossPracticeError` when a new or changed foreign key leaves the row's practice."""
    for field in row._meta.concrete_fields:
        target = field.related_model
        if not (isinstance(target, type) and issubclass(target, PracticeOwned)):
            continue
        key = getattr(row, field.attname)
        if key is None or row._loaded.get(field.attname) == key:
            continue
        if cast("models.ForeignKey[Any, Any]", field).is_cached(row):
            theirs = getattr(row, field.name).practice_id
        else:
            rows = target._base_manager.filter(pk=key)
            theirs = rows.values_list("practice_id", flat=True).first()
        if theirs is not None and theirs != row.practice_id:
            raise CrossPracticeError(f"{row._meta.label}.{field.name} belongs to another practice")


class PracticeOwned(models.Model):
    """A row of one practice (cabinet): put the practice first in every index.

    `confined_by` are the paths to the professional it is of, for whoever may see only one professional's rows; a model
    without a professional says `shared = True`, one that extends another row (its key) follows that one. Any other is
    refused to them.
    """

    practice = models.ForeignKey("people.Practice", models.PROTECT, related_name="+")
    objects = ScopedManager()
    confined_by: ClassVar[tuple[str, ...]] = ()
    shared: ClassVar[bool] = False
    _loaded: dict[str, Any] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        refuse_other_practice(self)
        super().save(*args, **kwargs)

    @classmethod
    def confined(cls, professional: int) -> Q:
        """Keep the rows of one professional; UnscopedQueryError for a model that does not say whose its rows are."""
        if cls.shared:
            return Q()
        if isinstance(cls._meta.pk, models.OneToOneField):
            extended = cast("type[PracticeOwned]", cls._meta.pk.related_model)
            rows = extended._base_manager.filter(extended.confined(professional))
            return Q(**{f"{cls._meta.pk.name}__in": rows.values("pk")})
        if not cls.confined_by:
            raise UnscopedQueryError(f"{cls._meta.label} does not say whose its rows are: confined_by, or shared")
        if len(cls.confined_by) == 1:
            return Q(**{cls.confined_by[0]: professional})
        parts = (cls._base_manager.filter(**{path: professional}).values("pk") for path in cls.confined_by)
        return reduce(or_, (Q(pk__in=part) for part in parts))

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any) -> Self:
        row = super().from_db(db, field_names, values, **more)
        row._loaded = {name: row.__dict__.get(name) for name in field_names if name.endswith("_id")}
        return row

    def validate_unique(self, exclude: Collection[str] | None = None) -> None:
        with lifted():
            super().validate_unique(exclude)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        with lifted():
            super().validate_constraints(exclude)
