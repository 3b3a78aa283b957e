from __future__ import annotations

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, also when that is nothing; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
