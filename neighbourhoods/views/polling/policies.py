"""How a neighbourhood decides, at the municipality: the rules as they are, and a new version of one."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from neighbourhoods.forms.policies import PolicyForm
from neighbourhoods.models import Category, DecisionPolicy, Subject
from neighbourhoods.operations.policies import FIRST, PolicyValues, set_policy, values_of
from neighbourhoods.queries.items import name_of_category
from neighbourhoods.queries.policies import category_tree, own_policy, policies_of
from neighbourhoods.views.policy_words import PolicyWords, words_of_policy
from neighbourhoods.views.polling.base import Crumbs, PollingOffice, at_rules
from neighbourhoods.views.posted import posted


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A section of the page: what it is about, the rules in words if there are any, and where they are changed."""

    anchor: str
    title: str
    url: str
    words: PolicyWords | None = None


@at_rules
def policies(request: HttpRequest, office: PollingOffice) -> HttpResponse:
    """All that is written down, with the way to change it."""
    held = policies_of(office.neighbourhood)
    general = {policy.subject: policy for policy in held if policy.category is None}
    special = [policy for policy in held if policy.category is not None]
    rows = [_rules(office, subject, general.get(subject)) for subject in Subject]
    rows += [_rules(office, Subject.VALUE, policy) for policy in special]
    return office.show("policies", _crumbs(), rows=rows, add_url=office.url("polling_policy_categories"))


def _rules(office: PollingOffice, subject: Subject, policy: DecisionPolicy | None) -> Rules:
    if policy is None:
        url = office.url("polling_policy", subject)
        return Rules(anchor=subject.lower(), title=str(capfirst(subject.label)), url=url)
    words = words_of_policy(policy)
    url = office.url("polling_policy", subject)
    if policy.category:
        url = office.url("polling_policy_of", policy.category.slug)
    return Rules(anchor=words.anchor, title=words.title, url=url, words=words)


@at_rules
def categories(request: HttpRequest, office: PollingOffice) -> HttpResponse:
    """Choose what has its own rules: for all that is worth something in a category these hold instead of the others."""
    held = policies_of(office.neighbourhood)
    own = {policy.category_id for policy in held if policy.category_id}
    rows = [
        [(name_of_category(one), office.url("polling_policy_of", one.slug), one.pk in own)
         for one in (branch, *branch.children.all())]
        for branch in category_tree()
    ]  # fmt: skip
    return office.show("policy_categories", [*_crumbs(), _up(office)], rows=rows)


@at_rules
def policy(request: HttpRequest, office: PollingOffice, subject: str) -> HttpResponse:
    """A new version for one subject. What runs goes on under the version that it began with."""
    if subject not in Subject:
        raise Http404
    return _change(request, office, Subject(subject), None)


@at_rules
def policy_of(request: HttpRequest, office: PollingOffice, category: str) -> HttpResponse:
    """The same for the values of one category; what is not written down for it yet begins as that for all."""
    return _change(request, office, Subject.VALUE, get_object_or_404(Category, slug=category))


def _change(
    request: HttpRequest, office: PollingOffice, subject: Subject, category: Category | None
) -> HttpResponse:
    form = PolicyForm(posted(request), subject=subject, present=_present(office, subject, category))

    def deed() -> object:
        place, values = office.neighbourhood, form.values()
        return set_policy(
            neighbourhood=place, subject=subject, values=values, category=category, **office.by()
        )

    if office.did(form, deed):
        messages.success(request, _("The new rules hold for what begins from now on."))
        return redirect(office.url("polling_policies"))
    title = str(capfirst(subject.label))
    if category:
        title = f"{title}: {name_of_category(category)}"
    return office.show("policy", [*_crumbs(), _up(office)], form=form, title=title, category=category)


def _present(office: PollingOffice, subject: Subject, category: Category | None) -> PolicyValues:
    """What holds now, or would hold if nobody wrote anything down."""
    place = office.neighbourhood
    wider = [category, category.parent if category else None, None]
    held = next(filter(None, (own_policy(place, subject, one) for one in wider)), None)
    return values_of(held) if held else FIRST[subject]


def _crumbs() -> Crumbs:
    """A clerk may work at no polling office: the way back is the page from which all these rooms open."""
    return [(_("Elections and rules"), reverse("polling"))]


def _up(office: PollingOffice) -> tuple[str, str]:
    return _("Rules for deciding"), office.url("polling_policies")
