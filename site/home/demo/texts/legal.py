"""The accessibility statement (after the Dutch model for public bodies) and the privacy page of the demo."""

from __future__ import annotations

from home.demo.texts.kinds import Bullets, Facts, Heading, Link, Notice, P, PageText, Table, Words

ACCESSIBILITY = PageText(
    slug="toegankelijkheid",
    title=Words("Toegankelijkheidsverklaring", "Accessibility statement"),
    lead=Words(
        "Iedereen moet deze site kunnen gebruiken. Hier lees je hoe ver we zijn en wat nog niet goed gaat.",
        "Everybody should be able to use this site. Here you read how far we are and what does not work well yet.",
    ),
    body=(
        Notice(
            "info",
            Words("Dit is de verklaring van het voorbeeld", "This is the statement of the demo"),
            Words(
                "Een gemeente die Socialcoin echt gebruikt, laat haar eigen site onderzoeken en schrijft een eigen "
                "verklaring.",
                "A municipality that really uses Socialcoin has its own site examined and writes its own statement.",
            ),
        ),
        Facts(
            (
                (Words("Status", "Status"), Words("Voldoet gedeeltelijk", "Partly compliant")),
                (
                    Words("Norm", "Standard"),
                    Words(
                        "WCAG 2.2, niveau A en AA, via EN 301 549",
                        "WCAG 2.2, levels A and AA, through EN 301 549",
                    ),
                ),
                (Words("Opgesteld op", "Drawn up on"), Words("{0today}", "{0today}")),
                (
                    Words("Geldt voor", "Applies to"),
                    Words("Alle pagina’s van deze site", "All pages of this site"),
                ),
            )
        ),
        Heading("Wat betekent ‘voldoet gedeeltelijk’?", "What does ‘partly compliant’ mean?"),
        P(
            "We bouwen de site volgens alle eisen en testen dat zelf. Een onafhankelijk onderzoek is er nog niet. "
            "Daarom zeggen we niet dat de site helemaal voldoet.",
            "We build the site by all the requirements and test that ourselves. There has been no independent "
            "examination yet. That is why we do not say that the site is fully compliant.",
        ),
        Heading("Hoe we testen", "How we test"),
        Bullets(
            (
                Words(
                    "Een programma zoekt naar bekende fouten op de pagina’s.",
                    "A program looks for known errors on the pages.",
                ),
                Words(
                    "We bekijken pagina’s met alleen het toetsenbord, en zonder JavaScript.",
                    "We go through pages with the keyboard alone, and without JavaScript.",
                ),
                Words(
                    "We bekijken pagina’s op een kleine telefoon en met donkere kleuren.",
                    "We look at pages on a small phone and in dark colours.",
                ),
                Words(
                    "We rekenen het contrast van elke wijkkleur na.",
                    "We calculate the contrast of every neighbourhood’s colour.",
                ),
            )
        ),
        Heading("Wat nog niet goed gaat", "What does not work well yet"),
        Bullets(
            (
                Words(
                    "Mensen die een schermlezer gebruiken hebben de site nog niet met ons getest.",
                    "People who use a screen reader have not tested the site with us yet.",
                ),
                Words(
                    "Wat een wijkbestuur zelf schrijft, controleren we niet woord voor woord. Een foto kan een "
                    "slechte beschrijving hebben.",
                    "We do not check word for word what a board writes. A picture may have a poor description.",
                ),
                Words(
                    "Het beheer voor redacteuren is gemaakt met Wagtail en is niet door ons onderzocht.",
                    "The editors’ part of the site is made with Wagtail and we have not examined it.",
                ),
            )
        ),
        Heading("Werkt iets niet voor jou?", "Does something not work for you?"),
        P(
            "Bel 0570 00 12 34 of mail toegankelijk@havermeer.example. Zeg op welke pagina je was en wat er niet "
            "lukte. Je krijgt binnen vijf werkdagen antwoord. Tot het werkt, helpen we je op een andere manier.",
            "Call 0570 00 12 34 or mail toegankelijk@havermeer.example. Tell us which page you were on and what did "
            "not work. You get an answer within five working days. Until it works, we help you in another way.",
        ),
        Heading("Niet tevreden met ons antwoord?", "Not satisfied with our answer?"),
        P(
            "Dan kun je een klacht indienen bij de gemeente. Kom je er ook daarmee niet uit? Dan kun je naar de "
            "Nationale ombudsman.",
            "Then you can file a complaint with the municipality. Does that not settle it either? Then you can go "
            "to the National Ombudsman.",
        ),
    ),
)

