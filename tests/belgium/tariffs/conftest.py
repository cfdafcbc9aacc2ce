"""The shipped tables in a folder of the test's own, to import into."""

from __future__ import annotations

import shutil

import pytest

from quittance.belgium.tariffs import store


@pytest.fixture
def tables(tmp_path):
    """A copy of the shipped tables."""
    target = tmp_path / "tariffs" / "tables"
    shutil.copytree(store.folder(), target)
    shutil.copy(store.folder().parent / store.SOURCES, target.parent)
    return target
