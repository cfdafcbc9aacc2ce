"""Small files and functions: what is read whole is understood. Data never stands in Python."""

import ast

import pytest

from tests.house.files import ROOT, modules, name_of, parsed, tracked

MODULE_LINES, FUNCTION_LINES, CSS_LINES = 400, 60, 700


def python_files():
    outside = (path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts)
    return sorted({*modules(), *outside})


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_a_module_and_its_functions_are_short(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MODULE_LINES, f"{name_of(path)} has {lines} lines of {MODULE_LINES}: split it by what it is about"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= FUNCTION_LINES, (
                f"{name_of(path)}:{node.lineno} {node.name} has {length} lines of {FUNCTION_LINES}: "
                "give its parts names"
            )


def test_the_style_sheets_are_short():
    for path in (ROOT / "src").rglob("*.css"):
        lines = path.read_text(encoding="utf-8").count("\n")
        assert lines < CSS_LINES, f"{name_of(path)} has {lines} lines of {CSS_LINES}"
