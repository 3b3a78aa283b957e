"""Questions about offers: which, whose, in which words, under which terms."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from core.models import AuditEntry
from marketplace.models import ON_MARKET, Offer, OfferText, Order
from marketplace.states import OfferState, OrderState
from neighbourhoods.models import CategoryText, Neighbourhood, ValuedItem
from neighbourhoods.queries.items import with_words
from people.models import Party
from people.queries import numbers_of

ALONG = (
    "neighbourhood__coin", "neighbourhood__party__organisation_details", "category__parent", "terms", "picture",
    "provider__person_details", "provider__organisation_details",
)  # fmt: skip
PUT_BACK = frozenset({OrderState.DECLINED, OrderState.CANCELLED, OrderState.EXPIRED})


def offer_at(ref: UUID) -> Offer | None:
    """The offer with this number in its address, in whatever state: who may see one that is not on the market says
    the caller."""
    return with_all(Offer.objects.filter(ref=ref)).first()


def text_of(offer: Offer, language: str | None = None) -> OfferText:
    """The words of an offer in a language, of the moment unless one is given; else in the language in which it was
    written, else in whichever it has. No query when the offer came through `with_all`."""
    texts = {text.language: text for text in offer.texts.all()}
    for code in (language or get_language() or "", offer.language, settings.LANGUAGE_CODE, *sorted(texts)):
        if code in texts:
            return texts[code]
    return OfferText(offer=offer, language=offer.language, title="–")


def on_market(on: date) -> QuerySet[Offer]:
    """What everybody may see and order on a day: also when the clock did not come by yet, nothing past its last day."""
    return Offer.objects.filter(ON_MARKET, until_on__gte=on)


def offers_of(party: Party) -> QuerySet[Offer]:
    """All that a party offers and asks, of a person under any of their numbers, the newest first."""
    holders = numbers_of(party).order_by() if party.is_person else [party]
    return Offer.objects.filter(provider__in=holders).order_by("-made_at", "-pk")


def waiting_in(neighbourhood: Neighbourhood) -> QuerySet[Offer]:
    """What waits for the board, the oldest first."""
    found = Offer.objects.filter(neighbourhood=neighbourhood, state=OfferState.SUBMITTED)
    return found.order_by("made_at", "pk")


def with_all(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """The same offers with all that a page about one reads: a fixed number of queries more, however many they are."""
    return offers.select_related(*ALONG).prefetch_related(
        "texts",
        "tags",  # type: ignore[misc]  # taggit's manager can be fetched so, its stubs do not say it
        "terms__places__neighbourhood",
        Prefetch("terms__item", with_words(ValuedItem.objects.all())),
        Prefetch("category__texts", CategoryText.objects.select_related("locale")),
    )


def reason_of(offer: Offer, *events: str) -> str:
    """The reason that was given when one of these last happened to an offer: why it was sent back, or taken off."""
    line = _lines(offer).filter(event__in=events).select_related("note").order_by("-pk").first()
    note = getattr(line, "note", None)
    return note.text if note else ""


def is_paused_by_clock(offer: Offer) -> bool:
    """Whether it is off the market because its last day passed or it may not stand there as it is: nobody chose so."""
    if offer.state != OfferState.PAUSED or offer.paused_by_board:
        return False
    last = _lines(offer).filter(event="offer.pause").order_by("-pk").first()
    return last is not None and last.acted_by_id is None


def replaces(offer: Offer) -> Offer | None:
    """The offer that ends when this one comes on the market, as it was written to replace it."""
    line = _lines(offer).filter(event="offer.draft").order_by("pk").first()
    return Offer.objects.filter(pk=int(line.before)).first() if line and line.before else None


def ordered_meanwhile(offer: Offer) -> int:
    """How many pieces of the offer that this one replaces were ordered since its own number was last said, and were
    not put back."""
    old = replaces(offer)
    said = _lines(offer).filter(event__in=["offer.draft", "offer.stock"]).order_by("-pk").first()
    if old is None or said is None:
        return 0
    # Which came first says the number of the line, not the clock: an order locks the offer that is written again.
    placed = AuditEntry.objects.filter(event="order.place", subject_model=Order._meta.label, pk__gt=said.pk)
    since = {int(number) for number in placed.filter(at__gte=said.at).values_list("subject_id", flat=True)}
    orders = Order.objects.filter(offer=old, placed_at__gte=said.at).exclude(state__in=PUT_BACK)
    return sum(
        quantity if delivered is None else delivered
        for number, quantity, delivered in orders.values_list("pk", "quantity", "delivered")
        if number in since
    )


def fingerprint(offer: Offer) -> str:
    """A short sign of all that the board looks at. It changes with every change, so that nothing else is let through
    than what was read."""
    texts = (
        OfferText.objects.filter(offer=offer)
        .order_by("language")
        .values_list("language", "title", "summary", "about")
    )
    tags = sorted(offer.tags.values_list("name", flat=True))
    seen = (
        list(texts), tags, offer.kind, offer.category_id, offer.picture_id, offer.picture_alt, offer.place,
        offer.latitude, offer.longitude, offer.terms_id, offer.stock,
    )  # fmt: skip
    return sha256(repr(seen).encode()).hexdigest()[:32]


def _lines(offer: Offer) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(subject_model=Offer._meta.label, subject_id=str(offer.pk))
