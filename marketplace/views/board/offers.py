"""One offer before the board: read, let on the market, sent back, taken off, put back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from marketplace.forms.board import FingerprintForm, ReturnForm, WhyForm
from marketplace.models import Offer, OfferPage
from marketplace.operations import offers as operations
from marketplace.queries.bounds import bound_of
from marketplace.queries.moderation import reports_of
from marketplace.queries.offers import fingerprint, reason_of, replaces, text_of
from marketplace.states import OfferState
from marketplace.units import per_unit
from marketplace.views.board.base import MarketRoom, in_market_room
from marketplace.views.telling import phase_of_offer, phase_of_report
from neighbourhoods.queries.items import name_of_category, words_of
from neighbourhoods.views.boardroom.base import Ask, Crumbs

WRITTEN_BEFORE = frozenset({OfferState.RETURNED, OfferState.PAUSED})


@in_market_room
def board_offer(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """All that the board looks at before it decides."""
    return _show(room, room.offer(ref))


@in_market_room
def publish(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Let on the market what was read, and nothing else."""
    found = room.offer(ref)
    form = FingerprintForm(room.posted)
    if room.sent(
        form,
        lambda told: operations.publish(offer=found, seen=told["seen"], **room.by()),
        _("It is on the market. Whoever wrote it gets a mail."),
    ):
        return room.go("board_market")
    return _show(room, room.offer(ref), form) if request.method == "POST" else room.go("board_offer", ref)


@in_market_room
def send_back(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Back to whoever wrote it, with what has to change."""
    ask = Ask(
        title=_("Send this back?"),
        lead=_("It does not come on the market as it is. Whoever wrote it can change it and send it again."),
        button=_("Send it back"),
        back_url=room.url("board_offer", ref),
    )
    return _with_reason(
        room, ref, ReturnForm, operations.return_offer, ask, _("It is sent back, with your reason.")
    )


@in_market_room
def suspend(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Off the market, until the board puts it back."""
    ask = Ask(
        title=_("Take this off the market?"),
        lead=_("Nobody can order it any more. What was ordered goes on."),
        note=_("Only the board can put it back."),
        button=_("Take it off the market"),
        back_url=room.url("board_offer", ref),
        back=_("Leave it on"),
    )
    return _with_reason(room, ref, WhyForm, operations.suspend, ask, _("It is off the market."))


@in_market_room
def release(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Back on the market."""
    ask = Ask(
        title=_("Put this back on the market?"),
        lead=_("Everybody can see and order it again."),
        button=_("Put it back"),
        back_url=room.url("board_offer", ref),
        back=_("Leave it off"),
    )
    return _with_reason(room, ref, WhyForm, operations.release, ask, _("It is on the market again."))


def way_to(room: MarketRoom, offer: Offer) -> Crumbs:
    return room.way((text_of(offer).title, room.url("board_offer", offer.ref)))


def _with_reason(
    room: MarketRoom,
    ref: UUID,
    kind: type[ReturnForm | WhyForm],
    deed: Callable[..., object],
    ask: Ask,
    done: str,
) -> HttpResponse:
    """A step of the board that needs a reason."""
    found = room.offer(ref)
    form = kind(room.posted)
    if room.sent(form, lambda told: deed(offer=found, reason=told["reason"], **room.by()), done):
        return room.go("board_market")
    return room.ask(ask, form, way_to(room, found))


def _show(room: MarketRoom, offer: Offer, form: FingerprintForm | None = None) -> HttpResponse:
    on = clock.day_of(room.now)
    item = offer.terms.item if offer.terms else None
    is_own = room.has_interest(offer.provider)
    page = OfferPage.objects.filter(offer=offer).order_by("pk").first()
    return room.show(
        "offer",
        room.way(),
        offer=offer,
        text=text_of(offer),
        texts=sorted(offer.texts.all(), key=lambda text: text.language != offer.language),
        phase=phase_of_offer(offer),
        category=name_of_category(offer.category),
        per=per_unit(offer.terms.unit) if offer.terms else "",
        valued=words_of(item).name if item else "",
        bound=bound_of(item, on),
        places=[one.neighbourhood for one in offer.terms.places.all()] if offer.terms else [],
        old=replaces(offer),
        reason=reason_of(offer, "offer.return", "offer.pause", "offer.suspend")
        if offer.state in WRITTEN_BEFORE
        else "",
        reports=[] if is_own else [(one, *phase_of_report(one)) for one in reports_of(offer)],
        can=set() if is_own else _can(offer, is_page=page is not None),
        is_own=is_own,
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else "",
        seen=fingerprint(offer),
        form=form,
    )


def _can(offer: Offer, *, is_page: bool) -> set[str]:
    """What the board can do with it now. What has a page is approved where the page is written: both go together."""
    if offer.state == OfferState.SUBMITTED:
        return {"edit"} if is_page else {"publish", "return"}
    if offer.state == OfferState.RETURNED and not is_page:
        return {"publish"}
    if offer.state == OfferState.PUBLISHED:
        return {"suspend"}
    return {"release"} if offer.paused_by_board else set()
