"""Code letters: whoever can type the code in has had the letter in their hands, at the address they gave."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.actor import Actor
from core.audit import record
from core.clock import day_of
from core.refusals import Refusal
from neighbourhoods.models import Attestation, Residency
from neighbourhoods.permissions import check, check_not_own, may_serve
from neighbourhoods.states import RESIDENCY

DAYS_GOOD = timedelta(days=30)
MOST_TRIES = 5

# No two that look alike (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) and no vowels, so that no code is a word.
LETTERS = "3479CDFHJKMNPRTWXY"
LENGTH = 8
SALT = "neighbourhoods.letters.code"


class NotByLetter(Refusal):
    """The person chose to come to the desk."""

    code = "not_by_letter"
    sentence = _("This person comes to the desk. No letter is needed.")


def print_letter(*, residency: Residency, actor: Actor, at: datetime) -> str:
    """Make a new code for this request and return it, to be shown this once. An older letter is void by it.

    :raises NotAllowed: to anybody but a clerk of the municipality.
    :raises OwnMatter: to the person itself, who would otherwise attest themselves.
    :raises NotByLetter: when the person comes to the desk.
    :raises MoveRefused: when the request was dealt with already.
    """
    check(may_serve(actor, residency.neighbourhood.municipality, day_of(at)))
    code = make_code()
    with transaction.atomic():
        locked = (
            Residency.objects.select_for_update(of=("self",)).select_related("person").get(pk=residency.pk)
        )
        RESIDENCY.after(locked.state, "enter_code")
        check_not_own(actor, locked.person)
        if locked.attestation != Attestation.CODE_LETTER:
            raise NotByLetter
        Residency.objects.filter(pk=locked.pk).update(
            code_hash=hash_of(locked, code), code_made_at=at, code_tries=0
        )
        record("residency.letter", subject=locked, actor=actor, at=at, about=[locked.person])
    residency.refresh_from_db()
    return code


def make_code() -> str:
    """Eight letters and digits in two groups, as they stand in the letter."""
    drawn = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    return f"{drawn[:4]} {drawn[4:]}"


def tidy_code(typed: str) -> str:
    """What was typed without spaces and dashes, in capitals."""
    return "".join(letter for letter in typed.upper() if letter.isalnum())


def hash_of(residency: Residency, code: str) -> str:
    """What is kept of a code. Keyed with the site's secret, which no copy of the database holds; a slow hash would
    only hold the row's lock longer, and five tries are all there are. It belongs to this one letter.
    """
    return salted_hmac(SALT, f"{residency.pk}:{tidy_code(code)}", algorithm="sha256").hexdigest()
