"""Sluiskade: residents name an amount and the board confirms it. What children learn is for the residents."""

from __future__ import annotations

from home.demo.decisions.kinds import NO, YES
from home.demo.money.sluiskade import DINNER as DINNER_POT
from home.demo.money.sluiskade import HANDS
from home.demo.people.suppliers import SLUISHUIS, YILMAZ
from home.demo.texts.kinds import Words
from home.demo.values.kinds import (
    ACTIVITY,
    FEE,
    GOOD,
    HOUR,
    PIECE,
    TURN,
    Comment,
    Confirmation,
    Demand,
    Indicated,
    Item,
    Question,
    Rule,
    Stays,
    Values,
    Ways,
)

MENDING, COOKING, WALKING = "Iets repareren", "Koken voor de kade", "Wandelen met een buur"
HOMEWORK, TERRACE, BAGS = "Huiswerk maken met kinderen", "Terras en bloembakken", "Tassen rondbrengen"
BOAT, BAG, COFFEE = "Op de boot passen", "Tas van de week", "Koffie op het terras"
DINNER, MOORING = "Samen eten aan de kade", "Ligplaats voor een bootje"

ITEMS = (
    Item(
        name=Words(MENDING, "Mending something"),
        about=Words(
            "In het repaircafé, met wie het bracht. Ook als het niet lukt.",
            "At the repair café, with whoever brought it. Also when it does not work out.",
        ),
        kind=ACTIVITY,
        unit=TURN,
        category="apparaten",
        amount=7_50,
        volume=14,
        tags=("repaircafé",),
    ),
    Item(
        name=Words(COOKING, "Cooking for the quay"),
        about=Words("Op donderdag, voor dertig mensen.", "On Thursdays, for thirty people."),
        kind=ACTIVITY,
        unit=HOUR,
        category="koken",
        amount=7_00,
        volume=24,
        tags=("eten",),
    ),
    Item(
        name=Words(WALKING, "Going for a walk with a neighbour"),
        about=Words(
            "Met iemand die niet goed alleen de deur uit kan.",
            "With somebody who cannot easily go out alone.",
        ),
        kind=ACTIVITY,
        unit=HOUR,
        category="bezoek",
        amount=6_00,
        volume=24,
        tags=("buiten",),
    ),
    Item(
        name=Words(HOMEWORK, "Doing homework with children"),
        about=Words("Op woensdag in het Sluishuis.", "On Wednesdays at the Sluishuis."),
        kind=ACTIVITY,
        unit=HOUR,
        category="huiswerk",
        amount=7_00,
        volume=12,
        tags=("kinderen", "school"),
    ),
    Item(
        name=Words(TERRACE, "Terrace and flower boxes"),
        kind=ACTIVITY,
        unit=HOUR,
        category="groen",
        amount=6_00,
        volume=10,
        tags=("buiten", "groen"),
    ),
    Item(
        name=Words(BAGS, "Taking bags of vegetables round"),
        about=Words("Drie adressen op een keer, met de kar.", "Three addresses at a time, with the cart."),
        kind=ACTIVITY,
        unit=TURN,
        category="boodschappen",
        amount=5_00,
        volume=12,
    ),
    Item(
        name=Words(BOAT, "Minding the boat"),
        about=Words("Als kinderen op het water zijn.", "When children are on the water."),
        kind=ACTIVITY,
        unit=HOUR,
        category="sport",
        amount=6_00,
        volume=6,
        tags=("kinderen", "water"),
    ),
    Item(
        name=Words(BAG, "Bag of the week"),
        about=Words("Groente voor twee mensen, drie dagen.", "Vegetables for two people, three days."),
        kind=GOOD,
        unit=PIECE,
        category="groente",
        amount=11_00,
        volume=40,
        tags=("eten",),
    ),
    Item(
        name=Words(COFFEE, "Coffee on the terrace"),
        kind=GOOD,
        unit=PIECE,
        category="koffie",
        amount=2_60,
        volume=180,
    ),
    Item(
        name=Words(DINNER, "Eating together on the quay"),
        about=Words("Kinderen onder de vier eten gratis.", "Children under four eat free."),
        kind=GOOD,
        unit=PIECE,
        category="tafel",
        amount=4_00,
        volume=80,
        tags=("eten",),
    ),
    Item(
        name=Words(MOORING, "Mooring for a small boat"),
        about=Words("Een boot tot vier meter, een maand.", "A boat of up to four metres, one month."),
        kind=FEE,
        unit=PIECE,
        category="ligplaats",
        amount=18_00,
        volume=3,
        tags=("water",),
    ),
)

