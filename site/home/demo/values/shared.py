"""What holds for all three neighbourhoods: the guideline of the municipality, and why the first values were set."""

from __future__ import annotations

from home.demo.values.kinds import HOUR, PIECE, TURN

# By category and unit, in euro cents: from, up to, why; and from which day, for what was changed later.
BEGIN, CHANGED = -384, -38
GUIDELINES = (
    ("zorg", HOUR, 6_00, 12_00, "Een uur hulp met ervaring.", BEGIN),
    ("leren", HOUR, 5_00, 10_00, "Een uur hulp met ervaring.", BEGIN),
    ("leren", HOUR, 6_00, 12_00, "Lesgeven vraagt meer voorbereiding dan wij dachten.", CHANGED),
    ("eten", HOUR, 4_00, 8_00, "Een uur hulp zonder opleiding.", BEGIN),
    ("schoon-groen", HOUR, 4_00, 8_00, "Een uur hulp zonder opleiding.", BEGIN),
    ("buurthuis", HOUR, 4_00, 8_00, "Een uur hulp zonder opleiding.", BEGIN),
    ("vrije-tijd", HOUR, 4_00, 8_00, "Een uur hulp zonder opleiding.", BEGIN),
    ("vervoer", TURN, 3_00, 10_00, "Een boodschap of een rit.", BEGIN),
    ("afval", TURN, 5_00, 20_00, "De kosten van ophalen zijn het hoogst.", BEGIN),
    ("gemeente", PIECE, 5_00, 30_00, "Nooit meer dan wat het in euro kost.", BEGIN),
)
# A member of a board who also works as a volunteer: (e-mail, organisation, role).
VOLUNTEER = ("ravi@molenwijk.example", "Bibliotheek Molenwijk", "OPERATOR")
FIRST_VALUE = "Hiermee beginnen we. Over een paar maanden kijken we of het zo goed is."
FIRST_EVIDENCE = "Bewoners vroegen erom op de avond waarop de munt begon."
