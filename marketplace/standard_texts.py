"""The words that the market and taking part begin with in every new neighbourhood. Editors make them their own."""

from __future__ import annotations

from neighbourhoods.standard_texts import StandardText, Text

MARKET = StandardText(
    title=Text("Markt", "Market"),
    slug="markt",
    lead=Text(
        "Wat kun je kopen met {coins}? En waarmee kun je een buurtgenoot helpen?",
        "What can you buy with {coins}? And how can you help a neighbour?",
    ),
    parts=[
        ("heading", Text("Zo werkt onze markt", "How our market works")),
        (
            "steps",
            [
                (
                    Text("Je kiest iets", "You choose something"),
                    Text(
                        "Je ziet wat buren, winkels en clubs aanbieden, en waar ze hulp bij vragen.",
                        "You see what neighbours, shops and clubs offer, and what they ask help with.",
                    ),
                ),
                (
                    Text("Je munten staan klaar", "Your coins are kept ready"),
                    Text(
                        "Bestel je iets? Dan zetten we je {coins} apart. Ze zijn nog van jou.",
                        "Do you order something? Then we keep your {coins} apart. They are still yours.",
                    ),
                ),
                (
                    Text("Je krijgt het, dan is het betaald", "You get it, then it is paid"),
                    Text(
                        "Zeg dat je het gekregen hebt. Dan gaan de munten naar de ander. "
                        "Klopt er iets niet? Dan kijkt het wijkbestuur mee.",
                        "Say that you got it. Then the coins go to the other. "
                        "Is something wrong? Then the neighbourhood board looks into it.",
                    ),
                ),
            ],
        ),
        ("heading", Text("Zelf iets aanbieden of vragen", "Offering or asking something yourself")),
        (
            "paragraph",
            Text(
                "Woon je in {name}? Dan kun je er zelf iets op zetten. "
                "Het wijkbestuur kijkt ernaar voordat iedereen het ziet.",
                "Do you live in {name}? Then you can put something on it yourself. "
                "The neighbourhood board looks at it before everybody sees it.",
            ),
        ),
        (
            "paragraph",
            Text(
                "Winkels, clubs en andere organisaties vragen eerst of ze mee mogen doen.",
                "Shops, clubs and other organisations first ask to take part.",
            ),
        ),
    ],
)

ACTIVITIES = StandardText(
    title=Text("Meedoen", "Taking part"),
    slug="meedoen",
    lead=Text(
        "Doe iets voor {name}, en verdien er {coins} mee.",
        "Do something for {name}, and earn {coins} with it.",
    ),
    parts=[
        ("heading", Text("Zo krijg je je munten", "How you get your coins")),
        (
            "steps",
            [
                (
                    Text("Je geeft je op", "You sign up"),
                    Text(
                        "Wat je verdient staat dan vast. Ook als de waarde later verandert.",
                        "What you earn is then fixed. Also when the value changes later.",
                    ),
                ),
                (
                    Text("Je komt", "You come"),
                    Text(
                        "Bij de deur scan je een code, of je wordt op de lijst gezet.",
                        "You scan a code at the door, or somebody puts you on the list.",
                    ),
                ),
                (
                    Text("Iemand bevestigt je uren", "Somebody confirms your hours"),
                    Text(
                        "Dat doet altijd een ander dan jij. Duurt het een week? Dan kijkt het wijkbestuur mee.",
                        "That is always somebody else than you. Does it take a week? Then the board looks into it.",
                    ),
                ),
                (
                    Text("De munten staan in je portemonnee", "The coins are in your wallet"),
                    Text("Meteen. Je krijgt een bericht.", "At once. You get a message."),
                ),
            ],
        ),
        ("heading", Text("Zelf iets organiseren", "Organising something yourself")),
        (
            "paragraph",
            Text(
                "Woon je in {name}? Dan kun je zelf een activiteit bedenken. "
                "Het wijkbestuur kijkt ernaar voordat iedereen hem ziet.",
                "Do you live in {name}? Then you can think up an activity yourself. "
                "The neighbourhood board looks at it before everybody sees it.",
            ),
        ),
    ],
)
