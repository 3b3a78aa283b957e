"""What the board does about activities and hours."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from marketplace.views.board import activities, hours

ACTIVITY: list[URLPattern | URLResolver] = [
    path("", activities.board_activity, name="board_activity"),
    path("publish/", activities.publish, name="board_activity_publish"),
    path("return/", activities.send_back, name="board_activity_return"),
    path("suspend/", activities.suspend, name="board_activity_suspend"),
    path("release/", activities.release, name="board_activity_release"),
    path("call-off/", activities.call_off, name="board_activity_call_off"),
    path("money/", activities.money, name="board_activity_money"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/activities/<uuid:ref>/", include(ACTIVITY)),
    path("<slug:slug>/", hours.board_hours, name="board_hours"),
    path("<slug:slug>/shift/<uuid:ref>/", hours.board_shift, name="board_shift"),
    path("<slug:slug>/hours/<uuid:ref>/", hours.board_rule, name="board_rule"),
]
