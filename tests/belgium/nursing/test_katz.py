"""All 4,096 scores of the Katz scale against a table made another way: patterns over the six digits."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import cast

import pytest

from quittance.belgium.nursing import Level, explain, level_of
from quittance.belgium.nursing.model import ITEMS, Scores

pytestmark = pytest.mark.property
DAY = 20454  # 2026-01-01
EVERY = (1, 2, 3, 4)
SCORES: list[Scores] = list(product(EVERY, EVERY, EVERY, EVERY, EVERY, EVERY))
A = re.compile(r"[34][34]([34].|.[34])..")
B = re.compile(r"[34]{4}([34].|.[34])")
C_STRICT = re.compile(r"4444(34|43|44)")
C_LOOSE = re.compile(r"4444([34].|.[34])")


def table(c):
    """The level by the digits of the scores, the strongest pattern first."""
    found = {}
    for scores in SCORES:
        digits = "".join(map(str, scores))
        names = [name for name, pattern in (("C", c), ("B", B), ("A", A)) if pattern.fullmatch(digits)]
        found[scores] = names[0] if names else ""
    return found


@pytest.mark.parametrize(("strict", "pattern"), [(1, C_STRICT), (0, C_LOOSE)])
def test_every_score_against_the_patterns(strict, pattern):
    expected = table(pattern)
    assert len(expected) == 4096
    assert {scores: level_of(scores, DAY, {"katz_c_strict": strict}).value for scores in SCORES} == expected


def test_how_many_scores_give_each_level():
    counts = Counter(level_of(scores, DAY) for scores in SCORES)
    assert counts == {Level.C: 3, Level.B: 16 * 12 - 3, Level.A: 4 * 12 * 16 - 16 * 12, Level.NONE: 4096 - 768}


def test_a_higher_score_never_gives_a_lower_level():
    for scores in SCORES:
        for at in range(6):
            if scores[at] < 4:
                higher = (*scores[:at], scores[at] + 1, *scores[at + 1 :])
                assert level_of(cast("Scores", higher), DAY) >= level_of(scores, DAY)


def test_the_explanation_says_exactly_what_is_missing():
    for scores in SCORES[::7]:
        said = explain(scores, DAY)
        for level in (Level.A, Level.B, Level.C):
            assert (not said.missing(level)) is (level <= said.level)
        named = dict(zip(ITEMS, scores, strict=True))
        better = {
            item: max(score, 4 if any(item in one.missing for one in said.sentences) else score)
            for item, score in named.items()
        }
        assert level_of(cast("Scores", tuple(better.values())), DAY) is Level.C


def test_the_sentences_of_an_evaluation():
    said = explain((4, 4, 4, 3, 2, 3), DAY)
    assert said.level is Level.B
    texts = [one.text for one in said.sentences]
    assert "Forfait C : « aller à la toilette » est à 3, il faut 4 : manqué." in texts
    assert "Forfait C : « continence » (2) ou « manger » (3) doit être à 4 : manqué." in texts
    assert said.conclusion == (
        "Niveau B. Il manque pour C : « aller à la toilette », « continence » ou « manger », « continence »."
    )
    assert [one.name for one in said.doubts] == ["katz_c_strict"]
    assert explain((4, 4, 4, 4, 4, 4), DAY).conclusion == "Niveau C."
    assert explain((1, 1, 1, 1, 1, 1), DAY).conclusion.startswith("Aucun forfait : profil de toilette (T2 ou T7).")


def test_a_choice_of_the_practice_is_no_doubt_but_says_whose_it_is():
    said = explain((4, 4, 4, 4, 1, 3), DAY, {"katz_c_strict": 0})
    assert (said.level, said.doubts) == (Level.C, ())
    assert [one.rule.source.mark for one in said.sentences if one.rule.name == "katz_c_strict"] == ["R"]
    assert level_of((4, 4, 4, 4, 1, 3), DAY) is Level.B


@pytest.mark.parametrize("strict", [0, 1])
def test_a_price_and_a_day_of_care_read_the_scale_alike(strict):
    from quittance.belgium.pricing import nursing

    levels = ["", "A", "B", "C"]
    chosen = {"katz_c_strict": strict}
    other = {scores for scores in SCORES if levels[nursing.level_of(scores, strict)] != level_of(scores, DAY, chosen)}
    assert other == set()
