"""Places and who lives there; who decides and how; the pages that show it."""

from __future__ import annotations

from neighbourhoods.models.appeal import Appeal
from neighbourhoods.models.area import Area, AreaKind
from neighbourhoods.models.ballots import Ballot, BallotBox, PaperCount, Proxy, RecordedVote, Result
from neighbourhoods.models.election import Election, Interest, Nomination
from neighbourhoods.models.meeting import AgendaItem, Attendance, Meeting, MeetingKind, Minutes, Presence
from neighbourhoods.models.neighbourhood import Landmark, Neighbourhood
from neighbourhoods.models.pages.decisions import BoardPage, DecisionsPage, ElectionPage, HowWeDecidePage
from neighbourhoods.models.pages.places import (
    MunicipalityPage,
    NeighbourhoodPage,
    NewsIndexPage,
    NewsKind,
    NewsPage,
    StandardPage,
)
from neighbourhoods.models.policy import (
    METHOD_WORDS,
    Decider,
    DecisionPolicy,
    EligibilityRule,
    RuleKind,
    Secrecy,
    Subject,
)
from neighbourhoods.models.proposal import Proposal, ProposalKind, Support
from neighbourhoods.models.residency import Attestation, Residency
from neighbourhoods.models.roll import Channel, Roll, RollEntry, RollObjection
from neighbourhoods.models.seat import Seat, SeatKind, SeatOffice

__all__ = [
    "METHOD_WORDS",
    "AgendaItem",
    "Appeal",
    "Area",
    "AreaKind",
    "Attendance",
    "Attestation",
    "Ballot",
    "BallotBox",
    "BoardPage",
    "Channel",
    "Decider",
    "DecisionPolicy",
    "DecisionsPage",
    "Election",
    "ElectionPage",
    "EligibilityRule",
    "HowWeDecidePage",
    "Interest",
    "Landmark",
    "Meeting",
    "MeetingKind",
    "Minutes",
    "MunicipalityPage",
    "Neighbourhood",
    "NeighbourhoodPage",
    "NewsIndexPage",
    "NewsKind",
    "NewsPage",
    "Nomination",
    "PaperCount",
    "Presence",
    "Proposal",
    "ProposalKind",
    "Proxy",
    "RecordedVote",
    "Residency",
    "Result",
    "Roll",
    "RollEntry",
    "RollObjection",
    "RuleKind",
    "Seat",
    "SeatKind",
    "SeatOffice",
    "Secrecy",
    "StandardPage",
    "Subject",
    "Support",
]
