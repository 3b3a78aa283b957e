"""One activity before the board: read, opened, sent back, stopped, let go on, paid otherwise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from marketplace.forms.activity_money import MoneyForm, OpenForm
from marketplace.forms.board import ReturnForm, WhyForm
from marketplace.models import Activity, Shift
from marketplace.operations import activities as operations
from marketplace.operations.activities.standing import OVER, WRITABLE
from marketplace.queries.activities import activity_at, text_of
from marketplace.queries.pages import page_of_activity
from marketplace.queries.participations import with_counts
from marketplace.queries.posting import fingerprint, numbers_for_board, reason_of
from marketplace.queries.pots import pots_near, pots_to_choose, promised_from
from marketplace.rewarding import reward_of
from marketplace.states import ActivityState, ShiftState
from marketplace.views.board.base import MarketRoom, in_market_room
from marketplace.views.organising.desk import DISCS
from neighbourhoods.models import ItemKind
from neighbourhoods.queries.items import per_unit, value_on, valued_on, with_words, words_of
from neighbourhoods.views.boardroom.base import Ask, Crumbs, Room
from neighbourhoods.views.boardroom.further import Door, in_the_room
from neighbourhoods.views.boardroom.words import Matter

SHOWN = 20


@in_market_room
def board_activity(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """All that the board looks at before it decides."""
    return _show(room, _at(room, ref))


@in_market_room
def publish(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Open what was read, paid from the pot that was chosen."""
    found = _at(room, ref)
    form = _open_form(room, found)

    def deed(told: dict[str, Any]) -> object:
        return operations.publish(activity=found, pot=form.pots[told["pot"]], seen=told["seen"], **room.by())

    if room.sent(form, deed, _("It is open. Its organiser gets a mail.")):
        return room.go("board_activity", ref)
    if request.method == "POST":
        return _show(room, _at(room, ref), form)
    return room.go("board_activity", ref)


