"""The link in a mail that stops it: signed, so that nobody can make one for the search of somebody else."""

from __future__ import annotations

from django.core.signing import Signer

from marketplace.models import SavedSearch


def _signer() -> Signer:
    return Signer(salt="marketplace.saved_search.stop")


def token_of(saved: SavedSearch) -> str:
    return _signer().sign(saved.ref.hex)


def saved_behind(token: str) -> SavedSearch | None:
    """None when it was removed since.

    :raises django.core.signing.BadSignature: for what we did not sign.
    """
    return SavedSearch.objects.filter(ref=_signer().unsign(token)).select_related("neighbourhood").first()
