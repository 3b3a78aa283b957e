"""The sealed logs and the coins as machines read them, under log/ (no language)."""

from __future__ import annotations

from django.urls import path

from wallet.views.log import coin_statement, log_checkpoint, log_tile

urlpatterns = [
    path("coins/<slug:slug>.json", coin_statement, name="coin_statement"),
    path("<slug:name>/checkpoint", log_checkpoint, name="log_checkpoint"),
    path("<slug:name>/tile/<int:level>/<path:place>", log_tile, name="log_tile"),
]
