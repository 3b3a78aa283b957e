"""The market for everybody."""

from __future__ import annotations
