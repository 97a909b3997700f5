"""Builds the application from the environment; nothing else. Any WSGI server runs `wsgi:app`."""

from __future__ import annotations

import os

from remanu import app as application
from remanu.config import read

app = application.create_app(read(os.environ))
