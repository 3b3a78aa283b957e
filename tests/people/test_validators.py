from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from people.models import PartyKind, Role
from people.operations.persons import tidy_postcode
from people.roles import ROLE_WORDS, ROLES_OF
from people.validators import validate_iban, validate_kvk_number, validate_phone, validate_postcode

RIGHT = [
    (validate_kvk_number, "12345678"),
    (validate_iban, "NL91ABNA0417164300"),
    (validate_iban, "DE89370400440532013000"),
    (validate_postcode, "1234 AB"),
    (validate_postcode, "1234ab"),
    (validate_phone, "06 12 34 56 78"),
    (validate_phone, "+31 6 12345678"),
    (validate_phone, "020-1234567"),
]
WRONG = [
    (validate_kvk_number, "1234567"),
    (validate_kvk_number, "00000000"),
    (validate_iban, "NL91ABNA0417164301"),
    (validate_iban, "ABNA0417164300"),
    (validate_postcode, "0123 AB"),
    (validate_postcode, "1234"),
    (validate_phone, "12"),
    (validate_phone, "phone"),
]


@pytest.mark.parametrize(("validate", "value"), RIGHT)
def test_what_is_right_passes(validate: Callable[[str], None], value: str) -> None:
    validate(value)


@pytest.mark.parametrize(("validate", "value"), WRONG)
def test_what_is_wrong_is_refused_with_a_sentence(validate: Callable[[str], None], value: str) -> None:
    with pytest.raises(ValidationError, match=r"for example|has"):
        validate(value)


@pytest.mark.parametrize("typed", ["1234ab", " 1234 AB ", "12 34 aB"])
def test_a_postcode_is_written_as_the_post_does(typed: str) -> None:
    assert tidy_postcode(typed) == "1234 AB"


def test_every_kind_of_party_knows_its_offices_and_every_office_has_words() -> None:
    assert set(ROLES_OF) == set(PartyKind)
    assert set(ROLE_WORDS) == set(Role)
    assert set().union(*ROLES_OF.values()) == set(Role)
