"""Whether this server is well, for a load balancer and for whoever is on duty."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import clock

# Older than this, and nothing that is edited can be found in the search.
QUEUE_LATE_AFTER_SECONDS = 600


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and no task waits too long, 503 otherwise. Tells nobody anything else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = _oldest_waiting_seconds(clock.now())
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    late = waiting > QUEUE_LATE_AFTER_SECONDS
    report = {"database": "ok", "oldest_task_seconds": waiting, "tasks": "late" if late else "ok"}
    return JsonResponse(report, status=503 if late else 200)


def _oldest_waiting_seconds(now: datetime) -> int:
    if "django_tasks_db" not in settings.TASKS["default"]["BACKEND"]:
        return 0
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    oldest = ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return int((now - oldest).total_seconds()) if oldest else 0
