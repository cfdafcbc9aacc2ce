"""Law 3 of the house: money is an integer number of cents. No float comes near an amount."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.files import PURE, modules, name_of, parsed

ROOMS = (*PURE, "*/models.py", "*/models", "*/services.py", "*/services")


PLACE = re.compile(r"folder|path|directory|here|root|parent|place", re.IGNORECASE)


def is_path(node: ast.expr) -> bool:
    """Tell a path join (`HERE / "tables"`): an operand written as text, or named as a place, is no amount."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return is_path(node.left) or isinstance(node.right, ast.JoinedStr) or is_path(node.right)
    if isinstance(node, ast.Call | ast.Subscript):
        return is_path(node.func if isinstance(node, ast.Call) else node.value)
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    name = getattr(node, "attr", "") or getattr(node, "id", "")
    return isinstance(node, ast.JoinedStr) or bool(PLACE.search(name))


def names_only_to_refuse(tree: ast.AST) -> set[ast.AST]:
    """Collect the `float` of `isinstance(value, float)`: to refuse a float, one has to name it."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    tests = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "isinstance")
    return {name for call in tests for argument in call.args[1:] for name in ast.walk(argument)}


def faults(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield each line that lets a float in, with what to write instead."""
    allowed = names_only_to_refuse(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield node.lineno, f"{node.value!r} is a float: write cents, basis points (_bp) or thousandths (_milli)"
        elif isinstance(node, ast.Name) and node.id == "float" and node not in allowed:
            yield node.lineno, "`float` here: amounts are int, rates are basis points or Fraction"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
            if not (isinstance(node, ast.BinOp) and is_path(node)):
                yield node.lineno, "`/` makes a float: use kernel.money.half_up(numerator, denominator)"
        elif "FloatField" in (getattr(node, "attr", ""), getattr(node, "id", "")):
            yield getattr(node, "lineno", 0), "FloatField: use BigIntegerField in cents, its name ending in _cents"


@pytest.mark.parametrize("path", list(modules(*ROOMS)), ids=name_of)
def test_no_float_comes_near_an_amount(path: Path):
    found = [f"{name_of(path)}:{line}: {why}" for line, why in sorted(faults(parsed(path)))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "x = 0.5",
        "x = float(y)",
        "x: float",
        "x = a / b",
        "x /= 2",
        "x = models.FloatField()",
        "f(1e3)",
        "a_cents / b_bp",
    ],
)
def test_the_check_sees(text):
    assert list(faults(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "x = HERE / 'tables' / name",
        "x = a // b",
        "isinstance(x, float)",
        "isinstance(x, (int, float))",
        "x = f'{a}' / b",
    ],
)
def test_the_check_lets_pass(text):
    assert not list(faults(ast.parse(text)))
