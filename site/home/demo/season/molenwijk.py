"""Molenwijk: coffee, reading aloud and forms in De Wiek, a week of food parcels, and neighbours who help each other."""

from __future__ import annotations

from home.demo.money.molenwijk import HELPING, NEIGHBOURLY
from home.demo.people.offices import DE_WIEK
from home.demo.season.kinds import Comes, Days, Helper, Season, Team, ToDo, Words
from home.demo.values.molenwijk import COFFEE, COOKING, FORMS, LITTER, READING, SHOPPING

SAMIRA, JOOP, GIJS = "samira@example.org", "joop@example.org", "gijs.molenwijk@example.org"
RAVI, AYLIN, WIM = "ravi@molenwijk.example", "aylin@molenwijk.example", "wim@molenwijk.example"
TINEKE, NADIA = "tineke@molenwijk.example", "nadia@bibliotheek.example"
PARCELS = "Voedselpakketten inpakken"

MOLENWIJK = Season(
    slug="molenwijk",
    to_do=(
        ToDo(
            title=Words(COFFEE, "Pouring coffee"),
            summary=Words(
                "Elke middag drinken buurtgenoten koffie in De Wiek. Jij zet koffie, schenkt in en maakt een praatje. "
                "Je doet het altijd met z’n tweeën.",
                "Every afternoon neighbours drink coffee in De Wiek. You make coffee, pour it and have a chat. "
                "You always do it with the two of you.",
            ),
            by=DE_WIEK.name, item=COFFEE, pot=HELPING, place="Wiekplein 1", asks=Words("Niets. Je leert het daar.",
            "Nothing. You learn it there."),
            travel="Bus 4 stopt voor de deur.", spoken="Nederlands, Arabisch, Engels",
            accessible=("step_free", "accessible_toilet"), indication=6_00, page=True,
            days=(
                Days(weekday=1, starts=(13, 30), ends=(16, 30), host="Hassan"),
                Days(weekday=3, starts=(13, 30), ends=(16, 30), host="Corrie"),
                Days(weekday=4, starts=(9, 30), ends=(11, 30), host="Joop"),
                Days(weekday=5, starts=(13, 30), ends=(16, 30), places=3),
            ),
            regulars=(GIJS, RAVI, SAMIRA, AYLIN), come=1,
        ),
        ToDo(
            title=Words("Voorlezen op De Zevensprong", "Reading aloud at De Zevensprong"),
            summary=Words(
                "Je leest voor aan een groepje van vier kinderen. Boeken liggen klaar.",
                "You read to a small group of four children. Books are there.",
            ),
            by=DE_WIEK.name, item=READING, pot=HELPING, place="Basisschool De Zevensprong, Schoolstraat 2",
            asks=Words(
                "Een VOG. Die vraag je samen met De Wiek aan; dat kost je niets.",
                "A certificate of conduct. You ask for it together with De Wiek; it costs you nothing.",
            ),
            accessible=("step_free", "quiet"),
            lowest_age=18, asks_conduct_certificate=True, page=True,
            days=(Days(weekday=2, starts=(9, 30), ends=(10, 30), places=3, host="juf Nora"),),
            regulars=(GIJS,), come=1,
        ),
        ToDo(
            title=Words("Hulp met formulieren", "Help with forms"),
            summary=Words(
                "Je helpt mensen aan de grote tafel met brieven en formulieren.",
                "You help people at the big table with letters and forms.",
            ),
            by=DE_WIEK.name, item=FORMS, pot=HELPING, place="Wiekplein 1", spoken="Nederlands, Turks",
            accessible=("step_free", "accessible_toilet", "seated"), page=True,
            days=(Days(weekday=5, starts=(10, 0), ends=(12, 0), places=2, host="Corrie"),),
            regulars=(AYLIN, WIM), come=2,
        ),
        ToDo(
            title=Words(PARCELS, "Packing food parcels"),
            summary=Words(
                "Eén week lang koken we in en pakken we pakketten voor buren die het krap hebben.",
                "For one week we cook and pack parcels for neighbours who have little.",
            ),
            by=DE_WIEK.name, item=COOKING, pot=HELPING, place="Wiekplein 1, de keuken",
            accessible=("step_free", "accessible_toilet"), day=-30,
            days=tuple(
                Days(weekday=day, starts=(9, 0), ends=(13, 0), places=6, host="Hassan", first=-2, last=1)
                for day in range(1, 7)
            ),
        ),
        ToDo(
            title=Words("Boodschappen voor mijn moeder", "Shopping for my mother"),
            summary=Words(
                "Mijn moeder is slecht ter been. Wie haalt op zaterdag haar boodschappen en brengt ze boven?",
                "My mother does not walk well. Who fetches her shopping on Saturdays and carries it upstairs?",
            ),
            by=WIM, item=SHOPPING, pot=NEIGHBOURLY, place="Wieklaan 12, derde verdieping", lowest_age=16, day=-20,
            days=(Days(weekday=6, starts=(10, 0), ends=(11, 0), places=1, first=0),),
        ),
        ToDo(
            title=Words("De singel schoonmaken", "Cleaning up the canal bank"),
            summary=Words(
                "Samen prikken we het zwerfvuil langs de singel. Handschoenen en prikkers zijn er.",
                "Together we pick up litter along the canal. Gloves and grabbers are there.",
            ),
            by=DE_WIEK.name, item=LITTER, pot=HELPING, place="De brug bij de Singelstraat", lowest_age=12,
            days=(Days(weekday=6, starts=(11, 0), ends=(13, 0), places=12, host="Hassan", first=-4),),
        ),
        ToDo(
            title=Words("Samen breien", "Knitting together"),
            summary=Words("We breien dekens voor de opvang.", "We knit blankets for the shelter."),
            by=SAMIRA, item=COFFEE, pot="", place="Wiekplein 1", day=-2, ends="submitted",
            days=(Days(weekday=2, starts=(14, 0), ends=(16, 0), places=8, first=1),),
        ),
        ToDo(
            title=Words("Zolder leegmaken", "Emptying an attic"),
            summary=Words("Wie helpt mij met sjouwen?", "Who helps me carrying?"),
            by=JOOP, item=LITTER, pot="", place="Molenstraat 40", day=-6, ends="returned",
            reason="Dit is geen zwerfvuil. Zet het op de markt, bij Gevraagd.",
            days=(Days(weekday=6, starts=(14, 0), ends=(16, 0), places=2, first=1),),
        ),
    ),
    comes=(
        # A group with exceptions: one paid, one absent, one with fewer hours who agreed.
        Comes(who=GIJS, to="De singel schoonmaken", day=-16, then="paid"),
        Comes(who=RAVI, to="De singel schoonmaken", day=-16, then="paid"),
        Comes(who=AYLIN, to="De singel schoonmaken", day=-16, then="absent"),
        Comes(
            who=SAMIRA, to="De singel schoonmaken", day=-16, then="agreed", minutes=60, words="Je kwam om twaalf uur."
        ),
        # One says to have been there, and waits for the board.
        Comes(who=WIM, to="De singel schoonmaken", day=-9, then="objected", words="Ik was er wel, aan de overkant."),
        Comes(who=GIJS, to="De singel schoonmaken", day=-9, then="paid"),
        # A waiting list that moved.
        Comes(who=RAVI, to=COFFEE, day=3),
        Comes(who=TINEKE, to=COFFEE, day=3),
        Comes(who=SAMIRA, to=COFFEE, day=3),
        Comes(who=GIJS, to=COFFEE, day=3),
        Comes(who=AYLIN, to=COFFEE, day=3),
        Comes(who=RAVI, to=COFFEE, day=3, then="withdrawn"),
        Comes(who=SAMIRA, to="De singel schoonmaken", day=5),
    ),
    near=(JOOP, PARCELS),
    helpers=(
        Helper(
            who=SAMIRA, about="Ik spreek Arabisch en Frans, en ik kan goed met kinderen.", wishes="Werken in de zorg.",
            can=("huiswerk", "koffie"), learns=("zorg",), free=((1, "AFTERNOON"), (2, "MORNING"), (5, "AFTERNOON")),
            hours=8, seeks_work=True, seen_by="ORGANISERS",
        ),
        Helper(
            who=GIJS, about="Ik heb veertig jaar gekookt voor grote groepen.", can=("koken",),
            free=((2, "EVENING"), (4, "EVENING")), hours=6, seen_by="RESIDENTS",
        ),
        Helper(who=AYLIN, about="Administratie en computers.", can=("papieren",), hours=4),
    ),
    teams=(
        Team(
            name="Samen aan het werk", about="Vijf buren die werk zoeken, elke maandag om tien uur in De Wiek.",
            organisation=DE_WIEK.name, members=(SAMIRA, GIJS), asked=(JOOP,), work="Hulp met formulieren",
            words="Zullen we dit met z’n tweeën proberen?",
        ),
    ),
)  # fmt: skip
