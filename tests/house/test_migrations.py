"""What the quick check takes from the models, an installation makes by the migrations: they say the same."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.house.files import ROOT


@pytest.mark.processes
def test_the_migrations_make_what_the_models_say(tmp_path):
    own = {"DJANGO_SETTINGS_MODULE": "quittance.web.settings", "QUITTANCE_DATA": str(tmp_path)}
    command = [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"]
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
