"""What people fill in. Each form carries words to one operation."""

from __future__ import annotations

from people.forms.about import (
    DetailsForm,
    EraseForm,
    HouseholdForm,
    InvitationForm,
    OrganisationForm,
    ReasonForm,
    RegisterOrganisationForm,
)

__all__ = [
    "DetailsForm",
    "EraseForm",
    "HouseholdForm",
    "InvitationForm",
    "OrganisationForm",
    "ReasonForm",
    "RegisterOrganisationForm",
]
