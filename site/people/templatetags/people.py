"""Small helps for the pages about signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django import forms, template
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from people import mail
from people.devices import device_in_words
from people.models import Role
from people.roles import ROLE_WORDS

register = template.Library()
register.filter(device_in_words)


@register.simple_tag
def without_placeholders(form: forms.BaseForm) -> forms.BaseForm:
    """Take grey words out of fields: they vanish on typing, and every field has a label already."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form


@register.inclusion_tag("people/demo_code.html")
def demo_code(address: str) -> dict[str, str]:
    """Show the code that was mailed to an address. In the demo only: anywhere else this writes nothing."""
    text = mail.shown_mail(address)
    return {"code": mail.code_in(text), "text": text.strip()}


@register.inclusion_tag("people/demo_code.html", takes_context=True)
def demo_totp(context: dict[str, Any]) -> dict[str, str]:
    """Show the code that the code app of whoever is signing in shows now. In the demo only."""
    return {"code": _totp_now(context["request"]) if settings.DEMO else "", "text": "", "app": "yes"}


@register.inclusion_tag("people/demo_code.html")
def demo_totp_of(secret: str) -> dict[str, str]:
    """Show the code that a code app would show for a secret that is being set up. In the demo only."""
    return {"code": _codes(secret)[0] if settings.DEMO else "", "text": "", "app": "yes"}


def _totp_now(request: HttpRequest) -> str:
    stage = get_pending_stage(request)
    user = stage.login.user if stage else request.user
    if user is None or user.is_anonymous:
        return ""
    app = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).first()
    if app is None:
        return ""
    codes = _codes(decrypt(app.data["secret"]))
    unused = [code for code in codes if not cache.get(app.wrap()._get_used_cache_key(code))]
    return (unused or codes)[0]


def _codes(secret: str) -> list[str]:
    """The codes that are good now: that of this half minute first."""
    counters = list(totp.yield_hotp_counters_from_time())
    now = counters[len(counters) // 2]
    nearest = sorted(counters, key=lambda counter: abs(counter - now))
    return [totp.format_hotp_value(totp.hotp_value(secret, counter)) for counter in nearest]


@register.simple_tag
def role_words(role: str) -> str:
    """Write what somebody in a role does."""
    return str(ROLE_WORDS[Role(role)])


@register.simple_tag
def in_fours(text: str) -> str:
    """Write a long key in groups of four, so that somebody can type it over."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
