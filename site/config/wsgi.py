"""The WSGI application. Without any word about settings it uses those of a server, never those of development."""

from __future__ import annotations

from django.core.wsgi import get_wsgi_application

from config.environment import choose_settings

choose_settings("config.settings.production")

application = get_wsgi_application()
