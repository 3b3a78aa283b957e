"""Molenwijk has had its first election: an elected board, its meetings, and a proposal that is being voted on."""

from __future__ import annotations

from home.demo.decisions.kinds import ASIDE, BLANK, NO, YES, Candidate, ElectionText, MeetingText, MotionText

ELECTION = ElectionText(
    title="Verkiezing van het wijkbestuur",
    title_en="Election of the neighbourhood board",
    seats=5,
    candidates=(
        Candidate(
            email="tineke@molenwijk.example",
            statement="Ik was het afgelopen jaar voorzitter. Ik wil afmaken wat we begonnen zijn: soep op dinsdag, "
            "fietsen die het doen, en een bestuur dat uitlegt wat het doet.",
        ),
        Candidate(
            email="ravi@molenwijk.example",
            statement="Wat we afspreken, schrijf ik op. En wat ik opschrijf, kan iedereen lezen. Zo houden we het "
            "eerlijk.",
            interests=("Vrijwilliger bij de bibliotheek van Havermeer",),
        ),
        Candidate(
            email="wim@molenwijk.example",
            statement="Ik heb veertig jaar een winkel gehad. Ik weet hoe je met andermans geld omgaat: voorzichtig, "
            "en met "
            "een bonnetje.",
        ),
        Candidate(
            email="aylin@molenwijk.example",
            statement="Jonge ouders in onze straat willen best helpen, maar dan moet het wel passen. Daar maak ik me "
            "sterk "
            "voor.",
            interests=("Werkt bij kinderopvang De Molensteen",),
        ),
        Candidate(
            email="samira@example.org",
            statement="Ik kende hier niemand toen ik kwam wonen. Nu ken ik de halve straat. Dat gun ik iedereen.",
        ),
        Candidate(
            email="gerrit@vandam.example",
            statement="Ondernemers horen erbij. Een wijk zonder winkels is een slaapwijk.",
            interests=("Eigenaar van Fietsenmaker Van Dam",),
        ),
        Candidate(
            email="corrie@dewiek.example",
            statement="In het buurthuis hoor ik waar mensen mee zitten. Dat neem ik mee naar de bestuurstafel.",
            interests=("Organisator bij Stichting Buurthuis De Wiek",),
        ),
    ),
)
# Orders of preference, by the number of a candidate in the list above: one for each voter, on the site or on paper.
ORDERS = (
    (1, 2, 3), (1, 5, 2), (1, 3, 4, 5), (2, 1, 5), (2, 3), (2, 4, 1), (3, 1, 2), (3, 6, 1), (4, 5, 1), (4, 2, 5, 7),
    (5, 4, 1), (5, 7, 4), (6, 3, 1), (7, 5, 4), (1, 4, 5), (5, 1), (4, 1, 5), (), (2, 5), (3, 2, 1),
)  # fmt: skip
ON_PAPER = 2

APPEAL = (
    "Op de dag dat ik wilde stemmen, was het buurthuis een uur eerder dicht. Ik kon daar mijn papieren stembiljet niet "
    "halen."
)
RULING = (
    "Het buurthuis was een uur eerder dicht dan aangekondigd. Daarna was het nog vier dagen open, en stemmen op de "
    "site "
    "kon ook. De uitslag blijft dus gelden. Het stembureau hangt de tijden voortaan ook op de deur."
)

FIRST_MEETING = MeetingText(
    title="Bestuursvergadering: de taken verdelen",
    days=-62,
    notice="De eerste vergadering van het gekozen bestuur. Iedereen mag komen luisteren.",
    agenda=(
        ("Opening en welkom", ""),
        ("Wie doet wat", "We kiezen een voorzitter, een secretaris en een penningmeester."),
        ("Rooster voor de soep op dinsdag", "Wie kookt er deze winter, en wat kost het ons?"),
        ("Rondvraag", ""),
    ),
    others=6,
    minutes="Tineke opent de vergadering. Er zijn zes bewoners komen luisteren.\n\n"
    "Wie doet wat. Tineke wordt voorzitter, Ravi secretaris en Wim penningmeester. Iedereen was het eens.\n\n"
    "Soep op dinsdag. Aylin heeft gerekend: voor veertig kommen is elke week 30 Molenmunten nodig. We betalen dat dit "
    "seizoen uit het potje van De Wiek. Het voorstel is aangenomen.\n\n"
    "Rondvraag. Een bewoner vraagt of de notulen ook op papier kunnen. Dat kan: ze hangen in het buurthuis.",
    motions=(
        MotionText(
            title="Soep op dinsdag gaat de hele winter door",
            text="We koken van november tot en met maart elke dinsdag soep in De Wiek, voor wie wil komen. Het potje "
            "van "
            "De Wiek betaalt de boodschappen.",
            by="Aylin",
            votes={
                "Tineke": (YES, ""),
                "Ravi": (YES, ""),
                "Wim": (YES, "Als we elke maand kijken wat het kost."),
                "Aylin": (YES, ""),
                "Samira": (YES, "Ik kook mee."),
            },
        ),
    ),
)
SECOND_MEETING = MeetingText(
    title="Bestuursvergadering: fietsen en verlichting",
    days=-20,
    agenda=(
        ("Notulen van de vorige keer", "Zijn ze goed zo?"),
        ("Een lamp bij het fietsenhok", "Het is er donker. Wat kunnen we zelf doen?"),
        ("Rondvraag", ""),
    ),
    excused=("Samira",),
    others=3,
    minutes="Samira is er niet, zij heeft dat laten weten.\n\n"
    "Notulen. Goedgekeurd zonder wijzigingen.\n\n"
    "Lamp bij het fietsenhok. Wim heeft een prijs gevraagd. Ravi vindt dat de gemeente dit moet betalen. Er is "
    "gestemd: "
    "drie voor, een tegen. Het voorstel is aangenomen.",
    motions=(
        MotionText(
            title="Wij betalen zelf een lamp bij het fietsenhok",
            text="De gemeente zegt dat het een jaar kan duren. Wij kopen nu een lamp met een sensor, voor ten "
            "hoogste 85 "
            "Molenmunten.",
            by="Wim",
            votes={
                "Tineke": (YES, ""),
                "Ravi": (NO, "Verlichting is een taak van de gemeente."),
                "Wim": (YES, ""),
                "Aylin": (YES, "Mijn kinderen durven er nu niet heen."),
            },
        ),
    ),
)
NEXT_MEETING = MeetingText(
    title="Bestuursvergadering: plannen voor het nieuwe jaar",
    days=9,
    notice="Kom luisteren en denk mee. Er is koffie.",
    agenda=(
        ("Notulen van de vorige keer", ""),
        ("Wat doen we volgend jaar?", "Neem je ideeën mee."),
        ("Rondvraag", ""),
    ),
)
MEETINGS = (FIRST_MEETING, SECOND_MEETING, NEXT_MEETING)

WRITTEN_ROUND = MotionText(
    title="Een bankje bij de molen",
    text="Bij de molen kan niemand even zitten. Gerrit van Dam kan een bankje maken van oud hout. Wij vragen hem dat, "
    "voor ten hoogste 60 Molenmunten.",
    by="Tineke",
    votes={"Tineke": (YES, ""), "Samira": (ASIDE, "Gerrit is mijn buurman."), "Ravi": (BLANK, "")},
)
