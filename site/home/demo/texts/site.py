"""The front of the whole site and the pages that hold for every place."""

from __future__ import annotations

from home.demo.texts.kinds import Bullets, Facts, Heading, Image, Link, Notice, P, PageText, Steps, Words
from home.demo.texts.legal import ACCESSIBILITY, PRIVACY

FRONT = PageText(
    slug="home",
    title=Words("Socialcoin", "Socialcoin"),
    lead=Words(
        "Een eigen munt voor je wijk: je helpt in de buurt, je verdient munten en je besteedt ze dichtbij.",
        "A coin of your neighbourhood’s own: you help nearby, you earn coins and you spend them close to home.",
    ),
    body=(
        Notice(
            "info",
            Words("Dit is een voorbeeld", "This is an example"),
            Words(
                "De gemeente Havermeer en haar drie wijken zijn verzonnen. De mensen ook. "
                "Kijk gerust rond, je kunt niets stukmaken.",
                "The municipality of Havermeer and its three neighbourhoods are made up. So are the people. "
                "Feel free to look around, you cannot break anything.",
            ),
        ),
        Image(
            "havermeer",
            Words(
                "Huizen van drie wijken aan het water, met een molen, een brug en een watertoren. "
                "Daarachter komen drie munten op als zonnen.",
                "Houses of three neighbourhoods by the water, with a mill, a bridge and a water tower. "
                "Behind them three coins rise like suns.",
            ),
        ),
        Heading("Stap voor stap", "Step by step"),
        Steps(
            (
                (
                    Words("De wijk begint", "The neighbourhood begins"),
                    Words(
                        "Bewoners krijgen een wijkbestuur en een munt met een eigen naam.",
                        "Residents get a board and a coin with a name of its own.",
                    ),
                ),
                (
                    Words("Samen bepalen wat iets waard is", "Deciding together what things are worth"),
                    Words(
                        "Een uur voorlezen, een maaltijd, een band plakken: bewoners en bestuur geven het een waarde.",
                        "An hour of reading aloud, a meal, a mended tyre: residents and board give it a value.",
                    ),
                ),
                (
                    Words("Er komen euro’s bij", "Euros come in"),
                    Words(
                        "De gemeente, bedrijven en fondsen storten euro’s. Voor elke euro komt er één munt bij.",
                        "The municipality, companies and funds put in euros. For each euro there is one coin more.",
                    ),
                ),
                (
                    Words("Je helpt en je verdient", "You help and you earn"),
                    Words(
                        "Je doet iets wat de buurt nodig heeft. Iemand bevestigt dat, en je krijgt je munten.",
                        "You do something that the neighbourhood needs. Somebody confirms it, and you get your coins.",
                    ),
                ),
                (
                    Words("De munt gaat rond", "The coin goes round"),
                    Words(
                        "Je besteedt je munten in de wijk. De winkel besteedt ze weer, of wisselt ze om voor euro’s.",
                        "You spend your coins nearby. The shop spends them again, or changes them for euros.",
                    ),
                ),
            )
        ),
        Heading("Voor bewoners", "For residents"),
        P(
            "Je kiest zelf wat je doet en wanneer. Koffie schenken, een hond uitlaten, helpen met een formulier: "
            "het telt. Met je munten doe je iets extra’s, zoals zwemmen, een cursus of een nieuwe fietsband.",
            "You choose what you do and when. Pouring coffee, walking a dog, helping with a form: it counts. "
            "With your coins you do something extra, such as swimming, a course or a new bicycle tyre.",
        ),
        Heading("Voor wijkbesturen", "For neighbourhood boards"),
        P(
            "Je schrijft de pagina’s van je wijk zelf. Je ziet wat er leeft en je neemt besluiten die iedereen kan "
            "lezen.",
            "You write the pages of your neighbourhood yourselves. You see what matters to people and you take "
            "decisions that everybody can read.",
        ),
        Heading("Voor leveranciers", "For suppliers"),
        P(
            "Winkels, clubs en vakmensen krijgen er klanten uit de buurt bij. Wie een afspraak heeft met de wijk, "
            "krijgt voor munten weer euro’s.",
            "Shops, clubs and tradespeople gain customers from around the corner. Whoever has an agreement with "
            "the neighbourhood gets euros back for coins.",
        ),
        Heading("Voor gemeenten", "For municipalities"),
        P(
            "Inwoners met geldzorgen krijgen een manier om vooruit te komen. Geld voor de buurt komt terecht bij "
            "mensen die er iets doen. En de gemeente kan zien wat het oplevert.",
            "Residents with money worries get a way forward. Money meant for the neighbourhood reaches the people "
            "who do something there. And the municipality can see what comes of it.",
        ),
        Heading("Voor geldgevers", "For funders"),
        P(
            "Je geeft geld aan een wijk en je weet waar het heen gaat. Elke euro die je stort, blijft op de bank "
            "staan zolang de munt rondgaat.",
            "You give money to a neighbourhood and you know where it goes. Every euro you put in stays in the bank "
            "for as long as the coin goes round.",
        ),
        Notice(
            "good",
            Words("Wat kan nu al?", "What can you do already?"),
            Words(
                "Kopen, aanbieden en vragen op de markt van je wijk. Betalen met je portemonnee. En stemmen over wat "
                "iets waard is. Kies hierboven Markt en kijk rond. Schrijf je daarna in bij je wijk.",
                "Buy, offer and ask on the market of your neighbourhood. Pay with your wallet. And vote on what "
                "things are worth. Choose Market above and look around. Then register in your neighbourhood.",
            ),
        ),
        Link(Words("Meer over Socialcoin", "More about Socialcoin"), "/over-socialcoin"),
    ),
)

