from __future__ import annotations

from home.demo.texts.kinds import (
    Bullets,
    Facts,
    Heading,
    Image,
    Link,
    NewsText,
    Notice,
    P,
    Quote,
    Steps,
    Table,
    Words,
)

SLUISHUIS = Words("Het Sluishuis, Kade 1", "The Sluishuis, Kade 1")

REPAIR = NewsText(
    slug="repaircafe",
    kind="EVENT",
    title=Words("Repaircafé in het Sluishuis", "Repair café at the Sluishuis"),
    lead=Words(
        "Neem mee wat kapot is. Samen kijken we of het weer kan werken.",
        "Bring what is broken. Together we see whether it can work again.",
    ),
    published="-1tue",
    happens="1sat",
    hours=Words("13.00 tot 16.00 uur", "13.00 to 16.00"),
    place=SLUISHUIS,
    picture="werkplaats",
    alt=Words(
        "Een werkbank met een radio, een lamp en gereedschap aan de muur.",
        "A workbench with a radio, a lamp and tools on the wall.",
    ),
    body=(
        Steps(
            (
                (
                    Words("Je meldt je bij de deur", "You sign in at the door"),
                    Words("Je krijgt een nummer en een kop koffie.", "You get a number and a cup of coffee."),
                ),
                (
                    Words("Je schuift aan", "You sit down"),
                    Words(
                        "Je repareert samen met iemand die het kan. Zo leer je het ook.",
                        "You mend it together with somebody who can. That way you learn it too.",
                    ),
                ),
                (
                    Words("Je geeft wat je kunt missen", "You give what you can spare"),
                    Words(
                        "Onderdelen betaal je zelf, hulp kost niets.",
                        "You pay for parts, help costs nothing.",
                    ),
                ),
            )
        ),
        Heading("Dit kun je meenemen", "You can bring this"),
        Bullets(
            (
                Words("Kleding met een gat of een kapotte rits", "Clothes with a hole or a broken zip"),
                Words("Lampen, radio’s en kleine apparaten", "Lamps, radios and small appliances"),
                Words("Fietsen met een lekke band", "Bicycles with a flat tyre"),
            )
        ),
        Notice(
            "warn",
            Words("Geen magnetrons", "No microwave ovens"),
            Words(
                "Die zijn gevaarlijk om open te maken, ook als de stekker eruit is.",
                "They are dangerous to open, even when unplugged.",
            ),
        ),
    ),
)

DINNER = NewsText(
    slug="samen-eten-aan-de-kade",
    kind="EVENT",
    title=Words("Samen eten aan de kade", "Dinner together on the quay"),
    lead=Words(
        "Eén lange tafel, drie gangen en buren die je nog niet kent.",
        "One long table, three courses and neighbours whom you do not know yet.",
    ),
    published="-1fri",
    happens="2thu",
    hours=Words("17.30 tot 19.30 uur", "17.30 to 19.30"),
    place=SLUISHUIS,
    picture="tafel",
    body=(
        P(
            "Fatma kookt met groente die anders weg zou gaan. Er is altijd een gang zonder vlees. Kinderen tot twaalf "
            "jaar eten mee zonder te betalen.",
            "Fatma cooks with vegetables that would otherwise be thrown away. One course is always without meat. "
            "Children up to twelve eat along without paying.",
        ),
        Facts(
            (
                (Words("Kosten", "Cost"), Words("4 euro, betalen aan de deur", "4 euros, pay at the door")),
                (
                    Words("Plekken", "Places"),
                    Words("40. Bel van tevoren: 0570 00 12 34", "40. Call beforehand: 0570 00 12 34"),
                ),
                (
                    Words("Iets niet eten?", "Something you do not eat?"),
                    Words("Zeg het als je belt.", "Tell us when you call."),
                ),
            )
        ),
        P(
            "Wil je helpen met koken of afwassen? Kom dan om drie uur. Dan eet je gratis mee.",
            "Would you like to help with cooking or washing up? Then come at three and eat for free.",
        ),
    ),
)

LOCK_TOUR = NewsText(
    slug="kijken-bij-de-sluis",
    kind="EVENT",
    title=Words("Kijken bij de sluis", "A look at the lock"),
    lead=Words(
        "De sluiswachter laat zien hoe een boot een meter omhoog gaat. Voor iedereen vanaf zes jaar.",
        "The lock keeper shows how a boat goes up a metre. For everybody from six years old.",
    ),
    published="-1thu",
    happens="3sun",
    hours=Words("11.00 tot 13.00 uur", "11.00 to 13.00"),
    place=Words("Bij de brug", "By the bridge"),
    body=(
        P(
            "Je draait zelf aan het wiel, je loopt over de deuren en je ziet hoe het water zakt. Er varen twee boten "
            "mee. Wie wil, mag een stukje aan boord.",
            "You turn the wheel yourself, walk across the gates and watch the water drop. Two boats take part. "
            "Whoever likes may come aboard for a stretch.",
        ),
        Notice(
            "info",
            Words("Trek dichte schoenen aan", "Wear closed shoes"),
            Words(
                "Het kan nat zijn. Met een rolstoel kun je alles zien vanaf de kade.",
                "It can be wet. From a wheelchair you can see everything from the quay.",
            ),
        ),
    ),
)

