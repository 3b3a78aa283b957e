"""Zonneveld: its residents decide, and one amount waits for the municipality. Permits are for its board."""

from __future__ import annotations

from home.demo.decisions.kinds import BLANK, YES
from home.demo.money.zonneveld import GARDEN as GARDEN_POT
from home.demo.money.zonneveld import NEIGHBOURS
from home.demo.people.suppliers import ZONNEHOEK
from home.demo.texts.kinds import Words
from home.demo.values.kinds import (
    ACTIVITY,
    FEE,
    GOOD,
    HOUR,
    PIECE,
    SERVICE,
    TURN,
    Comment,
    Demand,
    Indicated,
    Item,
    Objection,
    Question,
    Rule,
    Values,
    Ways,
)

GARDEN, RIDES, CYCLING = "Werken in de Zonnetuin", "Kinderen naar zwemles brengen", "Fietsles geven"
DESK, GAMES, SOUP = "Balie van De Zonnehoek", "Spelletjes met buren", "Soep koken van de tuin"
HONEY, VEGETABLES, PERMIT = (
    "Honing van het dak",
    "Groentetas uit de Zonnetuin",
    "Vergunning voor een straatfeest",
)
CARGO_BIKE, BUDDY = "Bakfiets lenen", "Taalmaatje zijn"

ITEMS = (
    Item(
        name=Words(GARDEN, "Working in the Zonnetuin"),
        about=Words("Planten, wieden, oogsten.", "Planting, weeding, harvesting."),
        kind=ACTIVITY,
        unit=HOUR,
        category="groen",
        amount=6_00,
        volume=20,
        tags=("buiten", "groen"),
    ),
    Item(
        name=Words(RIDES, "Taking children to swimming lessons"),
        about=Words("Heen en terug, met de fiets of de bus.", "There and back, by bicycle or bus."),
        kind=ACTIVITY,
        unit=TURN,
        category="meerijden",
        amount=4_50,
        volume=16,
        tags=("kinderen",),
    ),
    Item(
        name=Words(CYCLING, "Teaching somebody to cycle"),
        about=Words("Voor volwassenen, op het plein.", "For adults, on the square."),
        kind=ACTIVITY,
        unit=HOUR,
        category="sportles",
        amount=8_50,
        volume=8,
        tags=("fiets",),
    ),
    Item(
        name=Words(DESK, "The desk of De Zonnehoek"),
        kind=ACTIVITY,
        unit=HOUR,
        category="openhouden",
        amount=6_00,
        volume=24,
    ),
    Item(
        name=Words(GAMES, "Games with neighbours"),
        about=Words("Op vrijdag, met koffie.", "On Fridays, with coffee."),
        kind=ACTIVITY,
        unit=HOUR,
        category="spel",
        amount=4_50,
        volume=12,
    ),
    Item(
        name=Words(SOUP, "Cooking soup from the garden"),
        kind=ACTIVITY,
        unit=HOUR,
        category="koken",
        amount=7_00,
        volume=12,
        tags=("eten",),
    ),
    Item(
        name=Words(HONEY, "Honey from the roof"),
        about=Words("Een pot van 350 gram.", "A jar of 350 grams."),
        kind=GOOD,
        unit=PIECE,
        category="honing",
        amount=6_50,
        volume=20,
        tags=("eten",),
    ),
    Item(
        name=Words(VEGETABLES, "Bag of vegetables from the Zonnetuin"),
        kind=GOOD,
        unit=PIECE,
        category="groente",
        amount=8_00,
        volume=24,
        tags=("eten",),
    ),
    Item(
        name=Words(PERMIT, "Permit for a street party"),
        kind=FEE,
        unit=PIECE,
        category="vergunning",
        amount=22_00,
        volume=1,
    ),
    Item(
        name=Words(CARGO_BIKE, "Borrowing the cargo bike"),
        about=Words(
            "Van De Zonnehoek. Zelf ophalen en terugbrengen.",
            "From De Zonnehoek. Fetch it and bring it back.",
        ),
        kind=SERVICE,
        unit=HOUR,
        category="fiets-boot",
        volume=20,
        tags=("fiets",),
    ),
    Item(
        name=Words(BUDDY, "Being a language buddy"),
        about=Words(
            "Samen Nederlands praten, bij iemand thuis of buiten.",
            "Speaking Dutch together, at home or outside.",
        ),
        kind=ACTIVITY,
        unit=HOUR,
        category="taal",
        volume=10,
        tags=("taal",),
    ),
)

