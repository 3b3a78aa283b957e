"""A pot that runs dry between signing up and confirming: its holder spent it on something else."""

from __future__ import annotations

from datetime import datetime

from core.actor import Actor
from home.demo.load.season.scene import Scene
from ledger.kinds import Label, TransferKind
from ledger.operations import transfer
from ledger.queries import balance_of
from marketplace.models import Activity
from marketplace.queries.accounts import account_for

LEFT = 1_00


def spend(scene: Scene, activity: Activity, at: datetime) -> None:
    """All but a coin of the pot goes to somebody whose lessons it pays for too."""
    assert activity.pot is not None  # noqa: S101 - what is open has one
    who = scene.season.comes[0].who
    payee = account_for(scene.person(who), scene.place.coin)
    has = balance_of(activity.pot)
    if payee is not None and has.available > LEFT:
        transfer(
            payer=activity.pot, payee=payee, amount=has.available - LEFT, kind=TransferKind.REWARD,
            label=Label.BENEFIT_IN_KIND, note="Zwemles", key=scene.key("spent", activity.key),
            actor=Actor.system(), at=at,
        )  # fmt: skip
