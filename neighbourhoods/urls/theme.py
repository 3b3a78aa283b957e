from __future__ import annotations

from django.urls import re_path

from neighbourhoods.views.theme import theme

urlpatterns = [re_path(r"^(?P<slug>[-a-zA-Z0-9_]+)-(?P<digits>[0-9a-f]{8})\.css$", theme, name="theme")]
