"""The tree of all that can be worth something, as data: branches and what belongs to them.

Each has the code of the European classification of products by activity that it falls under: CPA 2.1, Regulation (EU)
No 1209/2014, which amends Regulation (EC) No 451/2008. A code of a branch can be a section, which is a letter. Whatever
is below a branch falls under the code of that branch, so that figures of a branch are the sum of those below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One category: what it is called in each language, and where it belongs."""

    slug: str
    nl: str
    en: str
    cpa: str
    below: tuple[Sort, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        return {"nl": self.nl, "en": self.en}


def _sort(slug: str, nl: str, en: str, cpa: str, *below: Sort) -> Sort:
    return Sort(slug=slug, nl=nl, en=en, cpa=cpa, below=below)


# A list to be read as one: a line each.
# fmt: off
TREE = (
    _sort(
        "zorg", "Zorg voor elkaar", "Looking after each other", "88",
        _sort("bezoek", "Bezoek en gezelschap", "Visits and company", "88.10.11"),
        _sort("hulp-bij-beperking", "Hulp bij een beperking", "Help with a disability", "88.10.14"),
        _sort("oppas", "Oppassen op kinderen", "Babysitting", "88.91.13"),
        _sort("jeugd", "Kinderen en jongeren op weg helpen", "Helping children and young people along", "88.99.11"),
        _sort("papieren", "Hulp met geld en papieren", "Help with money and paperwork", "88.99.19"),
    ),
    _sort(
        "leren", "Leren", "Learning", "85",
        _sort("huiswerk", "Voorlezen en huiswerk", "Reading aloud and homework", "85.59.14"),
        _sort("taal", "Een taal leren", "Learning a language", "85.59.11"),
        _sort("computerles", "Computer en telefoon leren", "Learning to use a computer or phone", "85.59.12"),
        _sort("sportles", "Sportles en zwemles", "Sports and swimming lessons", "85.51.10"),
        _sort("kunstles", "Muziek, dans en tekenen leren", "Learning music, dance and drawing", "85.52"),
    ),
    _sort(
        "eten", "Samen eten en drinken", "Eating and drinking together", "56",
        _sort("tafel", "Een maaltijd aan tafel", "A meal at the table", "56.10"),
        _sort("koken", "Koken voor anderen", "Cooking for others", "56.2"),
        _sort("koffie", "Koffie en thee", "Coffee and tea", "56.30.10"),
    ),
    _sort(
        "tuin", "Uit de tuin", "From the garden", "A",
        _sort("groente", "Groente", "Vegetables", "01.13"),
        _sort("planten", "Planten en bollen", "Plants and bulbs", "01.30.10"),
        _sort("honing", "Honing", "Honey", "01.49.21"),
    ),
    _sort(
        "maken", "Zelf gemaakt", "Home-made", "C",
        _sort("bakken", "Brood en gebak", "Bread and cake", "10.71"),
        _sort("jam", "Jam en ingemaakt fruit", "Jam and preserved fruit", "10.39"),
        _sort("houtwerk", "Van hout", "Made of wood", "16.29"),
        _sort("speelgoed", "Spelletjes en speelgoed", "Games and toys", "32.4"),
    ),
    _sort(
        "schoon-groen", "Schoon en groen", "Clean and green", "81",
        _sort("groen", "Groen in de straat", "Green in the street", "81.30.12"),
        _sort("tuinwerk", "Tuin bij huis", "Gardens at home", "81.30.11"),
        _sort("straat", "Straat schoon en sneeuwvrij", "Street clean and free of snow", "81.29.12"),
        _sort("poetsen", "Schoonmaken", "Cleaning indoors", "81.21"),
    ),
    _sort(
        "repareren", "Repareren", "Repairs", "95",
        _sort("fietsen", "Fietsen", "Bicycles", "95.29.12"),
        _sort("kleding", "Kleding en stof", "Clothes and fabric", "95.29.11"),
        _sort("apparaten", "Apparaten in huis", "Household appliances", "95.22.10"),
        _sort("computers", "Computers", "Computers", "95.11.10"),
        _sort("meubels", "Meubels", "Furniture", "95.24.10"),
    ),
    _sort(
        "klussen", "Klussen in huis", "Jobs about the house", "43",
        _sort("schilderen", "Schilderen", "Painting", "43.34.10"),
        _sort("timmeren", "Timmeren", "Carpentry", "43.32.10"),
        _sort("kraan", "Kraan en leiding", "Taps and pipes", "43.22.11"),
    ),
    _sort(
        "vervoer", "Vervoer en bezorgen", "Transport and delivery", "H",
        _sort("meerijden", "Meerijden en meelopen", "Lifts and walking along", "49.39"),
        _sort("verhuizen", "Verhuizen", "Moving house", "49.42.11"),
        _sort("boodschappen", "Boodschappen brengen", "Bringing shopping", "53.20.12"),
        _sort("parkeren", "Parkeren", "Parking", "52.21.24"),
        _sort("ligplaats", "Ligplaats voor een boot", "Mooring for a boat", "52.22.12"),
    ),
    _sort(
        "vrije-tijd", "Sport, spel en cultuur", "Sport, games and culture", "R",
        _sort("zwembad", "Zwembad en sporthal", "Swimming pool and sports hall", "93.11.10"),
        _sort("sport", "Meehelpen bij sport", "Helping with sport", "93.19.13"),
        _sort("spel", "Spelletjes en uitjes", "Games and outings", "93.29.19"),
        _sort("optreden", "Muziek en theater", "Music and theatre", "90.01.10"),
        _sort("feest", "Feesten en voorstellingen organiseren", "Organising parties and shows", "90.02"),
        _sort("bibliotheek", "Bibliotheek", "Library", "91.01.11"),
    ),
    _sort(
        "buurthuis", "Buurthuis en vereniging", "Community house and clubs", "94.99",
        _sort("openhouden", "Het buurthuis openhouden", "Keeping the community house open", "94.99.14"),
        _sort("jongeren", "Jongerenwerk", "Youth work", "94.99.15"),
        _sort("clubs", "Clubs", "Clubs", "94.99.16"),
    ),
    _sort(
        "lenen", "Lenen en huren", "Borrowing and renting", "77.2",
        _sort("gereedschap", "Gereedschap", "Tools", "77.29.16"),
        _sort("fiets-boot", "Fiets, boot en sportspullen", "Bicycle, boat and sports gear", "77.21.10"),
        _sort("feestspullen", "Tafels, stoelen en feestspullen", "Tables, chairs and party things", "77.29.12"),
    ),
    _sort(
        "verzorging", "Verzorging", "Personal care", "96",
        _sort("haar", "Haar en nagels", "Hair and nails", "96.02.1"),
        _sort("was", "Wassen en strijken", "Washing and ironing", "96.01.1"),
        _sort("huisdieren", "Huisdieren", "Pets", "96.09.11"),
    ),
    _sort(
        "afval", "Afval en hergebruik", "Waste and reuse", "38",
        _sort("grofvuil", "Grofvuil", "Bulky waste", "38.11.21"),
        _sort("hergebruik", "Hergebruik", "Reuse", "38.3"),
    ),
    _sort(
        "gemeente", "Papieren van de gemeente", "Papers of the municipality", "84",
        _sort("vergunning", "Vergunningen", "Permits", "84.1"),
        _sort("uittreksel", "Uittreksels en bewijzen", "Extracts and certificates", "84.11.19"),
    ),
)
# fmt: on


ROOM = 100  # for categories in a branch: what is added at its end moves none of the next branch


def everything() -> Iterator[tuple[int, Sort, Sort | None]]:
    """Every category with its position and the one that it is part of, in the order in which they are shown."""
    for number, branch in enumerate(TREE, start=1):
        yield number * ROOM, branch, None
        for place, one in enumerate(branch.below, start=1):
            yield number * ROOM + place, one, branch