OPEN_DOOR = NewsText(
    slug="besturen-met-de-deur-open",
    kind="DECISION",
    title=Words("We besturen met de deur open", "We govern with the door open"),
    lead=Words(
        "Iedereen mag bij de vergadering van het wijkbestuur zijn, en alles komt op papier.",
        "Everybody may attend the board’s meeting, and everything is put on paper.",
    ),
    published="-4thu",
    body=(
        P(
            "Het bestuur heeft vier afspraken gemaakt over hoe het werkt. Ze gelden vanaf nu.",
            "The board has made four agreements on how it works. They hold from now on.",
        ),
        Bullets(
            (
                Words(
                    "De vergadering is openbaar. Wie iets wil zeggen, krijgt vijf minuten.",
                    "The meeting is public. Whoever wants to say something gets five minutes.",
                ),
                Words(
                    "Het verslag hangt binnen een week in het Sluishuis.",
                    "The minutes hang in the Sluishuis within a week.",
                ),
                Words(
                    "Gaat een besluit over een bestuurder zelf? Dan beslist die niet mee.",
                    "Is a decision about a board member? Then that member does not take part.",
                ),
                Words(
                    "Bij elk besluit staat wie voor was en wie tegen.",
                    "With each decision it says who was for and who was against.",
                ),
            )
        ),
        Table(
            Words("Zo stemde het bestuur", "How the board voted"),
            (
                (Words("Wie", "Who"), Words("Stem", "Vote")),
                (Words("Mohamed Aziz", "Mohamed Aziz"), Words("voor", "for")),
                (Words("Loes Brink", "Loes Brink"), Words("voor", "for")),
                (Words("Henk Kuiper", "Henk Kuiper"), Words("tegen", "against")),
                (Words("Priya Ramdin", "Priya Ramdin"), Words("voor", "for")),
            ),
        ),
        P(
            "Henk vond vijf minuten te lang. Hij houdt voortaan de tijd bij.",
            "Henk thought five minutes was too long. He keeps the time from now on.",
        ),
        Link(Words("Wie zitten er in het wijkbestuur?", "Who is on the board?"), "wijkbestuur"),
    ),
)

GREENGROCER = NewsText(
    slug="de-groenteman-doet-mee",
    kind="NEWS",
    title=Words("De groenteman doet mee", "The greengrocer joins in"),
    lead=Words(
        "Bij Yilmaz betaal je met Sluisduiten. En wie zijn tassen rondbrengt, verdient ze.",
        "At Yilmaz you pay with Sluisduiten. And whoever takes his bags round earns them.",
    ),
    published="-54tue",
    body=(
        P(
            "Groenteman Yilmaz staat al twintig jaar op de hoek van de Kade. Op zaterdag brengt een groepje bewoners "
            "zijn tassen rond bij mensen die slecht ter been zijn. Dat deden ze voor niets.",
            "Yilmaz the greengrocer has been on the corner of the Kade for twenty years. On Saturdays a few residents "
            "take his bags round to people who do not walk well. They did that for nothing.",
        ),
        Quote(
            Words(
                "Zij lopen voor mijn klanten. Dan mag ik ook iets voor hen doen.",
                "They walk for my customers. So I may do something for them.",
            ),
            Words("Kemal Yilmaz, groenteman", "Kemal Yilmaz, greengrocer"),
        ),
        P(
            "De bezorgers krijgen nu per rondje Sluisduiten. Hoeveel, dat bepalen bewoners en bestuur samen.",
            "The helpers now get Sluisduiten for each round. How much is decided by residents and board together.",
        ),
    ),
)

BENCH = NewsText(
    slug="een-bank-bij-de-brug",
    kind="NEWS",
    title=Words("Er staat een bank bij de brug", "There is a bench by the bridge"),
    lead=Words(
        "Vier bewoners maakten hem van oude sluisdeuren. Er kunnen zes mensen op zitten.",
        "Four residents built it from old lock gates. Six people can sit on it.",
    ),
    published="-3mon",
    body=(
        Image("bank"),
        P(
            "Het hout lag al jaren achter het Sluishuis. Daan tekende de bank, Ingrid zaagde, en twee buurjongens "
            "schuurden drie avonden. Nu zit er altijd wel iemand.",
            "The wood had been lying behind the Sluishuis for years. Daan drew the bench, Ingrid sawed, and two boys "
            "from next door sanded for three evenings. Now somebody is always sitting there.",
        ),
        P(
            "Heb jij een plan voor een plek op de kade? Vertel het op het spreekuur.",
            "Do you have a plan for a spot on the quay? Tell us at the open hour.",
        ),
        Link(Words("Wanneer is het spreekuur?", "When is the open hour?"), "wijkbestuur"),
    ),
)

NEWS = (REPAIR, DINNER, LOCK_TOUR, OPEN_DOOR, GREENGROCER, BENCH)
