"""The municipality: what it does for its neighbourhoods, its desk, and its own news."""

from __future__ import annotations

from home.demo.texts.kinds import (
    Bullets,
    Facts,
    Heading,
    Link,
    NewsText,
    Notice,
    P,
    PageText,
    PlaceText,
    Steps,
    Table,
    Words,
)

FRONT = PageText(
    slug="havermeer",
    title=Words("Havermeer", "Havermeer"),
    lead=Words(
        "Drie wijken in Havermeer hebben een eigen munt en een eigen bestuur. De gemeente helpt ze op weg.",
        "Three neighbourhoods in Havermeer have a coin and a board of their own. The municipality helps them along.",
    ),
    body=(
        Heading("Waarom Havermeer meedoet", "Why Havermeer takes part"),
        P(
            "In Havermeer helpen mensen elkaar. Toch heeft één op de tien huishoudens geldzorgen, en wie zorgen heeft, "
            "doet minder mee. Met een wijkmunt telt hulp mee, en houden mensen iets over voor sport, een cursus of een "
            "rekening.",
            "In Havermeer people help each other. Still, one in ten households has money worries, and people with "
            "worries take part less. With a neighbourhood coin help counts, and people have something left for sport, "
            "a course or a bill.",
        ),
        Heading("Wat de gemeente doet", "What the municipality does"),
        Bullets(
            (
                Words(
                    "Ze stelt een richtlijn vast: tussen welke bedragen een uur hulp waard mag zijn.",
                    "It sets a guideline: between which amounts an hour of help may be worth.",
                ),
                Words(
                    "Ze stort euro’s, zodat er munten kunnen zijn.",
                    "It puts in euros, so that there can be coins.",
                ),
                Words(
                    "Ze benoemt het eerste wijkbestuur. Daarna kiezen bewoners zelf.",
                    "It appoints the first board. After that residents elect their own.",
                ),
                Words(
                    "Ze schrijft bewoners in bij het wijkloket.",
                    "It registers residents at the neighbourhood desk.",
                ),
            )
        ),
        P(
            "Wat iets in een wijk waard is, bepaalt de wijk. Niet de gemeente.",
            "What a thing is worth in a neighbourhood is up to the neighbourhood. Not to the municipality.",
        ),
        Link(Words("Naar het wijkloket", "To the neighbourhood desk"), "wijkloket"),
    ),
)

DESK = PageText(
    slug="wijkloket",
    title=Words("Wijkloket", "Neighbourhood desk"),
    lead=Words(
        "Hier schrijf je je in, stel je een vraag of krijg je hulp met de computer.",
        "Here you register, ask a question or get help with the computer.",
    ),
    body=(
        Facts(
            (
                (Words("Waar", "Where"), Words("Raadhuisplein 2, Havermeer", "Raadhuisplein 2, Havermeer")),
                (
                    Words("Open", "Open"),
                    Words(
                        "Maandag tot en met vrijdag, 9.00 tot 17.00 uur. Op donderdag tot 20.00 uur.",
                        "Monday to Friday, 9.00 to 17.00. On Thursdays until 20.00.",
                    ),
                ),
                (Words("Bellen", "Call"), Words("0570 00 12 34", "0570 00 12 34")),
                (
                    Words("Mailen", "E-mail"),
                    Words("wijkloket@havermeer.example", "wijkloket@havermeer.example"),
                ),
            )
        ),
        Heading("Inschrijven aan de balie", "Registering at the counter"),
        Steps(
            (
                (
                    Words("Neem een identiteitsbewijs mee", "Bring proof of identity"),
                    Words(
                        "En iets waar je adres op staat, zoals een brief van de gemeente.",
                        "And something with your address on it, such as a letter from the municipality.",
                    ),
                ),
                (
                    Words("Wij kijken het samen met je na", "We check it together with you"),
                    Words("We maken geen kopie.", "We make no copy."),
                ),
                (
                    Words("Je staat ingeschreven", "You are registered"),
                    Words("Meteen. Dat duurt vijf minuten.", "Right away. It takes five minutes."),
                ),
            )
        ),
        Heading("Kun je niet komen?", "Can you not come?"),
        P(
            "Vraag dan een brief met een code aan. Die komt bij je thuis. Er mag ook iemand met je meekomen die je "
            "vertrouwt.",
            "Then ask for a letter with a code. It comes to your home. You may also bring somebody whom you trust.",
        ),
    ),
)

