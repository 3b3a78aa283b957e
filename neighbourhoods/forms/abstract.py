"""A form of which each kind says a part for itself."""

from __future__ import annotations

from abc import ABCMeta

from django.forms.forms import DeclarativeFieldsMetaclass


class AbstractForm(DeclarativeFieldsMetaclass, ABCMeta):
    """Forms have a metaclass of their own, without which `abc.abstractmethod` refuses nothing: this is both."""
