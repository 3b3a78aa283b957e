"""Molenwijk: its residents decide what they earn, its board what shops, library and municipality may ask."""

from __future__ import annotations

from home.demo.decisions.kinds import BLANK, NO, YES
from home.demo.money.molenwijk import GREEN, HELPING, WIEK
from home.demo.people.suppliers import DE_PLONS, LIBRARY
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
    Question,
    Rule,
    Stays,
    Values,
    Ways,
)

COFFEE, READING, COOKING = "Koffie schenken", "Voorlezen op school", "Koken in de wijkkeuken"
SHOPPING, FORMS, LITTER = "Boodschappen brengen", "Hulp met formulieren en de computer", "Zwerfvuil prikken"
SWEEPING, FACADES = "Stoep bladvrij maken", "Geveltuinen maken"
MEAL, TYRE, SWIMMING, CARD = (
    "Eten in de wijkkeuken",
    "Band plakken",
    "Kaartje voor het zwembad",
    "Jaarpas van de bibliotheek",
)
BULKY, VISITORS, FAIRY_LIGHTS = "Grofvuil ophalen", "Bezoekerskaart parkeren", "Feestverlichting lenen"

ITEMS = (
    Item(
        name=Words(COFFEE, "Pouring coffee"),
        kind=ACTIVITY,
        unit=HOUR,
        category="koffie",
        amount=6_00,
        volume=16,
        about=Words("In De Wiek, met afwassen erna.", "In De Wiek, with the washing-up after it."),
        tags=("de wiek",),
    ),
    Item(
        name=Words(READING, "Reading aloud at school"),
        kind=ACTIVITY,
        unit=HOUR,
        category="huiswerk",
        amount=8_00,
        volume=12,
        tags=("kinderen", "school"),
        about=Words(
            "Op De Zevensprong. Een kwartier voorbereiden hoort erbij.",
            "At De Zevensprong. A quarter of an hour to prepare is part of it.",
        ),
    ),
    Item(
        name=Words(COOKING, "Cooking in the community kitchen"),
        kind=ACTIVITY,
        unit=HOUR,
        category="koken",
        amount=7_00,
        volume=30,
        tags=("de wiek", "eten"),
        about=Words(
            "Koken, opdienen en de keuken schoon achterlaten.",
            "Cooking, serving and leaving the kitchen clean.",
        ),
    ),
    Item(
        name=Words(SHOPPING, "Bringing shopping"),
        kind=ACTIVITY,
        unit=TURN,
        category="boodschappen",
        amount=5_50,
        volume=14,
        about=Words("Halen en naar boven brengen.", "Fetching it and carrying it upstairs."),
    ),
    Item(
        name=Words(FORMS, "Help with forms and the computer"),
        kind=ACTIVITY,
        unit=HOUR,
        category="papieren",
        amount=8_00,
        volume=16,
        tags=("de wiek",),
        about=Words("Op vrijdag in De Wiek, aan de grote tafel.", "On Fridays in De Wiek, at the big table."),
    ),
    Item(
        name=Words(LITTER, "Picking up litter"),
        kind=ACTIVITY,
        unit=HOUR,
        category="straat",
        amount=6_00,
        volume=12,
        about=Words(
            "Langs de singel. Prikkers en zakken zijn er.", "Along the canal. Grabbers and bags are there."
        ),
        tags=("buiten",),
    ),
    Item(
        name=Words(SWEEPING, "Clearing leaves from the pavement"),
        kind=ACTIVITY,
        unit=TURN,
        category="straat",
        amount=3_00,
        volume=8,
        tags=("buiten",),
    ),
    Item(
        name=Words(FACADES, "Making front gardens"),
        kind=ACTIVITY,
        unit=HOUR,
        category="groen",
        tags=("buiten", "groen"),
        about=Words("Tegels eruit, aarde en planten erin.", "Tiles out, soil and plants in."),
        volume=24,
    ),
    Item(
        name=Words(MEAL, "A meal in the community kitchen"),
        kind=GOOD,
        unit=PIECE,
        category="tafel",
        amount=4_50,
        about=Words("Een bord eten en een toetje.", "A plate of food and a dessert."),
        volume=120,
        tags=("de wiek", "eten"),
    ),
    Item(
        name=Words(TYRE, "Mending a tyre"),
        kind=SERVICE,
        unit=TURN,
        category="fietsen",
        amount=8_50,
        volume=20,
        about=Words("Achter of voor, met een plakker.", "Back or front, with a patch."),
        tags=("fiets",),
    ),
    Item(
        name=Words(SWIMMING, "Ticket for the swimming pool"),
        kind=SERVICE,
        unit=PIECE,
        category="zwembad",
        amount=4_75,
        volume=90,
        tags=("sport",),
    ),
    Item(
        name=Words(CARD, "Library card for a year"),
        kind=SERVICE,
        unit=PIECE,
        category="bibliotheek",
        amount=25_00,
        volume=6,
        about=Words("Vijf boeken tegelijk, drie weken lang.", "Five books at a time, for three weeks."),
    ),
    Item(
        name=Words(BULKY, "Collecting bulky waste"),
        kind=FEE,
        unit=TURN,
        category="grofvuil",
        amount=12_50,
        volume=8,
        about=Words("Tot twee kuub, aan de stoep.", "Up to two cubic metres, at the kerb."),
    ),
    Item(
        name=Words(VISITORS, "Visitor’s parking card"),
        kind=FEE,
        unit=PIECE,
        category="parkeren",
        amount=6_00,
        volume=10,
        about=Words("Voor tien dagdelen.", "For ten half days."),
    ),
    Item(
        name=Words(FAIRY_LIGHTS, "Borrowing party lights"),
        kind=SERVICE,
        unit=TURN,
        category="feestspullen",
        volume=3,
        about=Words("Twintig meter, voor een weekend.", "Twenty metres, for a weekend."),
    ),
)

