"""CONTRIBUTING.md names files and functions that there are."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.findall(r"`((?:engine|visualizer)/[\w/]*(?:\.py)?)(?::([\w.]+))?`", (ROOT / "CONTRIBUTING.md").read_text())


@cache
def _names(path: Path) -> set[str]:
    """What a module defines, "Class", "Class.method", "function", "CONSTANT"."""
    found = set()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
            found |= {f"{node.name}.{part.name}" for part in ast.walk(node) if isinstance(part, ast.FunctionDef)}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {target.id for target in targets if isinstance(target, ast.Name)}
    return found


@pytest.mark.parametrize(("file", "name"), sorted(set(NAMED)))
def test_what_is_named_is_there(file: str, name: str) -> None:
    path = ROOT / file
    assert path.exists()
    assert not name or name in _names(path)


def test_each_of_the_journeys_is_told() -> None:
    assert len(NAMED) > 40


def test_rooms_hold_sources_alone() -> None:
    files = (path for room in ("engine", "visualizer", "tests") for path in (ROOT / room).rglob("*") if path.is_file())
    strange = [path for path in files if path.suffix not in (".py", ".qss") and "__pycache__" not in path.parts]
    assert not strange
