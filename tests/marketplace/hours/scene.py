"""What the tests about hours share: a shift that is over, and what stands in the books afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.models import AuditEntry
from ledger.kinds import Label, TransferKind
from ledger.models import Account, Transfer
from ledger.proving import find_faults
from marketplace.models import Participation, Shift
from marketplace.operations.hours import confirm, contest
from people.models import Party, PartyKind, User
from tests.factories.activities import AT, Season, activity, shift, takes_part
from tests.factories.people import actor, mandate, organisation

DAY = timedelta(days=1)
BEGAN = AT - DAY
OVER = AT  # a day after it began


def shift_that_is_over(there: Season, **more: Any) -> Shift:
    """Three hours of yesterday, worth 18,00 to everybody who was there."""
    return shift(activity(there, **more.pop("of", {})), BEGAN, **{"places": 20, **more})


def told(there: Season, who: User | Party, **more: Any) -> Participation:
    """Somebody told the hours of a shift of their own that is over."""
    person = who.person if isinstance(who, User) else who
    words = {name: more.pop(name) for name in ("minutes", "value") if name in more}
    return takes_part(shift_that_is_over(there, **more), person, "CLAIMED", **words)


def a_day_earlier(claim: Participation) -> Participation:
    """The same for a shift of the day before: nobody is at two places at once."""
    Shift.objects.filter(pk=claim.shift_id).update(
        starts_at=claim.shift.starts_at - DAY, ends_at=claim.shift.ends_at - DAY
    )
    claim.shift.refresh_from_db(fields=["starts_at", "ends_at"])
    return claim


def without_maximum(there: Season, who: User | Party, **more: Any) -> Participation:
    """The same under a label that has no maximum."""
    return told(there, who, of={"label": Label.EXPENSES}, **more)


def paid(there: Season, who: User, **more: Any) -> Participation:
    made = told(there, who, **more)
    confirm(participation=made, actor=actor(there.olaf), at=OVER)
    return made


def disputed(there: Season, who: User, offered: int = 60, **more: Any) -> Participation:
    """The organiser saw an hour of the three that were told."""
    made = told(there, who, **more)
    contest(participation=made, minutes=offered, reason="Left at three.", actor=actor(there.olaf), at=OVER)
    return made


def home_of(*people: User) -> Party:
    """A household of these."""
    home = organisation("At home", kind=PartyKind.HOUSEHOLD)
    for one in people:
        mandate(person=one, principal=home)
    return home


def balance(account: Account) -> int:
    account.refresh_from_db()
    return account.balance


def fresh(participation: Participation) -> Participation:
    return Participation.objects.get(pk=participation.pk)


def events(participation: Participation) -> list[str]:
    """What stands in the audit trail about it, the first first."""
    lines = AuditEntry.objects.filter(
        subject_model=participation._meta.label, subject_id=str(participation.pk)
    )
    return [
        event.removeprefix("participation.") for event in lines.order_by("pk").values_list("event", flat=True)
    ]


def check_books() -> None:
    """Rows and ledger say the same: each participation that is paid has its own reward, and there are no others."""
    for one in Participation.objects.select_related("transfer", "shift__activity"):
        assert (one.transfer is not None) == (one.state == "PAID"), one
        if one.transfer is not None:
            assert one.transfer.amount == one.reward, one
            assert one.transfer.payer_id == one.shift.activity.pot_id, one
            assert one.transfer.label == one.label, one
    rewards = Transfer.objects.filter(kind=TransferKind.REWARD).count()
    assert rewards == Participation.objects.filter(state="PAID").count()
    assert find_faults() == []
