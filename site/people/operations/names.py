"""What stands as a name is read by strangers, in mails too: it holds no web address and stays on one line."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from core.refusals import Refusal
from people.validators import NOT_A_NAME, validate_name


class NotAName(Refusal):
    """A name with a web address or a line break in it: the words of a mail that we would send for somebody."""

    code = "not_a_name"
    sentence = NOT_A_NAME
    field = "name"


def check_names(*names: str) -> None:
    """Refuse what a form would have said beside its field."""
    for name in names:
        try:
            validate_name(name)
        except ValidationError:
            raise NotAName from None
