"""A market to measure in: three neighbourhoods with all their pages, and as many offers as are asked for.

What an offer says is put together from a few dozen sentences, so that a word is found in as large a part of a large
market as of a small one. The rows are written many at a time, as the operations would have left them.
"""

from __future__ import annotations

import random
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final

from django.db import connection, transaction
