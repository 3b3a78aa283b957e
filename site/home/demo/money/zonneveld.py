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
    SHOP_DAYS,
    SUMMER,
    SUN,
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
from home.demo.people.offices import DE_ROOM, VAN_DAM
from home.demo.people.suppliers import DE_PLONS, ZONNEHOEK

HOUSE = ZONNEHOEK.name
NEIGHBOURS, GARDEN, SWIMMING = "Buren voor buren", "De Zonnetuin", "Zwemles voor iedereen"

ZONNEVELD = Money(
    slug="zonneveld",
    iban="NL61DEMO0123456783",
    house=HOUSE,
    holders=(
        Holder(organisation=ZONNEHOEK, contract=30),
        Holder(organisation=DE_PLONS, contract=25, pays_levy=True, tills=("Kassa zwembad",)),
        Holder(organisation=VAN_DAM, in_area=False),
    ),
    pots=(
        Pot(
            name=NEIGHBOURS, holder=HOUSE, funder=MUNICIPALITY,
            gifts=(
                Gift(day=0, amount=3_000_00, purpose="Buren voor buren, start"),
                Gift(day=90, amount=2_500_00, purpose="Buren voor buren, voorjaar en zomer"),
                Gift(day=140, amount=3_000_00, purpose="Twee keer overgemaakt", then=Then.RETURNED),
                Gift(day=200, amount=3_000_00, purpose="Buren voor buren, najaar en winter"),
            ),
        ),
        Pot(
            name=GARDEN, holder=HOUSE, funder=DE_ROOM.name,
            gifts=(
                Gift(day=2, amount=1_200_00, purpose="Zaden en handen"),
                Gift(day=100, amount=900_00, purpose="Een kas", then=Then.EXPIRED),
                Gift(day=160, amount=1_500_00, purpose="De tuin, tweede halfjaar"),
            ),
        ),
        # The roof of the water tower pays for this one: 250 euros a year, as the residents decided.
        Pot(
            name=SWIMMING, holder=HOUSE, funder=BOARD,
            gifts=(Gift(day=5, amount=250_00, purpose="Geld van het torendak"),),
        ),
    ),
    works=(
        Work("Kinderen naar zwemles brengen", NEIGHBOURS, MON, 17, 4_50, 2, months=SCHOOL),
        Work("Fietsles geven", NEIGHBOURS, TUE, 15, 12_75, 2),
        Work("Balie van De Zonnehoek", NEIGHBOURS, WED, 16, 18_00, 2),
        Work("Spelletjes met buren", NEIGHBOURS, FRI, 16, 9_00, 2),
        Work("Soep koken van de tuin", NEIGHBOURS, FRI, 14, 14_00, 2),
        Work("Samen ontbijten, klaarzetten en afwassen", NEIGHBOURS, SUN, 13, 12_00, 2),
        Work("Werken in de Zonnetuin", GARDEN, SAT, 13, 15_00, 3, months=GROWING),
        Work("Gereedschap nakijken en composteren", GARDEN, SAT, 12, 12_00, 2, months=WINTER),
        Work("Zwemles voor een kind", SWIMMING, THU, 16, 4_75, 1, label="BENEFIT_IN_KIND"),
    ),
    goods=(
        Good("Kaartje voor het zwembad", DE_PLONS.name, (4_75, 9_50, 14_00), often=8, days=EVERY_DAY),
        Good("Zwemles, tien keer", DE_PLONS.name, (47_50,), often=1, ordered=True, parts=10),
        Good("Honing van het dak", HOUSE, (6_50, 13_00), often=5, days=frozenset({WED, FRI, SUN})),
        Good("Koffie met iets erbij", HOUSE, (3_80, 7_60), often=9, days=frozenset({WED, FRI, SUN}), hours=(10, 15)),
        Good("Groentetas uit de Zonnetuin", HOUSE, (8_00,), often=6, days=frozenset({SAT}), months=GROWING),
        Good("Kinderfeestje in De Zonnehoek", HOUSE, (35_00, 45_00), often=1, ordered=True),
        Good("IJsjes voor de straat", HOUSE, (5_00, 10_00), often=6, days=frozenset({SAT, SUN}), months=SUMMER),
        Good("Fietsreparatie", VAN_DAM.name, (8_50, 17_50), often=1, days=SHOP_DAYS),
        service("Volkstuintje, maand", (7_50,), often=2),
        service("Vergunning voor een straatfeest", (22_00,), often=1, months=GROWING),
        service("Grofvuil ophalen", (12_50,), often=2),
    ),
)  # fmt: skip
