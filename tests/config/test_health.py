"""/healthz: 200 when the database answers and nothing waits too long, 503 otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from core.actor import Actor
from core.audit import record
from core.sealing.logs import logs
from core.sealing.sealer import seal
from home.health import QUEUE_LATE_AFTER_SECONDS, SEALER_LATE_AFTER_SECONDS
from tests.factories.people import child
from tests.plugins.data import RealCommits

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def _queue(settings: Settings, db: None) -> Iterator[None]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with time_machine.travel(NOW, tick=False):
        yield


def task_put_in(seconds_ago: int, status: str = "READY") -> None:
    task = DBTaskResult.objects.create(
        status=status,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="home.tasks.anything",
        queue_name="default",
        backend_name="default",
        run_after=NOW,
        exception_class_path="",
        traceback="",
    )
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=NOW - timedelta(seconds=seconds_ago))


def report(**other: int | str) -> dict[str, int | str]:
    """What it says when all is well, but for this."""
    well: dict[str, int | str] = {
        "database": "ok", "oldest_task_seconds": 0, "tasks": "ok", "oldest_unsealed_seconds": 0, "sealer": "ok",
    }  # fmt: skip
    return well | other


@pytest.mark.django_db
def test_a_server_whose_database_answers_is_well(client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == report()


@pytest.mark.usefixtures("_queue")
def test_a_task_that_waits_a_moment_is_no_matter(client: Client) -> None:
    task_put_in(QUEUE_LATE_AFTER_SECONDS)

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == report(oldest_task_seconds=600)


@pytest.mark.usefixtures("_queue")
def test_a_task_that_waits_too_long_is_said(client: Client) -> None:
    task_put_in(5)
    task_put_in(QUEUE_LATE_AFTER_SECONDS + 1)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == report(oldest_task_seconds=601, tasks="late")


@pytest.mark.usefixtures("_queue")
@pytest.mark.parametrize("status", ["SUCCESSFUL", "FAILED", "RUNNING"])
def test_a_task_that_was_begun_does_not_wait(client: Client, status: str) -> None:
    task_put_in(QUEUE_LATE_AFTER_SECONDS + 1, status=status)

    assert client.get("/healthz").status_code == 200


@pytest.mark.usefixtures("_queue")
@pytest.mark.parametrize("waiting", [1, 3])
def test_asking_takes_two_queries(
    client: Client, waiting: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(waiting):
        task_put_in(5)

    with django_assert_num_queries(2):
        client.get("/healthz")


@pytest.fixture
def _sealer(settings: Settings, db: None) -> Iterator[None]:
    """A server beside which a sealer should run, and had nothing to do until now."""
    settings.LOGS_ARE_SEALED = True
    for log in logs():
        seal(log, at=NOW)
    with time_machine.travel(NOW, tick=False):
        yield


def happened(seconds_ago: int) -> None:
    ann = child("Ann")
    record(
        "party.seen", subject=ann, actor=Actor.system(), at=NOW - timedelta(seconds=seconds_ago), about=[ann]
    )


@pytest.mark.usefixtures("_sealer")
def test_what_waits_for_the_sealer_a_moment_is_no_matter(client: Client) -> None:
    happened(SEALER_LATE_AFTER_SECONDS)

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == report(oldest_unsealed_seconds=120)


@pytest.mark.usefixtures("_sealer")
def test_a_sealer_that_is_late_is_said_until_it_has_sealed(client: Client) -> None:
    happened(SEALER_LATE_AFTER_SECONDS + 1)

    late = client.get("/healthz")
    for log in logs():
        seal(log, at=NOW)
    answer = client.get("/healthz")

    assert late.status_code == 503
    assert late.json() == report(oldest_unsealed_seconds=121, sealer="late")
    assert (answer.status_code, answer.json()) == (200, report())


@pytest.mark.usefixtures("_sealer")
@pytest.mark.parametrize("waiting", [1, 3])
def test_asking_for_the_sealer_takes_a_query_for_each_log(
    client: Client, waiting: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(waiting):
        happened(5)

    with django_assert_num_queries(3):
        client.get("/healthz")


def test_a_database_that_does_not_answer_is_said_and_nothing_else(
    client: Client, real_commits: RealCommits
) -> None:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "/no/such/database"
    try:
        answer = client.get("/healthz")
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name

    assert answer.status_code == 503
    assert answer.json() == {"database": "down"}
