"""One rule, one text: a session priced plainly and compiled gives the same integers and messages."""

from __future__ import annotations

import os
from random import Random

import pytest

from bench.equal import differences
from bench.generated import ccam_codes, session

pytestmark = pytest.mark.compiled


def test_plain_and_compiled_give_the_same_integers_on_generated_sessions() -> None:
    seed = int(os.environ.get("QUITTANCE_SEED", "20260101"))
    random, ccam = Random(seed), ccam_codes()
    assert differences([session(random, ccam) for _ in range(3000)]) == [], f"QUITTANCE_SEED={seed}"
