"""A market to measure in: three neighbourhoods with all their pages, and as many offers as are asked for.

What an offer says is put together from a few dozen sentences, so that a word is said in as large a part of a large
market as of a small one. Offers are written many at a time, as the operations would have left them.
"""

from __future__ import annotations

import random
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import islice
from typing import Final

from django.db import connection, transaction
from taggit.models import Tag

from core import clock
from core.clock import day_of
from core.sealing.notes import KEY_BYTES, Signer
from marketplace.models import Direction, Offer, OfferKind, OfferReach, OfferTag, OfferTerms, OfferText, Reach
from marketplace.operations.words_of_offer import found_by
from marketplace.states import OfferState
from neighbourhoods.models import Category, CategoryText, Neighbourhood
from people.models import OrganisationDetails, Party, PartyKind, PersonDetails
from tests.factories.neighbourhoods import area, found

# By name, with the middle of each and its part of all offers.
PLACES: Final = {
    "Molenwijk": (52.30, 60),
    "Sluiskade": (52.33, 30),
    "Zonneveld": (52.36, 10),
}
EAST: Final = 4.90
PERSONS, COMPANIES = 300, 100
BATCH: Final = 2000
DAYS: Final = 365

# What it is, of which kind, in which category.
SUBJECTS: Final = (
    ("Fiets repareren", OfferKind.SERVICE, "fietsen"),
    ("Band plakken terwijl je wacht", OfferKind.SERVICE, "fietsen"),
    ("Tweedehands fiets", OfferKind.GOOD, "hergebruik"),
    ("Bakfiets lenen", OfferKind.TRANSPORT, "fiets-boot"),
    ("Hond uitlaten", OfferKind.SERVICE, "huisdieren"),
    ("Oppas voor een avond", OfferKind.SERVICE, "oppas"),
    ("Koffie drinken en praten", OfferKind.SERVICE, "bezoek"),
    ("Hulp bij papieren", OfferKind.SERVICE, "papieren"),
    ("Huiswerk maken", OfferKind.COURSE, "huiswerk"),
    ("Nederlands oefenen", OfferKind.COURSE, "taal"),
    ("Leren bellen met beeld", OfferKind.COURSE, "computerles"),
    ("Zwemles voor volwassenen", OfferKind.SPORT, "sportles"),
    ("Gitaarles voor beginners", OfferKind.COURSE, "kunstles"),
    ("Aanschuiven aan tafel", OfferKind.EVENT, "tafel"),
    ("Pan soep voor vier", OfferKind.GOOD, "koken"),
    ("Sla en snijbiet", OfferKind.GOOD, "groente"),
    ("Stekjes en bollen", OfferKind.GOOD, "planten"),
    ("Pot honing", OfferKind.GOOD, "honing"),
    ("Appeltaart uit eigen oven", OfferKind.GOOD, "bakken"),
    ("Jam van bramen", OfferKind.GOOD, "jam"),
    ("Vogelhuisje", OfferKind.GOOD, "houtwerk"),
    ("Heg knippen", OfferKind.SERVICE, "tuinwerk"),
    ("Stoep sneeuwvrij maken", OfferKind.SERVICE, "straat"),
    ("Ramen lappen", OfferKind.SERVICE, "poetsen"),
    ("Broek korter maken", OfferKind.SERVICE, "kleding"),
    ("Lamp of broodrooster maken", OfferKind.SERVICE, "apparaten"),
    ("Computer weer snel maken", OfferKind.SERVICE, "computers"),
    ("Stoel lijmen", OfferKind.SERVICE, "meubels"),
    ("Muur schilderen", OfferKind.SERVICE, "schilderen"),
    ("Kast in elkaar zetten", OfferKind.SERVICE, "timmeren"),
    ("Kraan die lekt", OfferKind.SERVICE, "kraan"),
    ("Meerijden naar het ziekenhuis", OfferKind.TRANSPORT, "meerijden"),
    ("Helpen met verhuizen", OfferKind.TRANSPORT, "verhuizen"),
    ("Boodschappen brengen", OfferKind.TRANSPORT, "boodschappen"),
    ("Kaartje voor het zwembad", OfferKind.MUNICIPAL, "zwembad"),
    ("Schaken op dinsdag", OfferKind.EVENT, "spel"),
    ("Concert in de kerk", OfferKind.EVENT, "optreden"),
    ("Sleutel van het buurthuis", OfferKind.JOB, "openhouden"),
    ("Boormachine lenen", OfferKind.GOOD, "gereedschap"),
    ("Twintig stoelen lenen", OfferKind.GOOD, "feestspullen"),
    ("Haar knippen aan huis", OfferKind.SERVICE, "haar"),
    ("Wassen en strijken", OfferKind.SERVICE, "was"),
    ("Stroom van ons dak", OfferKind.ENERGY, "hergebruik"),
    ("Grofvuil naar de straat brengen", OfferKind.MUNICIPAL, "grofvuil"),
)
WHOSE: Final = (
    "bij jou thuis",
    "in de buurt",
    "voor ouderen",
    "op zaterdag",
    "met zijn tweeën",
    "in de avond",
)
SENTENCES: Final = (
    "Ik doe dit al jaren en kom graag langs.",
    "Je hoeft zelf niets mee te nemen.",
    "Bel even als je eerst iets wilt vragen.",
    "In het weekend kan het ook, na tien uur.",
    "We spreken samen af wanneer het uitkomt.",
    "Kinderen zijn welkom, de hond ook.",
    "Het gereedschap ligt in de schuur achter de molen.",
    "Duurt het langer, dan rekenen we niets extra.",
    "Ook als het al jaren in de schuur staat.",
    "De sleutel haal je bij de bakker op de hoek.",
    "Wie het niet kan betalen, vraagt ons even.",
    "Regent het, dan schuiven we het een dag op.",
)
TAGS: Final = (
    "buiten", "binnen", "ouderen", "kinderen", "weekend", "avond", "gratis koffie", "tweedehands", "biologisch",
    "rolstoel", "samen", "stil", "engels", "turks", "arabisch", "pools",
)  # fmt: skip
STREETS: Final = ("Molenstraat", "Kerkweg", "Sluiskade", "Dijk", "Zonneplein", "Havenlaan")


