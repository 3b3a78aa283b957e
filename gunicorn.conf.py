"""How gunicorn serves Socialcoin: run `gunicorn` in this folder."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

# The same line as in manage.py; gunicorn's own `pythonpath` comes too late for `--check-config`.
sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

from config.environment import read_env_file

read_env_file()
wsgi_app = "config.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WORKERS", multiprocessing.cpu_count() + 1))
threads = int(os.environ.get("THREADS", "4"))
