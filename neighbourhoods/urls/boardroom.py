"""The room of the board: meetings, minutes and decisions, under vote/board/."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from neighbourhoods.views.boardroom import agenda, meetings, minutes, motions, own, room

MEETING: list[URLPattern | URLResolver] = [
    path("", meetings.meeting, name="meeting"),
    path("change/", meetings.change, name="meeting_change"),
    path("invite/", meetings.invite, name="meeting_invite"),
    path("cancel/", meetings.cancel, name="meeting_cancel"),
    path("hold/", meetings.hold, name="meeting_hold"),
    path("agenda/add/", agenda.add, name="agenda_add"),
    path("agenda/<int:pk>/", agenda.change, name="agenda_change"),
    path("agenda/<int:pk>/move-<str:way>/", agenda.move, name="agenda_move"),
    path("agenda/<int:pk>/remove/", agenda.remove, name="agenda_remove"),
    path("minutes/", minutes.write, name="minutes_write"),
    path("minutes/publish/", minutes.publish, name="minutes_publish"),
    path("minutes/approve/", minutes.approve, name="minutes_approve"),
]

MOTION: list[URLPattern | URLResolver] = [
    path("", motions.motion, name="motion"),
    path("vote/", motions.vote, name="motion_vote"),
    path("step-aside/", motions.step_aside, name="motion_step_aside"),
    path("change/", motions.change, name="motion_change"),
    path("agenda/", motions.put_on_agenda, name="motion_agenda"),
    path("withdraw/", motions.withdraw, name="motion_withdraw"),
    path("open/", motions.open_vote, name="motion_open"),
    path("written-round/", motions.open_vote, name="motion_round"),
    path("close/", motions.close_vote, name="motion_close"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/", room.boardroom, name="boardroom"),
    path("<slug:slug>/meetings/", room.meetings, name="board_meetings"),
    path("<slug:slug>/meetings/plan/", meetings.plan, name="meeting_plan"),
    path("<slug:slug>/meetings/<uuid:ref>/", include(MEETING)),
    path("<slug:slug>/motions/", room.motions, name="board_motions"),
    path("<slug:slug>/motions/propose/", motions.propose, name="motion_propose"),
    path("<slug:slug>/motions/<uuid:ref>/", include(MOTION)),
    path("<slug:slug>/values/", include("neighbourhoods.urls.board_values")),
    path("<slug:slug>/interests/", own.interests, name="board_interests"),
    path("<slug:slug>/interests/<int:pk>/end/", own.interest_end, name="board_interest_end"),
    path("<slug:slug>/offices/", own.offices, name="board_offices"),
    path("<slug:slug>/offices/<int:pk>/", own.office, name="board_office"),
]
