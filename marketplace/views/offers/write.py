"""Putting something on the market: one form that takes a minute. And changing it as long as it is not there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.form_keys import derive_key
from core.refusals import Refusal
from marketplace.forms.offer_steps import PlainForm
from marketplace.forms.offers import ChangeOfferForm, Choices, OfferForm, initial_of
from marketplace.models import Direction, Offer
from marketplace.operations.offers import withdraw
from marketplace.operations.standing import NoAccountHere, NotAdmitted, NotResident, check_provider
from marketplace.operations.writing import rewrite_offer, send_offer, set_point, write_offer
from marketplace.pointing import sheet_of
from marketplace.queries.pages import page_of_offer
from marketplace.queries.traders import parties_traded_for
from marketplace.states import OfferState
from marketplace.views.offers.base import at_offer, by, is_done, show
from marketplace.views.offers.shown import UNSEEN, Shown
from neighbourhoods.models import Neighbourhood
from neighbourhoods.queries.board_values import categories_to_choose
from neighbourhoods.queries.items import valued_on, with_words
from neighbourhoods.shown import show_place
from neighbourhoods.views.posted import posted
from people.acting import actor_of, person_behind
from people.models import Party

ALONG = ("coin", "logo", "party", "area", "municipality__organisation_details")


@login_required
@never_cache
def offer_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Offer something, or with ?direction=DEMAND ask for something. Who is sent to the board is told so."""
    place = get_object_or_404(Neighbourhood.objects.select_related(*ALONG), slug=slug)
    direction = _direction(request)
    person = person_behind(request)
    providers, refusal = _providers(person, place)
    show_place(request, place)
    context: dict[str, Any] = {
        "neighbourhood": place,
        "coin": place.coin,
        "direction": direction,
        "is_demand": direction == Direction.DEMAND,
        "crumbs": [(_("Market"), reverse("market_in", args=[place.slug]))],
    }
    if not providers:
        return render(request, "marketplace/offers/no_place.html", {**context, **_way_in(refusal, place)})
    choices = _choices(place, direction, providers)
    form = OfferForm(posted(request), _files(request), choices=choices)
    if request.method == "POST" and form.is_valid():
        made: list[Offer] = []
        if is_done(form, lambda: made.append(_write(request, form))):
            messages.success(request, _said(made[0]))
            return redirect("offer", ref=made[0].ref)
        form.say_lost_picture()
    return render(
        request, "marketplace/offers/write.html", {**context, "form": form, "is_board": _is_board(choices)}
    )