ABOUT = PageText(
    slug="over-socialcoin",
    title=Words("Over Socialcoin", "About Socialcoin"),
    lead=Words(
        "Een wijk die zelf bepaalt wat iets waard is, heeft meer aan elkaar.",
        "A neighbourhood that decides for itself what things are worth gets more out of living together.",
    ),
    body=(
        P(
            "Economie is een oud woord voor huishouden. In het klein snappen we dat goed: je verdeelt het werk, je "
            "let op de kosten en je helpt elkaar. Op de schaal van de hele wereld zijn we dat kwijtgeraakt. "
            "Daarom beginnen we bij de wijk.",
            "Economy is an old word for housekeeping. On a small scale we understand it well: you share the work, "
            "you mind the costs and you help each other. On the scale of the whole world we have lost that. "
            "So we begin with the neighbourhood.",
        ),
        Heading("Waar we in geloven", "What we believe"),
        Bullets(
            (
                Words(
                    "Iedereen heeft iets te bieden. Ook wie geen baan heeft of weinig geld.",
                    "Everybody has something to offer. Also people without a job or with little money.",
                ),
                Words(
                    "Wie ergens woont, weet het best wat daar nodig is.",
                    "Whoever lives somewhere knows best what is needed there.",
                ),
                Words(
                    "Iets is waard wat mensen er samen voor over hebben.",
                    "A thing is worth what people together are willing to give for it.",
                ),
                Words(
                    "Geld dat in de buurt blijft, doet meer dan één keer iets goeds.",
                    "Money that stays nearby does good more than once.",
                ),
            )
        ),
        Heading("Waarom een eigen munt?", "Why a coin of your own?"),
        P(
            "Een euro die je in de wijk uitgeeft, is morgen ergens anders. Een wijkmunt komt bij je buurvrouw "
            "terecht, bij de groenteman en daarna bij het zwembad. Zo wordt zichtbaar wat buren voor elkaar doen.",
            "A euro that you spend nearby is somewhere else tomorrow. A neighbourhood coin goes to the woman next "
            "door, to the greengrocer and then to the pool. That shows what neighbours do for each other.",
        ),
        Heading("Is het veilig?", "Is it safe?"),
        P(
            "Voor elke munt staat één euro op de bank. Er komen nooit meer munten dan euro’s. Je kunt met de munt "
            "niet gokken of beleggen: hij is altijd één euro waard.",
            "For every coin there is one euro in the bank. There are never more coins than euros. You cannot gamble "
            "or invest with the coin: it is always worth one euro.",
        ),
        Link(Words("Hulp en contact", "Help and contact"), "/hulp"),
    ),
)

HELP = PageText(
    slug="hulp",
    title=Words("Hulp", "Help"),
    lead=Words(
        "Kom je er niet uit? Bel ons of kom langs. Niemand hoeft het alleen te kunnen.",
        "Are you stuck? Call us or drop in. Nobody has to manage on their own.",
    ),
    body=(
        Facts(
            (
                (Words("Bellen", "Call"), Words("0570 00 12 34", "0570 00 12 34")),
                (
                    Words("Wanneer", "When"),
                    Words(
                        "Maandag tot en met vrijdag, 9.00 tot 17.00 uur", "Monday to Friday, 9.00 to 17.00"
                    ),
                ),
                (Words("Mailen", "E-mail"), Words("hulp@havermeer.example", "hulp@havermeer.example")),
                (
                    Words("Langskomen", "Drop in"),
                    Words(
                        "Wijkloket Havermeer, Raadhuisplein 2",
                        "Neighbourhood desk Havermeer, Raadhuisplein 2",
                    ),
                ),
            )
        ),
        Heading("Inloggen", "Signing in"),
        P(
            "Je hebt geen wachtwoord nodig. Je vult je e-mailadres in en krijgt een code in je mail. "
            "Die code vul je in. Zie je de mail niet? Kijk ook bij de ongewenste mail.",
            "You need no password. You fill in your e-mail address and get a code by mail. You fill in that code. "
            "Can you not find the mail? Look in your spam folder too.",
        ),
        Heading("Inschrijven in je wijk", "Registering in your neighbourhood"),
        Steps(
            (
                (
                    Words("Je geeft je adres op", "You give your address"),
                    Words("Dat doe je als je bent ingelogd.", "You do that once you are signed in."),
                ),
                (
                    Words("Je krijgt een brief", "You get a letter"),
                    Words(
                        "Daarin staat een code. Zo weten we dat je er echt woont.",
                        "There is a code in it. That is how we know that you really live there.",
                    ),
                ),
                (
                    Words("Je vult de code in", "You fill in the code"),
                    Words(
                        "Klaar. Liever niet met een brief? Kom langs bij het wijkloket.",
                        "Done. Rather no letter? Come to the neighbourhood desk.",
                    ),
                ),
            )
        ),
        Heading("Samen met iemand anders", "Together with somebody else"),
        P(
            "Werk je liever niet met een computer? Bij het wijkloket helpen we je aan de balie. Je mag ook iemand "
            "meenemen die je vertrouwt.",
            "Would you rather not use a computer? We help you at the neighbourhood desk. You may also bring "
            "somebody whom you trust.",
        ),
        Notice(
            "warn",
            Words("Geef je code aan niemand", "Give your code to nobody"),
            Words(
                "Wij vragen nooit om je code, ook niet aan de telefoon. Vraagt iemand erom? Hang op en bel ons.",
                "We never ask for your code, not even by phone. Does somebody ask for it? Hang up and call us.",
            ),
        ),
    ),
)

# What links to another page comes after it.
PAGES = (HELP, ABOUT, ACCESSIBILITY, PRIVACY)
