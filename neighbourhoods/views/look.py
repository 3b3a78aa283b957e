"""How a neighbourhood looks: a plain form within Wagtail's admin, for its board."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from content import theme
from core import clock
from core.actor import Actor
from core.refusals import Refusal, refuse
from neighbourhoods.forms.look import LookForm, look_of
from neighbourhoods.models import Neighbourhood
from neighbourhoods.operations.look import change_look
from neighbourhoods.rights import edited_by
from people.models import User


def looks(request: HttpRequest) -> HttpResponse:
    """The neighbourhoods whose look one may change; the form itself when there is one."""
    mine = list(edited_by(_login(request)).select_related("coin"))
    if not mine:
        raise Http404
    if len(mine) == 1:
        return redirect("neighbourhood_look", mine[0].slug)
    return render(request, "neighbourhoods/admin/looks.html", {"neighbourhoods": mine, **_frame(_("Looks"))})


def look(request: HttpRequest, slug: str) -> HttpResponse:
    """The form and a preview of what it gives."""
    neighbourhood = get_object_or_404(edited_by(_login(request)).select_related("coin", "logo"), slug=slug)
    form = LookForm(request.POST or None, initial=look_of(neighbourhood), neighbourhood=neighbourhood)
    if request.method == "POST" and form.is_valid():
        try:
            change_look(
                neighbourhood=neighbourhood, **form.cleaned_data, actor=_actor(request), at=clock.now()
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The new look is on all pages now."))
            return redirect("neighbourhood_look", slug)
    return render(
        request,
        "neighbourhoods/admin/look.html",
        {
            "form": form,
            "neighbourhood": neighbourhood,
            **_preview(form, neighbourhood),
            **_frame(neighbourhood.name),
        },
    )


def _actor(request: HttpRequest) -> Actor:
    login = _login(request)
    return Actor(user=login, person=login.person, principal=login.person)


def _login(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def _preview(form: LookForm, neighbourhood: Neighbourhood) -> dict[str, Any]:
    """The coin, the street and the contrast of what was chosen, or of the present look while it is not right yet."""
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else look_of(neighbourhood)
    palette = theme.derive(chosen["colour"], chosen["accent"]).day
    return {
        "palette": palette,
        "coin_name": chosen["coin_name"],
        "landmark": chosen["landmark"],
        "contrast": min(
            theme.contrast(palette.on_nb, palette.nb), theme.contrast(palette.on_accent, palette.accent)
        ),
    }


def _frame(title: str) -> dict[str, Any]:
    """What Wagtail's own header needs."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Home")}
    return {
        "page_title": title,
        "breadcrumbs_items": [home, {"url": "", "label": title}],
        "header_icon": "view",
    }
