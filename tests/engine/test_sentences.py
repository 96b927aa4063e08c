"""Every sentence of an error is data: a code for good, a literal template, and the arguments that fill it."""

from __future__ import annotations

import ast
import functools
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from engine.protocol.errors import EngineError
from engine.protocol.messages import Failed
from engine.protocol.program_values import ProgramError
from engine.protocol.sentence import Sentence
from tests.engine.client import ROOT

# What makes sentences, and which of its keywords need not be in the template.
MAKERS = {
    "EngineError": set(),
    "StoppedError": set(),
    "UnreadableError": {"brief"},
    "ConfigError": {"field"},
    "TrainerRefusedError": set(),
    "Sentence.of": set(),
    "Sentence.phrase": set(),
    "Sentence.counted": set(),
}
PHRASES = {"Sentence.phrase", "Sentence.counted"}  # words inside of a sentence
CODE = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
ROOMS = ("engine", "visualizer")
DEFINITIONS = {ROOT / "engine/protocol/errors.py", ROOT / "engine/protocol/sentence.py"}


class Site(NamedTuple):
    """Where a sentence is made."""

    place: str
    maker: str
    arguments: tuple[str | None, ...]  # literal texts, None where one is not
    keywords: frozenset[str | None]


# What stands in the text of every file in which a sentence is made, sent, or given a kind of its own.
NAMED = re.compile(rf"EngineError|\b(?:{'|'.join(map(re.escape, MAKERS))}|Failed|ProgramError)\b")


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    """All of the program's code that names sentences, but the definitions themselves: to walk through a file takes
    long. Not kept: what closes a window looks through all objects, and these are a million."""
    files = sorted(file for room in ROOMS for file in (ROOT / room).rglob("*.py") if file not in DEFINITIONS)
    texts = ((path, path.read_text()) for path in files)
    return ((path, node) for path, text in texts if NAMED.search(text) for node in ast.walk(ast.parse(text)))


class Found(NamedTuple):
    """The makers' places, the names of the errors' classes, and of all that is called."""

    sites: tuple[Site, ...]
    kinds: frozenset[str]
    called: frozenset[str]


@functools.cache
def found() -> Found:
    made: list[Site] = []
    kinds, called = set(), set()
    for path, node in nodes():
        if isinstance(node, ast.Call):
            called.add(maker := name_of(node.func))
            if maker in MAKERS:
                keywords = frozenset(keyword.arg for keyword in node.keywords)
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                made.append(Site(place, maker, tuple(map(literal, node.args)), keywords - MAKERS[maker]))
        elif isinstance(node, ast.ClassDef) and any(name_of(base).endswith("EngineError") for base in node.bases):
            kinds.add(node.name)
    return Found(tuple(made), frozenset(kinds), frozenset(called))


def name_of(node: ast.expr) -> str:
    """ "Sentence.of" of names with dots, "…of" of what another expression gives."""
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "…"


def sites() -> tuple[Site, ...]:
    return found().sites


def templates() -> dict[str, str]:
    """Every code, and its template in English: of what is counted, that of several."""
    return {str(site.arguments[0]): str(site.arguments[1 + (site.maker == "Sentence.counted")]) for site in sites()}


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def test_a_sentence_has_a_literal_code_and_template_whose_placeholders_are_its_arguments() -> None:
    assert len(sites()) > 20
    for place, maker, arguments, keywords in sites():
        if maker == "Sentence.counted":
            assert len(arguments) == 4 and None not in arguments[:3], f"{place}: no literal code and templates"
            arguments, keywords = (arguments[0], arguments[2]), frozenset({"n"})
        assert len(arguments) == 2 and None not in arguments, f"{place}: no literal code and template"
        code, template = map(str, arguments)
        assert CODE.fullmatch(code), f"{place}: {code}"
        assert maker in PHRASES or template[-1] in ".?}'", f"{place}: no whole sentence"
        placeholders = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
        assert placeholders - MAKERS[maker] == keywords, (
            f"{place}: {sorted(placeholders)} are filled with {sorted(map(str, keywords))}"
        )


def test_no_code_has_two_templates() -> None:
    made: dict[str | None, set[tuple[str | None, ...]]] = {}
    for site in sites():
        made.setdefault(site.arguments[0], set()).add(site.arguments[1:3])
    assert {code: found for code, found in made.items() if len(found) > 1} == {}


def test_every_kind_of_error_is_among_those_that_are_looked_at() -> None:
    assert found().kinds | {"EngineError", "Sentence.of"} | PHRASES == set(MAKERS)


def test_no_failure_is_sent_without_its_code() -> None:
    assert {call for call in found().called if call.rpartition(".")[2] in ("Failed", "ProgramError")} == set()


def test_an_error_says_its_sentence_and_keeps_its_arguments() -> None:
    error = EngineError(
        "clipboard.full", "{n_elements:,} elements do not fit into {place}.", n_elements=12345, place="it"
    )
    assert str(error) == "12,345 elements do not fit into it."
    assert error.sentence == Sentence("clipboard.full", str(error), {"n_elements": "12345", "place": "it"})
    assert str(EngineError.saying(error.sentence)) == str(error)
    failed = Failed.of(7, error.sentence)
    assert (failed.id, failed.sentence, failed.code) == (7, str(error), "clipboard.full")
    assert failed.arguments == error.sentence.arguments


def test_an_error_of_the_program_keeps_them_too() -> None:
    said = Sentence.of("shapes.differ", "{expression}: shapes differ.", expression="{a} @ b")
    error = ProgramError.of(ValueError(), said)
    assert (error.type_name, error.sentence, error.code) == ("ValueError", "{a} @ b: shapes differ.", "shapes.differ")
    assert error.said == said
