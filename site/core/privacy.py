"""The privacy registry: what is kept about a person, on what ground, and what becomes of it.

Every model that points at a person stands here, third-party ones too; a test walks all models and finds the one
that does not. "Download my data" and "erase me" read this registry and nothing else, so that neither can forget.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
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
class Kept:
    """One kind of data about a person.

    `paths` are the lookups that lead from a row to the person's Party or User. `empty` names the fields to clear
    and what they become. `why` says in plain words what it is for; `stays` why it cannot go (KEEP and EMPTY).
    `export` are the fields in a download, all concrete ones when it is empty; `secret` ones are never shown.
    """

    model: str
    paths: tuple[str, ...]
    what: _StrPromise | str
    why: _StrPromise | str
    on_erasure: OnErasure
    stays: _StrPromise | str = ""
    empty: tuple[tuple[str, Any], ...] = ()
    secret: tuple[str, ...] = ()
    shown: bool = True

    @property
    def model_class(self) -> type[models.Model]:
        return apps.get_model(self.model)


_kept: dict[str, Kept] = {}
_before_erasure: list[Callable[[models.Model, datetime], None]] = []


def keeps(*entries: Kept) -> None:
    """Say of a model what is kept in it. Called from each app's `privacy` module when the app is ready."""
    for entry in entries:
        if entry.on_erasure is not OnErasure.DELETE and not entry.stays:
            raise ValueError(f"{entry.model} stays after erasure: say why.")
        _kept[entry.model.lower()] = entry


def before_erasure(function: Callable[[models.Model, datetime], None]) -> Callable[[models.Model, datetime], None]:
    """Register what must be asked or ended first: the function gets the party and the moment, and may refuse."""
    _before_erasure.append(function)
    return function


def register() -> tuple[Kept, ...]:
    """The whole registry, in the order in which apps registered."""
    return tuple(_kept.values())


def kept_in(model: type[models.Model]) -> Kept | None:
    return _kept.get(model._meta.label_lower)


def checks_before_erasure() -> Iterable[Callable[[models.Model, datetime], None]]:
    return tuple(_before_erasure)


def rows_about(entry: Kept, *, party: models.Model, user: models.Model | None) -> models.QuerySet[Any]:
    """The rows of one kind that are about this person, by any of its paths."""
    model = entry.model_class
    condition = models.Q(pk__in=[])
    for path in entry.paths:
        target = _target(model, path)
        owner = user if target is not type(party) else party
        if owner is not None:
            condition |= models.Q(**{path: owner.pk})
    return model._base_manager.filter(condition).order_by("pk").distinct()


def _target(model: type[models.Model], path: str) -> Any:
    """The model at the end of a path of foreign keys; "pk" is the row itself."""
    target: Any = model
    if path == "pk":
        return target
    for part in path.split("__"):
        target = target._meta.get_field(part).related_model
    return target


def rows_as_data(entry: Kept, rows: models.QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Each row as plain values, without what is secret (hashes, keys)."""
    fields = [
        field.name
        for field in entry.model_class._meta.concrete_fields
        if field.name not in entry.secret and not isinstance(field, models.FileField)
    ]
    for row in rows:
        yield {name: _plain(row.serializable_value(name)) for name in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
