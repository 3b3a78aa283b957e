from __future__ import annotations

from home.demo.money.kinds import (
    BOARD,
    EVERY_DAY,
    FRI,
    GROWING,
    MON,
    MUNICIPALITY,
    SAT,
    SCHOOL,
    SUMMER,
    THU,
    TUE,
    WED,
    WINTER,
    Gift,
    Good,
    Holder,
    Money,
    Pot,
    Then,
    Work,
    service,
)
from home.demo.people.offices import DE_ROOM, DE_WIEK, VAN_DAM
from home.demo.people.suppliers import DE_HAVEN, DE_PLONS, LIBRARY

WIEK = DE_WIEK.name
HELPING, PARTY, GREEN = "Meehelpen in Molenwijk", "Feest op het plein", "Groen in de straat"
NEIGHBOURLY = "Burenhulp in Molenwijk"
QUARTER = "Vrijwilligers in Molenwijk, {} kwartaal"

MOLENWIJK = Money(
    slug="molenwijk",
    iban="NL18DEMO0123456781",
    house=WIEK,
    holders=(
        Holder(organisation=DE_WIEK, contract=30),
        Holder(organisation=VAN_DAM, contract=20, pays_levy=True, tills=("Toonbank", "Werkplaats")),
        Holder(organisation=DE_PLONS, contract=25, pays_levy=True, is_paid_monthly=True, tills=("Kassa zwembad",)),
        Holder(organisation=LIBRARY, contract=40),
    ),
    lost_phones=((-8, None),),
    pots=(
        Pot(
            name=HELPING, holder=WIEK, funder=MUNICIPALITY,
            gifts=(
                Gift(day=0, amount=4_000_00, purpose=QUARTER.format("eerste")),
                Gift(day=91, amount=2_500_00, purpose=QUARTER.format("tweede")),
                Gift(day=182, amount=2_500_00, purpose=QUARTER.format("derde")),
                Gift(day=273, amount=2_750_00, purpose=QUARTER.format("vierde")),
                Gift(day=-6, amount=3_000_00, purpose="Vrijwilligers in Molenwijk, nieuw jaar", then=Then.AWAITED),
            ),
        ),
        Pot(
            name=PARTY, holder=WIEK, funder=DE_ROOM.name, opens=140, ends=230,
            gifts=(Gift(day=141, amount=1_200_00, purpose="Buurtfeest rond de molen"),),
        ),
        Pot(
            name=GREEN, holder=BOARD, funder=DE_HAVEN.name, opens=-26, ends=700,
            gifts=(Gift(day=-24, amount=5_000_00, purpose="Geveltuinen in Molenwijk"),),
        ),
        Pot(
            name=NEIGHBOURLY, holder=BOARD, funder=MUNICIPALITY, opens=-40,
            gifts=(Gift(day=-38, amount=600_00, purpose="Buren die elkaar helpen in Molenwijk"),),
        ),
    ),
    works=(
        Work("Koffie schenken in De Wiek", HELPING, MON, 12, 12_00, 2),
        Work("Voorlezen op De Zevensprong", HELPING, TUE, 11, 8_00, 2, months=SCHOOL),
        Work("Koken in de wijkkeuken", HELPING, TUE, 18, 15_00, 2),
        Work("Boodschappen brengen", HELPING, WED, 15, 5_50, 3),
        Work("Koken in de wijkkeuken", HELPING, THU, 18, 15_00, 2),
        Work("Hulp met formulieren en de computer", HELPING, FRI, 12, 16_00, 2),
        Work("Zwerfvuil prikken langs de singel", HELPING, SAT, 12, 12_00, 2),
        Work("Stoepen sneeuwvrij en bladvrij", HELPING, SAT, 11, 6_00, 2, months=WINTER),
        Work("Opbouwen en oefenen voor het feest", PARTY, SAT, 16, 12_00, 5),
        Work("Geveltuinen maken", GREEN, SAT, 13, 12_00, 4),
    ),
    goods=(
        Good("Band geplakt", VAN_DAM.name, (7_50, 8_50, 11_00), often=6),
        Good("Fietslampjes", VAN_DAM.name, (6_95, 12_95), often=3, months=WINTER),
        Good("Kinderzitje", VAN_DAM.name, (24_50, 29_95), often=1, months=GROWING),
        Good("Onderhoudsbeurt van de fiets", VAN_DAM.name, (32_50, 37_50), often=2, ordered=True),
        Good("Kaartje voor het zwembad", DE_PLONS.name, (4_75, 9_50), often=7, days=EVERY_DAY),
        Good("Buiten zwemmen, gezinskaart", DE_PLONS.name, (14_00,), often=8, days=EVERY_DAY, months=SUMMER),
        Good("Tien keer zwemmen", DE_PLONS.name, (42_50,), often=1, ordered=True, parts=10),
        Good("Eten in de wijkkeuken", WIEK, (4_50, 4_50, 9_00), often=12, days=frozenset({TUE, THU}), hours=(17, 18)),
        Good("Jaarpas", LIBRARY.name, (25_00,), often=1),
        Good("Boek te laat teruggebracht", LIBRARY.name, (80, 1_20, 2_40), often=4, label=""),
        service("Grofvuil ophalen", (12_50,), often=2),
        service("Bezoekerskaart parkeren", (6_00,), often=2),
        service("Uittreksel", (10_90,), often=1),
    ),
)  # fmt: skip
