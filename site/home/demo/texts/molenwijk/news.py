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

DE_WIEK = Words("Buurthuis De Wiek, Wiekplein 1", "Community house De Wiek, Wiekplein 1")

SOUP = NewsText(
    slug="soep-en-een-praatje",
    kind="EVENT",
    title=Words("Soep en een praatje in De Wiek", "Soup and a chat at De Wiek"),
    lead=Words(
        "Schuif aan voor een kom soep. Je hoeft niemand te kennen en je hoeft niets mee te nemen.",
        "Join us for a bowl of soup. You need not know anybody and you need not bring anything.",
    ),
    published="-1mon",
    happens="1fri",
    hours=Words("12.00 tot 14.00 uur", "12.00 to 14.00"),
    place=DE_WIEK,
    picture="koffie",
    alt=Words(
        "Een tafel met kopjes, een kan en een pan waar damp vanaf komt.",
        "A table with cups, a jug and a steaming pan.",
    ),
    body=(
        P(
            "Corrie en Hassan koken twee pannen soep: één met groente en één met kip. Er is brood en er is koffie na. "
            "Kom binnen door de voordeur, de zaal is meteen links. Er is een lift.",
            "Corrie and Hassan cook two pans of soup: one with vegetables and one with chicken. There is bread, and "
            "coffee afterwards. Come in by the front door, the room is on your left. There is a lift.",
        ),
        Facts(
            (
                (Words("Kosten", "Cost"), Words("Niets", "Nothing")),
                (
                    Words("Kom je met meer dan vier?", "More than four of you?"),
                    Words("Bel even: 0570 00 12 34", "Please call: 0570 00 12 34"),
                ),
            )
        ),
        Quote(
            Words("Alleen eten is ook maar alleen.", "Eating alone is only that: alone."),
            Words("Corrie, vrijwilliger in De Wiek", "Corrie, volunteer at De Wiek"),
        ),
    ),
)

LITTER = NewsText(
    slug="zwerfvuil-prikken",
    kind="EVENT",
    title=Words("Zwerfvuil prikken langs de singel", "Picking up litter along the canal"),
    lead=Words(
        "Met z’n allen maken we de oever schoon. Wij zorgen voor prikkers, handschoenen en iets warms.",
        "Together we clean the bank. We bring litter pickers, gloves and something warm to drink.",
    ),
    published="-1wed",
    happens="1sat",
    hours=Words("10.00 tot 12.00 uur", "10.00 to 12.00"),
    place=Words("Verzamelen bij de molen", "Meet at the mill"),
    body=(
        Steps(
            (
                (
                    Words("We verzamelen bij de molen", "We meet at the mill"),
                    Words("Je krijgt een prikker en een zak.", "You get a litter picker and a bag."),
                ),
                (
                    Words("We lopen langs het water", "We walk along the water"),
                    Words(
                        "In groepjes van drie, ieder een stuk. Kinderen lopen mee met een volwassene.",
                        "In groups of three, each a stretch. Children walk along with an adult.",
                    ),
                ),
                (
                    Words("We drinken soep", "We have soup"),
                    Words(
                        "Om twaalf uur, op het bankje bij de brug.", "At twelve, on the bench by the bridge."
                    ),
                ),
            )
        ),
        Notice(
            "warn",
            Words("Laat naalden en glas liggen", "Leave needles and glass where they are"),
            Words(
                "Roep iemand met een geel hesje. Die heeft een tang en een dichte bak.",
                "Call somebody in a yellow vest. They have tongs and a closed box.",
            ),
        ),
    ),
)

VALUE_EVENING = NewsText(
    slug="waarde-avond",
    kind="EVENT",
    title=Words("Wat is een uur voorlezen waard?", "What is an hour of reading aloud worth?"),
    lead=Words(
        "Een avond om samen te oefenen met een prijs bepalen. Stemmen doe je daarna op deze site, in het geheim.",
        "An evening to practise setting a price together. You vote afterwards on this site, in secret.",
    ),
    published="-1thu",
    happens="2wed",
    hours=Words("19.30 tot 21.00 uur", "19.30 to 21.00"),
    place=DE_WIEK,
    picture="boeken",
    alt=Words(
        "Een opengeslagen boek op een stapel boeken, met een oranje zon erachter.",
        "An open book on a pile of books, with an orange sun behind it.",
    ),
    body=(
        P(
            "Kinderen van De Zevensprong krijgen elke dinsdag een verhaal van een buurtgenoot. Wat is dat waard? "
            "Daar stemt iedereen in Molenwijk nu over. Deze avond laten we zien hoe dat gaat.",
            "Every Tuesday a neighbour reads a story to the children of De Zevensprong. What is that worth? "
            "Everybody in Molenwijk is voting on that now. This evening we show how it works.",
        ),
        Heading("Het middelste bedrag wint", "The amount in the middle wins"),
        Steps(
            (
                (
                    Words("Iedereen noemt een bedrag", "Everybody names an amount"),
                    Words("Op een briefje, zonder naam.", "On a slip of paper, without a name."),
                ),
                (
                    Words("We leggen ze op een rij", "We lay them in a row"),
                    Words("Van laag naar hoog.", "From low to high."),
                ),
                (
                    Words("We pakken het middelste", "We take the one in the middle"),
                    Words(
                        "Heel hoog of heel laag bieden helpt dus niet. Zeg gewoon wat je eerlijk vindt.",
                        "So a very high or very low amount does not help. Just say what you think is fair.",
                    ),
                ),
            )
        ),
        P(
            "We oefenen met een appeltaart. Na afloop eten we hem op.",
            "We practise with an apple pie. Afterwards we eat it.",
        ),
    ),
)

