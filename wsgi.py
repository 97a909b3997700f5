"""Builds the application from the environment; nothing else. Any WSGI server runs `wsgi:app`."""

from __future__ import annotations

import os

from remanu.app import create_app
from remanu.config import read
from remanu.web import log

log.configure()
app = create_app(read(os.environ))
