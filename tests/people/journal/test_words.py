"""Every route and every verb that the journal may hold has words, and words that are translated."""

import ast
import re
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver
from django.utils import translation

import quittance
from quittance.people.journal import words

ROOT = Path(quittance.__file__).parent
WRITERS = {"record", "changed", "note", "note_of", "_told"}
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")
HOLE = "\0"


def _routes(resolver=None, space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        else:
            yield from _routes(entry, f"{space}{entry.namespace}:" if entry.namespace else space)


def _texts(node):
    """Give the texts of an expression; what is not known of one is a hole."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else HOLE for one in part.values)
        elif isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def _verbs():
    for path in ROOT.rglob("*.py"):
        if path.is_relative_to(ROOT / "france" / "tariffs"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in WRITERS:
                for argument in node.args[:3]:
                    yield from (text for text in _texts(argument) if CODE.fullmatch(text.replace(HOLE, "x")))


ROUTES, VERBS = sorted(set(_routes())), sorted(set(_verbs()))


def test_it_finds_routes_and_verbs():
    assert {"patients:detail", "france:nir"} <= set(ROUTES)
    assert {"bill.issue", "right.give", "account.pin", "patient.create", f"payment.{HOLE}"} <= set(VERBS)


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_has_words(route):
    assert words.known(route), "write what the page is called in people/journal/words.py, or in the country's journal"


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.replace(HOLE, "*"))
def test_every_verb_has_words(verb):
    if HOLE in verb:
        pattern = re.compile("".join("[a-z_]+" if part == HOLE else re.escape(part) for part in verb))
        told = [*words.VERBS, *(f"professional.{part}" for part in words.PROFESSIONAL), "professional.bank.delete"]
        assert any(pattern.fullmatch(one) for one in told)
    else:
        assert words.known(verb), "write what the verb is called in people/journal/words.py"


@pytest.mark.parametrize("part", ["address", "convention", "accreditation", "bank", "social", "training", "premium"])
def test_the_parts_of_a_record_have_words(part):
    assert words.known(f"professional.{part}")
    assert words.known(f"professional.{part}.delete")


def test_what_nobody_wrote_is_shown_as_its_code():
    assert words.called("nowhere.nothing") == "nowhere.nothing"
    assert words.thing("") == ""
    with translation.override("fr"):
        assert words.thing("billing.Bill:31") == "facture 31"
        assert words.called("france:nir") == "Aide à la saisie"
