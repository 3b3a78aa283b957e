"""Two habits of the ground that Wagtail's admin needs otherwise than the public site."""

from __future__ import annotations

from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware

ADMIN = "/admin/"
WITHOUT_LANGUAGE = (ADMIN, "/log/")  # what machines read of the sealed logs is the same in every language


class SiteCSP(CSPMiddleware):
    """Strict everywhere; the Wagtail admin alone may run inline scripts and styles, for it has them still."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> Any:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN):
            # Replaced, not added to: a nonce in the same directive would switch 'unsafe-inline' off.
            parts.replace = {
                **(parts.replace or {}),
                "script-src": [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
                "img-src": [SELF, "data:", "blob:"],
                "frame-src": [SELF],
            }
        return parts


class SiteLocale(LocaleMiddleware):
    """A 404 where there are no languages stays one: no detour over /nl/admin/…, which does not exist either."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
