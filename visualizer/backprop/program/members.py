"""Where a method or an attribute of a text's classes stands, and why that cannot be told.

The classes of a text that are made of each other share their members. Lines count from 1, columns in UTF-16 units.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import partial

from engine.shared import utf16
from engine.shared.language import mark, tr
from engine.shared.syntax import tree_of
from visualizer.backprop.program.foreign_members import FOREIGN
from visualizer.backprop.program.names import Place
from visualizer.backprop.program.receivers import OTHER, Receivers
from visualizer.backprop.program.scopes import Scope, members_of
from visualizer.look.spoken import RefusedError

_BY_TEXT = {"getattr", "setattr", "hasattr", "delattr"}

_ANOTHERS = mark("“{name}” may be a name of {base}, which is not made here.")
_CALLED_BY = mark("“{name}” is what {base} calls it by.")


class MemberError(RefusedError):
    """Why a member cannot be renamed, in one sentence."""


class Member:
    """The member at a place of a text, and every other place of it in `places`. Raises MemberError where it is not
    known who has it; `is_one` tells whether a member stands there at all."""

    def __init__(self, text: str, line: int, column: int, known: Mapping[str, str]) -> None:
        self._lines = text.split("\n")
        self._tree = tree_of(text)
        self._receivers = Receivers(self._tree, known)
        self.name, owner = self._at(line, column)
        self.places: list[Place] = []
        if not self.name:
            return
        if owner == OTHER:
            raise MemberError(
                lambda: tr("“{name}” is not made by this program: its name is another's.", name=self.name)
            )
        if owner is None:
            raise self._unknown(line)
        self._family = self._receivers.family(owner)
        self._check_foreign(self.name)
        self.places = sorted(set(self._found()), key=lambda place: (place.line, place.column))
        if not any(place.is_made for place in self.places):
            raise MemberError(
                lambda: tr("“{name}” is not made by this program: its name is another's.", name=self.name)
            )

    @property
    def is_one(self) -> bool:
        """Whether a member stands at the place."""
        return bool(self.name)

    def has(self, name: str) -> bool:
        """Whether a class of this family has such a member already, or may have."""
        own = {made for one in self._family for made, _ in members_of(self._receivers.classes[one])}
        used = {node.attr for node, scope in self._receivers.attributes if self._is_of_family(node, scope) is not False}
        return (
            name in own | used or name.startswith("__") or any(name in FOREIGN.get(one, ()) for one in self._foreign())
        )

    # -- inner workings

    def _at(self, line: int, column: int) -> tuple[str, str | None]:
        """Its name, and the class that has it."""
        for node, scope in self._receivers.attributes:
            place = self._behind(node)
            if place is not None and place.line == line and place.column <= column <= place.end:
                return node.attr, self._receivers.of(node.value, scope)
        for owner, body in self._receivers.classes.items():
            for name, made in members_of(body):
                place = self._made_at(made, name)
                if place is not None and place.line == line and place.column <= column <= place.end:
                    return name, owner
        for call, _ in self._receivers.calls:
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            for keyword in call.keywords if _has_fields(self._receivers.classes.get(name)) else ():
                place = Place(
                    keyword.lineno, self._column(keyword.lineno, keyword.col_offset), keyword.arg or "", False
                )
                if place.name and place.line == line and place.column <= column <= place.end:
                    return place.name, name
        return "", None

    def _is_of_family(self, node: ast.Attribute, scope: Scope) -> bool | None:
        owner = self._receivers.of(node.value, scope)
        return None if owner is None else owner in self._family

    def _found(self) -> Iterator[Place]:
        for node, scope in self._receivers.attributes:
            if node.attr == self.name and (is_own := self._is_of_family(node, scope)) is not False:
                place = self._behind(node)
                if is_own is None or place is None:
                    raise self._unknown(node.end_lineno or node.lineno)
                yield place
        for owner in self._family:
            yield from self._in_body(self._receivers.classes[owner])
        yield from self._in_calls()
        self._check_texts()

    def _in_body(self, owner: ast.ClassDef) -> Iterator[Place]:
        """Where the body of a class makes it, and reads it there."""
        for name, made in members_of(owner):
            if name == self.name:
                place = self._made_at(made, name)
                if place is None:
                    raise self._unknown(made.lineno)  # type: ignore[attr-defined]
                yield place
        if any(name == self.name for name, _ in members_of(owner)):
            for node in _outside_of_functions(owner.body):
                if isinstance(node, ast.Name) and node.id == self.name:
                    yield self._place(node.lineno, node.col_offset, is_made=isinstance(node.ctx, ast.Store))

    def _in_calls(self) -> Iterator[Place]:
        """Where a field of a dataclass is given by its name."""
        fields = [owner for owner in self._family if _has_fields(self._receivers.classes[owner])]
        for call, scope in self._receivers.calls if fields else ():
            for keyword in call.keywords:
                if keyword.arg != self.name:
                    continue
                if (is_own := self._makes_one(call.func, scope)) is None:
                    raise self._unknown(keyword.lineno)
                if is_own:
                    yield self._place(keyword.lineno, keyword.col_offset)

    def _makes_one(self, called: ast.expr, scope: Scope) -> bool | None:
        """Whether this call makes an object of the family; None where that cannot be told."""
        word = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
        if word in self._family or (word and word == scope.instance and scope.owner in self._family):
            return True
        if word in ("replace", "_replace", "partial"):
            return None
        is_known = isinstance(called, ast.Attribute) or self._receivers.of(called, scope) is not None
        return False if is_known else None

    def _check_texts(self) -> None:
        """Python finds members by words, too."""
        for node in ast.walk(self._tree):
            match node:
                case ast.Call(ast.Name(called), [_, ast.Constant(word), *_]) if (
                    called in _BY_TEXT and word == self.name
                ):
                    raise self._unknown(node.lineno)
                case ast.MatchClass(kwd_attrs=names) if self.name in names:
                    raise self._unknown(node.lineno)

    def _check_foreign(self, name: str) -> None:
        for base in self._foreign():
            if base not in FOREIGN:
                raise MemberError(partial(tr, _ANOTHERS, name=name, base=base))
            if name in FOREIGN[base]:
                raise MemberError(partial(tr, _CALLED_BY, name=name, base=base))
        if name.startswith("__") and name.endswith("__"):
            raise MemberError(partial(tr, _CALLED_BY, name=name, base="Python"))

    def _foreign(self) -> set[str]:
        """What the classes of the family are made of and the text does not make."""
        return {base for one in self._family for base in self._receivers.bases(one)} - set(self._receivers.classes)

    def _unknown(self, line: int) -> MemberError:
        return MemberError(
            lambda: tr("“{name}” on line {line} may be this name, which cannot be told.", name=self.name, line=line)
        )

    # -- places

    def _behind(self, node: ast.Attribute) -> Place | None:
        """Behind the dot; None where a formatted string tells another place."""
        n_bytes = (node.end_col_offset or 0) - len(node.attr.encode())
        line = self._lines[(node.end_lineno or node.lineno) - 1]
        if not line.encode()[max(n_bytes, 0) :].startswith(node.attr.encode()):
            return None
        column = utf16.of_utf8(line, n_bytes)
        is_made = isinstance(node.ctx, ast.Store)
        return Place(node.end_lineno or node.lineno, column, node.attr, is_made)

    def _made_at(self, node: ast.AST, name: str) -> Place | None:
        if isinstance(node, ast.Name):
            return Place(node.lineno, utf16.of_utf8(self._lines[node.lineno - 1], node.col_offset), name, True)
        number: int = node.lineno  # type: ignore[attr-defined]
        line = self._lines[number - 1]
        found = re.search(rf"\b(?:def|class)\s+({re.escape(name)})\b", line)
        return Place(number, utf16.length(line[: found.start(1)]), name, True) if found else None

    def _place(self, number: int, n_bytes: int, *, is_made: bool = False) -> Place:
        return Place(number, self._column(number, n_bytes), self.name, is_made)

    def _column(self, number: int, n_bytes: int) -> int:
        return utf16.of_utf8(self._lines[number - 1], n_bytes)


def _outside_of_functions(nodes: list[ast.stmt]) -> Iterator[ast.AST]:
    """What a class's body runs itself."""
    waiting: list[ast.AST] = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            waiting += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        elif not isinstance(node, ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)


def _has_fields(node: ast.ClassDef | None) -> bool:
    """Whether what it makes is given by the names of its members."""
    if node is None:
        return False
    words = [ast.unparse(one) for one in (*node.decorator_list, *node.bases)]
    return any(re.search(r"dataclass|NamedTuple|define|Struct|BaseModel", word) for word in words)
