"""Residents: those whom a visitor can be, and those who only live there."""

from __future__ import annotations

from content.drawing.chance import Chance
from home.demo.people.kinds import Group, Home, Living, Person
from home.demo.texts.kinds import Words

STREETS = {
    "molenwijk": (("Molenstraat", "1234 AB"), ("Wiekplein", "1234 AC"), ("Singel", "1234 AD")),
    "sluiskade": (("Kade", "1234 BA"), ("Pakhuisstraat", "1234 BC"), ("Sluispad", "1234 BD")),
    "zonneveld": (("Torenlaan", "1234 CA"), ("Zonnepad", "1234 CB"), ("Akkerhof", "1234 CD")),
}
GIVEN = (
    "Aisha", "Bart", "Carla", "Dirk", "Elif", "Femke", "Gijs", "Hanna", "Iris", "Jamal", "Kees", "Lieke", "Mariam",
    "Niels", "Omar", "Petra", "Quinten", "Rosa", "Stijn", "Tess", "Umit", "Vera", "Wouter", "Yara", "Zeynep",
)  # fmt: skip
FAMILY = (
    "Aalders", "van den Berg", "Can", "Dekker", "Evers", "Faber", "Groen", "Haddad", "Idriss", "Jonker", "Kok",
    "van Leeuwen", "Mulder", "Nunes", "Oosterhuis", "Peters", "Rahmani", "Smit", "Tan", "Veenstra", "de Wit",
)  # fmt: skip
NEIGHBOURS_EACH = 8


def resident(given: str, family: str, home: Home, *, does: Words, tries: Words) -> Person:
    return Person(
        given=given, family=family, email=f"{given.lower()}@example.org", home=home, group=Group.RESIDENTS, does=does,
        tries=tries,
    )  # fmt: skip


SAMIRA = resident(
    "Samira",
    "Benali",
    Home("molenwijk", "Molenstraat", "12", "1234 AB"),
    does=Words("Woont in Molenwijk", "Lives in Molenwijk"),
    tries=Words(
        "Stem over wat een uur voorlezen waard is, en beslis als bestuurslid mee over het zwembad.",
        "Vote on what an hour of reading aloud is worth, and as a board member decide about the swimming pool.",
    ),
)
JOOP = resident(
    "Joop",
    "van Veen",
    Home("molenwijk", "Singel", "7", "1234 AD"),
    does=Words("Woont in Molenwijk, staat er dubbel in", "Lives in Molenwijk, is known twice"),
    tries=Words(
        "Joop kwam eerst aan de balie en maakte later zelf een account. De site weet dat het één mens is.",
        "Joop first came to the desk and later made an account. The site knows that it is one person.",
    ),
)
FATMA = resident(
    "Fatma",
    "Aydin",
    Home("sluiskade", "Kade", "31", "1234 BA"),
    does=Words("Woont in Sluiskade", "Lives in Sluiskade"),
    tries=Words(
        "Stem over wat huiswerk maken met kinderen waard is, en kies je bestuur.",
        "Vote on what homework with children is worth, and choose your board.",
    ),
)
DAAN = resident(
    "Daan",
    "Visser",
    Home("sluiskade", "Sluispad", "2", "1234 BD"),
    does=Words("Woont in Sluiskade", "Lives in Sluiskade"),
    tries=Words(
        "Stel voor wat iets waard moet zijn, of meld je bedrijf of vereniging aan.",
        "Propose what something should be worth, or register your company or association.",
    ),
)
ANA = resident(
    "Ana",
    "Santos",
    Home("zonneveld", "Zonnepad", "5", "1234 CB"),
    does=Words("Woont in Zonneveld, met een gezin", "Lives in Zonneveld, with a family"),
    tries=Words(
        "Bekijk je huishouden: wie erbij hoort en wie wat mag.",
        "Look at your household: who belongs to it and who may do what.",
    ),
)
THIJS = resident(
    "Thijs",
    "Brouwer",
    Home("zonneveld", "Zonnepad", "5", "1234 CB"),
    does=Words(
        "Woont in Zonneveld, hoort bij het gezin van Ana", "Lives in Zonneveld, belongs to Ana’s family"
    ),
    tries=Words(
        "Zie het huishouden zoals een lid het ziet. Je kunt er ook uit stappen.",
        "See the household as a member sees it. You can also leave it.",
    ),
)
NOOR = resident(
    "Noor",
    "Jansen",
    Home("molenwijk", "Wiekplein", "9", "1234 AC", Living.WAITING),
    does=Words("Vroeg een brief aan voor Molenwijk", "Asked for a letter for Molenwijk"),
    tries=Words(
        "Kijk hoe het met je aanvraag staat, of trek hem in.",
        "See how your request is doing, or withdraw it.",
    ),
)
MEES = resident(
    "Mees",
    "de Boer",
    Home("sluiskade", "Pakhuisstraat", "18", "1234 BC", Living.LETTER),
    does=Words("Wacht op de brief voor Sluiskade", "Is waiting for the letter for Sluiskade"),
    tries=Words(
        "Vul de code uit de brief in. Log in als Els om een nieuwe brief te maken en de code te zien.",
        "Fill in the code from the letter. Sign in as Els to make a new letter and see its code.",
    ),
)
IBRAHIM = resident(
    "Ibrahim",
    "Tahiri",
    Home("zonneveld", "Torenlaan", "44", "1234 CA", Living.AT_DESK),
    does=Words("Komt langs bij het wijkloket voor Zonneveld", "Will come to the desk for Zonneveld"),
    tries=Words(
        "Bekijk je aanvraag. Log daarna in als Els en schrijf Ibrahim in.",
        "Look at your request. Then sign in as Els and register Ibrahim.",
    ),
)
SJAAK = resident(
    "Sjaak",
    "Bakker",
    Home("zonneveld", "Akkerhof", "3", "1234 CD", Living.REFUSED),
    does=Words("Kon niet worden ingeschreven", "Could not be registered"),
    tries=Words("Lees waarom niet, en vraag het opnieuw aan.", "Read why not, and ask again."),
)
LOTTE = Person(
    given="Lotte",
    family="Meijer",
    email="lotte@example.org",
    group=Group.RESIDENTS,
    does=Words("Heeft een account, maar nog geen wijk", "Has an account, but no neighbourhood yet"),
    tries=Words("Schrijf je in in een wijk.", "Register in a neighbourhood."),
)

NAMED = (SAMIRA, JOOP, FATMA, DAAN, ANA, THIJS, NOOR, MEES, IBRAHIM, SJAAK, LOTTE)


def neighbours(slug: str) -> tuple[Person, ...]:
    """Others who live there: the same names and doors each time."""
    chance = Chance(f"neighbours of {slug}")
    given = chance.some(GIVEN, NEIGHBOURS_EACH)
    return tuple(_neighbour(slug, name, chance) for name in given)


def _neighbour(slug: str, given: str, chance: Chance) -> Person:
    street, postcode = chance.one(STREETS[slug])
    door = Home(slug, street, str(chance.between(20, 99)), postcode)
    family = chance.one(FAMILY)
    return Person(given=given, family=family, email=f"{given.lower()}.{slug}@example.org", home=door)
