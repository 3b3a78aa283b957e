"""Molenwijk: shops and neighbours, the swimming pool with its cards, and what people ask each other."""

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
from home.demo.people.offices import DE_WIEK, VAN_DAM
from home.demo.people.suppliers import DE_HAVEN, DE_PLONS, LIBRARY
from home.demo.values.molenwijk import BULKY, CARD, MEAL, SHOPPING, SWIMMING, TYRE, VISITORS

SAMIRA, JOOP = "samira@example.org", "joop@example.org"
TINEKE, WIM, RAVI = "tineke@molenwijk.example", "wim@molenwijk.example", "ravi@molenwijk.example"
AYLIN, GIJS = "aylin@molenwijk.example", "gijs.molenwijk@example.org"

OFFERS = (
    Offered(
        title=Words("Band plakken", "Mending a tyre"),
        summary=Words(
            "We plakken je band terwijl je wacht. Een nieuwe binnenband zit erbij, als dat nodig is.",
            "We mend your tyre while you wait. A new inner tube is included, if one is needed.",
        ),
        by=VAN_DAM.name, kind="SERVICE", category="fietsen", price=8_50, unit="TURN", item=TYRE, place="Molenstraat 4",
        point=(0.42, 0.61), tags=("fiets", "reparatie"), stock=8, day=-60, until=200, page=True,
    ),
    Offered(
        title=Words("Grote beurt voor je fiets", "Full service for your bicycle"),
        summary=Words("Alles nagekeken, gesmeerd en gesteld.", "Everything checked, oiled and adjusted."),
        by=VAN_DAM.name, kind="SERVICE", category="fietsen", price=45_00, euro=15_00, place="Molenstraat 4",
        point=(0.42, 0.61), tags=("fiets",), day=-33, until=150,
    ),
    Offered(
        title=Words("Tweedehands kinderfiets", "Second-hand children’s bicycle"),
        summary=Words("16 inch, rood, net nagekeken.", "16 inch, red, just checked."),
        by=VAN_DAM.name, kind="GOOD", category="fietsen", price=37_50, stock=1, place="Molenstraat 4",
        point=(0.42, 0.61), tags=("fiets", "kinderen"), day=-5,
    ),
    Offered(
        title=Words("Tien keer zwemmen", "Ten times swimming"),
        summary=Words(
            "Een kaart van tien keer. Ook voor kinderen, ook met meer mensen tegelijk.",
            "A card of ten times. For children too, and for several people at once.",
        ),
        by=DE_PLONS.name, kind="SPORT", category="zwembad", price=42_00, place="Badweg 11", point=(0.71, 0.3),
        tags=("zwemmen", "kinderen"), voucher=Voucher(uses=10, days=180), day=-45, until=300, page=True,
        reach="ANYWHERE",
    ),
    Offered(
        title=Words("Kaartje voor het zwembad", "Ticket for the swimming pool"),
        summary=Words("Eén keer, op de dag die jij kiest.", "Once, on the day that you choose."),
        by=DE_PLONS.name, kind="SPORT", category="zwembad", price=4_75, item=SWIMMING, place="Badweg 11",
        point=(0.71, 0.3), tags=("zwemmen",), voucher=Voucher(days=1, refund="UNUSED"), day=-45, until=300,
        reach="NAMED", places=("sluiskade", "zonneveld"),
    ),
    Offered(
        title=Words("Maaltijd van de wijkkeuken", "Meal from the community kitchen"),
        summary=Words(
            "Dinsdag en donderdag om zes uur, samen aan tafel.", "Tuesday and Thursday at six, at one table."
        ),
        by=DE_WIEK.name, kind="GOOD", category="tafel", price=4_50, item=MEAL, stock=24, place="Wiekplein 1",
        point=(0.5, 0.45), tags=("eten",), day=-28, until=90,
    ),
    Offered(
        title=Words("Cursus omgaan met je telefoon", "Course: getting on with your phone"),
        summary=Words("Vier keer op woensdagmorgen, met koffie.", "Four times on Wednesday mornings, with coffee."),
        by=LIBRARY.name, kind="COURSE", category="computerles", price=20_00, stock=10, place="Molenstraat 18",
        point=(0.38, 0.66), tags=("computer", "leren"), day=-12, until=40,
    ),
    Offered(
        title=Words("Bibliotheekpas voor een jaar", "Library card for a year"),
        summary=Words("Lenen, lezen en werken. Tot 18 jaar is de pas gratis.", "Borrow, read and work."),
        by=LIBRARY.name, kind="SERVICE", category="bibliotheek", price=25_00, item=CARD, place="Molenstraat 18",
        point=(0.38, 0.66), tags=("boeken",), day=-80, until=250,
    ),
    Offered(
        title=Words("Grofvuil laten ophalen", "Have bulky waste collected"),
        summary=Words("De gemeente haalt het op. Je betaalt met munten.",
        "The municipality collects it. You pay in coins."),
        by=MUNICIPALITY, kind="MUNICIPAL", category="grofvuil", price=12_50, unit="TURN", item=BULKY,
        tags=("gemeente",), day=-70, until=280,
    ),
    Offered(
        title=Words("Parkeerkaart voor bezoek", "Visitor’s parking card"),
        summary=Words("Voor bezoek van een dag.", "For visitors, for a day."),
        by=MUNICIPALITY, kind="MUNICIPAL", category="parkeren", price=6_00, item=VISITORS,
        voucher=Voucher(days=60, refund="UNUSED"), tags=("gemeente",), day=-70, until=280,
    ),
    Offered(
        title=Words("Buurtfeest op de Singel", "Street party on the Singel"),
        summary=Words("Soep, muziek en lampjes. Een kaartje per gezin.",
        "Soup, music and lights. One ticket a family."),
        by=BOARD, kind="EVENT", category="feest", price=3_00, stock=60, place="Singel", point=(0.6, 0.52),
        voucher=Voucher(days=30), tags=("feest",), day=-8, until=25, page=True,
    ),
    Offered(
        title=Words("Zonnestroom van het dak van De Haven", "Solar power from the roof of De Haven"),
        summary=Words("Per kilowattuur, verrekend met je servicekosten.",
        "Per kilowatt hour, set off with your service costs."),
        by=DE_HAVEN.name, kind="ENERGY", category="klussen", price=18, unit="KILOWATT_HOUR", tags=("energie",), day=-15,
    ),
    Offered(
        title=Words("Zelfgemaakte appeltaart", "Home-made apple pie"),
        summary=Words("Van appels uit de tuin. Zaterdag op te halen.", "From garden apples. Fetch it on Saturday."),
        by=TINEKE, kind="GOOD", category="bakken", price=9_00, stock=3, place="Wiekplein", tags=("eten", "taart"),
        day=-4,
        until=20,
    ),
    Offered(
        title=Words("Gordijnen korter maken", "Shortening curtains"),
        summary=Words("Ik naai al dertig jaar. Breng ze langs.", "I have sewn for thirty years. Bring them round."),
        by=SAMIRA, kind="SERVICE", category="kleding", price=7_50, tags=("naaien",), day=-17, until=75,
    ),
    Offered(
        title=Words("Wie kan mijn hond uitlaten?", "Who can walk my dog?"),
        summary=Words("Elke ochtend een half uur. Bobbie is lief.", "Half an hour each morning. Bobbie is sweet."),
        by=JOOP, kind="SERVICE", category="huisdieren", direction=DEMAND, price=4_00, unit="TURN", tags=("hond",),
        day=-6,
        stock=5, until=30,
    ),
    Offered(
        title=Words("Boodschappen brengen op vrijdag", "Bring my shopping on Fridays"),
        summary=Words("Twee tassen, van de markt naar de Singel.", "Two bags, from the market to the Singel."),
        by=JOOP, kind="SERVICE", category="boodschappen", direction=DEMAND, price=5_50, unit="TURN", item=SHOPPING,
        stock=4,
        day=-9, until=50,
    ),
    Offered(
        title=Words("Hulp bij het inpakken van dozen", "Help with packing boxes"),
        summary=Words("Wij verhuizen binnen de wijk. Een zaterdag.",
        "We are moving within the neighbourhood. One Saturday."),
        by=WIM, kind="SERVICE", category="verhuizen", direction=DEMAND, price=15_00, stock=2, day=-10, until=15,
    ),
    Offered(
        title=Words("Gratis waarzeggen van de gemeente", "Fortune telling"),
        summary=Words("Ik kijk in de kaarten. Altijd raak.", "I read the cards. Always right."),
        by=RAVI, kind="SERVICE", category="spel", price=2_00, day=-3, ends="submitted",
    ),
    Offered(
        title=Words("Oude computer, doet het nog", "Old computer, still works"),
        summary=Words("Met scherm.", "With a screen."),
        by=SAMIRA, kind="GOOD", category="computers", price=30_00, stock=1, day=-6, ends="returned",
        reason="Zet er nog bij hoe oud hij is en of er een wachtwoord op zit. Dan kan hij op de markt.",
    ),
    Offered(
        title=Words("Snoeien van heggen", "Trimming hedges"),
        summary=Words("Voor wie zelf niet meer op een trap kan.", "For who can no longer climb a ladder."),
        by=WIM, kind="SERVICE", category="tuinwerk", price=6_00, unit="HOUR", day=-40, until=60, ends="paused",
    ),
    Offered(
        title=Words("Wondermiddel tegen slakken", "Miracle cure for snails"),
        summary=Words("Werkt altijd, echt waar.", "Always works, honestly."),
        by=RAVI, kind="GOOD", category="planten", price=12_00, day=-14, ends="suspended",
        reason="Er zit een stof in die niet verkocht mag worden. Zonder die stof mag het terug.",
        reported="Dit middel is verboden, het staat op de verpakking.",
    ),
)  # fmt: skip

