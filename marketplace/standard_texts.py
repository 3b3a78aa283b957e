"""The words that the market of every new neighbourhood begins with. Editors make them their own."""

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
