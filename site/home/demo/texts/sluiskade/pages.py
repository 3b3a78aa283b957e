from __future__ import annotations

from home.demo.texts.kinds import Facts, Heading, Image, Link, P, PageText, Quote, Steps, Table, Words
from home.demo.texts.shared import APPOINTED, GOOD_TO_KNOW, PHONE, WHAT_A_BOARD_DOES

FRONT = PageText(
    slug="sluiskade",
    title=Words("Sluiskade", "Sluiskade"),
    lead=Words(
        "Aan de sluis kennen we elkaar. Wie helpt, verdient Sluisduiten en besteedt ze op de kade of in de stad. "
        "Eén Sluisduit is één euro.",
        "By the lock we know each other. Whoever helps earns Sluisduiten, to spend on the quay or in town. "
        "One Sluisduit is one euro.",
    ),
    body=(
        Heading("Tussen de brug en de sluis", "Between the bridge and the lock"),
        P(
            "In Sluiskade wonen mensen in oude pakhuizen, in nieuwe flats en op het water. Vroeger betaalde een "
            "schipper hier een duit om door de sluis te mogen. Daar komt de naam van onze munt vandaan.",
            "In Sluiskade people live in old warehouses, in new flats and on the water. In the old days a skipper "
            "paid a duit, a small copper coin, to pass the lock. That is where our coin got its name.",
        ),
        Image(
            "brug",
            Words(
                "Een open ophaalbrug waar een boot onderdoor vaart. Achter de huizen komt een roze munt op.",
                "An open drawbridge with a boat passing below. A pink coin rises behind the houses.",
            ),
        ),
        Heading("Zo doe je mee", "How to take part"),
        Steps(
            (
                (
                    Words("Schrijf je in", "Register"),
                    Words(
                        "Met je adres en een code uit een brief. Woon je op een boot? Dan telt je ligplaats.",
                        "With your address and a code from a letter. Do you live on a boat? Then your mooring counts.",
                    ),
                ),
                (
                    Words("Kom een keer langs", "Drop in once"),
                    Words(
                        "Bij het repaircafé of bij het eten. Meekijken mag ook.",
                        "At the repair café or for a meal. Just looking is fine too.",
                    ),
                ),
                (
                    Words("Zeg wat je kunt", "Say what you can do"),
                    Words(
                        "Iedereen kan iets. Een band plakken, een brief lezen, een uur stil naast iemand zitten.",
                        "Everybody can do something. Mend a tyre, read a letter, sit beside somebody for an hour.",
                    ),
                ),
            )
        ),
        Quote(
            Words(
                "Ik repareer radio’s. Dat iemand dat nog wat waard vindt, doet me goed.",
                "I mend radios. It does me good that somebody still thinks that is worth something.",
            ),
            Words("Bertus, woont op de Hoop", "Bertus, lives aboard the Hoop"),
        ),
        Heading("Kom langs", "Drop in"),
        Facts(
            (
                (Words("Waar", "Where"), Words("Het Sluishuis, Kade 1", "The Sluishuis, Kade 1")),
                (
                    Words("Open", "Open"),
                    Words(
                        "Dinsdag tot en met zaterdag, 10.00 tot 17.00 uur",
                        "Tuesday to Saturday, 10.00 to 17.00",
                    ),
                ),
                (Words("Bellen", "Call"), PHONE),
            )
        ),
        Link(Words("Meer over de Sluisduit", "More about the Sluisduit"), "over-de-munt"),
        Link(Words("Wie zitten er in het wijkbestuur?", "Who is on the board?"), "wijkbestuur"),
    ),
)

