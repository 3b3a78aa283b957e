"""What the board does about activities and hours."""

from __future__ import annotations

from django.urls import URLPattern, path

from marketplace.views.board import hours

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/", hours.board_hours, name="board_hours"),
    path("<slug:slug>/shift/<uuid:ref>/", hours.board_shift, name="board_shift"),
    path("<slug:slug>/hours/<uuid:ref>/", hours.board_rule, name="board_rule"),
]
