"""Zonneveld: honey and vegetables of its own, a cargo bike to borrow, and help between families."""

from __future__ import annotations

from home.demo.market.kinds import (
    BOARD,
    DEMAND,
    MUNICIPALITY,
    Admitted,
    Answer,
    Deal,
    Market,
    Offered,
    Step,
    Voucher,
    Words,
)
from home.demo.people.suppliers import DE_HAVEN, ZONNEHOEK
from home.demo.values.zonneveld import HONEY, PERMIT, VEGETABLES

ANA, MARIJKE, EMRE, JURRE = (
    "ana@example.org", "marijke@zonneveld.example", "emre@zonneveld.example", "jurre@zonneveld.example",
)  # fmt: skip

OFFERS = (
    Offered(
        title=Words("Honing van het dak", "Honey from the roof"),
        summary=Words("Een pot van 350 gram, van onze eigen bijen.", "A jar of 350 grams, from our own bees."),
        by=ZONNEHOEK.name, kind="GOOD", category="honing", price=6_50, item=HONEY, stock=18, place="Torenlaan 20",
        point=(0.55, 0.6), tags=("eten",), day=-36, until=180, page=True, reach="ANYWHERE",
    ),
    Offered(
        title=Words("Groentetas uit de Zonnetuin", "Bag of vegetables from the Zonnetuin"),
        summary=Words("Wat er die week rijp is.", "What is ripe that week."),
        by=ZONNEHOEK.name, kind="GOOD", category="groente", price=8_00, item=VEGETABLES, stock=9, place="Torenlaan 20",
        point=(0.55, 0.6), tags=("groente", "eten"), day=-26, until=60,
    ),
    Offered(
        title=Words("Vergunning voor een straatfeest", "Permit for a street party"),
        summary=Words("De gemeente regelt de hekken en de borden.", "The municipality arranges fences and signs."),
        by=MUNICIPALITY, kind="MUNICIPAL", category="vergunning", price=22_00, item=PERMIT, day=-55, until=300,
        tags=("feest", "gemeente"),
    ),
    Offered(
        title=Words("Judo voor kinderen, tien lessen", "Judo for children, ten lessons"),
        summary=Words("Op woensdagmiddag in de gymzaal.", "Wednesday afternoons in the gym."),
        by=BOARD, kind="SPORT", category="sportles", price=35_00, stock=14, place="Gymzaal aan de Akkerhof",
        point=(0.7, 0.42), voucher=Voucher(uses=10, days=150), day=-19, until=60, page=True, tags=("kinderen", "sport"),
    ),
    Offered(
        title=Words("Warmte van de buurtketel", "Heat from the neighbourhood boiler"),
        summary=Words("Per kilowattuur, voor wie is aangesloten.", "Per kilowatt hour, for who is connected."),
        by=BOARD, kind="ENERGY", category="klussen", price=12, unit="KILOWATT_HOUR", day=-9, tags=("energie",),
    ),
    Offered(
        title=Words("Zwemtas en luchtbedden te leen", "Swimming things to borrow"),
        summary=Words("Per dag. Breng ze droog terug.", "Per day. Bring them back dry."),
        by=ANA, kind="SERVICE", category="fiets-boot", price=2_00, unit="DAY", stock=2, day=-14, until=90,
        tags=("lenen",),
    ),
    Offered(
        title=Words("Portugees koken", "Portuguese cooking"),
        summary=Words("Een avond samen koken en eten, met zes mensen.", "An evening of cooking and eating, for six."),
        by=ANA, kind="COURSE", category="kunstles", price=12_00, stock=6, day=-10, until=40, tags=("eten", "leren"),
    ),
    Offered(
        title=Words("Kast in elkaar zetten", "Help me build a wardrobe"),
        summary=Words("Eén avond, ongeveer twee uur.", "One evening, about two hours."),
        by=EMRE, kind="SERVICE", category="meubels", direction=DEMAND, price=14_00, stock=1, day=-7, until=20,
    ),
    Offered(
        title=Words("Rijden naar het ziekenhuis", "A lift to the hospital"),
        summary=Words("Op 12 en 19 december, heen en terug.", "On 12 and 19 December, there and back."),
        by=MARIJKE, kind="TRANSPORT", category="meerijden", direction=DEMAND, price=7_50, unit="TURN", stock=2, day=-6,
        until=30,
    ),
    Offered(
        title=Words("Oppas voor een avond", "Babysitter for an evening"),
        summary=Words("Twee kinderen, ze slapen al.", "Two children, already asleep."),
        by=ANA, kind="SERVICE", category="oppas", direction=DEMAND, price=10_00, stock=1, day=-3, until=12,
    ),
    Offered(
        title=Words("Loempia’s van Emre", "Spring rolls by Emre"),
        summary=Words("Twaalf stuks, warm of koud.", "Twelve, warm or cold."),
        by=EMRE, kind="GOOD", category="koken", price=9_60, stock=5, day=-1, ends="submitted",
    ),
)  # fmt: skip

DEALS = (
    Deal(of="Honing van het dak", by=ANA, day=-5, quantity=2, steps=(
        Step(do="accept", day=-4), Step(do="deliver", day=-2), Step(do="confirm", day=-1),
    )),
    Deal(of="Groentetas uit de Zonnetuin", by=JURRE, day=-2, steps=(Step(do="accept", day=-1),)),
    Deal(of="Judo voor kinderen, tien lessen", by=ANA, day=-6, steps=(
        Step(do="use", day=-1, number=1), Step(do="block", day=0),
    )),
    Deal(of="Zwemtas en luchtbedden te leen", by=EMRE, day=-3, quantity=2),
)  # fmt: skip

ANSWERS = (
    Answer(to="Kast in elkaar zetten", by=ANA, amount=13_00, text="Thijs en ik komen samen.", day=-5),
    Answer(
        to="Rijden naar het ziekenhuis", by=EMRE, amount=7_50, text="Mijn auto heeft een hoge instap.", day=-5,
        chosen=-4,
    ),
)  # fmt: skip

MARKET = Market(
    slug="zonneveld",
    admitted=(
        Admitted(
            name=ZONNEHOEK.name, about="Honing en groente.", displacement="Van niemand: de tuin is van vrijwilligers.",
            checks="Uittreksel gezien. Bijen staan goed.", insurance="Vrijwilligersverzekering",
        ),
        Admitted(
            name=DE_HAVEN.name, about="Warmte van de buurtketel.", displacement="De monteur blijft in dienst.",
        ),
    ),
    offers=OFFERS, deals=DEALS, answers=ANSWERS,
    searches=((ANA, "Sport voor kinderen", "kind=SPORT"),),
)  # fmt: skip