QUESTIONS = (
    Question(
        about=BUDDY,
        day=-190,
        by="ana@example.org",
        amount=8_00,
        volume=10,
        bounds=(5_00, 10_00, 50),
        text="Ik leerde Nederlands van mijn buurvrouw. Dat mag iets waard zijn.",
        evidence="Zeven mensen vroegen bij De Zonnehoek om een taalmaatje.",
        comments=(Comment(by="betty@zonneveld.example", text="Het potje heeft hier ruimte voor."),),
        amounts=(8_00, 7_00, 8_00, 9_00, 8_00, 7_50, 8_00, 8_50),
    ),
    Question(
        about=GARDEN,
        day=-145,
        by="stijn.zonneveld@example.org",
        amount=7_00,
        volume=20,
        bounds=(4_00, 8_00, 50),
        text="In de zomer is er elke dag werk in de tuin.",
        amounts=(6_50, 7_00, 6_50, 6_00, 6_50, 7_00, 6_50, 6_50, None),
    ),
    Question(
        about=SOUP,
        day=-100,
        by="kees.zonneveld@example.org",
        amount=9_00,
        volume=12,
        bounds=(4_00, 12_00, 50),
        text="Soep koken begint met wieden, oogsten en wassen.",
        amounts=(9_00, 9_00, 8_50, 10_00, 9_00, 9_00, 8_00),
        answer=(
            False,
            "Voor koken geldt in heel Havermeer ten hoogste 8,00. Dat houden we voor alle wijken gelijk.",
        ),
    ),
    Question(
        about=HONEY,
        day=-50,
        by="sanne@zonnehoek.example",
        acting_for=ZONNEHOEK.name,
        amount=7_00,
        volume=20,
        bounds=(4_00, 12_00, 50),
        wanted=12,
        text="De potten en de etiketten zijn duurder geworden.",
        amounts=(7_00, 6_50, 7_00, 7_00, 7_50, 7_00, 6_50, 8_00),
    ),
    Question(
        about=VEGETABLES,
        day=-39,
        by="hanna.zonneveld@example.org",
        amount=10_00,
        volume=24,
        bounds=(5_00, 15_00, 50),
        text="In de winter is er minder te oogsten. Een volle tas is dan meer waard.",
        amounts=(9_00, 10_00, 9_50, 9_00, 10_00, 8_00),
        objection=Objection(
            by="tess.zonneveld@example.org",
            grounds="In de brief die bij mij in de bus lag, stond dat stemmen tot zondag kon. Toen ik zondag "
            "wilde stemmen, "
            "was het al voorbij.",
            ruling="In de brief van De Zonnehoek stond een verkeerde dag. Daardoor konden bewoners niet "
            "stemmen die dat "
            "wel wilden. De uitslag geldt niet. De waarde blijft 8,00, en het voorstel kan opnieuw worden "
            "gedaan.",
            upheld=True,
        ),
    ),
    Question(
        about=CYCLING,
        day=-32,
        by="ana@example.org",
        amount=12_50,
        volume=8,
        bounds=(6_00, 15_00, 50),
        text="Leren fietsen verandert je leven. Er is maar één leraar, en die krijgt overal elders meer.",
        evidence="Acht vrouwen staan op de lijst voor fietsles.",
        comments=(
            Comment(
                by="thijs@example.org",
                text="Dat is meer dan de richtlijn. Vraag het de gemeente, met goede redenen.",
            ),
            Comment(by="jurre@zonneveld.example", text="Een tweede leraar vinden is net zo belangrijk."),
        ),
        amounts=(12_50, 13_00, 12_50, 10_00, 12_50, 13_00, 12_00, 12_50, 14_00),
    ),
    Question(
        about=PERMIT,
        day=-25,
        by="emre@zonneveld.example",
        amount=15_00,
        volume=1,
        text="Een straatfeest is van en voor de straat. 22,00 houdt mensen tegen.",
        evidence="De bewoners van de Akkerhof en het Zonnepad vroegen erom.",
        votes={
            "Marijke": (YES, ""),
            "Emre": (YES, ""),
            "Betty": (BLANK, "Ik woon aan de Akkerhof."),
            "Jurre": (YES, ""),
        },
    ),
    Question(
        about=RIDES,
        day=-8,
        by="thijs@example.org",
        amount=6_00,
        volume=320,
        bounds=(3_00, 10_00, 50),
        text="Straks gaan alle groepen 4 en 5 op zwemles. Dan zijn er elke week tachtig ritten nodig.",
        evidence="De school vroeg om begeleiders voor 40 kinderen.",
        comments=(
            Comment(
                by="betty@zonneveld.example",
                text="Zoveel zit er niet in het potje. Dit moet de gemeente mee betalen.",
            ),
            Comment(by="lieke.zonneveld@example.org", text="Ik kan op maandag en donderdag rijden."),
        ),
    ),
    Question(
        about=CARGO_BIKE,
        day=-5,
        by="niels.zonneveld@example.org",
        amount=2_50,
        volume=20,
        supporters=2,
        text="De bakfiets staat vaak stil. Met een kleine prijs kunnen we de banden betalen.",
    ),
    Question(
        about=GAMES,
        day=-3,
        by="petra.zonneveld@example.org",
        amount=6_00,
        volume=12,
        supporters=1,
        text="Op vrijdag komen er nu twintig mensen. Twee begeleiders is te weinig.",
    ),
)

ZONNEVELD = Values(
    slug="zonneveld",
    ways=Ways(decider="RESIDENTS", apart={"gemeente": "BOARD"}),
    items=ITEMS,
    questions=QUESTIONS,
    indications=(
        Indicated(
            organisation=ZONNEHOEK.name,
            about=CYCLING,
            day=-31,
            amount=10_00,
            grounds="Zoveel staat er in onze begroting.",
        ),
        Indicated(
            organisation=ZONNEHOEK.name,
            about=CARGO_BIKE,
            day=-4,
            amount=3_00,
            grounds="Dan kunnen wij elk jaar nieuwe banden kopen.",
        ),
    ),
    rules=(
        Rule(pot=NEIGHBOURS, organiser=ZONNEHOEK.name),
        Rule(pot=GARDEN_POT, item=GARDEN),
        Rule(pot=GARDEN_POT, item=SOUP),
    ),
    demand=(
        Demand(
            about=CYCLING,
            sign_ups=(2, 2, 2, 2, 2, 2, 2, 2),
            waiting=(1, 1, 1, 1, 1, 1, 1, 1),
        ),
        Demand(
            about=GARDEN,
            sign_ups=(9, 9, 8, 8, 6, 5, 4, 3),
            open_places=(0, 0, 0, 1, 1, 2, 2, 3),
        ),
        Demand(about=RIDES, sign_ups=(4, 4, 4, 4, 4, 4, 4, 4), open_demand=(0, 1, 1, 1, 1, 1, 1, 2)),
    ),
    limits=(("WAITING", 12), ("OPEN_PLACES", 30)),
)
