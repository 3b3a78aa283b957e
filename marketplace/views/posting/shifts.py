"""The shifts of an activity: those that come, planning more in one of five ways, changing and calling off one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from core.refusals import Refusal, refuse
from marketplace.forms.shifts import (
    AgainForm,
    CallOffForm,
    ChangeShiftForm,
    DayForm,
    ManyForm,
    PaperForm,
    TemplateForm,
    WeeklyForm,
    hours_of,
)
from marketplace.models import Shift
from marketplace.operations import shifts as operations
from marketplace.operations.shifts import Slot
from marketplace.operations.shifts.planning import checked_slots
from marketplace.queries.activities import shift_at, text_of
from marketplace.queries.participations import UNSETTLED, with_counts
from marketplace.queries.posting import earlier_of, templates_of
from marketplace.states import ShiftState
from marketplace.views.posting.base import Post, at_activity, post_of
from neighbourhoods.views.boardroom.base import Ask

SHOWN, LAST = 60, 5
DAY, WEEKLY, TEMPLATE, AGAIN, PAPER = "day", "weekly", "kept", "again", "paper"


@at_activity
def activity_shifts(post: Post) -> HttpResponse:
    """What comes, and a form to plan more. Several at once are shown before they are planned."""
    how = post.request.GET.get("how", DAY)
    form = None if post.is_over else _form(post, how)
    seen: Sequence[Slot] = ()
    stand: Sequence[Slot] = ()
    if form is not None and post.request.method == "POST" and form.is_valid():
        slots = form.slots()
        if isinstance(form, ManyForm):
            slots, stand = _new_among(post, slots)
        if stand and not slots:
            form.add_error(None, _("All these shifts stand there already."))
        elif isinstance(form, ManyForm) and not form.is_seen(slots):
            seen = _looked_at(post, form, slots)
        elif post.sent(form, lambda _told: _plan(post, slots, is_held=how == PAPER), _said(len(slots))):
            return redirect("activity_shifts", ref=post.activity.ref)
    coming = with_counts(post.activity.shifts.filter(state=ShiftState.OPEN, ends_at__gt=post.now))
    past = with_counts(post.activity.shifts.filter(state=ShiftState.OPEN, ends_at__lte=post.now))
    number = SHOWN if post.request.GET.get("past") == "all" else LAST
    over = list(past.order_by("-starts_at", "-pk")[: number + 1])
    return post.show(
        "shifts", post.way_here(), form=form, how=how, tabs=_tabs(post, how), seen=seen, stand=stand,
        shown=SHOWN, has_older=len(over) > number and number == LAST,
        coming=coming.order_by("starts_at", "pk")[:SHOWN], past=over[:number],
        templates_url=f"{reverse('templates')}?organiser={post.party.uuid}",
    )  # fmt: skip


def _form(post: Post, how: str) -> Any:
    """:raises Http404: for a way of planning that there is not."""
    sent = post.posted
    if how == TEMPLATE:
        return TemplateForm(sent, templates=templates_of(post.party), initial={"monday": post.today})
    if how == AGAIN:
        earlier = [
            (one, text_of(one).title) for one in earlier_of(post.party, post.activity.neighbourhood)[:50]
        ]
        return AgainForm(sent, activities=earlier, initial={"activity": post.activity.pk})
    kinds: dict[str, Any] = {DAY: DayForm, WEEKLY: WeeklyForm, PAPER: PaperForm}
    if how not in kinds:
        raise Http404
    last = post.activity.shifts.order_by("-starts_at").first()
    hours = {**hours_of(last), "day": None} if last else {}
    return kinds[how](sent, initial={**hours, "first_on": post.today})


def _tabs(post: Post, how: str) -> list[tuple[str, str, bool, None]]:
    here = reverse("activity_shifts", args=[post.activity.ref])
    names = [(DAY, _("One day")), (WEEKLY, _("Every week"))]
    if how == TEMPLATE or templates_of(post.party).exists():
        names.append((TEMPLATE, _("A week you kept")))
    if how == AGAIN or earlier_of(post.party, post.activity.neighbourhood).exists():
        names.append((AGAIN, _("As before")))
    names.append((PAPER, _("From a list on paper")))
    return [(words, f"{here}?how={name}#plan", name == how, None) for name, words in names]


def _new_among(post: Post, slots: list[Slot]) -> tuple[list[Slot], list[Slot]]:
    """Those that are to be planned, and those of which the same hours stand there already. One query."""
    if not slots:
        return slots, []
    first, last = min(one.starts_at for one in slots), max(one.starts_at for one in slots)
    planned = post.activity.shifts.filter(state=ShiftState.OPEN, starts_at__gte=first, starts_at__lte=last)
    hours = set(planned.values_list("starts_at", "ends_at"))
    new = [one for one in slots if (one.starts_at, one.ends_at) not in hours]
    return new, [one for one in slots if (one.starts_at, one.ends_at) in hours]


def _looked_at(post: Post, form: Form, slots: list[Slot]) -> Sequence[Slot]:
    """What it gives, to be looked at; nothing when it does not do."""
    try:
        return checked_slots(post.activity, slots, post.now)
    except Refusal as refusal:
        refuse(form, refusal)
        return ()


def _plan(post: Post, slots: list[Slot], *, is_held: bool) -> object:
    return operations.plan_shifts(activity=post.activity, slots=slots, is_held=is_held, **post.by())


def _said(number: int) -> str:
    told = ngettext("%(number)s shift is planned.", "%(number)s shifts are planned.", number)
    return told % {"number": number}


@login_required
@never_cache
def shift_change(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Other hours while nobody signed up, more or fewer places, somebody else who is there."""
    post, shift = _at_shift(request, ref)
    stays = shift.participations.filter(state__in=UNSETTLED).exists()
    form = ChangeShiftForm(post.posted, hours_stay=stays, initial=hours_of(shift))

    def deed(_told: dict[str, Any]) -> object:
        slot = form.slot_of(shift)
        return operations.change_shift(
            shift=shift, starts_at=slot.starts_at, ends_at=slot.ends_at, places=slot.places, host=slot.host,
            **post.by(),
        )  # fmt: skip

    if post.sent(form, deed, _("The shift is changed.")):
        return redirect("activity_shifts", ref=post.activity.ref)
    ask = Ask(
        title=_("Change this shift"), lead=_when(shift), button=_("Keep the change"), back_url=_back(post),
        back=_("Leave it as it is"),
        note=_("People have signed up, so its hours stay. Call it off if it cannot be then.") if stays else "",
    )  # fmt: skip
    return post.ask(ask, form, _way_to_shifts(post))


