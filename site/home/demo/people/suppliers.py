"""Shops, clubs and a housing association where coins are spent or come from, and who runs them."""

from __future__ import annotations

from home.demo.people.kinds import Home, Organisation, Person


def _owner(given: str, family: str, email: str, home: Home | None = None) -> Person:
    return Person(given=given, family=family, email=email, home=home)


PETER = _owner("Peter", "Kramer", "peter@deplons.example")
NADIA = _owner("Nadia", "Haddou", "nadia@bibliotheek.example", Home("molenwijk", "Singel", "21", "1234 AD"))
WILMA = _owner("Wilma", "Terpstra", "wilma@dehaven.example")
KEMAL = _owner("Kemal", "Yilmaz", "kemal@yilmaz.example", Home("sluiskade", "Kade", "12", "1234 BA"))
INGRID = _owner(
    "Ingrid", "Postma", "ingrid@sluishuis.example", Home("sluiskade", "Pakhuisstraat", "6", "1234 BC")
)
SANNE = _owner("Sanne", "Wolters", "sanne@zonnehoek.example", Home("zonneveld", "Torenlaan", "8", "1234 CA"))

# As with the others: no real numbers.
DE_PLONS = Organisation(
    kind="COMPANY", name="Zwembad De Plons", owner=PETER, kvk_number="00001041", iban="NL60DEMO0123456704",
    street="Badweg", number="11", postcode="1234 AE", email="kassa@deplons.example",
)  # fmt: skip
LIBRARY = Organisation(
    kind="ASSOCIATION", name="Bibliotheek Molenwijk", owner=NADIA, kvk_number="00001058", iban="NL33DEMO0123456705",
    street="Molenstraat", number="18", postcode="1234 AB", email="balie@bibliotheek.example",
)  # fmt: skip
DE_HAVEN = Organisation(
    kind="ASSOCIATION", name="Woningstichting De Haven", owner=WILMA, kvk_number="00001066",
    iban="NL06DEMO0123456706", street="Raadhuisplein", number="5", postcode="1234 DB", email="groen@dehaven.example",
)  # fmt: skip
YILMAZ = Organisation(
    kind="COMPANY", name="Groenteman Yilmaz", owner=KEMAL, kvk_number="00001074", iban="NL76DEMO0123456707",
    street="Kade", number="10", postcode="1234 BA", email="winkel@yilmaz.example",
)  # fmt: skip
SLUISHUIS = Organisation(
    kind="ASSOCIATION", name="Stichting Het Sluishuis", owner=INGRID, kvk_number="00001082",
    iban="NL49DEMO0123456708", street="Kade", number="1", postcode="1234 BA", email="hallo@sluishuis.example",
)  # fmt: skip
ZONNEHOEK = Organisation(
    kind="ASSOCIATION", name="Vereniging De Zonnehoek", owner=SANNE, kvk_number="00001090",
    iban="NL22DEMO0123456709", street="Torenlaan", number="20", postcode="1234 CA", email="hallo@zonnehoek.example",
)  # fmt: skip

SUPPLIERS = (DE_PLONS, LIBRARY, DE_HAVEN, YILMAZ, SLUISHUIS, ZONNEHOEK)