COIN = PageText(
    slug="over-de-munt",
    title=Words("De Sluisduit", "The Sluisduit"),
    lead=Words(
        "Een duit was vroeger het kleinste muntje. Een Sluisduit is één euro waard, en altijd evenveel.",
        "A duit used to be the smallest coin. A Sluisduit is worth one euro, and always the same.",
    ),
    body=(
        P(
            "Een Sluisduit verdien je door iets te doen waar Sluiskade op zit te wachten. Je besteedt hem bij de "
            "groenteman, op het terras van het Sluishuis of bij een buurman die je kraan maakt.",
            "You earn a Sluisduit by doing something that Sluiskade is waiting for. You spend it at the greengrocer’s, "
            "at the Sluishuis or with a neighbour who mends your tap.",
        ),
        Heading("Zo gaat een duit rond", "How a duit goes round"),
        Steps(
            (
                (
                    Words("Er komt een euro binnen", "A euro comes in"),
                    Words(
                        "Van de gemeente, een bedrijf of een fonds. De euro gaat naar de bank en de wijk krijgt "
                        "een duit.",
                        "From the municipality, a company or a fund. The euro goes to the bank, the neighbourhood gets "
                        "a duit.",
                    ),
                ),
                (
                    Words("Jij verdient de duit", "You earn the duit"),
                    Words(
                        "Je helpt, en iemand anders bevestigt het.",
                        "You help, and somebody else confirms it.",
                    ),
                ),
                (
                    Words("Je besteedt hem", "You spend it"),
                    Words(
                        "En wie hem krijgt, besteedt hem weer. Hoe vaker, hoe beter.",
                        "And whoever gets it spends it again. The more often, the better.",
                    ),
                ),
                (
                    Words("Een winkel wisselt om", "A shop changes it"),
                    Words(
                        "Winkels met een afspraak krijgen de euro van de bank. Dan verdwijnt de duit.",
                        "Shops with an agreement get the euro from the bank. Then the duit is gone.",
                    ),
                ),
            )
        ),
        Heading("Wat is iets waard?", "What are things worth?"),
        P(
            "Bewoners en bestuur bepalen dat samen, binnen de richtlijn van de gemeente. We beginnen met drie waarden.",
            "Residents and board decide that together, within the municipality’s guideline. We begin with three "
            "values.",
        ),
        Table(
            Words("Waarden om mee te beginnen, in Sluisduiten", "Values to begin with, in Sluisduiten"),
            (
                (Words("Wat", "What"), Words("Per", "Per"), Words("Waarde", "Value")),
                (Words("Iets repareren", "Mending something"), Words("keer", "time"), Words("7,50", "7.50")),
                (
                    Words("Koken voor de kade", "Cooking for the quay"),
                    Words("uur", "hour"),
                    Words("7,00", "7.00"),
                ),
                (
                    Words("Samen wandelen met iemand", "Going for a walk with somebody"),
                    Words("uur", "hour"),
                    Words("6,00", "6.00"),
                ),
            ),
        ),
        *GOOD_TO_KNOW,
    ),
)

BOARD = PageText(
    slug="wijkbestuur",
    title=Words("Wijkbestuur van Sluiskade", "Board of Sluiskade"),
    lead=Words(
        "Vier mensen van de kade nemen de besluiten, met de deur open.",
        "Four people from the quay take the decisions, with the door open.",
    ),
    body=(
        *APPOINTED,
        *WHAT_A_BOARD_DOES,
        Facts(
            (
                (
                    Words("Spreekuur", "Open hour"),
                    Words(
                        "Elke zaterdag, 11.00 tot 12.00 uur, in het Sluishuis",
                        "Every Saturday, 11.00 to 12.00, at the Sluishuis",
                    ),
                ),
                (
                    Words("Vergadering", "Meeting"),
                    Words(
                        "Elke tweede donderdag van de maand, 20.00 uur. Iedereen mag erbij zijn.",
                        "Every second Thursday of the month, 20.00. Everybody may attend.",
                    ),
                ),
                (
                    Words("Mailen", "E-mail"),
                    Words("bestuur@sluiskade.example", "bestuur@sluiskade.example"),
                ),
                (Words("Bellen", "Call"), PHONE),
            )
        ),
    ),
)
