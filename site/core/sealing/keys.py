"""The key of this site's logs, and those it had before."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from core.sealing.notes import Signer, Verifier


def signer_of(log: str) -> Signer:
    """What the checkpoints of a log are signed with.

    A developer's machine and the demo have no LOG_KEY; there the key follows from SECRET_KEY, and proves nothing.
    """
    if settings.LOG_KEY:
        return Signer.parse(settings.LOG_KEY).of_log(log)
    seed = hmac.digest(settings.SECRET_KEY.encode(), b"the key of the logs", hashlib.sha256)
    return Signer("localhost/log", seed).of_log(log)


def verifiers_of(log: str) -> list[Verifier]:
    """The key that a log is signed with now, and those it was signed with before."""
    now = signer_of(log).verifier
    former = [Verifier.parse(text) for text in settings.LOG_FORMER_KEYS]
    return [now, *(one for one in former if one.name.rpartition("/")[2] == log)]


def origin_of(log: str) -> str:
    """The name of a log in its checkpoints."""
    return signer_of(log).name
