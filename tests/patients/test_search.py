"""Search: any start of any part of a name finds the patient, on every path, in every order."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quittance.patients import search, services
from quittance.patients.folding import after, fold, prefixes_of, words_of
from quittance.patients.models import Patient

LETTERS = "abcdefghijklmnopqrstuvwxyzéèçœÉÀüßøΑЖłñ'- "
NAMES = st.text(LETTERS, min_size=1, max_size=20).filter(lambda name: any(one.isalpha() for one in name))


@pytest.mark.property
@given(NAMES, NAMES, st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_start_of_any_part_finds_the_patient(acting, last, first, data):
    patient = services.create_patient(acting, {"birth_name": last, "first_names": first})
    part = data.draw(st.sampled_from(f"{last} {first}".replace("-", " ").replace("'", " ").split()))
    typed = part[: data.draw(st.integers(1, len(part)))]
    for written in (typed, typed.upper(), f"  {typed} "):
        assert patient in search.patients(acting, written, limit=10_000)
    for order in search.ORDERS:
        assert patient in search._sort(acting, prefixes_of(typed), order, 10_000)


@pytest.mark.property
@given(NAMES, st.data())
def test_the_start_of_a_word_lies_between_itself_and_what_comes_after(name, data):
    word = data.draw(st.sampled_from(sorted(words_of(name))))
    start = word[: data.draw(st.integers(1, len(word)))]
    assert start <= word < after(start)
    assert fold(fold(name)) == fold(name)


@pytest.fixture
def crowd(acting, monkeypatch):
    """Sixty patients, with the walk and the sort forced to meet."""
    monkeypatch.setattr(search, "FEW", 5)
    monkeypatch.setattr(search, "WALK", 20)
    start = datetime(2026, 1, 1, tzinfo=timezone.utc)  # noqa: UP017
    for place in range(60):
        name = "Martin" if place % 2 else f"Dubois{chr(97 + place % 26)}"
        made = services.create_patient(
            acting, {"birth_name": name, "first_names": f"Jean {chr(97 + place % 26)}{place}"}
        )
        Patient.objects.for_(acting).filter(pk=made.pk).update(seen_at=start + timedelta(hours=place * 7 % 60))
    return acting


TYPED = ("m", "mar", "j d", "jean mart", "x", "b5", "zzz", "dubois")


@pytest.mark.parametrize("order", list(search.ORDERS))
def test_both_paths_give_the_same(crowd, order):
    for typed, limit in product(TYPED, (3, 20, 100)):
        wanted = search._sort(crowd, prefixes_of(typed), order, limit)
        assert search.patients(crowd, typed, order, limit) == wanted, (typed, limit)


def test_it_sorts_both_ways_and_by_what_was_seen_last(crowd):
    names = [one.folded for one in search.patients(crowd, "", "name", 60)]
    assert names == sorted(names)
    assert [one.folded for one in search.patients(crowd, "", "-name", 60)] == names[::-1]
    oldest = search.patients(crowd, "", "recent", 60)[-1]
    services.touch_patient(oldest)
    assert search.patients(crowd, "")[0] == oldest


def test_another_practice_finds_nothing(acting, charlie_acting):
    services.create_patient(acting, {"birth_name": "Adrun"})
    assert search.patients(charlie_acting, "adr") == []
    assert search.patients(charlie_acting) == []


def test_signs_alone_find_nobody(acting):
    services.create_patient(acting, {"birth_name": "Adrun"})
    assert search.patients(acting, "%_*'") == []
