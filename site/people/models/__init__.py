"""Who there is: parties, their details, the logins of persons, and the offices that persons hold for parties."""

from __future__ import annotations

from people.models.details import HouseNumberMixin, OrganisationDetails, PersonDetails
from people.models.invitation import Invitation
from people.models.login import User
from people.models.mandate import Mandate, Role
from people.models.party import FORMER_PARTICIPANT, Party, PartyKind

__all__ = [
    "FORMER_PARTICIPANT",
    "HouseNumberMixin",
    "Invitation",
    "Mandate",
    "OrganisationDetails",
    "Party",
    "PartyKind",
    "PersonDetails",
    "Role",
    "User",
]
