"""What every neighbourhood of the demo says in the same way."""

from __future__ import annotations

from home.demo.texts.kinds import Block, Bullets, Heading, Notice, P, Words

PHONE = Words("0570 00 12 34", "0570 00 12 34")
OFFICES = {
    "CHAIR": Words("Voorzitter", "Chair"),
    "SECRETARY": Words("Secretaris", "Secretary"),
    "TREASURER": Words("Penningmeester", "Treasurer"),
    "MEMBER": Words("Lid", "Member"),
}


APPOINTED: tuple[Block, ...] = (
    Notice(
        "info",
        Words("Dit bestuur is benoemd om te beginnen", "This board was appointed to begin with"),
        Words(
            "Iemand moet de eerste stap zetten. De gemeente heeft deze vier bewoners benoemd voor twee jaar. "
            "Daarna kiezen de bewoners hun bestuur zelf.",
            "Somebody has to take the first step. The municipality appointed these four residents for two years. "
            "After that, residents elect their board themselves.",
        ),
    ),
)
WHAT_A_BOARD_DOES: tuple[Block, ...] = (
    Heading("Wat doet het bestuur?", "What does the board do?"),
    Bullets(
        (
            Words(
                "Het bepaalt samen met de bewoners wat activiteiten waard zijn.",
                "It decides together with the residents what activities are worth.",
            ),
            Words(
                "Het schrijft het nieuws op de pagina’s van de wijk.",
                "It writes the news on the pages of the neighbourhood.",
            ),
            Words(
                "Het praat namens de wijk met de gemeente.",
                "It speaks with the municipality for the neighbourhood.",
            ),
            Words(
                "Het vertelt elk jaar wat er met het geld is gedaan.",
                "It tells every year what was done with the money.",
            ),
        )
    ),
    Heading("Wat mag het bestuur niet?", "What may the board not do?"),
    P(
        "Wie in het bestuur zit, heeft één stem, net als iedereen. Gaat een besluit over jezelf of je familie? "
        "Dan beslis je niet mee.",
        "Whoever sits on the board has one vote, like everybody else. Is a decision about yourself or your "
        "family? Then you do not take part in it.",
    ),
    Heading("Zo bereik je ons", "How to reach us"),
)

ON_THIS_SITE = Notice(
    "info",
    Words("Verdienen en betalen doe je op deze site", "You earn and pay on this site"),
    Words(
        "Op de markt zie je wat er te koop is, en waarmee je een ander kunt helpen. In je portemonnee zie je "
        "wat je hebt.",
        "On the market you see what is for sale, and how you can help somebody. In your wallet you see what "
        "you have.",
    ),
)

GOOD_TO_KNOW: tuple[Block, ...] = (
    Heading("Goed om te weten", "Good to know"),
    Bullets(
        (
            Words(
                "De munt wordt nooit meer of minder waard dan een euro.",
                "The coin never becomes worth more or less than a euro.",
            ),
            Words(
                "De munten die je verdient, zijn van jou. Niemand haalt ze weg als je ze spaart.",
                "The coins that you earn are yours. Nobody takes them away when you save them.",
            ),
            Words(
                "Niemand is verplicht om mee te doen. Je wordt er niet op aangekeken.",
                "Nobody has to take part. Nobody will think less of you.",
            ),
            Words(
                "Heb je een uitkering? Vraag eerst bij het wijkloket wat je mag verdienen.",
                "Do you receive benefits? Ask at the neighbourhood desk first what you may earn.",
            ),
        )
    ),
    ON_THIS_SITE,
)
