"""What can be asked of the market."""

from __future__ import annotations
