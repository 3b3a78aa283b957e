"""Log lines as JSON, one event a line, for a server whose logs are collected by a machine."""

from __future__ import annotations

import structlog

CHAIN = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
]
RENDER = structlog.processors.JSONRenderer()
