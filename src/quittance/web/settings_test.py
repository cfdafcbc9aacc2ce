"""Settings of the tests: a throw-away data folder, cheap passwords, a database on file."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="quittance-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["QUITTANCE_DATA"] = _data
os.environ["QUITTANCE_DEMO"] = "1"

from quittance.web.settings import *  # noqa: E402, F403
from quittance.web.settings import DATABASES  # noqa: E402

# On file and not in memory: threads of the live server and of the tests each open their own.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": f"{_data}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=wal; PRAGMA synchronous=off; PRAGMA foreign_keys=on;"
    )
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
