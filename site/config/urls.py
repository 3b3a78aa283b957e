"""All addresses. Words after the language prefix that belong to the site are reserved as slugs."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("theme/", include("neighbourhoods.urls.theme")),
    path("log/", include("wallet.urls.log")),
]

if settings.DEBUG or settings.DEMO:
    # In production a web server gives out what editors uploaded.
    media = {"document_root": settings.MEDIA_ROOT}
    urlpatterns += [re_path(r"^media/(?P<path>.*)$", serve, media)]

urlpatterns += i18n_patterns(
    path("account/", include("people.urls")),
    path("account/", include("neighbourhoods.urls.account")),
    path("account/", include("allauth.urls")),
    path("desk/", include("neighbourhoods.urls.desk")),
    path("vote/", include("neighbourhoods.urls.vote")),
    path("market/", include("marketplace.urls")),
    path("wallet/", include("wallet.urls.wallet")),
    path("pay/", include("wallet.urls.pay")),
    path("till/", include("wallet.urls.till")),
    path("funding/", include("wallet.urls.funding")),
    path("finance/", include("wallet.urls.finance")),
    path("proof/", include("wallet.urls.proof")),
    path("", include("home.urls")),
    path("", include(wagtail_urls)),
)

handler400 = "home.errors.bad_request"
handler403 = "home.errors.permission_denied"
handler404 = "home.errors.not_found"
handler500 = "home.errors.server_error"
