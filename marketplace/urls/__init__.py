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
]
