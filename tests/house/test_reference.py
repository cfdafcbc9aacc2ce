"""The reference page is the one that the rules and the law files give."""

import subprocess
import sys

from tests.house.files import ROOT


def test_the_reference_of_the_rules_is_up_to_date():
    done = subprocess.run([sys.executable, str(ROOT / "docs/reference.py"), "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "lancez .venv/bin/python docs/reference.py"
