"""What neighbours give and sell each other, in all three neighbourhoods."""

from __future__ import annotations

GIFTS = (
    "Gefeliciteerd met je verjaardag!", "Bedankt voor het oppassen", "Voor de lekkere soep", "Beterschap!",
    "Voor je hulp bij het verhuizen", "Zomaar", "Geslaagd! Trakteer jezelf",
)  # fmt: skip
SALES = (
    ("Appeltaart", 8_50), ("Twee potten jam", 6_00), ("Kraan gemaakt", 12_50), ("Haar geknipt", 11_00),
    ("Broek ingekort", 7_50), ("Kinderboeken, een tas vol", 5_00), ("Hond uitgelaten, een week", 10_00),
    ("Schutting geverfd", 18_00),
)  # fmt: skip
SAINT_NICHOLAS = "Van Sinterklaas"
RECEIPT = "Boodschappen voor de groep, met bon"
CHRISTMAS = "Kerstpakket"
FEW_HOURS = "Dubbel uitbetaald, dit is terug"
WHOLE_BACK = "Teruggebracht"
PART_BACK = "Korting achteraf, niet alles was goed"
HALL = "Huur van de zaal voor de vergadering"
LEVY = "Bijdrage aan de wijkkas, 1% van {} munten"
BACK_IN_POT = "Betaald voor diensten, terug in het potje"
SUPPLIES = "Groente voor de lange tafel"
LOST = "Telefoon kwijt. Open als er een nieuwe is."
FOUND = "Telefoon is weer terecht."
OTHER_AMOUNT = "Er kwam een ander bedrag dan was aangekondigd. De gever weet ervan."
PAID_BY_MISTAKE = "Dubbel betaald, teruggestort"
GIFT_OF_A_STRANGER = "Voor de buurt, met dank"
BANK_COSTS = "Kosten zakelijk betaalpakket"
FROM_THE_STAFF = "Actie van de medewerkers"
PAID_TWICE = "Twee keer betaald. De winkel is het ermee eens."
