"""Meetings: planned, invited to, held, with minutes that everybody can read."""

from neighbourhoods.operations.meetings.agenda import (
    AgendaFull,
    GoneFromAgenda,
    add_item,
    change_item,
    move_item,
    remove_item,
)
from neighbourhoods.operations.meetings.doors import AgendaFixed, BoardOnly, LeadersOnly
from neighbourhoods.operations.meetings.holding import (
    NOTICE_DAYS,
    EmptyAgenda,
    MeetingIsNeeded,
    NotBegunYet,
    TooLateToInvite,
    WhoWasThere,
    cancel,
    hold,
    invite,
)
from neighbourhoods.operations.meetings.interests import AlreadyDeclared, declare_interest, end_interest
from neighbourhoods.operations.meetings.minutes import (
    ChangedMeanwhile,
    EmptyMinutes,
    MinutesFixed,
    NotALaterMeeting,
    NotHeld,
    approve_minutes,
    fingerprint,
    publish_minutes,
    write_minutes,
)
from neighbourhoods.operations.meetings.plan import (
    BeginsInThePast,
    MeetingValues,
    change_meeting,
    plan_meeting,
)

__all__ = [
    "NOTICE_DAYS",
    "AgendaFixed",
    "AgendaFull",
    "AlreadyDeclared",
    "BeginsInThePast",
    "BoardOnly",
    "ChangedMeanwhile",
    "EmptyAgenda",
    "EmptyMinutes",
    "GoneFromAgenda",
    "LeadersOnly",
    "MeetingIsNeeded",
    "MeetingValues",
    "MinutesFixed",
    "NotALaterMeeting",
    "NotBegunYet",
    "NotHeld",
    "TooLateToInvite",
    "WhoWasThere",
    "add_item",
    "approve_minutes",
    "cancel",
    "change_item",
    "change_meeting",
    "declare_interest",
    "end_interest",
    "fingerprint",
    "hold",
    "invite",
    "move_item",
    "plan_meeting",
    "publish_minutes",
    "remove_item",
    "write_minutes",
]
