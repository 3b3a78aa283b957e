"""Everything on the market, under market/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("marketplace.urls.browse")),
    path("offers/", include("marketplace.urls.offers")),
    path("orders/", include("marketplace.urls.orders")),
    path("vouchers/", include("marketplace.urls.vouchers")),
    path("desk/", include("marketplace.urls.desk")),
    path("board/", include("marketplace.urls.board")),
    path("admission/", include("marketplace.urls.admission")),
    path("activities/", include("marketplace.urls.activities")),
    path("mine/", include("marketplace.urls.taking_part")),
    path("post/", include("marketplace.urls.posting")),
    path("organise/", include("marketplace.urls.organising")),
    path("earning/", include("marketplace.urls.rewards")),
    path("work/", include("marketplace.urls.work")),
    path("hours/", include("marketplace.urls.hours")),
]