QUESTIONS = (
    Question(
        about=COOKING,
        day=-205,
        by="carla.sluiskade@example.org",
        amount=8_00,
        volume=24,
        bounds=(5_00, 8_00, 50),
        text="Op donderdag eten er nu dertig mensen. Toen wij begonnen waren het er twaalf.",
        amounts=(8_00, 8_00, 7_50, 8_00, 8_00, 7_00, 8_00, 7_50, 8_00),
        confirmation=Confirmation(
            amount=7_50,
            votes={
                "Mohamed": (YES, "Met 7,50 komt het potje het jaar rond. Met 8,00 niet."),
                "Loes": (YES, ""),
                "Henk": (YES, ""),
                "Priya": (NO, "De bewoners kozen 8,00."),
            },
        ),
    ),
    Question(
        about=MENDING,
        day=-150,
        by="daan@example.org",
        amount=8_50,
        volume=14,
        bounds=(5_00, 12_00, 50),
        text="Een radio repareren duurt soms de hele middag. Soms lukt het niet, en ook dan was je er.",
        amounts=(8_00, 8_50, 8_00, 9_00, 7_50, 8_00, 8_50, 8_00, 8_00),
    ),
    Question(
        about=TERRACE,
        day=-130,
        by="dirk.sluiskade@example.org",
        amount=7_00,
        volume=10,
        bounds=(4_00, 8_00, 50),
        text="De bloembakken staan er mooi bij. Dat doen drie mensen, elke week.",
        amounts=(7_00, 7_00),
    ),
    Question(
        about=BOAT,
        day=-115,
        by="quinten.sluiskade@example.org",
        amount=9_00,
        volume=6,
        bounds=(4_00, 10_00, 50),
        text="Op kinderen op het water letten is meer dan erbij staan.",
        stays=Stays.WITHDRAWN,
        reason="Het seizoen is voorbij. In het voorjaar stel ik het opnieuw voor, samen met de schippers.",
        comments=(
            Comment(by="henk@sluiskade.example", text="Wacht tot april, dan weten we hoeveel boten er zijn."),
        ),
    ),
    Question(
        about=MOORING,
        day=-48,
        by="henk@sluiskade.example",
        amount=14_00,
        volume=3,
        evidence="Vijf bewoners met een bootje vroegen erom.",
        text="18,00 in de maand is veel voor een roeiboot. Daarom liggen ze nu aan de overkant.",
        votes={
            "Mohamed": (NO, "Het onderhoud van de steiger kost 18,00 per plek."),
            "Loes": (NO, ""),
            "Henk": (YES, "Lege plekken brengen niets op."),
            "Priya": (NO, "Eerst de steiger maken."),
        },
    ),
    Question(
        about=BAGS,
        day=-40,
        by="bart.sluiskade@example.org",
        amount=6_50,
        volume=12,
        bounds=(3_00, 10_00, 50),
        text="De tassen worden zwaarder en het zijn nu drie adressen. Vroeger waren het er twee.",
        amounts=(6_50, 6_00, 7_00, 6_50, 6_50, 5_00, 7_50, 6_50),
        confirmation=Confirmation(
            amount=6_50,
            votes={
                "Mohamed": (
                    NO,
                    "Wij weten niet of het potje dit een jaar lang kan betalen. Laat dat eerst zien.",
                ),
                "Loes": (NO, "Eerst kijken of het ook met twee adressen kan."),
                "Henk": (NO, "Ik wil de cijfers van het Sluishuis zien."),
                "Priya": (YES, ""),
            },
        ),
    ),
    Question(
        about=WALKING,
        day=-30,
        by="fatma@example.org",
        amount=7_00,
        volume=24,
        bounds=(6_00, 12_00, 50),
        text="Mijn moeder wandelt elke dinsdag met Dirk. Hij krijgt 6,00 en trakteert haar op koffie.",
        evidence="Negen mensen wachten op iemand om mee te wandelen.",
        comments=(
            Comment(
                by="dirk.sluiskade@example.org",
                text="Ik doe het graag. Maar met 7,00 vinden we meer wandelaars.",
            ),
            Comment(
                by="ingrid@sluishuis.example",
                text="Het Sluishuis zoekt de wandelaars en de buren bij elkaar.",
            ),
        ),
        amounts=(7_00, 7_50, 7_00, 8_00, 6_00, 7_00, 7_50, 7_00, None, 6_50),
    ),
    Question(
        about=HOMEWORK,
        day=-22,
        by="mariam.sluiskade@example.org",
        amount=8_00,
        volume=16,
        bounds=(6_00, 12_00, 50),
        text="Er zijn nu kinderen van zes scholen. Wie helpt met rekenen, moet het zelf eerst weer leren.",
        evidence="Elf kinderen wachten op een plek op woensdag.",
        comments=(
            Comment(by="wouter.sluiskade@example.org", text="Ik geef les en ik zou 10,00 eerlijk vinden."),
            Comment(by="daan@example.org", text="8,00 is goed, als er ook iemand voor de kleintjes komt."),
        ),
        amounts=(8_00, 9_00, 8_00, 7_00, 10_00, 8_50, 8_00),
    ),
    Question(
        about=BAG,
        day=-6,
        by="kemal@yilmaz.example",
        acting_for=YILMAZ.name,
        amount=12_00,
        volume=40,
        text="De groente is duurder geworden. Met 12,00 kan de tas even vol blijven.",
        comments=(
            Comment(
                by="loes@sluiskade.example", text="Kan er ook een kleine tas komen, voor wie alleen woont?"
            ),
            Comment(
                by="gijs.sluiskade@example.org",
                text="Bij de supermarkt is alles goedkoper. Kijk maar: bel mij voor een aanbieding.",
                hidden="Dit is reclame.",
            ),
        ),
    ),
)

