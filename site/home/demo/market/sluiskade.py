"""Sluiskade: the greengrocer and the terrace on the quay, boats, and neighbours who cook and mend."""

from __future__ import annotations

from home.demo.market.kinds import (
    BOARD,
    DEMAND,
    MUNICIPALITY,
    Admitted,
    Answer,
    Deal,
    Hours,
    Market,
    Offered,
    Step,
    Voucher,
    Words,
)
from home.demo.people.suppliers import SLUISHUIS, YILMAZ
from home.demo.values.sluiskade import BAG, COFFEE, MOORING

FATMA, DAAN = "fatma@example.org", "daan@example.org"
MOHAMED, LOES, HENK = "mohamed@sluiskade.example", "loes@sluiskade.example", "henk@sluiskade.example"

OFFERS = (
    Offered(
        title=Words("Tas van de week", "Bag of the week"),
        summary=Words("Groente van het seizoen, voor twee mensen.", "Vegetables of the season, for two people."),
        by=YILMAZ.name, kind="GOOD", category="groente", price=11_00, item=BAG, stock=15, place="Kade 10",
        point=(0.31, 0.4), tags=("groente", "eten"), day=-50, until=200, page=True, reach="NAMED",
        places=("molenwijk",),
    ),
    Offered(
        title=Words("Zak aardappels, 5 kilo", "Bag of potatoes, 5 kilos"),
        summary=Words("Op zaterdag vers van het land.", "On Saturday, fresh from the field."),
        by=YILMAZ.name, kind="GOOD", category="groente", price=6_25, stock=20, place="Kade 10", point=(0.31, 0.4),
        tags=("groente",), day=-22, until=60,
    ),
    Offered(
        title=Words("Strippenkaart koffie op het terras", "Coffee card for the terrace"),
        summary=Words("Tien koppen koffie aan het water.", "Ten cups of coffee by the water."),
        by=SLUISHUIS.name, kind="GOOD", category="koffie", price=2_60, item=COFFEE, place="Kade 1", point=(0.25, 0.37),
        tags=("koffie",), voucher=Voucher(uses=1, days=120), day=-40, until=150,
    ),
    Offered(
        title=Words("Zaal huren in Het Sluishuis", "Hire a room in Het Sluishuis"),
        summary=Words("Voor verjaardagen en vergaderingen, tot veertig mensen.",
        "For birthdays and meetings, up to forty people."),
        by=SLUISHUIS.name, kind="SERVICE", category="buurthuis", price=12_00, unit="HOUR", place="Kade 1",
        point=(0.25, 0.37), tags=("feest", "zaal"), day=-31, until=200, reach="ANYWHERE",
    ),
    Offered(
        title=Words("Ligplaats voor een bootje", "Mooring for a small boat"),
        summary=Words("Een maand aan de steiger van de gemeente.", "A month at the jetty of the municipality."),
        by=MUNICIPALITY, kind="MUNICIPAL", category="ligplaats", price=18_00, item=MOORING, stock=6, day=-60, until=300,
        tags=("boot",),
    ),
    Offered(
        title=Words("Meevaren met de avondboot", "A trip on the evening boat"),
        summary=Words("Een uur over het water, met uitleg over de sluis.",
        "An hour on the water, with the story of the lock."),
        by=BOARD, kind="TRANSPORT", category="spel", price=3_50, stock=12, place="Steiger aan de Kade", point=(0.2,
        0.33),
        voucher=Voucher(days=21), day=-7, until=30, page=True, tags=("boot", "uitje"),
    ),
    Offered(
        title=Words("Gitaarles voor beginners", "Guitar lessons for beginners"),
        summary=Words("Ik heb een gitaar te leen.", "I have a guitar to lend."),
        by=DAAN, kind="COURSE", category="kunstles", price=9_00, unit="HOUR", stock=3, day=-16, until=80,
        tags=("muziek",),
    ),
    Offered(
        title=Words("Couscous voor acht personen", "Couscous for eight"),
        summary=Words("Bestel twee dagen van tevoren.", "Order two days ahead."),
        by=FATMA, kind="GOOD", category="koken", price=32_00, stock=2, day=-11, until=45, tags=("eten",),
    ),
    Offered(
        title=Words("Haren knippen aan huis", "Hair cut at home"),
        summary=Words("Voor wie slecht de deur uit kan.", "For who finds it hard to go out."),
        by=LOES, kind="SERVICE", category="haar", price=10_00, unit="TURN", day=-24, until=100, tags=("kapper",),
    ),
    Offered(
        title=Words("Wie repareert mijn stofzuiger?", "Who mends my vacuum cleaner?"),
        summary=Words("Hij maakt lawaai en zuigt niet.", "It makes a noise and does not suck."),
        by=FATMA, kind="SERVICE", category="apparaten", direction=DEMAND, price=8_00, unit="TURN", stock=1, day=-8,
        until=20,
    ),
    Offered(
        title=Words("Barhulp voor zaterdag", "Bar help for Saturday"),
        summary=Words("Een betaalde klus van vier uur, met uitleg.", "A paid job of four hours, with instructions."),
        by=SLUISHUIS.name, kind="JOB", category="koffie", direction=DEMAND, price=13_00, unit="HOUR", stock=2, day=-5,
        until=14, tags=("werk",),
    ),
    Offered(
        title=Words("Planten water geven in de vakantie", "Water my plants while I am away"),
        summary=Words("Twee weken, om de dag.", "Two weeks, every other day."),
        by=HENK, kind="SERVICE", category="planten", direction=DEMAND, price=2_50, unit="TURN", stock=7, day=-13,
        until=30,
    ),
    Offered(
        title=Words("Fietstaxi naar de huisarts", "Bicycle taxi to the doctor"),
        summary=Words("Ik breng je en haal je weer op.", "I take you there and fetch you again."),
        by=DAAN, kind="TRANSPORT", category="meerijden", price=4_00, unit="TURN", day=-2, ends="submitted",
    ),
    Offered(
        title=Words("Oude schaatsen", "Old skates"),
        summary=Words("Maat 38, wie maakt ze blij?", "Size 38."),
        by=LOES, kind="GOOD", category="fiets-boot", price=8_00, stock=1, day=-90, until=-2,
    ),
)  # fmt: skip

