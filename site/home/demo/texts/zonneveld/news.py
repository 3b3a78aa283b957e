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

ZONNEHOEK = Words("De Zonnehoek, Torenlaan 20", "De Zonnehoek, Torenlaan 20")

SWAP = NewsText(
    slug="ruildag",
    kind="EVENT",
    title=Words("Ruildag voor speelgoed en kleren", "Swap day for toys and clothes"),
    lead=Words(
        "Te klein, uitgelezen of uitgespeeld? Breng het en neem iets anders mee naar huis.",
        "Too small, finished or outgrown? Bring it and take something else home.",
    ),
    published="-1mon",
    happens="1sun",
    hours=Words("10.00 tot 13.00 uur", "10.00 to 13.00"),
    place=ZONNEHOEK,
    body=(
        Bullets(
            (
                Words(
                    "Breng alleen wat heel en schoon is, hooguit één tas per persoon.",
                    "Bring only what is clean and in one piece, at most one bag each.",
                ),
                Words(
                    "Leg het zelf op de goede tafel. Er staan bordjes bij.",
                    "Put it on the right table yourself. There are signs.",
                ),
                Words(
                    "Neem mee wat je kunt gebruiken. Niemand telt.", "Take what you can use. Nobody counts."
                ),
            )
        ),
        P(
            "Wat overblijft, gaat naar het opvanghuis in Havermeer. Voor kinderen is er een hoek om te tekenen.",
            "What is left goes to the shelter in Havermeer. There is a corner where children can draw.",
        ),
        Notice(
            "info",
            Words(
                "We zoeken nog twee mensen om op te bouwen", "We are looking for two more people to set up"
            ),
            Words(
                "Om negen uur, een uurtje werk. Bel 0570 00 12 34.",
                "At nine, about an hour’s work. Call 0570 00 12 34.",
            ),
        ),
    ),
)

CYCLING = NewsText(
    slug="fietsles-voor-volwassenen",
    kind="EVENT",
    title=Words("Fietsles voor volwassenen", "Cycling lessons for adults"),
    lead=Words(
        "Nooit geleerd of lang niet gedaan? We oefenen rustig, op een plein zonder auto’s.",
        "Never learned, or not done it for years? We practise calmly, on a square without cars.",
    ),
    published="-1wed",
    happens="2tue",
    hours=Words("13.30 tot 15.00 uur", "13.30 to 15.00"),
    place=Words("Plein achter De Zonnehoek", "The square behind De Zonnehoek"),
    picture="bakfiets",
    alt=Words(
        "Een bakfiets met een plant in de bak, voor een rij lage huizen.",
        "A cargo bike with a plant in its box, in front of a row of low houses.",
    ),
    body=(
        P(
            "Betty en Emre fietsen met je mee. Iedereen leert in zijn eigen tempo en niemand kijkt op een horloge. "
            "Er zijn zes fietsen in verschillende maten.",
            "Betty and Emre ride along with you. Everybody learns at their own pace and nobody looks at a watch. "
            "There are six bicycles in different sizes.",
        ),
        Facts(
            (
                (Words("Kosten", "Cost"), Words("Niets", "Nothing")),
                (Words("Neem mee", "Bring"), Words("Schoenen die goed vastzitten", "Shoes that fit firmly")),
                (
                    Words("Hoe vaak", "How often"),
                    Words(
                        "Acht keer, elke week op dezelfde tijd", "Eight times, every week at the same time"
                    ),
                ),
            )
        ),
        Quote(
            Words(
                "Na vier lessen fietste ik zelf naar mijn werk. Ik heb de hele weg gelachen.",
                "After four lessons I cycled to work by myself. I laughed all the way.",
            ),
            Words("Ana, bewoner", "Ana, resident"),
        ),
    ),
)

GARDEN = NewsText(
    slug="werken-in-de-zonnetuin",
    kind="EVENT",
    title=Words("Werken in de Zonnetuin", "Working in the Zonnetuin"),
    lead=Words(
        "Spitten, zaaien en daarna koffie met koek. Kennis van planten is niet nodig.",
        "Digging, sowing, and then coffee with cake. You need not know anything about plants.",
    ),
    published="-1thu",
    happens="2sat",
    hours=Words("10.00 tot 12.30 uur", "10.00 to 12.30"),
    place=Words("Zonnetuin, naast de watertoren", "Zonnetuin, beside the water tower"),
    picture="tuin",
    alt=Words(
        "Een moestuin met rijen groente, een gieter en een boom met vruchten.",
        "A vegetable garden with rows of plants, a watering can and a fruit tree.",
    ),
    body=(
        P(
            "Marijke weet wat er moet gebeuren en verdeelt het werk. Er is zwaar werk en licht werk. Je kunt ook "
            "zittend zaadjes sorteren.",
            "Marijke knows what has to be done and shares out the work. Some is heavy and some is light. You can also "
            "sit and sort seeds.",
        ),
        Heading("Zo verdelen we de oogst", "How we share the harvest"),
        Steps(
            (
                (
                    Words("Wie meewerkt, neemt mee", "Whoever works takes some home"),
                    Words("Een tas vol, en niet meer.", "One full bag, and no more."),
                ),
                (
                    Words("Wie niet kan werken, krijgt een deel", "Whoever cannot work gets a share"),
                    Words("We brengen het langs.", "We bring it round."),
                ),
                (
                    Words("De rest gaat naar de kookclub", "The rest goes to the cooking club"),
                    Words("Die maakt er soep van voor vrijdag.", "They make soup of it for Friday."),
                ),
            )
        ),
    ),
)

