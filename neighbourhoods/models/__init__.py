"""Places and who lives there; who decides and how; the pages that show it."""

from __future__ import annotations

from neighbourhoods.models.appeal import Appeal
from neighbourhoods.models.area import Area, AreaKind
from neighbourhoods.models.ballots import Ballot, BallotBox, PaperCount, Proxy, RecordedVote, Result
from neighbourhoods.models.demand import DemandFigure, DemandLimit, DemandSignal, Measure
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
from neighbourhoods.models.pages.values import PriceListPage, ValueDecisionPage
from neighbourhoods.models.policy import (
    METHOD_WORDS,
    Decider,
    DecisionPolicy,
    EligibilityRule,
    RuleKind,
    Secrecy,
    Subject,
)
from neighbourhoods.models.pots import PotRule
from neighbourhoods.models.proposal import Proposal, ProposalKind, Support
from neighbourhoods.models.residency import Attestation, Residency
from neighbourhoods.models.roll import Channel, Roll, RollEntry, RollObjection
from neighbourhoods.models.seat import Seat, SeatKind, SeatOffice
from neighbourhoods.models.value_decision import (
    ConsentAbout,
    ValueComment,
    ValueConsent,
    ValueDecision,
    ValueSupport,
    ValueVersion,
    ValueVote,
)
from neighbourhoods.models.valued import (
    Category,
    CategoryText,
    Indication,
    ItemKind,
    ItemText,
    TaggedItem,
    Unit,
    ValuedItem,
    ValueGuideline,
)

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
    "Category",
    "CategoryText",
    "Channel",
    "ConsentAbout",
    "Decider",
    "DecisionPolicy",
    "DecisionsPage",
    "DemandFigure",
    "DemandLimit",
    "DemandSignal",
    "Election",
    "ElectionPage",
    "EligibilityRule",
    "HowWeDecidePage",
    "Indication",
    "Interest",
    "ItemKind",
    "ItemText",
    "Landmark",
    "Measure",
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
    "PotRule",
    "Presence",
    "PriceListPage",
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
    "TaggedItem",
    "Unit",
    "ValueComment",
    "ValueConsent",
    "ValueDecision",
    "ValueDecisionPage",
    "ValueGuideline",
    "ValueSupport",
    "ValueVersion",
    "ValueVote",
    "ValuedItem",
]
