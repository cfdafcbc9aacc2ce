"""Public functions of the pure rooms say what they do: units, errors, source."""

import ast

import pytest

from tests.house.files import PURE, modules, name_of, parsed


@pytest.mark.parametrize("path", list(modules(*PURE)), ids=name_of)
def test_public_functions_carry_a_docstring(path):
    tree = parsed(path)
    public = (node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name[0] != "_")
    found = [f"{name_of(path)}:{node.lineno} {node.name}" for node in public if not ast.get_docstring(node)]
    assert ast.get_docstring(tree) or not tree.body, f"{name_of(path)} does not say what it is for"
    assert not found, f"no docstring: {', '.join(found)}"
