"""What changes on the market. Refusals are raised by name; nothing happened then."""

from __future__ import annotations