# --- Before there are offers ------------------------------------------------------------------------------------------


def build() -> str:
    """The places, founded as they are in life, and whoever will offer something there. Gives a key for the logs, which
    the settings of production ask for."""
    for number, (name, (north, _part)) in enumerate(PLACES.items()):
        outline = {"type": "Polygon", "coordinates": [_square(north)]}
        found(name, decisions=True, area=area(f"WK12340{number}", name, outline=outline))
    at = clock.now()
    persons = Party.objects.bulk_create(Party(kind=PartyKind.PERSON, created_at=at) for _ in range(PERSONS))
    PersonDetails.objects.bulk_create(
        PersonDetails(party=party, given_name=f"Buur {number}", family_name="de Vries")
        for number, party in enumerate(persons)
    )
    companies = Party.objects.bulk_create(
        Party(kind=PartyKind.COMPANY, created_at=at) for _ in range(COMPANIES)
    )
    OrganisationDetails.objects.bulk_create(
        OrganisationDetails(party=party, name=f"Winkel {number}") for number, party in enumerate(companies)
    )
    Tag.objects.bulk_create(Tag(name=name, slug=name.replace(" ", "-")) for name in TAGS)
    return Signer("localhost/log", secrets.token_bytes(KEY_BYTES)).private_text()


def _square(north: float) -> list[list[float]]:
    """Some two kilometres by two."""
    south, west, east = north - 0.02, EAST - 0.015, EAST + 0.015
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


# --- The offers -------------------------------------------------------------------------------------------------------


def fill(offers: int) -> None:
    """Put so many on the market."""
    writing = Writing.begun()
    numbers = iter(range(1, offers + 1))
    while batch := list(islice(numbers, BATCH)):
        writing.write(batch)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (FREEZE, ANALYZE)")
        cursor.execute("CHECKPOINT")


@cache
def words_of(part: str) -> str:
    """The same few sentences come back over and over."""
    return found_by([part])


@dataclass
class Row:
    """All that is written of one offer."""

    offer: Offer
    terms: OfferTerms
    texts: list[OfferText]
    tags: list[Tag]
    named: Neighbourhood | None