PRIVACY = PageText(
    slug="privacy",
    title=Words("Privacy", "Privacy"),
    lead=Words(
        "We bewaren zo min mogelijk. Je kunt altijd zien wat we van je hebben, en het laten weghalen.",
        "We keep as little as possible. You can always see what is kept about you, and have it removed.",
    ),
    body=(
        Heading("Wat we bewaren, en waarom", "What we keep, and why"),
        Table(
            Words("Wat we van je bewaren", "What we keep about you"),
            (
                (Words("Wat", "What"), Words("Waarvoor", "What for"), Words("Tot wanneer", "Until when")),
                (
                    Words("Naam, adres, telefoon, geboortedatum", "Name, address, phone, date of birth"),
                    Words(
                        "Zodat we weten wie je bent en je kunnen bereiken",
                        "So that we know who you are and can reach you",
                    ),
                    Words("Tot je weggaat", "Until you leave"),
                ),
                (
                    Words("E-mailadres, passkey en codes", "E-mail address, passkey and codes"),
                    Words(
                        "Om jou te laten inloggen, en niemand anders", "To let you sign in, and nobody else"
                    ),
                    Words("Tot je weggaat", "Until you leave"),
                ),
                (
                    Words("Waar je bent ingelogd", "Where you are signed in"),
                    Words(
                        "Zodat je het ziet en daar kunt uitloggen",
                        "So that you can see it and sign out there",
                    ),
                    Words("Tot je uitlogt", "Until you sign out"),
                ),
                (
                    Words("In welke wijk je woont", "Which neighbourhood you live in"),
                    Words("Om te weten wie mag meedoen en stemmen", "To know who may take part and vote"),
                    Words(
                        "Je adres gaat weg als je vertrekt, de wijk blijft",
                        "Your address goes when you leave, the neighbourhood stays",
                    ),
                ),
                (
                    Words("Rollen en bestuurszetels", "Roles and board seats"),
                    Words("Om te weten wie wat mag en mocht", "To know who may do what, and who could"),
                    Words("Blijft, zonder je naam als je weggaat", "Stays, without your name once you leave"),
                ),
                (
                    Words("Uitnodigingen", "Invitations"),
                    Words("Om iemand te vragen mee te doen", "To ask somebody to take part"),
                    Words("Hooguit dertig dagen", "Thirty days at most"),
                ),
                (
                    Words("Wie wat deed met je gegevens", "Who did what with your data"),
                    Words("Om fouten en misbruik te vinden", "To find errors and abuse"),
                    Words("Blijft, zonder je naam als je weggaat", "Stays, without your name once you leave"),
                ),
            ),
        ),
        Heading("Wat we niet bewaren", "What we do not keep"),
        Bullets(
            (
                Words(
                    "Geen burgerservicenummer (BSN) en geen kopie van je paspoort.",
                    "No citizen service number (BSN) and no copy of your passport.",
                ),
                Words("Niet waar je bent met je telefoon.", "Not where you are with your phone."),
                Words(
                    "Geen cookies van anderen. De site telt je bezoek niet mee voor reclame.",
                    "No cookies of others. The site does not track your visits for advertising.",
                ),
            )
        ),
        Heading("Wie het kan zien", "Who can see it"),
        P(
            "Je adres zien alleen jij en de medewerkers van het wijkloket. Je naam zien ook de mensen met wie je iets "
            "doet, zoals in je huishouden of vereniging. Wie in een wijkbestuur zit, staat met naam op deze site. We "
            "geven niets door aan bedrijven.",
            "Only you and the people of the neighbourhood desk see your address. Your name is also seen by the people "
            "you do things with, such as your household or association. Whoever sits on a board is named on this site. "
            "We pass nothing on to companies.",
        ),
        Heading("Wat je zelf kunt doen", "What you can do yourself"),
        Bullets(
            (
                Words(
                    "<b>Bekijken en meenemen.</b> Bij ‘Mijn gegevens’ download je alles wat we van je bewaren.",
                    "<b>See it and take it along.</b> Under ‘My data’ you download everything we keep about you.",
                ),
                Words(
                    "<b>Verbeteren.</b> Klopt iets niet? Pas het aan, of vraag het aan het wijkloket.",
                    "<b>Correct it.</b> Is something wrong? Change it, or ask the neighbourhood desk.",
                ),
                Words(
                    "<b>Laten weghalen.</b> Wil je weg? Dan maken we je gegevens leeg. Waar iets moet blijven, staat "
                    "‘oud-deelnemer’ in plaats van je naam.",
                    "<b>Have it removed.</b> Do you want to leave? Then we clear your data. Where something has to "
                    "stay, it says ‘former participant’ instead of your name.",
                ),
            )
        ),
        Heading("Vragen of een klacht?", "Questions or a complaint?"),
        P(
            "Mail privacy@havermeer.example of bel 0570 00 12 34. Ben je niet tevreden? Dan kun je een klacht indienen "
            "bij de Autoriteit Persoonsgegevens.",
            "Mail privacy@havermeer.example or call 0570 00 12 34. Are you not satisfied? Then you can complain to "
            "the Dutch Data Protection Authority.",
        ),
        Link(Words("Hulp en contact", "Help and contact"), "/hulp"),
    ),
)
