"""Words in addresses that belong to the site itself: a page that takes one could never be reached."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

RESERVED_SLUGS = frozenset(
    {
        "account", "admin", "check", "demo", "desk", "documents", "en", "finance", "funding", "healthz", "log",
        "market", "media", "nl", "pay", "proof", "search", "static", "style", "theme", "till", "vote", "wallet",
    }
)  # fmt: skip

# How deep front pages stand. What stands right below one shares its level with the words above.
FRONT_PAGE_DEPTH = 2


def check_slug(slug: str, depth_of_parent: int) -> None:
    """Refuse a word that the site itself uses, right below a front page.

    :raises ValidationError: beside the field of the slug.
    """
    if depth_of_parent == FRONT_PAGE_DEPTH and slug in RESERVED_SLUGS:
        sentence = _("The site itself uses this word in its addresses. Choose another.")
        raise ValidationError({"slug": ValidationError(sentence, code="reserved")})
