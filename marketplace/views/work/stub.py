from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


@login_required
def to_account(request: HttpRequest, **_named: Any) -> HttpResponse:
    """To the account, where the ways to work begin."""
    return redirect("account")
