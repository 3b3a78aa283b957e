"""Sluiskade votes at this moment, for the first time: its board was appointed."""

from __future__ import annotations

from home.demo.decisions.kinds import Candidate, ElectionText

ELECTION = ElectionText(
    title="De eerste verkiezing van ons bestuur",
    title_en="The first election of our board",
    seats=3,
    candidates=(
        Candidate(
            email="mohamed@sluiskade.example",
            statement="Ik ken de kade sinds de pakhuizen nog vol lagen. Laten we zorgen dat jong en oud elkaar hier "
            "blijven helpen.",
        ),
        Candidate(
            email="loes@sluiskade.example",
            statement="Minder vergaderen, meer doen. Elke maand één ding dat af is.",
            interests=("Lid van de huurdersvereniging De Sluis",),
        ),
        Candidate(
            email="henk@sluiskade.example",
            statement="Ik let op de centen. En op de sluis.",
            interests=("Schipper van een rondvaartboot",),
        ),
        Candidate(
            email="fatma@example.org",
            statement="Ik wil dat ook mensen die de taal nog leren mee kunnen beslissen.",
        ),
        Candidate(
            email="daan@example.org",
            statement="Meer groen op de kade, en werk voor wie dat zoekt.",
            interests=("Wil een klusbedrijf beginnen",),
        ),
    ),
)
# Those who voted already, each in an order of their own.
ORDERS = ((4, 1, 2), (1, 2, 3), (2, 5), (5, 4), (3, 1))