NAME = NewsText(
    slug="de-munt-heet-molenmunt",
    kind="NEWS",
    title=Words("Onze munt heet Molenmunt", "Our coin is called Molenmunt"),
    lead=Words(
        "De bewoners kozen uit drie namen. De Molenmunt kreeg meer dan de helft van de stemmen.",
        "The residents chose from three names. Molenmunt got more than half of the votes.",
    ),
    published="-57tue",
    body=(
        P(
            "In de brievenbus van De Wiek lagen 41 namen. Een groepje bewoners koos er drie uit. Op de bewonersavond "
            "stemden 96 mensen met de hand omhoog.",
            "There were 41 names in the letterbox of De Wiek. A few residents picked three. At the residents’ evening "
            "96 people voted by show of hands.",
        ),
        Table(
            Words("De stemmen op de bewonersavond", "The votes at the residents’ evening"),
            (
                (Words("Naam", "Name"), Words("Stemmen", "Votes")),
                (Words("Molenmunt", "Molenmunt"), Words("52", "52")),
                (Words("Wiekje", "Wiekje"), Words("27", "27")),
                (Words("Singelgulden", "Singelgulden"), Words("17", "17")),
            ),
        ),
        P(
            "Eén Molenmunt heet dus een Molenmunt, en twee heten Molenmunten. Zo simpel is het.",
            "So one Molenmunt is a Molenmunt, and two are Molenmunten. It is as simple as that.",
        ),
        Link(Words("Meer over de Molenmunt", "More about the Molenmunt"), "over-de-munt"),
    ),
)

LIBRARY = NewsText(
    slug="bibliotheek-doet-mee",
    kind="NEWS",
    title=Words("De bibliotheek doet mee", "The library joins in"),
    lead=Words(
        "Met Molenmunten betaal je er je pas, en boeken die je te laat brengt.",
        "With Molenmunten you pay for your card there, and for books that you bring back late.",
    ),
    published="-55wed",
    picture="boeken",
    alt=Words(
        "Een opengeslagen boek op een stapel boeken, met een oranje zon erachter.",
        "An open book on a pile of books, with an orange sun behind it.",
    ),
    body=(
        P(
            "De bibliotheek aan de Molenstraat is de eerste die ja zei. Andersom kun je er ook munten verdienen: "
            "met voorlezen, met boeken opruimen en met uitleg over de computer.",
            "The library on Molenstraat was the first to say yes. And you can earn coins there as well: "
            "by reading aloud, putting books away and explaining the computer.",
        ),
        Quote(
            Words(
                "Wie bij ons voorleest, leent gratis mee. Dat voelde altijd al eerlijk, nu heeft het een naam.",
                "Whoever reads aloud here has always borrowed for free. It felt fair, and now it has a name.",
            ),
            Words("Nadia, bibliotheek Molenwijk", "Nadia, Molenwijk library"),
        ),
        Heading("Wie doen er nog meer mee?", "Who else joins in?"),
        Bullets(
            (
                Words("Fietsenmaker Van Dam, Molenstraat 4", "Bicycle shop Van Dam, Molenstraat 4"),
                Words("Zwembad De Plons, Badweg 11", "Swimming pool De Plons, Badweg 11"),
                Words(
                    "De wijkkeuken in De Wiek, op dinsdag en donderdag",
                    "The neighbourhood kitchen at De Wiek, on Tuesdays and Thursdays",
                ),
            )
        ),
    ),
)

GREEN = NewsText(
    slug="vijfduizend-euro-voor-groen",
    kind="DECISION",
    title=Words("5.000 euro voor groen in de straat", "5,000 euro for green in the street"),
    lead=Words(
        "Woningstichting De Haven betaalt geveltuinen en het bestuur zei ja. Wie meehelpt, verdient munten.",
        "Housing association De Haven pays for front gardens and the board said yes. Whoever helps earns coins.",
    ),
    published="-3thu",
    body=(
        Image(
            "fiets",
            Words(
                "Een fiets tegen een gevel, met planten onder de ramen.",
                "A bicycle against a house front, with plants below the windows.",
            ),
        ),
        P(
            "Voor elke euro komt er één Molenmunt. Het geld is alleen bedoeld voor groen: stenen eruit wippen, "
            "planten, water geven. Het bestuur maakt met de straten een plan.",
            "For each euro there will be one Molenmunt. The money is for green only: lifting tiles, planting, "
            "watering. The board makes a plan with the streets.",
        ),
        Notice(
            "info",
            Words(
                "Wil je een tuintje voor je huis?", "Would you like a small garden in front of your house?"
            ),
            Words(
                "Loop binnen op dinsdagavond bij het spreekuur in De Wiek.",
                "Drop in at the open hour at De Wiek on Tuesday evening.",
            ),
        ),
    ),
)

NEWS = (SOUP, LITTER, VALUE_EVENING, NAME, LIBRARY, GREEN)