@at_offer
def offer_edit(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Change what is not on the market yet. What has a page is changed there."""
    offer = shown.offer
    _check_can_write(shown)
    if page := page_of_offer(offer):
        return redirect("wagtailadmin_pages:edit", page.pk)
    choices = _choices(offer.neighbourhood, offer.direction, [offer.provider])
    form = ChangeOfferForm(
        posted(request),
        _files(request),
        choices=choices,
        has_picture=offer.picture is not None,
        initial=_initial(shown),
    )
    if request.method == "POST" and form.is_valid():
        if is_done(form, lambda: _rewrite(shown, form)):
            messages.success(request, _said(offer))
            return redirect("offer", ref=offer.ref)
        form.say_lost_picture()
    return show(shown, "write", form=form, is_demand=offer.is_demand, neighbourhood=offer.neighbourhood,
                is_board=_is_board(choices), is_change=True)  # fmt: skip


@at_offer
def offer_send(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Send a draft to the board as it is."""
    _check_can_write(shown)
    form = PlainForm(posted(request))
    if request.method == "POST" and is_done(form, lambda: send_offer(offer=shown.offer, **by(shown))):
        messages.success(request, _said(shown.offer))
        return redirect("offer", ref=shown.offer.ref)
    return show(shown, "deed", form=form, title=_("Send this to the board?"), act=_("Send it to the board"),
                lead=_("A member of the board reads it. You get a mail when it is on the market."))  # fmt: skip


@at_offer
def offer_withdraw(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Take back what is not on the market yet."""
    _check_can_write(shown)
    form = PlainForm(posted(request))
    if request.method == "POST" and is_done(form, lambda: withdraw(offer=shown.offer, **by(shown))):
        messages.success(request, _("You took it back."))
        return redirect(shown.market())
    return show(shown, "deed", form=form, title=_("Take this back?"), act=_("Take it back"),
                lead=_("The board does not look at it any more, and it does not come on the market."))  # fmt: skip


@at_offer
def offer_place(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Point at the place on a drawing of the neighbourhood: a click sends the dot that was clicked."""
    _check_can_write(shown)
    area = shown.offer.neighbourhood.area
    sheet = sheet_of(area.outline) if area else None
    if sheet is None:
        raise Http404
    form = PlainForm(posted(request))
    if request.method == "POST":
        x, y = _number(request.POST.get("point.x")), _number(request.POST.get("point.y"))
        # Who presses Enter on the drawing sends its corner: that is no place that anybody pointed at.
        point = sheet.point_at(x, y) if x and y else None
        if point is None and "away" not in request.POST:
            messages.info(request, _("Click on the place in the drawing. Saying it in words is enough too."))
        elif is_done(form, lambda: set_point(offer=shown.offer, point=point, **by(shown))):
            messages.success(
                request, _("This is the place.") if point else _("The place is taken off the drawing.")
            )
            return redirect("offer_place", ref=shown.offer.ref)
    address = sheet.address(shown.point)
    return show(shown, "place", form=form, drawing=address, sheet=sheet)


def _direction(request: HttpRequest) -> str:
    asked = request.GET.get("direction", "").upper()
    return asked if asked in Direction.values else Direction.SUPPLY


def _providers(person: Party, place: Neighbourhood) -> tuple[list[Party], Refusal | None]:
    """For whom somebody can put something on this market; and why not in their own name, when there is nobody."""
    today, found, first = clock.today(), [], None
    for party in parties_traded_for(person, today):
        try:
            check_provider(party, place, today)
        except Refusal as refusal:
            first = first or refusal
        else:
            found.append(party)
    return found, first


def _way_in(refusal: Refusal | None, place: Neighbourhood) -> dict[str, str]:
    """Why there is no form, and where to go."""
    ways = {
        NotResident: (_("Where I live"), reverse("residency")),
        NoAccountHere: (_("My wallet"), reverse("wallet")),
        NotAdmitted: (_("Ask the board"), reverse("admission_request", args=[place.slug])),
    }
    words, url = ways.get(type(refusal) if refusal else NotResident, ("", ""))
    return {"why": str(refusal or ""), "way_words": words, "way_url": url}


def _choices(place: Neighbourhood, direction: str, providers: list[Party]) -> Choices:
    others = Neighbourhood.objects.filter(municipality=place.municipality_id).exclude(pk=place.pk)
    return Choices(
        neighbourhood=place,
        direction=direction,
        providers=providers,
        categories=categories_to_choose(),
        items=list(with_words(valued_on(place, clock.today()))),
        places=list(others.order_by("name")),
        today=clock.today(),
    )


def _write(request: HttpRequest, form: OfferForm) -> Offer:
    provider = form.provider_chosen()
    owner = person_behind(request).canonical_id
    return write_offer(
        neighbourhood=form.among.neighbourhood,
        direction=form.among.direction,
        provider=provider,
        words=form.words(),
        terms=form.terms(),
        stock=form.cleaned_data["stock"],
        key=derive_key(scope="offer.draft", owner=owner, form_id=form.cleaned_data["key"]),
        actor=actor_of(request, principal=provider),
        at=clock.now(),
    )


def _rewrite(shown: Shown, form: ChangeOfferForm) -> Offer:
    return rewrite_offer(
        offer=shown.offer,
        words=form.words(),
        keeps_picture=not form.cleaned_data.get("removes_picture"),
        terms=form.terms(),
        stock=form.cleaned_data["stock"],
        **by(shown),
    )


def _initial(shown: Shown) -> dict[str, Any]:
    """The offer as the form shows it."""
    offer, text = shown.offer, shown.text
    return {
        "title": text.title, "summary": text.summary, "about": text.about, "language": text.language,
        "kind": offer.kind, "category": offer.category.slug, "place": offer.place, "stock": offer.stock,
        "picture_alt": offer.picture_alt, "tags": ", ".join(tag.name for tag in offer.tags.all()),
        **initial_of(offer.terms),
    }  # fmt: skip


def _check_can_write(shown: Shown) -> None:
    """:raises Http404: to who does not write it, and for what is on the market already or was."""
    if not shown.may_write or shown.offer.state not in UNSEEN:
        raise Http404


def _is_board(choices: Choices) -> bool:
    """Whether whatever is written here comes on the market at once."""
    return [one.pk for one in choices.providers] == [choices.neighbourhood.party_id]


def _said(offer: Offer) -> str:
    if offer.state == OfferState.PUBLISHED:
        return _("This is on the market now.")
    return _("Thank you. The board has it now.")  # what happens then stands on the page that is shown


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


def _number(sent: str | None) -> float:
    """Nought for what is no number."""
    try:
        return float(sent or 0)
    except ValueError:
        return 0.0
