"""Rules say what they read: no figure enters a result without standing in the trace."""

from __future__ import annotations

import ast
import inspect
import textwrap

import pytest

import quittance.belgium.pricing.bill  # noqa: F401 - registers every rule
from quittance.belgium.law import _read
from quittance.belgium.law.generate import TARGET, constants
from quittance.belgium.pricing import layout
from quittance.kernel.rule import RULES, Rule

BELGIAN = [rule for identifier, rule in sorted(RULES.items()) if identifier.startswith("belgium.")]
FIGURES = ("_cents", "_bp", "_count", "_months", "quantity", "katz")
BILL_FIELDS = {field.name for field in layout.BILL}
LINE_FIELDS = {field.name for field in layout.LINE}


def loaded(rule: Rule) -> set[str]:
    """Figures of line and bill that the function's own text reads before it writes them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(rule.raw)))
    written: set[str] = set()
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in {"line", "bill"}:
            name = ("bill." if node.value.id == "bill" else "") + node.attr
            if isinstance(node.ctx, ast.Store):
                written.add(name)
            elif name.endswith(FIGURES):
                found.add(name)
    return found - written


@pytest.mark.parametrize("rule", BELGIAN, ids=lambda rule: rule.id)
def test_a_rule_shows_every_figure_it_reads(rule: Rule) -> None:
    assert loaded(rule) <= set(rule.reads)
    for name in rule.reads:
        assert name.removeprefix("bill.") in (BILL_FIELDS if name.startswith("bill.") else LINE_FIELDS)


def test_every_rule_and_field_has_its_french_label_and_its_source() -> None:
    labels = _read.load("labels.yaml")
    assert set(labels["rules"]) == {rule.id for rule in BELGIAN}
    assert {name.removeprefix("bill.") for rule in BELGIAN for name in rule.reads} == set(labels["fields"])
    assert all(rule.source and rule.raw.__doc__ for rule in BELGIAN)


def test_every_word_that_a_trace_shows_has_its_french_word() -> None:
    labels, words = _read.load("labels.yaml")["words"], _read.load("codes.yaml")
    for name, named in labels.items():
        assert set(named) == set(words["convention" if name == "counted" else name]), name


def test_the_constants_of_the_rules_are_those_of_the_law_files() -> None:
    assert TARGET.read_text() == constants(), "lancez « quittance law codes »"
