"""Those who hold an office: boards, organisations, the municipality, and who runs the site."""

from __future__ import annotations

from home.demo.people.kinds import Group, Home, Organisation, Person, Seat
from home.demo.people.residents import STREETS
from home.demo.people.suppliers import SUPPLIERS
from home.demo.texts.kinds import Words

WRITES = Words(
    "Schrijf nieuws in de pagina’s van je wijk en zet het erop, ook in het Engels.",
    "Write news on the pages of your neighbourhood and publish it, in English too.",
)
CHANGES = Words(
    "Verander de voorpagina of een plaatje. Bij de andere wijken kun je niets.",
    "Change the front page or a picture. In the other neighbourhoods you can do nothing.",
)
OFFICE_WORDS = {
    "CHAIR": (Words("voorzitter", "chair"), WRITES),
    "SECRETARY": (Words("secretaris", "secretary"), WRITES),
    "TREASURER": (Words("penningmeester", "treasurer"), CHANGES),
    "MEMBER": (Words("bestuurslid", "board member"), CHANGES),
}
BOARDS = {
    "molenwijk": (("Tineke", "Bos"), ("Ravi", "Soekhai"), ("Wim", "Hoekstra"), ("Aylin", "Özdemir")),
    "sluiskade": (("Mohamed", "Aziz"), ("Loes", "Brink"), ("Henk", "Kuiper"), ("Priya", "Ramdin")),
    "zonneveld": (("Marijke", "Zijlstra"), ("Emre", "Kaya"), ("Betty", "Nijland"), ("Jurre", "Hofman")),
}


def _seats(slug: str) -> tuple[Seat, ...]:
    """The board in the order of its offices; each lives in the first street, at one door after the other."""
    street, postcode = STREETS[slug][0]
    seats = []
    for number, (office, (given, family)) in enumerate(zip(OFFICE_WORDS, BOARDS[slug], strict=True)):
        word, tries = OFFICE_WORDS[office]
        person = Person(
            given=given, family=family, email=f"{given.lower()}@{slug}.example", group=Group.BOARDS, staff=True,
            home=Home(slug, street, str(101 + 2 * number), postcode), tries=tries,
            does=Words(f"{slug.title()}, {word.nl}", f"{slug.title()}, {word.en}"),
        )  # fmt: skip
        seats.append(Seat(neighbourhood=slug, office=office, person=person))
    return tuple(seats)


SEATS = tuple(seat for slug in BOARDS for seat in _seats(slug))


def _of_an_organisation(
    given: str, family: str, email: str, home: Home | None, does: Words, tries: Words
) -> Person:
    return Person(
        given=given, family=family, email=email, home=home, group=Group.ORGANISATIONS, does=does, tries=tries
    )


HASSAN = _of_an_organisation(
    "Hassan",
    "El Amrani",
    "hassan@dewiek.example",
    Home("molenwijk", "Wiekplein", "4", "1234 AC"),
    Words("Stichting Buurthuis De Wiek, eigenaar", "Community house De Wiek, owner"),
    Words(
        "Verander de gegevens van de stichting en geef iemand een machtiging.",
        "Change the foundation’s details and give somebody a mandate.",
    ),
)
CORRIE = _of_an_organisation(
    "Corrie",
    "Prins",
    "corrie@dewiek.example",
    Home("molenwijk", "Singel", "15", "1234 AD"),
    Words("Stichting Buurthuis De Wiek, organisator", "Community house De Wiek, organiser"),
    Words(
        "Handel namens de stichting en zie wat een organisator mag.",
        "Act for the foundation and see what an organiser may do.",
    ),
)
GERRIT = _of_an_organisation(
    "Gerrit",
    "van Dam",
    "gerrit@vandam.example",
    Home("molenwijk", "Molenstraat", "4", "1234 AB"),
    Words("Fietsenmaker Van Dam, eigenaar", "Bicycle shop Van Dam, owner"),
    Words(
        "Bekijk het bedrijf met KvK-nummer en IBAN. Nodig een medewerker uit.",
        "Look at the company with its KvK number and IBAN. Invite an assistant.",
    ),
)
MILAN = _of_an_organisation(
    "Milan",
    "Novak",
    "milan@vandam.example",
    None,
    Words("Fietsenmaker Van Dam, medewerker", "Bicycle shop Van Dam, operator"),
    Words(
        "Zie wat een medewerker ziet. De IBAN hoort daar niet bij.",
        "See what an operator sees. The IBAN is not part of it.",
    ),
)
OLGA = _of_an_organisation(
    "Olga",
    "Smeets",
    "olga@deroom.example",
    None,
    Words("Zuivelfabriek De Room, geldgever", "Dairy De Room, funder"),
    Words(
        "Bekijk het bedrijf dat geld aan de wijken geeft.",
        "Look at the company that gives money to the neighbourhoods.",
    ),
)

