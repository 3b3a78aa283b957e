"""Taking part in a shift: signing up, waiting for a place, coming, telling hours. Hours are confirmed elsewhere.

Everybody locks in one order: the shift, participations, persons, and last the ledger's accounts (`rows`).
"""

from marketplace.operations.taking_part.arriving import check_in_by_link, check_in_by_pin
from marketplace.operations.taking_part.claiming import claim
from marketplace.operations.taking_part.leaving import call_off, withdraw
from marketplace.operations.taking_part.listing import check_in_on_list, come_in, miss
from marketplace.operations.taking_part.places import promote
from marketplace.operations.taking_part.signing_up import sign_up

__all__ = [
    "call_off",
    "check_in_by_link",
    "check_in_by_pin",
    "check_in_on_list",
    "claim",
    "come_in",
    "miss",
    "promote",
    "sign_up",
    "withdraw",
]
