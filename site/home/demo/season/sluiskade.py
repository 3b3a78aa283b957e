"""Sluiskade: cooking, walking and homework at the Sluishuis; a group whose hours nobody confirmed, and a quarrel."""

from __future__ import annotations

from home.demo.money.sluiskade import DINNER, HANDS
from home.demo.people.suppliers import SLUISHUIS
from home.demo.season.kinds import Comes, Days, Helper, Season, ToDo, Words
from home.demo.values.sluiskade import COOKING, HOMEWORK, MENDING, WALKING

FATMA, DAAN = "fatma@example.org", "daan@example.org"
HENK, LOES, PRIYA = "henk@sluiskade.example", "loes@sluiskade.example", "priya@sluiskade.example"
TOGETHER = "Koken en samen eten"

SLUISKADE = Season(
    slug="sluiskade",
    to_do=(
        ToDo(
            title=Words(TOGETHER, "Cooking and eating together"),
            summary=Words(
                "Op donderdag koken we voor veertig mensen. Daarna eten we met z’n allen.",
                "On Thursdays we cook for forty people. Then we all eat together.",
            ),
            by=SLUISHUIS.name, item=COOKING, pot=DINNER, place="Het Sluishuis, Kade 3",
            asks=Words("Een schort is er.", "There is an apron."),
            spoken="Nederlands, Turks, Engels", accessible=("step_free", "accessible_toilet"), page=True,
            days=(Days(weekday=4, starts=(16, 0), ends=(19, 0), places=4, host="Ingrid"),),
            regulars=(FATMA, HENK, DAAN), come=1,
        ),
        ToDo(
            title=Words("Wandelen met een buur", "Walking with a neighbour"),
            summary=Words("Een rondje langs het water met iemand die niet alleen durft.",
                          "A walk along the water with somebody who does not dare alone."),
            by=SLUISHUIS.name, item=WALKING, pot=HANDS, place="Bij de sluis", spoken="Nederlands",
            accessible=("step_free", "quiet"), page=True,
            days=(Days(weekday=2, starts=(10, 0), ends=(11, 30), places=3, host="Ingrid"),),
            regulars=(HENK, LOES), come=1,
        ),
        ToDo(
            title=Words("Huiswerkklas", "Homework class"),
            summary=Words("Je helpt kinderen van groep acht met rekenen en taal.",
                          "You help children of eleven with sums and language."),
            by=SLUISHUIS.name, item=HOMEWORK, pot=HANDS, place="Het Sluishuis, Kade 3",
            asks=Words("Rustig kunnen uitleggen.", "Being able to explain calmly."),
            accessible=("step_free", "accessible_toilet", "seated", "quiet"), lowest_age=16,
            days=(Days(weekday=3, starts=(14, 0), ends=(16, 0), places=4, host="Priya", first=-5),),
        ),
        ToDo(
            title=Words("Repaircafé", "Repair café"),
            summary=Words("Je maakt wat stuk is, samen met wie het brengt.",
                          "You mend what is broken, together with who brings it."),
            by=SLUISHUIS.name, item=MENDING, pot=HANDS, place="Het Sluishuis, de werkplaats",
            accessible=("accessible_toilet", "seated"),
            days=(Days(weekday=6, starts=(13, 0), ends=(16, 0), places=5, host="Henk", first=-3),),
        ),
        ToDo(
            title=Words("Plantenbakken op de kade", "Flower boxes on the quay"),
            summary=Words("We maken de bakken winterklaar.", "We make the boxes ready for winter."),
            by=SLUISHUIS.name, item="Terras en bloembakken", pot=HANDS, place="Kade 1 tot 30", day=-15,
            ends="cancelled", reason="Er is te veel wind. We doen het in het voorjaar.",
            days=(Days(weekday=5, starts=(10, 0), ends=(12, 0), places=6, first=1, last=1),),
        ),
    ),
    comes=(
        # Hours that nobody confirmed: brought to the board.
        Comes(who=DAAN, to="Huiswerkklas", day=-15, then="claimed"),
        Comes(who=FATMA, to="Huiswerkklas", day=-15, then="claimed", minutes=90),
        # Fewer hours were seen, and the two do not agree.
        Comes(who=LOES, to="Repaircafé", day=-8, then="less", minutes=60, words="Je was er een uur."),
        Comes(who=DAAN, to="Repaircafé", day=-8, then="paid"),
        Comes(who=PRIYA, to="Repaircafé", day=-15, then="absent"),
        Comes(who=HENK, to=TOGETHER, day=4),
        Comes(who=FATMA, to="Plantenbakken op de kade", day=5),
        Comes(who=FATMA, to="Wandelen met een buur", day=3),
    ),
    helpers=(
        Helper(
            who=DAAN, about="Timmeren en schilderen.", wishes="Weer aan het werk, liefst buiten.", can=("apparaten",),
            free=((6, "AFTERNOON"), (3, "AFTERNOON")), hours=12, seeks_work=True, seen_by="ORGANISERS",
        ),
    ),
)  # fmt: skip
