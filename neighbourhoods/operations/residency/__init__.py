"""Living somewhere: asked for, attested, ended."""

from __future__ import annotations

from neighbourhoods.operations.residency.attest import (
    CodeExpired,
    NoLetterYet,
    TooManyTries,
    WrongCode,
    attest_at_desk,
    attest_by_code,
)
from neighbourhoods.operations.residency.leave import end_residency, expire_residencies
from neighbourhoods.operations.residency.request import (
    AddressIncomplete,
    AlreadyRequested,
    AlreadyResident,
    FormUsed,
    PostcodeRefused,
    ReasonMissing,
    refuse_request,
    request_residency,
    withdraw_request,
)

__all__ = [
    "AddressIncomplete",
    "AlreadyRequested",
    "AlreadyResident",
    "CodeExpired",
    "FormUsed",
    "NoLetterYet",
    "PostcodeRefused",
    "ReasonMissing",
    "TooManyTries",
    "WrongCode",
    "attest_at_desk",
    "attest_by_code",
    "end_residency",
    "expire_residencies",
    "refuse_request",
    "request_residency",
    "withdraw_request",
]
