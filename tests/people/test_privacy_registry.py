"""Whatever points at a person is classified: shown in the download, and erased, emptied or kept for a reason."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from core.privacy import Kept, OnErasure, keeps, kept_in, register
from people.models import Party, User


def pointers(model: type[models.Model]) -> list[str]:
    """The fields of a model's own table that point at a person or a login."""
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field.name for field in fields if field.related_model in (Party, User)]


def about_persons() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if pointers(model)]


@pytest.mark.parametrize("model", about_persons(), ids=lambda model: model._meta.label)
def test_every_model_that_points_at_a_person_is_in_the_privacy_registry(model: type[models.Model]) -> None:
    assert kept_in(model), f"{model._meta.label} points at a person ({', '.join(pointers(model))})"


@pytest.mark.parametrize("entry", register(), ids=lambda entry: entry.model)
def test_every_entry_can_be_asked_and_read(entry: Kept) -> None:
    names = {field.name for field in entry.model_class._meta.get_fields()}

    assert {path.split("__")[0] for path in entry.paths} - {"pk"} <= names
    assert {name for name, _value in entry.empty} <= names
    assert {*entry.emails, *entry.export, *entry.secret} <= names
    assert str(entry.what)
    assert str(entry.why)


@pytest.mark.parametrize("on_erasure", [OnErasure.KEEP, OnErasure.EMPTY])
def test_what_stays_must_say_why(on_erasure: OnErasure) -> None:
    with pytest.raises(ValueError, match="say why"):
        keeps(Kept(model="people.Party", paths=("pk",), what="x", why="y", on_erasure=on_erasure))


def test_secrets_never_leave() -> None:
    secret = {entry.model: set(entry.secret) for entry in register()}

    assert secret["people.User"] == {"password"}
    assert secret["mfa.Authenticator"] == {"data"}
    assert secret["sessions.Session"] == {"session_key", "session_data"}
    assert secret["usersessions.UserSession"] == {"session_key", "data"}
    assert secret["wagtailcore.APIToken"] == {"key_hash", "prefix"}
