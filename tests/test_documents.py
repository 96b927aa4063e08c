"""README and docs/ name files, keys and numbers that there are."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from engine.autograd.rules.catalogue import RULES
from visualizer.app.actions import TABLE, first_shortcuts
from visualizer.app.examples import NAMES

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_KEYS = re.compile(
    r"(?<![\w`+])((?:(?:Ctrl|Alt|Shift)\+)*F\d{1,2}|(?:(?:Ctrl|Alt|Shift)\+)+(?:Page(?:Up|Down)|Enter|[^\s\w]|[A-Z]))(?!\w)"
)
_ARROWS = str.maketrans({"↑": "Up", "↓": "Down", "←": "Left", "→": "Right"})


def _code_and_prose(document: Path) -> tuple[list[str], str]:
    """What stands between single backticks, and all that stands outside of blocks of code."""
    prose = re.sub(r"^(`{3,}).*?^\1$", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", prose), prose


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(document: Path) -> None:
    code, prose = _code_and_prose(document)
    linked = [document.parent / target for target in re.findall(r"\]\(([^)#:]+)\)", prose)]
    named = [
        ROOT / path for path in code if re.fullmatch(r"(?:engine|visualizer|tests|assets|docs|setup)/[\w/.-]+", path)
    ]
    assert [path for path in linked + named if not path.exists()] == []
    shortcuts = {keys for row in TABLE for keys in first_shortcuts(row)}
    keys = {found.translate(_ARROWS).replace("Page", "Pg") for found in _KEYS.findall(prose)}
    assert [key for key in sorted(keys) if QKeySequence(key) not in shortcuts] == []


def test_every_picture_is_shown_and_every_document_is_reached() -> None:
    shown = {target for path in DOCUMENTS for target in re.findall(r"\]\((?:docs/)?([^)#:/]+)\)", path.read_text())}
    assert {path.name for path in (ROOT / "docs").iterdir()} - shown == set()


def test_counts_that_documents_tell_are_those_of_the_program() -> None:
    told = "\n".join(path.read_text() for path in DOCUMENTS)
    assert len(list((ROOT / "assets/lessons/en").glob("*.md"))) == 7
    assert set(re.findall(r"(\w+) lessons beside", told)) == {"seven"}
    assert len(NAMES) == 8 and "eight examples" in told
    assert len(RULES) > 380 and "More than 380 kinds" in told
