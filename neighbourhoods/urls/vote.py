"""Everything about deciding, under vote/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("polling/", include("neighbourhoods.urls.polling")),
    path("board/", include("neighbourhoods.urls.boardroom")),
    path("elections/", include("neighbourhoods.urls.standing")),
]