READING_NOW = Question(
    about=READING,
    day=-20,
    by="aylin@molenwijk.example",
    amount=9_00,
    volume=16,
    bounds=(6_00, 12_00, 50),
    text="Voorlezen kost meer tijd dan het uur op school. Je zoekt een boek, je oefent, je ruimt op. De "
    "Zevensprong "
    "zoekt lezers voor drie groepen meer.",
    evidence="De Zevensprong vroeg in oktober om vijf lezers. Er kwamen er twee.",
    comments=(
        Comment(
            by="umit.molenwijk@example.org",
            text="Mijn dochter praat de hele week over het verhaal. Ik ben voor.",
        ),
        Comment(
            by="gerrit@vandam.example",
            text="Dan wil ik ook weten wat een uur fietsen maken met de kinderen waard wordt. Niet alles kan "
            "meer worden.",
        ),
        Comment(
            by="joop@example.org",
            text="Die van nummer 14 leest alleen voor om de munten. Iedereen weet het.",
            hidden="Dit gaat over een persoon en niet over de waarde.",
        ),
        Comment(
            by="tess.molenwijk@example.org",
            text="Voor 8,00 doe ik het ook. Geef wat er over is liever aan een groep meer.",
        ),
    ),
    amounts=(8_00, 9_00, 9_50, 8_50, 10_00, None, 9_00),
)

