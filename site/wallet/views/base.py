"""The doors of the wallet: who may open an account, and who sits at a finance desk. All others find no such page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from core import clock
from core.actor import Actor
from ledger.kinds import HELD
from ledger.operations import UnknownAccount
from ledger.queries import account_at
from neighbourhoods.models import Neighbourhood
from people.acting import actor_of, person_behind
from people.middleware import second_step
from people.models import Party
from people.permissions import day_limit, is_own, may_pay
from wallet import permissions
from wallet.models import Treasury

if TYPE_CHECKING:
    from ledger.models import Account, Coin

P = ParamSpec("P")


@dataclass(frozen=True)
class Wallet:
    """An account that is open before somebody, who may at least see it."""

    request: HttpRequest
    account: Account
    person: Party

    @property
    def holder(self) -> Party:
        return self.account.holder

    @property
    def coin(self) -> Coin:
        return self.account.coin

    @property
    def is_own(self) -> bool:
        """Whether the coins are the person's own; otherwise each page says for whom they act."""
        return is_own(self.person, self.holder)

    @property
    def may_pay(self) -> bool:
        return may_pay(self.person, self.holder, clock.today())

    @property
    def day_limit(self) -> int | None:
        """How much this person may pay for another in a day (minor units); None without a limit."""
        return day_limit(self.person, self.holder, clock.today())

    @property
    def actor(self) -> Actor:
        return actor_of(self.request, principal=self.holder)


def at_wallet(
    view: Callable[Concatenate[HttpRequest, Wallet, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """Open the account whose address stands in the path (`<str:address>`) to who may see it."""

    @wraps(view)
    def inner(request: HttpRequest, address: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        person = person_behind(request)
        try:
            account = account_at(address)
        except UnknownAccount as error:
            raise Http404 from error
        holder = account.holder
        if account.kind not in HELD or not permissions.may_see(person, holder, clock.today()):
            raise Http404
        return view(request, Wallet(request, account, person), *args, **kwargs)

    return login_required(never_cache(inner))


@dataclass(frozen=True)
class FinanceDesk:
    """The finance desk of a neighbourhood, and the party for which somebody sits there."""

    request: HttpRequest
    neighbourhood: Neighbourhood
    person: Party
    principal: Party

    @property
    def coin(self) -> Coin:
        return self.neighbourhood.coin

    @property
    def treasury(self) -> Treasury | None:
        """Where the euros are; None until somebody has said so."""
        return Treasury.objects.filter(neighbourhood=self.neighbourhood).first()

    @property
    def actor(self) -> Actor:
        return actor_of(self.request, principal=self.principal)

    def crumbs(self, *deeper: tuple[str, str]) -> list[tuple[str, str]]:
        """The way back from a room of this desk."""
        return [(_("Finance desk"), reverse("finance_desk", args=[self.neighbourhood.slug])), *deeper]


def at_finance_desk(
    view: Callable[Concatenate[HttpRequest, FinanceDesk, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in who has the finances of the neighbourhood in the path (`<slug:slug>`); 404 for everybody else."""

    @wraps(view)
    def inner(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        along = Neighbourhood.objects.select_related("coin", "party", "municipality__organisation_details")
        neighbourhood = get_object_or_404(along, slug=slug)
        person = person_behind(request)
        principal = permissions.acts_in_finance(person, neighbourhood, clock.today())
        if principal is None:
            raise Http404
        desk = FinanceDesk(request, neighbourhood, person, principal)
        # Other people's money lies on this desk: a code by mail alone does not open it.
        return second_step(request) or view(request, desk, *args, **kwargs)

    return login_required(never_cache(inner))
