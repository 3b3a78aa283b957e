"""What the floors above ask to be told. They register; this floor does not know them.

A function runs inside the transaction of the change, so that it happens with it or not at all; it may refuse.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from people.models import Party

OfficeHook = Callable[[Party, Party, datetime], None]
LinkHook = Callable[[Party, Party, datetime], None]
BirthdayHook = Callable[[Party], bool]

_office_changed: list[OfficeHook] = []
_before_linking: list[LinkHook] = []
_birthday_kept: list[BirthdayHook] = []


def office_changed(function: OfficeHook) -> OfficeHook:
    """Have a function told when somebody's offices for a party changed: (person, principal, at)."""
    if function not in _office_changed:
        _office_changed.append(function)
    return function


def before_linking(function: LinkHook) -> LinkHook:
    """Have a function asked before a number is linked to a person: (duplicate, same_as, at). It may refuse."""
    if function not in _before_linking:
        _before_linking.append(function)
    return function


def keeps_birthday(function: BirthdayHook) -> BirthdayHook:
    """Have a function asked whether others rely on when a person was born: then they do not change it themselves."""
    if function not in _birthday_kept:
        _birthday_kept.append(function)
    return function


def is_birthday_kept(person: Party) -> bool:
    return any(function(person) for function in _birthday_kept)


def tell_office_changed(person: Party, principal: Party, at: datetime) -> None:
    for function in _office_changed:
        function(person, principal, at)


def ask_before_linking(duplicate: Party, same_as: Party, at: datetime) -> None:
    for function in _before_linking:
        function(duplicate, same_as, at)