QUESTIONS = (
    Question(
        about=COOKING,
        day=-160,
        by="vera.molenwijk@example.org",
        amount=8_00,
        volume=30,
        bounds=(5_00, 8_00, 25),
        text="Wie kookt, staat drie uur in de keuken. Dat mag iets meer waard zijn.",
        comments=(
            Comment(by="corrie@dewiek.example", text="Wij hebben de koks hard nodig. Het potje kan het aan."),
        ),
        amounts=(7_00, 7_50, 8_00, 7_50, 7_00, 7_75, 7_50, 8_00, 6_50, 7_50, None),
    ),
    Question(
        about=SWEEPING,
        day=-110,
        by="rosa.molenwijk@example.org",
        text="De gemeente veegt nu zelf elke week. Dan hoeft het potje dit niet meer te betalen.",
        choices=(YES, YES, NO, YES, YES, NO, YES, BLANK),
        evidence="De gemeente begon in mei met vegen.",
    ),
    Question(
        about=CARD,
        day=-70,
        by="nadia@bibliotheek.example",
        acting_for=LIBRARY.name,
        amount=27_50,
        volume=6,
        text="Wij zijn nu ook op zondag open. Daarom vragen wij iets meer voor de jaarpas.",
        comments=(Comment(by="omar.molenwijk@example.org", text="Zondag open is mij die 2,50 waard."),),
        votes={
            "Tineke": (YES, "Zondag open is goed voor gezinnen."),
            "Wim": (NO, "Voor wie krap zit is elke verhoging er een."),
            "Aylin": (YES, ""),
            "Samira": (YES, ""),
        },
    ),
    Question(
        about=FORMS,
        day=-33,
        by="samira@example.org",
        amount=9_50,
        volume=16,
        bounds=(6_00, 12_00, 50),
        text="Zonder hulp had ik mijn toeslag niet gekregen. Wie dit kan, moet er ook voor terugkomen.",
        evidence="Op vrijdag wachten er vaak zes mensen.",
        comments=(
            Comment(by="zeynep.molenwijk@example.org", text="Ik help daar elke week. Ik kom ook voor 8,00."),
            Comment(
                by="hassan@dewiek.example", text="Als er een helper bij komt, hoeft niemand meer te wachten."
            ),
        ),
        amounts=(9_00, 8_50, 9_00, 10_00, 9_50, 8_00, 9_00, 9_00, 8_50, 9_50, 12_00, 9_00, None),
    ),
    READING_NOW,
    Question(
        about=SWIMMING,
        day=-20,
        by="peter@deplons.example",
        acting_for=DE_PLONS.name,
        amount=5_25,
        volume=90,
        text="Het water warm houden kost ons dit jaar meer. In euro’s kost een kaartje al 5,50.",
        comments=(Comment(by="aisha.molenwijk@example.org", text="Voor kinderen is 4,75 al veel."),),
        votes={"Tineke": (YES, ""), "Wim": (NO, "Laat het voor kinderen 4,75 blijven.")},
    ),
    Question(
        about=LITTER,
        day=-9,
        by="gijs.molenwijk@example.org",
        amount=7_00,
        volume=12,
        bounds=(4_00, 8_00, 50),
        text="In de winter is het koud langs de singel en komt er bijna niemand.",
        comments=(
            Comment(by="samira@example.org", text="Kunnen we er dan warme soep bij doen? Dat helpt ook."),
            Comment(by="wim@molenwijk.example", text="Het potje kan dit betalen tot en met maart."),
        ),
    ),
    Question(
        about=FACADES,
        day=-5,
        by="wilma@dehaven.example",
        acting_for="Woningstichting De Haven",
        amount=6_00,
        volume=24,
        text="Voor de geveltuinen is er geld. Wat een uur meehelpen waard is, willen wij aan de wijk "
        "overlaten.",
        evidence="Veertien huurders willen een geveltuin.",
        stays=Stays.ADMITTED,
    ),
    Question(
        about=FAIRY_LIGHTS,
        day=-4,
        by="vera.molenwijk@example.org",
        amount=2_50,
        volume=3,
        supporters=2,
        text="Ik heb feestverlichting die ik graag uitleen. Wat vragen we daarvoor?",
    ),
    Question(
        about=BULKY,
        day=-50,
        by="omar.molenwijk@example.org",
        amount=8_00,
        volume=8,
        stays=Stays.TURNED_AWAY,
        text="12,50 is te veel. Daarom staat er van alles op straat.",
        reason="De gemeente kijkt in het voorjaar naar dit bedrag. Dan vragen wij de wijk erbij.",
    ),
    Question(
        about=MEAL,
        day=-2,
        by="tineke@molenwijk.example",
        amount=5_00,
        volume=120,
        stays=Stays.DRAFT,
        text="De groente is duurder geworden. Wat mag een bord eten kosten?",
    ),
)

MOLENWIJK = Values(
    slug="molenwijk",
    ways=Ways(
        decider="RESIDENTS",
        apart={"vrije-tijd": "BOARD", "repareren": "BOARD", "afval": "BOARD", "parkeren": "BOARD"},
    ),
    items=ITEMS,
    questions=QUESTIONS,
    indications=(
        Indicated(
            organisation=WIEK,
            about=COOKING,
            day=-170,
            amount=7_50,
            grounds="Zoveel kunnen wij het hele jaar betalen.",
        ),
        Indicated(
            organisation=WIEK,
            about=FORMS,
            day=-40,
            amount=9_00,
            grounds="Met minder vinden wij geen helpers.",
        ),
        Indicated(
            organisation=LIBRARY.name,
            about=CARD,
            day=-72,
            amount=28_00,
            grounds="Dan komen wij uit de kosten.",
        ),
        Indicated(organisation=WIEK, about=COFFEE, day=-30, amount=6_00, grounds="Zo loopt het goed."),
    ),
    rules=(
        Rule(pot=HELPING, organiser=WIEK),
        Rule(pot=GREEN, category="schoon-groen"),
    ),
    demand=(
        Demand(about=COFFEE, sign_ups=(8, 8, 8, 7, 8, 8, 8, 8), open_places=(0, 0, 0, 1, 0, 0, 0, 0)),
        Demand(
            about=READING,
            sign_ups=(2, 2, 2, 2, 2, 2, 2, 2),
            open_places=(1, 1, 2, 2, 3, 3, 3, 3),
            open_demand=(0, 1, 0, 1, 0, 1, 0, 1),
        ),
        Demand(about=FORMS, sign_ups=(2, 2, 2, 2, 2, 2, 2, 2), waiting=(1, 0, 1, 2, 1, 1, 1, 1)),
        Demand(
            about=LITTER,
            sign_ups=(6, 6, 5, 5, 4, 3, 2, 2),
            open_places=(0, 0, 1, 1, 2, 3, 4, 4),
        ),
        Demand(about=SHOPPING, sign_ups=(3, 3, 3, 3, 3, 3, 3, 3), open_demand=(0, 0, 1, 0, 1, 0, 1, 1)),
    ),
)
