from __future__ import annotations

from home.demo.texts.kinds import Facts, Heading, Image, Link, P, PageText, Quote, Steps, Table, Words
from home.demo.texts.shared import GOOD_TO_KNOW, PHONE, WHAT_A_BOARD_DOES

FRONT = PageText(
    slug="molenwijk",
    title=Words("Molenwijk", "Molenwijk"),
    lead=Words(
        "Help mee in de buurt en verdien Molenmunten. Je betaalt ermee bij winkels, clubs en de gemeente. "
        "Eén Molenmunt is één euro.",
        "Help out nearby and earn Molenmunten. You pay with them in shops, at clubs and at the municipality. "
        "One Molenmunt is one euro.",
    ),
    body=(
        Heading("Wonen rond de molen", "Living around the mill"),
        P(
            "Molenwijk heeft smalle straten, een singel en een molen die op zaterdag nog draait. Buren helpen elkaar "
            "hier al jaren: met koffie, met boodschappen, met een klus. Met de Molenmunt krijgt die hulp een waarde "
            "die je weer kunt besteden.",
            "Molenwijk has narrow streets, a canal and a mill that still turns on Saturdays. Neighbours have helped "
            "each other here for years: with coffee, with shopping, with odd jobs. The Molenmunt gives that help a "
            "value that you can spend again.",
        ),
        Image(
            "molen",
            Words(
                "Een molen naast een rij huizen aan de singel. Achter de daken komt een oranje munt op.",
                "A mill beside a row of houses on the canal. An orange coin rises behind the roofs.",
            ),
        ),
        Heading("Zo doe je mee", "How to take part"),
        Steps(
            (
                (
                    Words("Je schrijft je in", "You register"),
                    Words(
                        "Je geeft je adres op en krijgt een brief met een code. Of je komt langs bij het wijkloket.",
                        "You give your address and get a letter with a code. Or you come to the neighbourhood desk.",
                    ),
                ),
                (
                    Words("Je kijkt wat er te doen is", "You see what is on"),
                    Words(
                        "In De Wiek is altijd iemand die hulp kan gebruiken.",
                        "At De Wiek there is always somebody who could use some help.",
                    ),
                ),
                (
                    Words("Je praat mee", "You have a say"),
                    Words(
                        "Wat is een uur koffie schenken waard? Dat bepalen bewoners samen.",
                        "What is an hour of pouring coffee worth? Residents decide that together.",
                    ),
                ),
            )
        ),
        Quote(
            Words(
                "Ik kwam voor de koffie. Nu ken ik de hele straat.",
                "I came for the coffee. Now I know the whole street.",
            ),
            Words("Joop, bewoner", "Joop, resident"),
        ),
        Heading("Kom langs", "Drop in"),
        Facts(
            (
                (
                    Words("Waar", "Where"),
                    Words("Buurthuis De Wiek, Wiekplein 1", "Community house De Wiek, Wiekplein 1"),
                ),
                (
                    Words("Open", "Open"),
                    Words(
                        "Maandag tot en met vrijdag, 9.30 tot 17.00 uur", "Monday to Friday, 9.30 to 17.00"
                    ),
                ),
                (Words("Bellen", "Call"), PHONE),
            )
        ),
        Link(Words("Meer over de Molenmunt", "More about the Molenmunt"), "over-de-munt"),
        Link(Words("Wie zitten er in het wijkbestuur?", "Who is on the board?"), "wijkbestuur"),
    ),
)

COIN = PageText(
    slug="over-de-munt",
    title=Words("De Molenmunt", "The Molenmunt"),
    lead=Words(
        "Eén Molenmunt is één euro waard. Voor elke munt staat een euro op de bank.",
        "One Molenmunt is worth one euro. For every coin there is a euro in the bank.",
    ),
    body=(
        P(
            "De Molenmunt is het geld van Molenwijk. Je verdient hem door te helpen in de wijk. Je besteedt hem bij "
            "mensen en winkels om de hoek. Zo komt wat jij doet bij de wijk terug.",
            "The Molenmunt is Molenwijk’s own money. You earn it by helping out. You spend it with people and shops "
            "around the corner. So what you do comes back to the neighbourhood.",
        ),
        Heading("Zo gaat de munt rond", "How the coin goes round"),
        Steps(
            (
                (
                    Words("Iemand stort euro’s", "Somebody puts in euros"),
                    Words(
                        "De gemeente, een bedrijf of een woningstichting. Voor elke euro komt er één munt bij.",
                        "The municipality, a company or a housing association. For each euro there is one coin more.",
                    ),
                ),
                (
                    Words("Jij verdient munten", "You earn coins"),
                    Words(
                        "Je doet een dienst. Iemand anders bevestigt dat je er was.",
                        "You do a shift. Somebody else confirms that you were there.",
                    ),
                ),
                (
                    Words("Je besteedt ze", "You spend them"),
                    Words(
                        "Bij de fietsenmaker, het zwembad of een buurvrouw die taarten bakt.",
                        "At the bicycle shop, the pool or with a neighbour who bakes cakes.",
                    ),
                ),
                (
                    Words("De winkel kiest", "The shop chooses"),
                    Words(
                        "Die besteedt de munten weer in de wijk, of wisselt ze om voor euro’s. "
                        "Dat kunnen bewoners niet.",
                        "It spends the coins again nearby, or changes them for euros. Residents cannot do that.",
                    ),
                ),
            )
        ),
        Heading("Wat is iets waard?", "What are things worth?"),
        P(
            "Dat bepalen bewoners en bestuur samen, binnen de richtlijn van de gemeente. Met deze waarden beginnen we.",
            "Residents and board decide that together, within the municipality’s guideline. These are the values "
            "that we begin with.",
        ),
        Table(
            Words("Waarden om mee te beginnen, in Molenmunten", "Values to begin with, in Molenmunten"),
            (
                (Words("Wat", "What"), Words("Per", "Per"), Words("Waarde", "Value")),
                (Words("Koffie schenken", "Pouring coffee"), Words("uur", "hour"), Words("6,00", "6.00")),
                (
                    Words("Voorlezen op school", "Reading aloud at school"),
                    Words("uur", "hour"),
                    Words("8,00", "8.00"),
                ),
                (
                    Words("Boodschappen brengen", "Bringing shopping"),
                    Words("keer", "time"),
                    Words("5,50", "5.50"),
                ),
                (
                    Words("Zwerfvuil prikken", "Picking up litter"),
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
    title=Words("Wijkbestuur van Molenwijk", "Board of Molenwijk"),
    lead=Words(
        "Vijf bewoners besturen samen de wijk en de munt. Je kunt ze altijd iets vragen.",
        "Five residents run the neighbourhood and its coin together. You can always ask them something.",
    ),
    body=(
        *WHAT_A_BOARD_DOES,
        Facts(
            (
                (
                    Words("Spreekuur", "Open hour"),
                    Words(
                        "Elke dinsdag, 19.00 tot 20.00 uur, in De Wiek",
                        "Every Tuesday, 19.00 to 20.00, at De Wiek",
                    ),
                ),
                (
                    Words("Vergadering", "Meeting"),
                    Words(
                        "Elke eerste maandag van de maand, 19.30 uur. Iedereen mag komen luisteren.",
                        "Every first Monday of the month, 19.30. Everybody may come and listen.",
                    ),
                ),
                (
                    Words("Mailen", "E-mail"),
                    Words("bestuur@molenwijk.example", "bestuur@molenwijk.example"),
                ),
                (Words("Bellen", "Call"), PHONE),
            )
        ),
    ),
)