DEALS = (
    Deal(of="Band plakken", by=SAMIRA, day=-6, steps=(
        Step(do="accept", day=-6), Step(do="say_buyer", day=-6, words="Ik kom om vier uur, is dat goed?"),
        Step(do="say_seller", day=-5, words="Prima, zet hem maar voor de deur."), Step(do="deliver", day=-2),
        Step(do="confirm", day=-1), Step(do="refer_buyer", day=-1,
        words="Snel en netjes gedaan, met een praatje erbij."),
    )),
    Deal(of="Band plakken", by=AYLIN, day=-2, steps=(Step(do="accept", day=-1),)),
    Deal(of="Tweedehands kinderfiets", by=JOOP, day=-1),
    Deal(of="Maaltijd van de wijkkeuken", by=JOOP, day=-4, quantity=3, steps=(
        Step(do="accept", day=-4), Step(do="deliver", day=-2, number=2), Step(do="confirm", day=-1),
    )),
    Deal(of="Maaltijd van de wijkkeuken", by=SAMIRA, day=-3, quantity=2, steps=(
        Step(do="decline", day=-2, words="Donderdag is de keuken dicht. Bestel gerust voor dinsdag."),
    )),
    Deal(of="Grote beurt voor je fiets", by=WIM, day=-5, steps=(
        Step(do="accept", day=-5), Step(do="deliver", day=-2),
        Step(do="dispute", day=-1, words="De versnelling loopt nog steeds aan. Ik wil dat het overgedaan wordt."),
    )),
    Deal(of="Gordijnen korter maken", by=GIJS, day=-6, quantity=2, steps=(
        Step(do="accept", day=-5), Step(do="deliver", day=-2), Step(do="confirm", day=-1),
        Step(do="refund", day=0, words="Eén gordijn werd te kort. Die geef ik terug.", number=7_50),
    )),
    Deal(of="Zelfgemaakte appeltaart", by=SAMIRA, day=-2, steps=(Step(do="cancel", day=-1,
    words="Toch een dag weg."),)),
    Deal(of="Cursus omgaan met je telefoon", by=JOOP, day=-4, steps=(Step(do="accept", day=-3),)),
    Deal(of="Tien keer zwemmen", by=RAVI, day=-6, steps=(Step(do="use", day=-1, number=3),)),
    Deal(of="Kaartje voor het zwembad", by=SAMIRA, day=-4),  # lapsed: its coins came back
    Deal(of="Parkeerkaart voor bezoek", by=SAMIRA, day=-3),
    Deal(of="Buurtfeest op de Singel", by=JOOP, day=-2),
)  # fmt: skip

