"""What every drawing shares."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


def number(value: float) -> str:
    """One decimal at most: finer than any screen shows, and half the size of the page."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def percent(value: float) -> str:
    """A place or a size as a part of the drawing, finer than any screen shows."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def spoken(label: str) -> SafeString:
    """Attributes that let a screen reader say the label, or pass over the drawing when there is none."""
    if not label:
        return mark_safe('aria-hidden="true" focusable="false"')
    return format_html('role="img" aria-label="{}" focusable="false"', label)


def classes(*names: str) -> str:
    """Join the class names that are not empty."""
    return " ".join(name for name in names if name)
