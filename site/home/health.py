"""Whether this server is well, for a load balancer and for whoever is on duty."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from core import clock
from core.sealing.queries import waiting_since

# Older than this, and nothing that is edited can be found in the search.
QUEUE_LATE_AFTER_SECONDS = 600
# Sealed each second: after so long the sealer does not run, and who asks for the proof of a payment gets none.
SEALER_LATE_AFTER_SECONDS = 120


def healthz(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers and nothing waits too long, 503 otherwise. Tells nobody anything else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        now = clock.now()
        waiting, unsealed = _oldest_waiting_seconds(now), _oldest_unsealed_seconds(now)
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    tasks = "late" if waiting > QUEUE_LATE_AFTER_SECONDS else "ok"
    sealer = "late" if unsealed > SEALER_LATE_AFTER_SECONDS else "ok"
    report = {
        "database": "ok",
        "oldest_task_seconds": waiting,
        "tasks": tasks,
        "oldest_unsealed_seconds": unsealed,
        "sealer": sealer,
    }
    return JsonResponse(report, status=503 if "late" in {tasks, sealer} else 200)


def _oldest_waiting_seconds(now: datetime) -> int:
    if "django_tasks_db" not in settings.TASKS["default"]["BACKEND"]:
        return 0
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    oldest = ready.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    return int((now - oldest).total_seconds()) if oldest else 0


def _oldest_unsealed_seconds(now: datetime) -> int:
    """How long the oldest payment or audit line waits for the sealer; a machine without one does not ask."""
    oldest = waiting_since() if settings.LOGS_ARE_SEALED else None
    return max(int((now - oldest).total_seconds()), 0) if oldest else 0