# No real numbers: KvK never gave out any that begin with 00, and there is no bank with the code DEMO.
DE_WIEK = Organisation(
    kind="ASSOCIATION", name="Stichting Buurthuis De Wiek", owner=HASSAN, kvk_number="00001017",
    iban="NL44DEMO0123456701", street="Wiekplein", number="1", postcode="1234 AC", email="hallo@dewiek.example",
    offices=(("ORGANISER", CORRIE),),
)  # fmt: skip
VAN_DAM = Organisation(
    kind="COMPANY", name="Fietsenmaker Van Dam", owner=GERRIT, kvk_number="00001025", iban="NL17DEMO0123456702",
    street="Molenstraat", number="4", postcode="1234 AB", email="werkplaats@vandam.example",
    offices=(("OPERATOR", MILAN),),
)  # fmt: skip
DE_ROOM = Organisation(
    kind="COMPANY", name="Zuivelfabriek De Room", owner=OLGA, kvk_number="00001033", iban="NL87DEMO0123456703",
    street="Melkweg", number="1", postcode="1234 DA", email="wijken@deroom.example",
    offices=(("FINANCE", OLGA),),
)  # fmt: skip
ORGANISATIONS = (DE_WIEK, VAN_DAM, DE_ROOM, *SUPPLIERS)


def _official(given: str, family: str, does: Words, tries: Words) -> Person:
    return Person(
        given=given, family=family, email=f"{given.lower()}@havermeer.example", group=Group.MUNICIPALITY, does=does,
        tries=tries, staff=True,
    )  # fmt: skip


ELS = _official(
    "Els",
    "Roelofs",
    Words("Wijkloket", "Neighbourhood desk"),
    Words(
        "Schrijf bewoners in, maak een brief met een code en geef iemand een bestuurszetel.",
        "Register residents, make a letter with a code and give somebody a seat on a board.",
    ),
)
YUSUF = _official(
    "Yusuf",
    "Demir",
    Words("Klantmanager", "Case worker"),
    Words(
        "Zie dat een klantmanager niet bij het wijkloket kan.",
        "See that a case worker cannot get at the neighbourhood desk.",
    ),
)
KARIN = _official(
    "Karin",
    "Maas",
    Words("Financiën", "Finance"),
    Words(
        "Antwoord over een waarde buiten de richtlijn, en verwerk wat er op de bank binnenkwam.",
        "Answer about a value outside the guideline, and work off what came in at the bank.",
    ),
)
BRAM = _official(
    "Bram",
    "Vos",
    Words("Redacteur", "Editor"),
    Words(
        "Schrijf nieuws van de gemeente. De pagina’s van de wijken zijn van de wijken.",
        "Write the municipality’s news. The neighbourhoods’ pages belong to the neighbourhoods.",
    ),
)
HANNEKE = _official(
    "Hanneke",
    "de Groot",
    Words("Gemeentesecretaris", "Town clerk"),
    Words("Geef een collega een machtiging, of trek die in.", "Give a colleague a mandate, or take it back."),
)
NIENKE = _official(
    "Nienke",
    "Postma",
    Words("Stembureau", "Polling office"),
    Words(
        "Kijk naar de kandidaten in Zonneveld, en help iemand stemmen in Sluiskade.",
        "Look at the candidates in Zonneveld, and help somebody vote in Sluiskade.",
    ),
)
RUUD = _official(
    "Ruud",
    "Jacobs",
    Words("Stembureau", "Polling office"),
    Words(
        "Voer samen met Nienke papieren stembiljetten in: jullie lijsten moeten gelijk zijn.",
        "Enter paper ballots together with Nienke: your lists must be the same.",
    ),
)
HARM = _official(
    "Harm",
    "Wolters",
    Words("Beroepscommissie", "Appeals panel"),
    Words(
        "Lees een beroep tegen een verkiezing en doe uitspraak.",
        "Read an appeal about an election and give a ruling.",
    ),
)
OFFICIALS = (
    ("OWNER", HANNEKE),
    ("CLERK", ELS),
    ("CASE_WORKER", YUSUF),
    ("FINANCE", KARIN),
    ("EDITOR", BRAM),
    ("POLLING", NIENKE),
    ("POLLING", RUUD),
    ("APPEALS", HARM),
)

ROBIN = Person(
    given="Robin",
    family="de Jong",
    email="robin@socialcoin.example",
    group=Group.ADMINISTRATION,
    does=Words("Beheerder van de site", "Runs the site"),
    tries=Words(
        "Kijk rond in het hele beheer. Zie wie wat veranderde.",
        "Look around in the whole administration. See who changed what.",
    ),
    staff=True,
)