@login_required
@never_cache
def shift_cancel(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Call one off, with the reason that everybody reads."""
    post, shift = _at_shift(request, ref)
    form = CallOffForm(post.posted)
    people = shift.participations.filter(state__in=UNSETTLED).count()
    told = ngettext("%(number)s person gets a mail.", "%(number)s people get a mail.", people)
    ask = Ask(
        title=_("Call off this shift?"), lead=_when(shift), button=_("Call it off"), back_url=_back(post),
        back=_("Let it go on"), note=told % {"number": people} if people else _("Nobody has signed up."),
    )  # fmt: skip

    def deed(said: dict[str, Any]) -> object:
        return operations.cancel_shift(shift=shift, reason=said["reason"], **post.by())

    if post.sent(form, deed, _("The shift is called off.")):
        return redirect("activity_shifts", ref=post.activity.ref)
    return post.ask(ask, form, _way_to_shifts(post))


def _at_shift(request: HttpRequest, ref: UUID) -> tuple[Post, Shift]:
    """:raises Http404: without such a shift, and to who does not organise it."""
    shift = shift_at(ref)
    if shift is None:
        raise Http404
    return post_of(request, shift.activity), shift


def _when(shift: Shift) -> str:
    return operations.in_words(shift.starts_at)


def _back(post: Post) -> str:
    return reverse("activity_shifts", args=[post.activity.ref])


def _way_to_shifts(post: Post) -> list[tuple[str, str]]:
    return [*post.way_here(), (_("Shifts"), _back(post))]
