"""The privacy registry: what is kept about a person, on what ground, and what becomes of it.

Every model that points at a person stands here, third-party ones too; a test walks all models and finds the one
that does not. "Download my data" and "erase me" read this registry and nothing else, so that neither can forget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class OnErasure(Enum):
    """What happens to the rows when the person asks to be erased."""

    DELETE = "DELETE"  # the rows go
    EMPTY = "EMPTY"  # the rows stay, their content goes
    KEEP = "KEEP"  # the rows stay under the pseudonym "former participant", for the reason given


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One number of a person, with the login and the e-mail addresses that belong to it."""

    party: models.Model
    user: models.Model | None = None
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One kind of data about a person.

    `paths` are the lookups that lead from a row to the person's Party or User ("pk" when the row is it); `emails`
    the fields that may hold an address of theirs; `rows` finds rows that no path leads from (asked besides those).
    `empty` names the fields to clear and what they become: a field that is itself a path is cleared only where it
    points at this person. With `empty_by` only rows that these paths lead from are cleared: in a nomination stand the
    words of the candidate, not of whoever nominated them. `also` runs first, for what one row cannot say. `why` says
    in plain words what it is for; `stays` why it cannot go (KEEP and EMPTY). `export` are the fields in a download,
    all of them when it is empty; `secret` ones are never in it (hashes, keys). Not `shown` is what means nothing to a
    reader.
    """

    model: str
    what: _StrPromise | str
    why: _StrPromise | str
    on_erasure: OnErasure
    paths: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    rows: Callable[[Subject], models.QuerySet[Any]] | None = None
    stays: _StrPromise | str = ""
    empty: tuple[tuple[str, Any], ...] = ()
    empty_by: tuple[str, ...] = ()
    also: Callable[[Subject], None] | None = None
    export: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    shown: bool = True

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)


Check = Callable[[models.Model, datetime], None]

_kept: dict[str, Kept] = {}
_before_erasure: list[Check] = []


def keeps(*entries: Kept) -> None:
    """Say of a model what is kept in it. Called from each app's `privacy` module when the app is ready."""
    for entry in entries:
        if entry.on_erasure is not OnErasure.DELETE and not entry.stays:
            raise ValueError(f"{entry.model} stays after erasure: say why.")
        if entry.on_erasure is OnErasure.EMPTY and not entry.empty:
            raise ValueError(f"{entry.model} is emptied on erasure: say which fields.")
        if not (entry.paths or entry.emails or entry.rows):
            raise ValueError(f"{entry.model}: nothing leads from a row to the person.")
        _kept[entry.model.lower()] = entry


def before_erasure(function: Check) -> Check:
    """Register what must be asked or ended first: the function gets the party and the moment, and may refuse.

    It is asked for persons, and for organisations that are closed.
    """
    if function not in _before_erasure:
        _before_erasure.append(function)
    return function


def register() -> tuple[Kept, ...]:
    """The whole registry, in the order in which apps registered."""
    return tuple(_kept.values())


def kept_in(model: type[models.Model]) -> Kept | None:
    return _kept.get(model._meta.label_lower)


def checks_before_erasure() -> Iterable[Check]:
    return tuple(_before_erasure)


def rows_about(entry: Kept, subject: Subject) -> models.QuerySet[Any]:
    """The rows of one kind that are about this number of a person, in whatever way."""
    model = entry.model_class
    condition = models.Q(pk__in=[])
    for path in entry.paths:
        condition |= _points_at(model, path, subject)
    for field in entry.emails:
        for email in subject.emails:
            condition |= models.Q(**{f"{field}__iexact": email})
    if entry.rows is not None:
        condition |= models.Q(pk__in=entry.rows(subject).values("pk"))
    found = model._base_manager.filter(condition).values("pk")
    return model._base_manager.filter(pk__in=found).order_by("pk")


def _points_at(model: type[models.Model], path: str, subject: Subject) -> models.Q:
    target = _target(model, path)
    for owner in (subject.party, subject.user):
        if owner is not None and isinstance(owner, target):
            return models.Q(**{path: owner.pk})
    return models.Q(pk__in=[])


def _target(model: type[models.Model], path: str) -> Any:
    """The model at the end of a path of foreign keys; "pk" is the row itself."""
    target: Any = model
    if path == "pk":
        return target
    for part in path.split("__"):
        target = target._meta.get_field(part).related_model
    return target


def rows_as_data(entry: Kept, rows: models.QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Each row as plain values, without what is secret."""
    fields = [
        field.name
        for field in entry.model_class._meta.concrete_fields
        if field.name not in entry.secret and (not entry.export or field.name in entry.export)
    ]
    for row in rows:
        yield {name: _plain(row.serializable_value(name)) for name in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return str(value)


def erase_rows(subjects: Iterable[Subject]) -> None:
    """Do to all rows about these numbers what the registry says. Call it inside a transaction.

    All rows are found before the first one goes, because one row may be found by another. What is emptied goes
    first: it is found by pointing at a login that is about to go.
    """
    subjects = list(subjects)
    going = [(entry, _numbers(entry, subjects)) for entry in _in_order_of_deletion()]
    for entry in register():
        for subject in subjects:
            if entry.also is not None:
                entry.also(subject)
            if entry.on_erasure is OnErasure.EMPTY:
                _empty(entry, subject)
    for entry, numbers in going:
        entry.model_class._base_manager.filter(pk__in=numbers).delete()


def _numbers(entry: Kept, subjects: Iterable[Subject]) -> list[Any]:
    return [pk for subject in subjects for pk in rows_about(entry, subject).values_list("pk", flat=True)]


def _empty(entry: Kept, subject: Subject) -> None:
    theirs = replace(entry, paths=entry.empty_by, rows=None) if entry.empty_by else entry
    numbers = list(rows_about(theirs, subject).values_list("pk", flat=True))
    model = entry.model_class
    rows = model._base_manager.filter(pk__in=numbers)
    words = {name: value for name, value in entry.empty if name not in entry.paths}
    if words:
        rows.update(**words)
    for name, value in entry.empty:
        if name in entry.paths:
            rows.filter(_points_at(model, name, subject)).update(**{name: value})


def _in_order_of_deletion() -> list[Kept]:
    """What goes, so ordered that a row goes before the row that it points at."""
    waiting = {entry.model_class: entry for entry in register() if entry.on_erasure is OnErasure.DELETE}
    ordered: list[Kept] = []
    while waiting:
        pointed_at = {target for model in waiting for target in _targets(model) if target is not model}
        free = [model for model in waiting if model not in pointed_at] or list(waiting)
        ordered += [waiting.pop(model) for model in free]
    return ordered


def _targets(model: type[models.Model]) -> set[Any]:
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}