DEALS = (
    Deal(of="Tas van de week", by=FATMA, day=-5, steps=(
        Step(do="accept", day=-5), Step(do="deliver", day=-2), Step(do="confirm", day=-1),
        Step(do="refer_buyer", day=-1, words="Verse spullen, en een recept erbij."),
    )),
    Deal(of="Tas van de week", by=DAAN, day=-2, quantity=2, steps=(Step(do="accept", day=-1),)),
    Deal(of="Zak aardappels, 5 kilo", by=HENK, day=-1),
    Deal(of="Strippenkaart koffie op het terras", by=DAAN, day=-6, quantity=10, steps=(
        Step(do="use", day=-2, number=2), Step(do="use", day=-1, number=1),
    )),
    Deal(of="Meevaren met de avondboot", by=FATMA, day=-3, quantity=2, steps=(Step(do="give_back", day=-1),)),
    Deal(of="Gitaarles voor beginners", by=FATMA, day=-4, steps=(Step(do="accept", day=-3), Step(do="deliver",
    day=-1))),
    Deal(of="Couscous voor acht personen", by=MOHAMED, day=-6, steps=(
        Step(do="accept", day=-5), Step(do="deliver", day=-3), Step(do="confirm", day=-1),
    )),
)  # fmt: skip

ANSWERS = (
    Answer(to="Wie repareert mijn stofzuiger?", by=HENK, amount=8_00, text="Ik heb er een liggen voor onderdelen.",
    day=-6),
    Answer(
        to="Wie repareert mijn stofzuiger?", by=DAAN, amount=7_00,
        text="Waarschijnlijk het filter. Ik kijk er graag naar.",
        day=-6, chosen=-5, steps=(Step(do="deliver", day=-2),),
    ),
    Answer(to="Planten water geven in de vakantie", by=LOES, amount=2_50, text="Ik woon om de hoek.", day=-9,
    withdrawn=True),
    Answer(to="Planten water geven in de vakantie", by=FATMA, amount=2_50, text="Met liefde.", day=-8),
)  # fmt: skip

MARKET = Market(
    slug="sluiskade",
    admitted=(
        Admitted(
            name=YILMAZ.name, about="Groente en fruit.", displacement="Van niemand: dit is onze winkel.",
            checks="Uittreksel gezien.",
        ),
        Admitted(
            name=SLUISHUIS.name, about="Koffie, zaalhuur en betaalde klussen.",
            displacement="De bar deden we met vrijwilligers en een beheerder. De beheerder blijft.",
            checks="Uittreksel en verzekering gezien.", insurance="Aansprakelijkheid vrijwilligers",
        ),
    ),
    offers=OFFERS, deals=DEALS, answers=ANSWERS,
    hours=(Hours(of=YILMAZ.name, days=(1, 2, 3, 4, 5, 6), opens=(8, 30), closes=(18, 0)),),
    blocked=("loterij",),
)  # fmt: skip