@dataclass
class Writing:
    """`names` are those of a category and of its branch, by the number of the category."""

    chance: random.Random
    at: datetime
    places: list[Neighbourhood]
    providers: list[Party]
    categories: dict[str, Category]
    names: dict[int, list[str]]
    tags: list[Tag]

    @classmethod
    def begun(cls) -> Writing:
        categories = {one.slug: one for one in Category.objects.all()}
        said: dict[int, list[str]] = {}
        for number, name in CategoryText.objects.order_by("pk").values_list("category_id", "name"):
            said.setdefault(number, []).append(name)
        return cls(
            chance=random.Random(7),
            at=clock.now(),
            places=list(Neighbourhood.objects.filter(name__in=PLACES).order_by("pk")),
            providers=list(Party.objects.with_names().filter(kind__in=[PartyKind.PERSON, PartyKind.COMPANY])),
            categories=categories,
            names={
                one.pk: [*said.get(one.pk, ()), *said.get(one.parent_id or 0, ())]
                for one in categories.values()
            },
            tags=list(Tag.objects.all()),
        )

    def write(self, numbers: list[int]) -> None:
        rows = [self.row(number) for number in numbers]
        with transaction.atomic():  # offers and terms point at each other
            Offer.objects.bulk_create(row.offer for row in rows)
            OfferTerms.objects.bulk_create(row.terms for row in rows)
            OfferText.objects.bulk_create(text for row in rows for text in row.texts)
            OfferTag.objects.bulk_create(
                OfferTag(content_object_id=row.offer.pk, tag=tag) for row in rows for tag in row.tags
            )
            OfferReach.objects.bulk_create(
                OfferReach(terms_id=row.terms.pk, neighbourhood=row.named) for row in rows if row.named
            )

    def row(self, number: int) -> Row:
        """One offer; it and its terms have this number."""
        chance = self.chance
        subject, kind, slug = chance.choice(SUBJECTS)
        tags = chance.sample(self.tags, chance.randint(0, 3))
        terms = self.terms(number)
        offer = self.offer(number, terms, kind, self.categories[slug])
        texts = self.texts(number, subject)
        told = [part for text in texts for part in (text.title, text.summary, text.about)]
        told += [*(tag.name for tag in tags), *self.names[offer.category_id]]
        offer.words = " ".join(words_of(part) for part in [*told, offer.provider.display_name, offer.place])
        others = [place for place in self.places if place.pk != offer.neighbourhood_id]
        named = chance.choice(others) if terms.reach == Reach.NAMED else None
        return Row(offer=offer, terms=terms, texts=texts, tags=tags, named=named)

    def terms(self, number: int) -> OfferTerms:
        chance = self.chance
        return OfferTerms(
            pk=number, offer_id=number, version=1, amount=chance.randint(1_00, 99_00),
            euro=chance.choice((0, 0, 0, 0, 2_50)), until_on=day_of(self.at) + timedelta(chance.randint(1, DAYS)),
            reach=chance.choices([Reach.HERE, Reach.NAMED, Reach.ANYWHERE], [85, 5, 10])[0], made_at=self.at,
        )  # fmt: skip

    def offer(self, number: int, terms: OfferTerms, kind: OfferKind, category: Category) -> Offer:
        chance = self.chance
        place = chance.choices(self.places, [PLACES[one.name][1] for one in self.places])[0]
        provider = chance.choice(self.providers)
        north = PLACES[place.name][0] - chance.random() * 0.02
        is_drawn = chance.random() < 0.5
        return Offer(
            pk=number, neighbourhood=place, direction=chance.choices(Direction.values, [3, 1])[0], kind=kind,
            category=category, provider=provider, language="nl", place=f"{chance.choice(STREETS)} {number % 90 + 1}",
            latitude=north if is_drawn else None, longitude=EAST if is_drawn else None, terms_id=terms.pk,
            price=terms.amount, until_on=terms.until_on, reach=terms.reach, stock=chance.choice((None, None, 0, 1, 12)),
            state=OfferState.PUBLISHED, made_by=provider, made_at=self.at, key=uuid.uuid4(),
            published_at=self.at - timedelta(minutes=chance.randint(1, DAYS * 24 * 60)),
        )  # fmt: skip

    def texts(self, number: int, subject: str) -> list[OfferText]:
        """Most are told in Dutch alone."""
        chance = self.chance
        summary, *about = chance.sample(SENTENCES, 5)
        title = f"{subject} {chance.choice(WHOSE)}"
        dutch = OfferText(offer_id=number, language="nl", title=title, summary=summary, about=" ".join(about))
        if chance.random() < 0.8:
            return [dutch]
        return [dutch, OfferText(offer_id=number, language="en", title=f"{title}, in English too")]