ROOF_MONEY = NewsText(
    slug="geld-van-het-torendak",
    kind="DECISION",
    title=Words("Dit doen we met het geld van het torendak", "What we do with the money from the tower roof"),
    lead=Words(
        "De zonnepanelen op de watertoren leveren elk jaar 1.200 euro op. Zo verdelen we het.",
        "The solar panels on the water tower bring in 1,200 euros a year. This is how we share it.",
    ),
    published="-3tue",
    body=(
        P(
            "Op de bewonersavond lagen negen plannen op tafel. Iedereen mocht drie stippen plakken. Het bestuur nam de "
            "drie plannen met de meeste stippen over.",
            "There were nine plans on the table at the residents’ evening. Everybody could place three dots. The board "
            "adopted the three plans with the most dots.",
        ),
        Table(
            Words("Verdeling per jaar, in euro", "Shared out per year, in euros"),
            (
                (Words("Plan", "Plan"), Words("Stippen", "Dots"), Words("Bedrag", "Amount")),
                (Words("Zonnetuin", "Zonnetuin"), Words("64", "64"), Words("600", "600")),
                (
                    Words("Onderhoud van de bakfiets", "Upkeep of the cargo bike"),
                    Words("41", "41"),
                    Words("350", "350"),
                ),
                (
                    Words(
                        "Zwemles voor wie het niet kan betalen", "Swimming lessons for those who cannot pay"
                    ),
                    Words("38", "38"),
                    Words("250", "250"),
                ),
            ),
        ),
        P(
            "Het geldt vanaf het nieuwe jaar. Volgend jaar beslissen we opnieuw.",
            "It holds from the new year on. Next year we decide again.",
        ),
        Link(Words("Wie zitten er in het wijkbestuur?", "Who is on the board?"), "wijkbestuur"),
    ),
)

CARGO_BIKE = NewsText(
    slug="bakfiets-te-leen",
    kind="NEWS",
    title=Words("Er is een bakfiets te leen", "There is a cargo bike to borrow"),
    lead=Words(
        "Voor een kast, een hond of vier kratten water. Hij staat bij De Zonnehoek.",
        "For a cupboard, a dog or four crates of water. It stands at De Zonnehoek.",
    ),
    published="-2fri",
    picture="bakfiets",
    alt=Words(
        "Een bakfiets met een plant in de bak, voor een rij lage huizen.",
        "A cargo bike with a plant in its box, in front of a row of low houses.",
    ),
    body=(
        P(
            "Zuivelfabriek De Room gaf hem aan de wijk. De sleutel haal je bij de balie, met je naam en je "
            "telefoonnummer. Je mag hem een dagdeel houden.",
            "Dairy De Room gave it to the neighbourhood. You get the key at the counter, with your name and your phone "
            "number. You may keep it for half a day.",
        ),
        Notice(
            "good",
            Words("Lenen kost nu niets", "Borrowing is free for now"),
            Words(
                "Wat is een uur bakfiets waard? Dat bepalen we later samen.",
                "What is an hour of cargo bike worth? We decide that together later.",
            ),
        ),
    ),
)

RAYS = NewsText(
    slug="zo-ziet-het-zonnetje-eruit",
    kind="NEWS",
    title=Words("Zo ziet het Zonnetje eruit", "What the Zonnetje looks like"),
    lead=Words(
        "Negen letters, negen stralen. Niemand heeft onze munt getekend: de naam doet dat zelf.",
        "Nine letters, nine rays. Nobody drew our coin: its name does that by itself.",
    ),
    published="-56mon",
    body=(
        Image(
            "munt",
            Words(
                "Een grote lichtblauwe munt met negen donkere stralen en een 1 in het midden.",
                "A large light blue coin with nine dark rays and a 1 in the middle.",
            ),
        ),
        P(
            "Elke letter is een straal. De a is kort, want die staat vooraan in het alfabet. De z is lang, want die "
            "staat achteraan. Zo heeft elke wijk een eigen munt zonder dat iemand ruzie maakt over het ontwerp.",
            "Each letter is a ray. The a is short, for it stands first in the alphabet. The z is long, for it stands "
            "last. So every neighbourhood has a coin of its own and nobody quarrels over the design.",
        ),
        P(
            "In het midden staat een 1: één Zonnetje is één euro.",
            "In the middle stands a 1: one Zonnetje is one euro.",
        ),
        Link(Words("Meer over het Zonnetje", "More about the Zonnetje"), "over-de-munt"),
    ),
)

NEWS = (SWAP, CYCLING, GARDEN, ROOF_MONEY, CARGO_BIKE, RAYS)
