from __future__ import annotations

from home.demo.texts.kinds import Facts, Heading, Image, Link, P, PageText, Quote, Steps, Table, Words
from home.demo.texts.shared import APPOINTED, GOOD_TO_KNOW, PHONE, WHAT_A_BOARD_DOES

FRONT = PageText(
    slug="zonneveld",
    title=Words("Zonneveld", "Zonneveld"),
    lead=Words(
        "Een nieuwe wijk maak je samen. Je helpt een buur, je verdient Zonnetjes en je doet er iets leuks mee. "
        "Eén Zonnetje is één euro.",
        "A new neighbourhood is made together. You help a neighbour, earn Zonnetjes and do something nice with them. "
        "One Zonnetje is one euro.",
    ),
    body=(
        Heading("Rond de watertoren", "Around the water tower"),
        P(
            "De oudste straat van Zonneveld is negen jaar oud. De meeste mensen kenden hier niemand toen ze kwamen. "
            "Nu delen we een tuin, een bakfiets en de stroom van de watertoren.",
            "The oldest street of Zonneveld is nine years old. Most people knew nobody when they came. "
            "Now we share a garden, a cargo bike and the power from the water tower.",
        ),
        Image(
            "watertoren",
            Words(
                "Een watertoren tussen bomen en lage huizen met zonnepanelen. Erachter hangt een lichtblauwe munt.",
                "A water tower between trees and low houses with solar panels. A light blue coin hangs behind it.",
            ),
        ),
        Heading("Zo doe je mee", "How to take part"),
        Steps(
            (
                (
                    Words("Schrijf je in", "Register"),
                    Words(
                        "Geef je adres op. Je krijgt een brief met een code, die vul je hier in.",
                        "Give your address. You get a letter with a code, and you fill that in here.",
                    ),
                ),
                (
                    Words("Begin klein", "Start small"),
                    Words(
                        "Een plant water geven telt ook. Een uur is genoeg.",
                        "Watering a plant counts too. An hour is enough.",
                    ),
                ),
                (
                    Words("Neem iemand mee", "Bring somebody"),
                    Words(
                        "Je kind, je vader of de overbuurman. Samen is het minder werk.",
                        "Your child, your father or the man from across the street. Together it is less work.",
                    ),
                ),
            )
        ),
        Quote(
            Words(
                "Mijn dochter kent nu meer mensen in de straat dan ik.",
                "My daughter knows more people in our street than I do now.",
            ),
            Words("Thijs, bewoner", "Thijs, resident"),
        ),
        Heading("Kom langs", "Drop in"),
        Facts(
            (
                (Words("Waar", "Where"), Words("De Zonnehoek, Torenlaan 20", "De Zonnehoek, Torenlaan 20")),
                (
                    Words("Open", "Open"),
                    Words(
                        "Woensdag, vrijdag en zondag, 10.00 tot 16.00 uur",
                        "Wednesday, Friday and Sunday, 10.00 to 16.00",
                    ),
                ),
                (Words("Bellen", "Call"), PHONE),
            )
        ),
        Link(Words("Meer over het Zonnetje", "More about the Zonnetje"), "over-de-munt"),
        Link(Words("Wie zitten er in het wijkbestuur?", "Who is on the board?"), "wijkbestuur"),
    ),
)

COIN = PageText(
    slug="over-de-munt",
    title=Words("Het Zonnetje", "The Zonnetje"),
    lead=Words(
        "Het Zonnetje is de munt van Zonneveld. Eén Zonnetje is één euro waard.",
        "The Zonnetje is the coin of Zonneveld. One Zonnetje is worth one euro.",
    ),
    body=(
        P(
            "Je krijgt Zonnetjes als je iets doet voor de wijk of voor een buur. Je besteedt ze weer in de buurt: aan "
            "een zwemles, een uur de bakfiets of een pot honing van het dak.",
            "You get Zonnetjes when you do something for the neighbourhood or a neighbour. You spend them nearby: on a "
            "swimming lesson, an hour with the cargo bike or a jar of honey from the roof.",
        ),
        Heading("Waar komen Zonnetjes vandaan?", "Where do Zonnetjes come from?"),
        P(
            "Voor elk Zonnetje staat een euro op de bank. De gemeente en bedrijven storten die euro’s, en ook de "
            "watertoren doet mee: die verkoopt stroom van zijn dak.",
            "For every Zonnetje there is a euro in the bank. The municipality and companies put those euros in, and "
            "the water tower takes part too: it sells power from its roof.",
        ),
        Steps(
            (
                (
                    Words("Euro’s gaan naar de bank", "Euros go to the bank"),
                    Words(
                        "Voor elke euro komt er één Zonnetje bij.",
                        "For each euro there is one Zonnetje more.",
                    ),
                ),
                (
                    Words("Jij verdient Zonnetjes", "You earn Zonnetjes"),
                    Words(
                        "Je helpt mee, en iemand bevestigt dat je er was.",
                        "You help out, and somebody confirms that you were there.",
                    ),
                ),
                (
                    Words("Je besteedt ze in de buurt", "You spend them nearby"),
                    Words(
                        "Bij buren, clubs, winkels of de gemeente.",
                        "With neighbours, clubs, shops or the municipality.",
                    ),
                ),
            )
        ),
        Heading("Wat is iets waard?", "What are things worth?"),
        P(
            "Dat bepalen we samen, binnen de richtlijn van de gemeente. Hier beginnen we mee.",
            "We decide that together, within the municipality’s guideline. This is what we begin with.",
        ),
        Table(
            Words("Waarden om mee te beginnen, in Zonnetjes", "Values to begin with, in Zonnetjes"),
            (
                (Words("Wat", "What"), Words("Per", "Per"), Words("Waarde", "Value")),
                (
                    Words("Werken in de Zonnetuin", "Working in the Zonnetuin"),
                    Words("uur", "hour"),
                    Words("6,00", "6.00"),
                ),
                (
                    Words("Kinderen naar zwemles brengen", "Taking children to swimming lessons"),
                    Words("keer", "time"),
                    Words("4,50", "4.50"),
                ),
                (
                    Words("Fietsles geven", "Teaching somebody to cycle"),
                    Words("uur", "hour"),
                    Words("8,50", "8.50"),
                ),
            ),
        ),
        *GOOD_TO_KNOW,
    ),
)

BOARD = PageText(
    slug="wijkbestuur",
    title=Words("Wijkbestuur van Zonneveld", "Board of Zonneveld"),
    lead=Words(
        "Vier buren die iets willen doen voor de wijk. Spreek ze gerust aan op straat.",
        "Four neighbours who want to do something for the place. Feel free to stop them in the street.",
    ),
    body=(
        *APPOINTED,
        *WHAT_A_BOARD_DOES,
        Facts(
            (
                (
                    Words("Spreekuur", "Open hour"),
                    Words(
                        "Elke woensdag, 15.30 tot 16.30 uur, in De Zonnehoek. Kinderen zijn welkom.",
                        "Every Wednesday, 15.30 to 16.30, at De Zonnehoek. Children are welcome.",
                    ),
                ),
                (
                    Words("Vergadering", "Meeting"),
                    Words(
                        "Elke derde dinsdag van de maand, 20.15 uur. Je mag altijd komen luisteren.",
                        "Every third Tuesday of the month, 20.15. You may always come and listen.",
                    ),
                ),
                (
                    Words("Mailen", "E-mail"),
                    Words("bestuur@zonneveld.example", "bestuur@zonneveld.example"),
                ),
                (Words("Bellen", "Call"), PHONE),
            )
        ),
    ),
)