THREE = NewsText(
    slug="drie-wijken-drie-munten",
    kind="NEWS",
    title=Words("Drie wijken, drie munten", "Three neighbourhoods, three coins"),
    lead=Words(
        "Molenwijk, Sluiskade en Zonneveld beginnen met een eigen munt. Elke munt is één euro waard.",
        "Molenwijk, Sluiskade and Zonneveld begin with a coin of their own. Each coin is worth one euro.",
    ),
    published="-56wed",
    picture="havermeer",
    alt=Words(
        "Huizen van drie wijken aan het water, met een molen, een brug en een watertoren.",
        "Houses of three neighbourhoods by the water, with a mill, a bridge and a water tower.",
    ),
    body=(
        P(
            "De drie wijken kozen zelf een naam voor hun munt. In Molenwijk is het de Molenmunt, in Sluiskade de "
            "Sluisduit en in Zonneveld het Zonnetje. Het eerste jaar proberen we uit wat werkt.",
            "The three neighbourhoods chose a name for their coin themselves: the Molenmunt in Molenwijk, the "
            "Sluisduit in Sluiskade and the Zonnetje in Zonneveld. In the first year we try out what works.",
        ),
        Notice(
            "info",
            Words("Woon je in een andere wijk?", "Do you live in another neighbourhood?"),
            Words(
                "Dan kun je nog niet meedoen. Wil jouw wijk ook? Praat met ons bij het wijkloket.",
                "Then you cannot take part yet. Would your neighbourhood like to? Talk to us at the desk.",
            ),
        ),
    ),
)

OPEN_DAY = NewsText(
    slug="koffie-bij-het-wijkloket",
    kind="EVENT",
    title=Words("Koffie bij het wijkloket", "Coffee at the neighbourhood desk"),
    lead=Words(
        "Kom kijken wie er achter de balie zit. Inschrijven kan meteen, vragen stellen ook.",
        "Come and see who is behind the counter. You can register right away, or ask anything.",
    ),
    published="-1tue",
    happens="1thu",
    hours=Words("16.00 tot 20.00 uur", "16.00 to 20.00"),
    place=Words("Wijkloket, Raadhuisplein 2", "Neighbourhood desk, Raadhuisplein 2"),
    body=(
        P(
            "Els, Bram en Karin laten zien hoe de site werkt. Er zijn tolken voor Turks, Arabisch en Pools.",
            "Els, Bram and Karin show how the site works. There are interpreters for Turkish, Arabic and Polish.",
        ),
        Facts(
            (
                (
                    Words("Neem mee", "Bring"),
                    Words(
                        "Een identiteitsbewijs, als je je wilt inschrijven",
                        "Proof of identity, if you want to register",
                    ),
                ),
                (
                    Words("Bereikbaar", "How to get in"),
                    Words(
                        "Hellingbaan aan de kant van het plein", "There is a ramp on the side of the square"
                    ),
                ),
            )
        ),
    ),
)

GUIDELINE = NewsText(
    slug="richtlijn-voor-waarden",
    kind="DECISION",
    title=Words("Tussen deze bedragen mogen wijken kiezen", "Neighbourhoods choose between these amounts"),
    lead=Words(
        "De gemeenteraad heeft een richtlijn vastgesteld. Daarbinnen bepaalt elke wijk zelf wat iets waard is.",
        "The council has set a guideline. Within it each neighbourhood decides for itself what things are worth.",
    ),
    published="-6thu",
    body=(
        Table(
            Words("De richtlijn, in euro", "The guideline, in euros"),
            (
                (Words("Wat", "What"), Words("Van", "From"), Words("Tot en met", "Up to")),
                (
                    Words("Een uur hulp zonder opleiding", "An hour of help without training"),
                    Words("4,00", "4.00"),
                    Words("8,00", "8.00"),
                ),
                (
                    Words("Een uur hulp met ervaring", "An hour of help with experience"),
                    Words("6,00", "6.00"),
                    Words("12,00", "12.00"),
                ),
                (
                    Words("Een boodschap of een rit", "An errand or a ride"),
                    Words("3,00", "3.00"),
                    Words("10,00", "10.00"),
                ),
            ),
        ),
        P(
            "De raad kijkt elk jaar of de bedragen nog goed zijn. Betaald werk mag er niet door verdwijnen: daar "
            "letten we samen op.",
            "Every year the council looks whether the amounts are still right. Paid work must not disappear because of "
            "them: we watch that together.",
        ),
    ),
)

PLACE = PlaceText(
    front=FRONT,
    pages=(DESK,),
    news=(OPEN_DAY, GUIDELINE, THREE),
    news_lead=Words(
        "Nieuws van de gemeente voor de wijken met een eigen munt.",
        "News from the municipality for the neighbourhoods with a coin of their own.",
    ),
)
