"""/healthz: 200 when the database answers and no task waits too long, 503 otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries, Settings

from home.health import QUEUE_LATE_AFTER_SECONDS
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


@pytest.mark.django_db
def test_a_server_whose_database_answers_is_well(client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "oldest_task_seconds": 0, "tasks": "ok"}


@pytest.mark.usefixtures("_queue")
def test_a_task_that_waits_a_moment_is_no_matter(client: Client) -> None:
    task_put_in(QUEUE_LATE_AFTER_SECONDS)

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "oldest_task_seconds": 600, "tasks": "ok"}


@pytest.mark.usefixtures("_queue")
def test_a_task_that_waits_too_long_is_said(client: Client) -> None:
    task_put_in(5)
    task_put_in(QUEUE_LATE_AFTER_SECONDS + 1)

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "oldest_task_seconds": 601, "tasks": "late"}


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
