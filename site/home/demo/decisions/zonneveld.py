"""Zonneveld looks for candidates: whoever lives there can stand, or nominate a neighbour."""

from __future__ import annotations

from home.demo.decisions.kinds import Candidate, ElectionText

ELECTION = ElectionText(
    title="Verkiezing van het bestuur van Zonneveld",
    title_en="Election of the board of Zonneveld",
    seats=3,
    candidates=(
        Candidate(
            email="marijke@zonneveld.example",
            statement="Ik ga graag door. Er staat een plan voor de akker, en daar wil ik bij zijn.",
        ),
        Candidate(
            email="emre@zonneveld.example",
            statement="Zonnestroom van ons eigen dak, voor de hele straat. Daar werk ik aan.",
            interests=("Lid van energiecoöperatie Zonnekracht",),
        ),
    ),
)
# Somebody nominated Ana; she has not said yet whether she wants to.
NOMINATED, BY = "ana@example.org", "betty@zonneveld.example"