SLUISKADE = Values(
    slug="sluiskade",
    ways=Ways(decider="BOTH", apart={"leren": "RESIDENTS", "tuin": "BOARD", "ligplaats": "BOARD"}),
    items=ITEMS,
    questions=QUESTIONS,
    indications=(
        Indicated(
            organisation=SLUISHUIS.name,
            about=WALKING,
            day=-28,
            amount=6_50,
            grounds="Zoveel kunnen wij met dit potje twaalf maanden lang betalen.",
        ),
        Indicated(
            organisation=SLUISHUIS.name,
            about=HOMEWORK,
            day=-18,
            amount=8_50,
            grounds="Met minder vinden wij geen helpers.",
        ),
        Indicated(
            organisation=YILMAZ.name,
            about=BAG,
            day=-8,
            amount=12_50,
            grounds="Dat vraag ik in euro’s ook.",
        ),
    ),
    rules=(
        Rule(pot=HANDS, organiser=SLUISHUIS.name),
        Rule(pot=DINNER_POT, category="koken"),
    ),
    demand=(
        # In one week so many waited that the site put it on the agenda by itself.
        Demand(
            about=MENDING,
            sign_ups=(14, 14, 13, 14, 14, 14, 14, 14),
            waiting=(0, 1, 0, 1, 0, 1, 1, 12),
        ),
        Demand(
            about=WALKING,
            sign_ups=(3, 3, 3, 3, 3, 3, 3, 3),
            waiting=(1, 1, 1, 1, 1, 1, 1, 1),
        ),
        Demand(
            about=HOMEWORK,
            sign_ups=(2, 2, 2, 2, 2, 2, 2, 2),
            open_places=(0, 0, 1, 1, 2, 2, 2, 2),
            waiting=(0, 1, 1, 1, 1, 1, 1, 1),
        ),
        Demand(about=TERRACE, sign_ups=(3, 3, 3, 2, 2, 2, 1, 1), open_places=(0, 0, 0, 1, 1, 1, 2, 2)),
    ),
)
