from __future__ import annotations

from tests.wallet.pay.conftest import _now, there

__all__ = ["_now", "there"]