ANSWERS = (
    Answer(to="Wie kan mijn hond uitlaten?", by=SAMIRA, amount=4_00,
    text="Ik loop toch elke ochtend langs de Singel.", day=-5),
    Answer(to="Wie kan mijn hond uitlaten?", by=WIM, amount=3_50, text="Bobbie en ik kennen elkaar al.", day=-4),
    Answer(
        to="Hulp bij het inpakken van dozen", by=SAMIRA, amount=15_00, text="Ik heb een busje tot mijn beschikking.",
        day=-8, chosen=-6,
        steps=(
            Step(do="deliver", day=-4),
            Step(do="dispute", day=-3, words="De helft van de dozen bleef staan."),
            Step(do="mediate", day=-2),
            Step(do="resolve", day=-1, number=9_00,
            words="Er is drie van de vijf uur gewerkt. Dat deel wordt betaald."),
        ),
    ),
    Answer(
        to="Boodschappen brengen op vrijdag", by=TINEKE, amount=5_50, text="Ik ga toch naar de markt.", day=-7,
        chosen=-6,
        steps=(
            Step(do="deliver", day=-2), Step(do="confirm", day=-1),
            Step(do="refer_seller", day=-1, words="De koffie stond klaar. Graag gedaan."),
        ),
    ),
)  # fmt: skip

