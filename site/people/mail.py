"""Mail: the demo's way of sending it, and the letters that this floor writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.console import EmailBackend
from django.template.loader import render_to_string

from people.models import Invitation

KEPT_SECONDS = 15 * 60  # as long as a code is good
CODE = re.compile(r"^\s*(\d{3}-\d{3})\s*$", re.MULTILINE)


class ConsoleAndPageBackend(EmailBackend):
    """Writes mail on the console; in the demo the page that waits for it shows it too."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if settings.DEMO:
            for message in email_messages:
                for recipient in message.to:
                    cache.set(_key(recipient), message.body, KEPT_SECONDS)
        return super().send_messages(email_messages) or 0


def shown_mail(address: str) -> str:
    """The last mail to an address, in the demo alone; nothing anywhere else."""
    if not settings.DEMO:
        return ""
    return str(cache.get(_key(address), ""))


def code_in(text: str) -> str:
    found = CODE.search(text)
    return found.group(1) if found else ""


def send_invitation(invitation: Invitation, *, url: str) -> None:
    """Write to whoever owns the address. The same letter whether or not they have a login."""
    words = {"invitation": invitation, "url": url}
    subject = render_to_string("people/email/invitation_subject.txt", words)
    text = render_to_string("people/email/invitation_message.txt", words)
    send_mail(" ".join(subject.split()), text, None, [invitation.email])


def _key(address: str) -> str:
    return "demo-mail-" + hashlib.sha256(address.strip().lower().encode()).hexdigest()