@in_market_room
def send_back(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Back to its organiser, with what has to change."""
    ask = Ask(
        title=_("Send this back?"),
        lead=_("It does not open as it is. Its organiser can change it and send it again."),
        button=_("Send it back"), back_url=room.url("board_activity", ref),
    )  # fmt: skip
    done = _("It is sent back, with your reason.")
    return _with_reason(room, ref, ReturnForm, operations.return_activity, ask, done, step="return")


@in_market_room
def suspend(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Stopped, until the board lets it go on."""
    ask = Ask(
        title=_("Stop this activity?"), lead=_("Nobody can sign up any more. Who has a place keeps it."),
        note=_("Only the board can let it go on."), button=_("Stop it"), back_url=room.url("board_activity", ref),
        back=_("Let it go on"),
    )  # fmt: skip
    return _with_reason(room, ref, WhyForm, operations.suspend, ask, _("It is stopped."), step="suspend")


@in_market_room
def release(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """Open again."""
    ask = Ask(
        title=_("Let this go on?"), lead=_("People can sign up again."), button=_("Let it go on"),
        back_url=room.url("board_activity", ref), back=_("Leave it stopped"),
    )  # fmt: skip
    return _with_reason(room, ref, WhyForm, operations.release, ask, _("It goes on."), step="release")


@in_market_room
def call_off(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """For good, of what the board stopped."""
    ask = Ask(
        title=_("Call off this activity?"),
        lead=_("All shifts to come are called off, and this cannot be undone. Hours of shifts that were are paid."),
        button=_("Call it off"), back_url=room.url("board_activity", ref), back=_("Leave it stopped"),
    )  # fmt: skip
    return _with_reason(room, ref, WhyForm, operations.cancel, ask, _("It is called off."), step="call_off")


@in_market_room
def money(request: HttpRequest, room: MarketRoom, ref: UUID) -> HttpResponse:
    """What it earns from now on, from which pot, and who can take part."""
    found, place = _at(room, ref), room.neighbourhood
    today = clock.day_of(room.now)
    items = list(with_words(valued_on(place, today).filter(kind=ItemKind.ACTIVITY)))
    form = MoneyForm(
        room.posted, organiser=found.organiser, items=items, pots=pots_near(place, [found.organiser], today),
        initial={
            "item": found.item.ref, "pot": found.pot.address if found.pot else "", "label": found.label,
            "lowest_age": found.lowest_age, "asks_conduct_certificate": found.asks_conduct_certificate,
        },
    )  # fmt: skip

    def deed(told: dict[str, Any]) -> object:
        return operations.change_money(
            activity=found, item=told["item"], label=told["label"], pot=form.pots[told["pot"]],
            lowest_age=told["lowest_age"], asks_conduct_certificate=told.get("asks_conduct_certificate"),
            reason=told["reason"], **room.by(),
        )  # fmt: skip

    if room.sent(form, deed, _("It is changed. Its organiser gets a mail.")):
        return room.go("board_activity", ref)
    ask = Ask(
        title=_("Change what this earns"),
        lead=_("It holds for who signs up from now on. Who signed up before keeps what they were promised."),
        button=_("Change it"), back_url=room.url("board_activity", ref), back=_("Leave it as it is"),
    )  # fmt: skip
    return room.ask(ask, form, _way_to(room, found))


@in_the_room
def activities_door(room: Room) -> Door:
    """What the board looks after about activities."""
    waits = numbers_for_board(room.neighbourhood, clock.day_of(room.now))
    url = room.url("board_hours")
    told = (
        (waits.activities, ngettext("%(number)d activity", "%(number)d activities", waits.activities)),
        (waits.shifts, ngettext("hours of %(number)d shift", "hours of %(number)d shifts", waits.shifts)),
        (waits.disputes, ngettext("%(number)d disagreement", "%(number)d disagreements", waits.disputes)),
        (
            waits.leaders,
            ngettext("%(number)d time of an organiser", "%(number)d times of organisers", waits.leaders),
        ),
    )
    title = ", ".join(words % {"number": number} for number, words in told if number)
    return Door(
        id="activities", title=_("Activities"), url=url, action=_("To activities and hours"),
        text=_("The board reads activities before they open, and helps where hours are not confirmed."),
        matters=(Matter(title=title, words=_("Look after activities"), url=url),) if title else (),
    )  # fmt: skip


def _at(room: MarketRoom, ref: UUID) -> Activity:
    """:raises Http404: when there is none, or one of another neighbourhood."""
    found = activity_at(ref)
    if found is None or found.neighbourhood_id != room.neighbourhood.pk:
        raise Http404
    return found


def _way(room: MarketRoom) -> Crumbs:
    return room.crumbs((_("Activities and hours"), room.url("board_hours")))


def _way_to(room: MarketRoom, activity: Activity) -> Crumbs:
    return [*_way(room), (text_of(activity).title, room.url("board_activity", activity.ref))]


def _with_reason(
    room: MarketRoom,
    ref: UUID,
    kind: type[ReturnForm | WhyForm],
    deed: Callable[..., object],
    ask: Ask,
    done: str,
    *,
    step: str,
) -> HttpResponse:
    """A step of the board that needs a reason. It is not asked when it cannot be taken any more; what was sent all the
    same is refused by the operation, which says why."""
    found = _at(room, ref)
    if room.request.method != "POST" and step not in _can(found, is_page=page_of_activity(found) is not None):
        return room.go("board_activity", ref)
    form = kind(room.posted)
    if room.sent(form, lambda told: deed(activity=found, reason=told["reason"], **room.by()), done):
        return room.go("board_activity", ref)
    return room.ask(ask, form, _way_to(room, found))


def _open_form(room: MarketRoom, activity: Activity) -> OpenForm:
    pots = pots_to_choose(activity, clock.day_of(room.now))
    chosen = activity.pot.address if activity.pot else ""
    only = pots[0].account.address if len(pots) == 1 else ""
    initial = {"seen": fingerprint(activity), "pot": chosen or only}
    return OpenForm(room.posted, pots=pots, initial=initial)


def _show(room: MarketRoom, activity: Activity, form: OpenForm | None = None) -> HttpResponse:
    on = clock.day_of(room.now)
    is_own = room.has_interest(activity.organiser)
    page = page_of_activity(activity)
    can = set() if is_own else _can(activity, is_page=page is not None)
    coming = activity.shifts.filter(state=ShiftState.OPEN, ends_at__gt=room.now)
    value = value_on(activity.item, on)
    if form is None and "publish" in can:
        form = _open_form(room, activity)
    return room.show(
        "activity",
        _way(room),
        activity=activity,
        text=text_of(activity),
        texts=sorted(activity.texts.all(), key=lambda text: text.language != activity.language),
        phase=(DISCS[ActivityState(activity.state)], capfirst(activity.get_state_display())),
        item=words_of(activity.item).name,
        value=value,
        per=per_unit(activity.item.unit),
        coming=with_counts(coming).order_by("starts_at", "pk")[:SHOWN],
        reason=_reason(activity),
        can=can,
        is_own=is_own,
        edit_url=reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else "",
        form=form,
        pots=_in_pots(form) if form else [],
        costs=_costs(activity, coming, value) if form and value else None,
    )


def _in_pots(form: OpenForm) -> list[dict[str, Any]]:
    """The pots to choose from: what each has, and what of that is promised already (minor units)."""
    promised = promised_from(form.pots.values())
    return [
        {"name": name, "available": pot.available, "promised": promised[pot.pk]}
        for pot, name in zip(form.pots.values(), form.pot_names, strict=True)
    ]


def _costs(activity: Activity, coming: QuerySet[Shift], value: int) -> int:
    """What an activity costs when everybody comes to every shift that is planned (minor units)."""
    return sum(reward_of(value, activity.item.unit, one.minutes) * one.places for one in coming)


def _reason(activity: Activity) -> str:
    if activity.state == ActivityState.RETURNED:
        return reason_of(activity, "activity.return")
    return reason_of(activity, "activity.suspend") if activity.paused_by_board else ""


def _can(activity: Activity, *, is_page: bool) -> set[str]:
    """What the board can do with it now. What has a page is read where the page is written: both go together."""
    state, can = activity.state, set()
    if state == ActivityState.SUBMITTED:
        can = {"edit"} if is_page else {"publish", "return"}
    elif state == ActivityState.RETURNED and not is_page:
        can = {"publish"}
    elif activity.paused_by_board:
        can = {"release", "call_off"}
    elif state in {ActivityState.PUBLISHED, ActivityState.PAUSED}:
        can = {"suspend"}
    return can | (set() if state in OVER | WRITABLE else {"money"})
