"""The words that every new place begins with, in the languages of the site. Editors make them their own.

They say what the coin is and how it works, and no more than holds everywhere: amounts and rules come from the board.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Dutch, the language that pages are written in, and in English."""

    nl: str
    en: str

    def filled(self, **names: str) -> Text:
        return Text(self.nl.format(**names), self.en.format(**names))


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardText:
    """A page in words: its title, address, lead and body. `parts` are (block, text) or ("steps", [(title, text)])."""

    title: Text
    slug: str
    lead: Text
    parts: list[tuple[str, Any]] = field(default_factory=list)

    def filled(self, **names: str) -> StandardText:
        """With the names of the place in it."""
        return StandardText(
            title=self.title.filled(**names),
            slug=self.slug.format(**names),
            lead=self.lead.filled(**names),
            parts=[(kind, _filled(value, names)) for kind, value in self.parts],
        )

    def body(self) -> list[tuple[str, Any]]:
        """The body as a StreamField takes it, in Dutch."""
        return [(kind, _block(kind, value)) for kind, value in self.parts]

    def words(self) -> dict[str, dict[str, str]]:
        """Per other language, from the Dutch text to the translated one."""
        texts = [self.title, self.lead]
        for _kind, value in self.parts:
            texts += [text for step in value for text in step] if isinstance(value, list) else [value]
        return {"en": {text.nl: text.en for text in texts if text.nl}}


def _filled(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [tuple(text.filled(**names) for text in step) for step in value]
    return value.filled(**names)


def _block(kind: str, value: Any) -> Any:
    if kind == "steps":
        return {"steps": [{"title": title.nl, "text": text.nl} for title, text in value]}
    if kind == "heading":
        return {"text": value.nl}
    return f"<p>{value.nl}</p>"


NEWS = StandardText(
    title=Text("Nieuws", "News"),
    slug="nieuws",
    lead=Text("Wat er speelt in {name}.", "What is going on in {name}."),
)

NEIGHBOURHOOD = StandardText(
    title=Text("{name}", "{name}"),
    slug="",
    lead=Text(
        "Help mee in de buurt. Je verdient er {coins} mee, en die geef je hier weer uit.",
        "Help out in the neighbourhood. You earn {coins}, and you spend them here.",
    ),
)

MUNICIPALITY = StandardText(
    title=Text("{name}", "{name}"),
    slug="",
    lead=Text(
        "Wijken in {name} hebben hun eigen munt. Kies je wijk.",
        "Neighbourhoods in {name} have a coin of their own. Choose your neighbourhood.",
    ),
)

ABOUT_THE_COIN = StandardText(
    title=Text("Over de munt", "About the coin"),
    slug="over-de-munt",
    lead=Text(
        "De munt van {name} heet {coin}. Eén munt is één euro waard.",
        "The coin of {name} is called {coin}. One coin is worth one euro.",
    ),
    parts=[
        ("heading", Text("Zo werkt het", "How it works")),
        (
            "steps",
            [
                (
                    Text("Je helpt mee", "You help out"),
                    Text(
                        "Je kiest iets wat er te doen is in de wijk. Samen koken, of het buurthuis openhouden.",
                        "You choose something to do in the neighbourhood. Cook together, or open the community house.",
                    ),
                ),
                (
                    Text("Je verdient munten", "You earn coins"),
                    Text(
                        "Iemand anders bevestigt dat je er was. Daarna krijg je de munten.",
                        "Somebody else confirms that you were there. Then you get the coins.",
                    ),
                ),
                (
                    Text("Je geeft ze uit", "You spend them"),
                    Text(
                        "Bij winkels en clubs in de wijk, of bij de gemeente.",
                        "At shops and clubs in the neighbourhood, or at the municipality.",
                    ),
                ),
            ],
        ),
        ("heading", Text("Wie bepaalt wat iets waard is?", "Who decides what something is worth?")),
        (
            "paragraph",
            Text(
                "Dat bepalen de bewoners en het wijkbestuur samen. De bewoners kiezen het bestuur. "
                "Ook werk dat nu vrijwillig is, kan zo een waarde krijgen.",
                "The residents and the neighbourhood board decide that together. The residents elect the board. "
                "Work that is now voluntary can get a value too.",
            ),
        ),
        ("heading", Text("Waarom is een munt een euro waard?", "Why is a coin worth a euro?")),
        (
            "paragraph",
            Text(
                "Gemeente, bedrijven en hulporganisaties storten euro's. Voor elke euro komt er één munt bij. "
                "Er zijn nooit meer munten dan euro's. Dat kan iedereen nakijken.",
                "The municipality, companies and aid organisations pay in euros. For each euro there is one coin more. "
                "There are never more coins than euros. Everybody can check that.",
            ),
        ),
    ],
)

ABOUT_SOCIALCOIN = StandardText(
    title=Text("Over de munten", "About the coins"),
    slug="over-de-munten",
    lead=Text(
        "Waarom {name} meedoet, en wat het je oplevert.",
        "Why {name} takes part, and what is in it for you.",
    ),
    parts=[
        (
            "paragraph",
            Text(
                "In een wijk is veel te doen. Wie meehelpt, verdient munten van de wijk. "
                "Met die munten betaal je bij winkels en clubs in de buurt, of bij de gemeente.",
                "There is a lot to do in a neighbourhood. If you help, you earn coins of the neighbourhood. "
                "You pay with them at shops and clubs nearby, or at the municipality.",
            ),
        ),
        (
            "paragraph",
            Text(
                "Elke wijk heeft een eigen bestuur, gekozen door de bewoners. "
                "De gemeente doet mee, maar beslist niet over de wijk.",
                "Each neighbourhood has a board of its own, elected by the residents. "
                "The municipality takes part, but does not decide for the neighbourhood.",
            ),
        ),
    ],
)

BOARD = StandardText(
    title=Text("Het bestuur", "The board"),
    slug="bestuur",
    lead=Text(
        "Wie er in het bestuur van {name} zit, en wat het bestuur bespreekt.",
        "Who is on the board of {name}, and what the board talks about.",
    ),
)

DECISIONS = StandardText(
    title=Text("Besluiten", "Decisions"),
    slug="besluiten",
    lead=Text(
        "Wat we in {name} nu beslissen, en wat al beslist is.",
        "What we are deciding in {name} now, and what has been decided.",
    ),
)

HOW_WE_DECIDE = StandardText(
    title=Text("Zo beslissen we", "How we decide"),
    slug="zo-beslissen-we",
    lead=Text(
        "Wie beslist, wie mag stemmen, en wanneer een besluit geldt.",
        "Who decides, who may vote, and when a decision holds.",
    ),
)

ELECTION = StandardText(
    title=Text("{title}", "Board election {year}"),
    slug="verkiezing-{year}",
    lead=Text(
        "De bewoners van {name} kiezen hun bestuur.",
        "The residents of {name} elect their board.",
    ),
)

PRICE_LIST = StandardText(
    title=Text("Prijslijst", "Price list"),
    slug="prijslijst",
    lead=Text(
        "Wat iets waard is in {name}, en sinds wanneer.",
        "What things are worth in {name}, and since when.",
    ),
)

VALUE_DECISION = StandardText(
    title=Text("{question_nl}", "{question_en}"),
    slug="waarde-{slug}",
    lead=Text("", ""),
)
