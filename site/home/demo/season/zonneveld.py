"""Zonneveld: the garden, cycling lessons and soup at De Zonnehoek, and a board that organises something itself."""

from __future__ import annotations

from home.demo.money.zonneveld import GARDEN as GARDEN_POT
from home.demo.money.zonneveld import NEIGHBOURS, SWIMMING
from home.demo.people.suppliers import ZONNEHOEK
from home.demo.season.kinds import Comes, Days, Helper, Season, ToDo, Words
from home.demo.values.zonneveld import CYCLING, DESK, GAMES, GARDEN, RIDES, SOUP

ANA, THIJS, PETRA = "ana@example.org", "thijs@example.org", "petra.zonneveld@example.org"
EMRE, BETTY, JURRE = "emre@zonneveld.example", "betty@zonneveld.example", "jurre@zonneveld.example"
BEDS = "Werken in de Zonnetuin"

ZONNEVELD = Season(
    slug="zonneveld",
    to_do=(
        ToDo(
            title=Words(BEDS, "Working in the garden"),
            summary=Words("Zaaien, wieden, oogsten. De oogst gaat naar de soep.",
                          "Sowing, weeding, harvesting. The harvest goes into the soup."),
            by=ZONNEHOEK.name, item=GARDEN, pot=GARDEN_POT, place="De Zonnetuin, achter nummer 40",
            asks=Words("Kleren die vies mogen worden.", "Clothes that may get dirty."), accessible=("quiet",),
            lowest_age=12, page=True,
            days=(Days(weekday=6, starts=(10, 0), ends=(12, 0), places=8, host="Sanne"),),
            regulars=(THIJS, PETRA, ANA), come=2,
        ),
        ToDo(
            title=Words("Fietsles geven", "Teaching people to cycle"),
            summary=Words("Je leert vrouwen uit de buurt fietsen op het plein.",
                          "You teach women of the neighbourhood to cycle on the square."),
            by=ZONNEHOEK.name, item=CYCLING, pot=NEIGHBOURS, place="Het Zonneplein", spoken="Nederlands, Tigrinya",
            page=True, days=(Days(weekday=2, starts=(9, 30), ends=(11, 0), places=3, host="Sanne"),),
            regulars=(PETRA,), come=1,
        ),
        ToDo(
            title=Words("Balie van De Zonnehoek", "Desk of De Zonnehoek"),
            summary=Words("Je ontvangt mensen en wijst ze de weg.", "You welcome people and show them the way."),
            by=ZONNEHOEK.name, item=DESK, pot=NEIGHBOURS, place="De Zonnehoek",
            accessible=("step_free", "accessible_toilet", "seated"),
            days=(Days(weekday=3, starts=(13, 0), ends=(16, 0), places=1, host="Thijs", first=-3),),
            regulars=(THIJS,), come=1,
        ),
        ToDo(
            title=Words("Soep koken van de tuin", "Cooking soup of the garden"),
            summary=Words("Op vrijdag koken we soep voor wie langskomt.", "On Fridays we cook soup for who drops in."),
            by=ZONNEHOEK.name, item=SOUP, pot=NEIGHBOURS, place="De Zonnehoek, de keuken", day=-30, ends="paused",
            days=(Days(weekday=5, starts=(11, 0), ends=(13, 0), places=2, first=0),),
        ),
        ToDo(
            title=Words("Mee naar zwemles", "Along to swimming lessons"),
            summary=Words("Je loopt met een groepje kinderen naar het zwembad en terug.",
                          "You walk a group of children to the swimming pool and back."),
            by=ZONNEHOEK.name, item=RIDES, pot=SWIMMING, place="Het Zonneplein", day=-25,
            days=(Days(weekday=4, starts=(15, 30), ends=(17, 0), places=2, first=-2, last=2),),
        ),
        ToDo(
            title=Words("Spelletjesmiddag", "Afternoon of games"),
            summary=Words("Je zet de spellen klaar en speelt mee.", "You put out the games and join in."),
            by=ZONNEHOEK.name, item=GAMES, pot=NEIGHBOURS, place="De Zonnehoek", accessible=("step_free", "seated"),
            lowest_age=12, days=(Days(weekday=5, starts=(14, 0), ends=(16, 0), places=4, first=-2),),
        ),
    ),
    comes=(
        Comes(who=ANA, to=BEDS, day=6),
        Comes(who=EMRE, to=BEDS, day=6),
        Comes(who=BETTY, to="Spelletjesmiddag", day=-9, then="ruled", minutes=60, words="Je ging om drie uur weg."),
        Comes(who=JURRE, to="Spelletjesmiddag", day=-9, then="paid"),
        # The pot was spent meanwhile, and the hours wait for coins.
        Comes(who=JURRE, to="Mee naar zwemles", day=-12, then="held"),
        # Nobody told hours yet, and somebody was not found.
        Comes(who=EMRE, to="Fietsles geven", day=-6, then="checked_in"),
        Comes(who=BETTY, to="Balie van De Zonnehoek", day=-12, then="rejected", words="Ik zat achterin."),
        Comes(who=ANA, to="Fietsles geven", day=2),
        Comes(who=PETRA, to="Balie van De Zonnehoek", day=2),
        Comes(who=ANA, to="Balie van De Zonnehoek", day=2),
    ),
    helpers=(
        Helper(who=ANA, about="Ik spreek Portugees en Spaans.", can=("taal",), learns=("sportles",), hours=6,
               free=((2, "MORNING"), (6, "MORNING")), seeks_work=True, seen_by="RESIDENTS"),
    ),
)  # fmt: skip
