from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.refusals import Refusal, refuse
from people import permissions, queries
from people.acting import actor_of, person_behind, user_of
from people.forms import InvitationForm, ReasonForm
from people.mail import send_invitation
from people.models import Invitation, Mandate
from people.operations import invitations, mandates
from people.operations.mandates import NotYourMandate
from people.views.organisations import principal_for, refused


@login_required
def invite(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Offer a role by e-mail. The answer is the same whether or not the address has a login."""
    party = principal_for(request, number)
    if not permissions.may_manage(person_behind(request), party, clock.today()):
        return refused(request, NotYourMandate(), party)
    form = InvitationForm(request.POST or None, principal=party)
    if request.method == "POST" and form.is_valid():
        try:
            sent = invitations.invite(
                principal=party, actor=actor_of(request, principal=party), at=clock.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            send_invitation(sent, url=request.build_absolute_uri(reverse("account_organisations")))
            messages.success(request, _("We mailed the invitation. You see here when it is accepted."))
            return redirect("account_organisation", party.uuid)
    is_self = permissions.is_own(person_behind(request), party)
    return render(request, "people/invite.html", {"form": form, "party": party, "is_self": is_self})


@login_required
@require_POST
def withdraw(request: HttpRequest, number: uuid.UUID, pk: int) -> HttpResponse:
    """Take an invitation back."""
    party = principal_for(request, number)
    invitation = get_object_or_404(Invitation, pk=pk, principal=party)
    try:
        invitations.withdraw_invitation(
            invitation=invitation, actor=actor_of(request, principal=party), at=clock.now()
        )
    except Refusal as refusal:
        return refused(request, refusal, party)
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("account_organisation", party.uuid)


@login_required
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept an invitation, or say no. Whoever opens the address itself is led to where invitations stand."""
    if request.method != "POST":
        return redirect("account_organisations")
    user = user_of(request)
    invitation = queries.invitations_to(user, clock.now()).filter(pk=pk).first()
    if invitation is None:
        raise Http404
    says_yes = request.POST.get("answer") == "yes"
    act = invitations.accept_invitation if says_yes else invitations.decline_invitation
    try:
        act(invitation=invitation, user=user, actor=actor_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("account_organisations")
    if not says_yes:
        messages.success(request, _("You said no to the invitation."))
        return redirect("account_organisations")
    messages.success(request, _("You can act for %s now.") % invitation.principal.display_name)
    return redirect("account_organisation", invitation.principal.uuid)


@login_required
def end(request: HttpRequest, number: uuid.UUID, pk: int) -> HttpResponse:
    """End a role, from now on: yesterday was its last day."""
    party, person = principal_for(request, number), person_behind(request)
    office = get_object_or_404(
        Mandate.objects.select_related("person__person_details"), pk=pk, principal=party
    )
    is_mine = queries.is_same_person(office.person, person)
    if not is_mine and not permissions.may_manage(person, party, clock.today()):
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mandates.end_mandate(
                mandate=office, on=clock.today() - timedelta(days=1), reason=form.cleaned_data["reason"],
                actor=actor_of(request, principal=None if is_mine else party), at=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("The role has ended."))
            return _after_ending(request, number)
    words = {"form": form, "party": party, "office": office, "is_mine": is_mine}
    return render(request, "people/office_end.html", words)


def _after_ending(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    try:
        return redirect("account_organisation", principal_for(request, number).uuid)
    except Http404:
        return redirect("account_organisations")  # it was the visitor's last role there
