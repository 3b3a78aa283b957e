"""How a neighbourhood decides, at the municipality: the rules as they are, and a new version of one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from neighbourhoods.forms.policies import PolicyForm
from neighbourhoods.models import Subject
from neighbourhoods.operations.policies import FIRST, set_policy, values_of
from neighbourhoods.queries.policies import policies_of
from neighbourhoods.views.policy_words import words_of_policy
from neighbourhoods.views.polling.base import Crumbs, PollingOffice, at_rules
from neighbourhoods.views.posted import posted


@at_rules
def policies(request: HttpRequest, office: PollingOffice) -> HttpResponse:
    """All that is written down, with the way to change it."""
    found = {
        policy.subject: policy for policy in policies_of(office.neighbourhood) if policy.category_id is None
    }
    rows = [
        {
            "subject": subject,
            "title": subject.label,
            "words": words_of_policy(found[subject]) if subject in found else None,
        }
        for subject in Subject
    ]
    return office.show("policies", _crumbs(), rows=rows)


@at_rules
def policy(request: HttpRequest, office: PollingOffice, subject: str) -> HttpResponse:
    """A new version for one subject. What runs goes on under the version that it began with."""
    if subject not in Subject:
        raise Http404
    held = {
        policy.subject: policy for policy in policies_of(office.neighbourhood) if policy.category_id is None
    }.get(subject)
    present = values_of(held) if held else FIRST[subject]
    form = PolicyForm(posted(request), subject=subject, present=present)

    def deed() -> object:
        place, values = office.neighbourhood, form.values()
        return set_policy(neighbourhood=place, subject=subject, values=values, **office.by())

    if office.did(form, deed):
        messages.success(request, _("The new rules hold for what begins from now on."))
        return redirect(office.url("polling_policies"))
    rules = (_("Rules for deciding"), office.url("polling_policies"))
    return office.show("policy", [*_crumbs(), rules], form=form, subject=Subject(subject))


def _crumbs() -> Crumbs:
    """A clerk may work at no polling office: the way back is the page from which all these rooms open."""
    return [(_("Elections and rules"), reverse("polling"))]