MARKET = Market(
    slug="molenwijk",
    admitted=(
        Admitted(
            name=VAN_DAM.name, about="Fietsen maken en verkopen.",
            displacement="Van niemand: dit is ons eigen bedrijf.",
            checks="Uittreksel gezien. Verzekering tot volgend jaar.", insurance="Bedrijfsaansprakelijkheid",
        ),
        Admitted(
            name=DE_PLONS.name, about="Kaartjes voor het zwembad.",
            displacement="Van niemand. Onze badmeesters blijven.",
            checks="Uittreksel en verzekering gezien.",
        ),
        Admitted(
            name=DE_WIEK.name, about="Maaltijden, en vragen om hulp.",
            displacement="Koken deden we altijd al met vrijwilligers. De kok in dienst blijft.",
            checks="Uittreksel gezien. Keuken gekeurd door de gemeente.", insurance="Vrijwilligersverzekering",
        ),
        Admitted(
            name=LIBRARY.name, about="Passen en cursussen.",
            displacement="Van niemand: onze docenten blijven in dienst.",
            checks="Uittreksel gezien.",
        ),
        Admitted(
            name=DE_HAVEN.name, about="Stroom van onze daken, en klussen in tuinen.",
            displacement="Tuinen doet een hovenier; hem vragen wij niet minder.",
            checks="Uittreksel en verzekering gezien.",
        ),
    ),
    offers=OFFERS,
    deals=DEALS,
    answers=ANSWERS,
    hours=(
        Hours(of=VAN_DAM.name, days=(2, 3, 4, 5, 6), opens=(9, 0), closes=(17, 30)),
        Hours(of=DE_PLONS.name, days=(1, 2, 3, 4, 5, 6, 7), opens=(7, 0), closes=(21, 0)),
        Hours(of=LIBRARY.name, days=(1, 3, 5), opens=(10, 0), closes=(17, 0)),
    ),
    blocked=("vuurwerk",),
    reserved=("wijkbestuur",),
    searches=((SAMIRA, "Alles over fietsen", "q=fiets"),),
)  # fmt: skip
