"""Another name for what a name of the text stands for, wherever it does, by the scopes of Python; and why not.

Nothing of the text runs. A new name is taken only where every name of the text, read again, stands for what it stood
for before: it neither hides another one nor is hidden.

Why not jedi: of 18 programs of this kind, each run before and after, 0.20.1 renames 6 as it should, in 2.7 s on average
(a keyword of forward, members in a ModuleList or behind `.to()`, names of patterns and strings of annotations keep the
old name, members of PyTorch and names that are taken are not refused). What stands here does 17, in 3 ms.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from keyword import iskeyword
from types import MappingProxyType

from engine.shared import utf16
from engine.shared.language import tr
from engine.shared.syntax import tree_of
from visualizer.backprop.program.definitions import definition
from visualizer.backprop.program.members import Member, MemberError
from visualizer.backprop.program.method_calls import MethodCalls
from visualizer.backprop.program.names import Names, Owner, Place
from visualizer.look.spoken import RefusedError

_NOTHING: Mapping[str, str] = MappingProxyType({})


class RenameError(RefusedError):
    """Why a name cannot be renamed, or not so, in one sentence."""


class Rename:
    """Of the name at a place of a text, `column` in UTF-16 units. Raises RenameError where it cannot be renamed.
    `known`: the types of the module's variables, as a run has left them."""

    def __init__(self, text: str, line: int, column: int, known: Mapping[str, str] = _NOTHING) -> None:
        try:
            tree_of(text)
        except (SyntaxError, ValueError, RecursionError) as error:
            raise RenameError(
                lambda: tr("The program does not parse as it stands, so its names are not known.")
            ) from error
        self._text, self._names, self._calls = text, Names(text), MethodCalls(text, known)
        self._member: Member | None = None
        try:
            member = Member(text, line, column, known)
        except MemberError as error:
            raise RenameError(error.words) from error
        if member.is_one:
            self._member, self.name, self.places = member, member.name, member.places
        else:
            self._find(text, line, column)
        if not any(place.line == line and place.column <= column <= place.end for place in self.places):
            raise RenameError(lambda: tr("No name that can be renamed stands at the cursor."))

    def _find(self, text: str, line: int, column: int) -> None:
        """The places of a name that is no member of a class."""
        places = self._names.same(line, column)
        if not places and (made := self._calls.parameter(line, column) or definition(text, line, column)):
            places = self._names.same(made.line, made.column)
        if not places:
            raise RenameError(lambda: tr("No name that can be renamed stands at the cursor."))
        owner = self._of_method(places) or self._names.owner(places[0])
        self.name = places[0].name
        _check(self.name, places, owner)
        quoted = _quoted(text, self.name) if _is_class_of(text, places) else []
        self.places = sorted({*places, *owner.keywords, *quoted}, key=lambda place: (place.line, place.column))

    def _of_method(self, places: list[Place]) -> Owner | None:
        """What is known of a parameter of a method; None of any other name."""
        for place in places:
            if (method := self._calls.method_at(place)) is not None:
                return Owner(self._names.owner(place).lost, *self._calls.given(method, place.name))
        return None

    def check(self, name: str) -> None:
        """Raises RenameError where the new name is none, or stands for something else there."""
        if not name.isidentifier() or iskeyword(name):
            raise RenameError(lambda: tr("“{name}” is no name of Python.", name=name))
        is_taken = self._member is not None and name != self.name and self._member.has(name)
        if is_taken or Names(self.renamed(name)).groups != self._names.groups:
            raise RenameError(lambda: tr("“{name}” stands for something else here already.", name=name))

    def renamed(self, name: str) -> str:
        """The text with the new name in every place."""
        lines = [line.encode("utf-16-le") for line in self._text.split("\n")]
        for place in reversed(self.places):
            line = lines[place.line - 1]
            lines[place.line - 1] = line[: 2 * place.column] + name.encode("utf-16-le") + line[2 * place.end :]
        return "\n".join(line.decode("utf-16-le") for line in lines)


def _is_class_of(text: str, places: list[Place]) -> bool:
    """Whether these are the places of a class of the module."""
    lines = {place.line for place in places if place.is_made}
    return any(isinstance(one, ast.ClassDef) and one.lineno in lines for one in tree_of(text).body)


def _quoted(text: str, name: str) -> list[Place]:
    """Where a name stands in annotations that are written as strings of one line."""
    found, lines = [], text.split("\n")
    for node in ast.walk(tree_of(text)):
        annotations = (getattr(node, "annotation", None), getattr(node, "returns", None))
        for one in (part for annotation in annotations if annotation for part in ast.walk(annotation)):
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.lineno == one.end_lineno:
                line = lines[one.lineno - 1].encode()
                words = line[one.col_offset : one.end_col_offset].decode()
                start = utf16.of_utf8(lines[one.lineno - 1], one.col_offset)
                for match in re.finditer(rf"(?<![\w.]){re.escape(name)}\b", words):
                    found.append(Place(one.lineno, start + utf16.length(words[: match.start()]), name, is_made=False))
    return found


def _check(name: str, places: list[Place], owner: Owner) -> None:
    imported = next((place.line for place in places if place.is_imported), 0)
    if imported:
        raise RenameError(
            lambda: tr(
                "“{name}” is imported by that name: write another behind “as” on line {line}.", name=name, line=imported
            )
        )
    if not any(place.is_made for place in places):
        raise RenameError(lambda: tr("“{name}” is not made by this program: its name is another's.", name=name))
    if line := owner.lost or owner.unknown:
        raise RenameError(
            lambda: tr("“{name}” on line {line} may be this name, which cannot be told.", name=name, line=line)
        )
