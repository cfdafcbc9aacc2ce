"""What is committed runs anywhere: no path of one machine, no package host, nothing outside the project."""

import re

from tests.house.files import ROOT, name_of, text_of, tracked

# Each is written in two pieces, so that this file passes its own check.
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org")
MACHINE = re.compile(r"""(?:^|(?<=[\s"'=(`:\[]))(?:/""" + r"work|/root|/home/\w+|/Users/\w+|/opt/\w+)/", re.MULTILINE)
OUTSIDE = re.compile(r"\bshared" + r"/(?:cases|contracts|data|design|domain|hooks|seeds|tools)\b")


def texts():
    return [(name_of(path), text) for path in tracked() if (text := text_of(path))]


def test_no_file_names_a_package_host():
    assert not [(name, host) for name, text in texts() for host in HOSTS if host in text]


def test_no_file_names_a_folder_of_one_machine():
    assert not [(name, found.group()) for name, text in texts() for found in MACHINE.finditer(text)]


def test_no_file_reads_outside_the_project():
    assert not [(name, found.group()) for name, text in texts() for found in OUTSIDE.finditer(text)]


def test_what_is_made_is_not_committed():
    made = re.compile(r"(^|/)(\.venv|var|__pycache__|\.mypy_cache|\.ruff_cache)/|\.(pyc|mo|sqlite3.*)$")
    assert not [name_of(path) for path in tracked() if made.search(name_of(path))]


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
