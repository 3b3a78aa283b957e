from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def soon(request: HttpRequest, **path: Any) -> HttpResponse:
    raise Http404
