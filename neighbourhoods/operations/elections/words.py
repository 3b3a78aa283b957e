"""The language in which the site itself gives a reason that is kept."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils.translation import override


def in_our_language() -> AbstractContextManager[None]:
    """What is written down once is read by all: in the language of the place, whoever happens to act."""
    return override(settings.LANGUAGE_CODE)
