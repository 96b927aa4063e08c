"""What a statement with a body left beside its lines: how often each block ran, and which line gave a name its value.

The statement runs as one piece of code, so each of its blocks begins with an addition to a list, and each line that may
not be the one that gave a name its newest value ends with an entry in a dictionary. Both are constants of the code: no
name of the program's is taken, nothing of it is kept alive, and as nothing is called, nothing interrupts it there that
would not have. Functions and classes inside are left alone, since their variables are gone when the statement is over.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Set
from os import urandom
from types import CodeType
from typing import Any, NamedTuple, TypeVar

from engine.program.binding_order import writes, written_names
from engine.shared.syntax import first_line

_P = TypeVar("_P", ast.ExceptHandler, ast.match_case)

_COMPOUND = (ast.For, ast.While, ast.If, ast.With, ast.Try, ast.TryStar, ast.Match)
_MAY_SKIP = (ast.Break, ast.Continue, ast.With, ast.Try, ast.TryStar)  # lines of a block that has begun
_OTHER_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_MARK = urandom(8).hex()  # no string of the program's own
_COUNTS, _NEWEST = f"{_MARK} counts", f"{_MARK} newest"  # until the code has been compiled


class _Counts(list[int]):
    """As code is a key of caches, its constants are keys, too."""

    __hash__ = object.__hash__  # type: ignore[assignment]


class _Newest(dict[str, int]):
    __hash__ = object.__hash__  # type: ignore[assignment]


class Block(NamedTuple):
    """Statements that run one after the other."""

    counts: list[int]  # of all blocks
    place: int  # among them
    is_loop: bool  # it, or one around it

    @property
    def n_times(self) -> int:
        """How often it has begun."""
        return self.counts[self.place]


class Header(NamedTuple):
    """The line that says whether, or how often, a block runs; `other` runs where it does not, None for a loop."""

    line: int
    end_line: int
    around: Block
    block: Block
    other: Block | None


class Binding(NamedTuple):
    """A line that gives a name a value, or writes into it; `is_marked` where it is told when it does."""

    name: str
    line: int
    end_line: int
    block: Block
    is_marked: bool
    is_written: bool  # what the name has is written into: `x.add_(1)`


class BodyMarks:
    """The marks of one statement; `statement` has them, and is to be compiled in its place. Names in `hidden` are given
    values elsewhere."""

    def __init__(self, statement: ast.stmt, hidden: Set[str] = frozenset()) -> None:
        self.line, self.end_line = statement.lineno, statement.end_lineno or statement.lineno
        self.headers: list[Header] = []
        self.bindings: list[Binding] = []
        self.newest = _Newest()  # by name, the line that gave it its value, of those that are told
        self._counts = _Counts([1])
        times, others = _bound_names(statement)
        self._several = {name for name, n in times.items() if n > 1}
        self._left_out = others | hidden
        self._may_skip = any(isinstance(part, _MAY_SKIP) for part in _own_parts(statement))
        self.statement = self._with_marks(statement, Block(self._counts, 0, is_loop=False))

    @classmethod
    def of(cls, statement: ast.stmt, hidden: Set[str] = frozenset()) -> BodyMarks | None:
        """None for a statement without a body, and for one that is nested too deep."""
        try:
            return cls(statement, hidden) if isinstance(statement, _COMPOUND) else None
        except RecursionError:
            return None

    def put_into(self, code: CodeType) -> CodeType:
        """The compiled statement with what its marks write into."""
        own = {_COUNTS: self._counts, _NEWEST: self.newest}
        found = (own.get(each, each) if type(each) is str else each for each in code.co_consts)
        return code.replace(co_consts=tuple(found))

    def state(self) -> tuple[int, ...]:
        """Another one whenever another loop or branch has begun."""
        return tuple(header.block.n_times for header in self.headers)

    def known(self, at_line: int = 0) -> Iterator[Binding]:
        """The lines whose value the name still has, where the statement is over, or is in `at_line`."""
        for one in self.bindings:
            if one.is_marked:
                if self.newest.get(one.name) == one.line:
                    yield one
            elif _has_run(one.block, one.end_line, at_line):
                yield one

    def come_to(self, at_line: int = 0) -> Iterator[Header]:
        """The first lines of loops and branches that have run by then."""
        for one in self.headers:
            if one.block.n_times or _has_run(one.around, one.end_line, at_line):
                yield one

    # -- making them

    def _with_marks(self, one: ast.stmt, block: Block) -> ast.stmt:
        if not isinstance(one, _COMPOUND):
            return one
        marked = copy.copy(one)
        match marked:
            case ast.For() | ast.While():
                self._mark_loop(marked, block)
            case ast.If():
                self._mark_branches(marked, block)
            case ast.With():
                marked.body = self._each(marked.body, block)
            case ast.Try() | ast.TryStar():
                marked.body = self._each(marked.body, block)
                marked.handlers = [self._part(handler, block) for handler in marked.handlers]
                marked.orelse = self._block(marked.orelse, block)
                marked.finalbody = self._each(marked.finalbody, block)
            case ast.Match():
                marked.cases = [self._part(case, block) for case in marked.cases]
        return marked

    def _mark_loop(self, one: ast.For | ast.While, block: Block) -> None:
        inner = self._new(is_loop=True)
        end_line = (one.target if isinstance(one, ast.For) else one.test).end_lineno or one.lineno
        self.headers.append(Header(one.lineno, end_line, block, inner, None))
        bound = self._bind([one.target], one, inner) if isinstance(one, ast.For) else []
        one.body = [self._begin(inner, one.body[0]), *bound, *self._each(one.body, inner)]
        one.orelse = self._block(one.orelse, block)

    def _mark_branches(self, one: ast.If, block: Block) -> None:
        inner, other = self._new(is_loop=block.is_loop), self._new(is_loop=block.is_loop)
        self.headers.append(Header(one.lineno, one.test.end_lineno or one.lineno, block, inner, other))
        first = one.orelse[0] if one.orelse else one.test
        one.body = [self._begin(inner, one.body[0]), *self._each(one.body, inner)]
        one.orelse = [self._begin(other, first), *self._each(one.orelse, other)]

    def _part(self, part: _P, block: Block) -> _P:
        marked = copy.copy(part)
        marked.body = self._block(part.body, block)
        return marked

    def _block(self, statements: list[ast.stmt], around: Block) -> list[ast.stmt]:
        """Statements that may not run."""
        if not statements:
            return []
        inner = self._new(is_loop=around.is_loop)
        return [self._begin(inner, statements[0]), *self._each(statements, inner)]

    def _each(self, statements: list[ast.stmt], block: Block) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        for one in statements:
            found += [self._with_marks(one, block), *self._bind(_targets(one), one, block)]
        return found

    def _new(self, *, is_loop: bool) -> Block:
        self._counts.append(0)
        return Block(self._counts, len(self._counts) - 1, is_loop)

    def _begin(self, block: Block, first: ast.stmt | ast.expr) -> ast.stmt:
        line = first_line(first) if isinstance(first, ast.stmt) else first.lineno
        at = _position(first, line)
        return ast.AugAssign(_item(_COUNTS, block.place, at), ast.Add(), ast.Constant(1, **at), **at)

    def _bind(self, targets: list[ast.expr], one: ast.stmt, block: Block) -> list[ast.stmt]:
        """Know what a statement gives values to, of which the first is shown; what tells when it does."""
        names = list(dict.fromkeys(written_names(targets)))
        if not names:
            return []
        line, end_line = one.lineno, one.end_lineno or one.lineno
        told = [name for name in names if name in self._several or (self._may_skip and name == names[0])]
        if isinstance(one, ast.For):
            end_line = one.target.end_lineno or line
        if names[0] not in self._left_out:
            self.bindings.append(Binding(names[0], line, end_line, block, names[0] in told, isinstance(one, ast.Expr)))
        at = _position(one, end_line)
        return [ast.Assign([_item(_NEWEST, name, at)], ast.Constant(line, **at), **at) for name in told]


def _position(place: ast.stmt | ast.expr, line: int) -> dict[str, Any]:
    """Where a traceback or an interrupt would find it."""
    column = place.col_offset
    return {"lineno": line, "end_lineno": line, "col_offset": column, "end_col_offset": column}


def _item(of: str, key: str | int, at: dict[str, Any]) -> ast.Subscript:
    return ast.Subscript(ast.Constant(of, **at), ast.Constant(key, **at), ast.Store(), **at)


def marked(statements: list[ast.stmt]) -> list[BodyMarks | None]:
    """The marks of each statement of a program, whose functions may give values to global names, too."""
    try:
        parts = [part for one in statements for part in ast.walk(one) if isinstance(part, ast.Global)]
    except RecursionError:
        return [None] * len(statements)
    hidden = {name for part in parts for name in part.names}
    return [BodyMarks.of(one, hidden) for one in statements]


def _has_run(block: Block, end_line: int, at_line: int) -> bool:
    """Whether a line of a block that no line before it leaves has run to its end, for all that is known."""
    n_times = block.n_times
    return n_times > 1 or (n_times > 0 and (not at_line or end_line < at_line))


def _targets(one: ast.stmt) -> list[ast.expr]:
    """What a simple statement gives values to or, as `x.add_(1)`, writes into; `x.grad.zero_()` leaves x as it is."""
    return [target for target in _all_targets(one) if not any(map(_is_grad, ast.walk(target)))]


def _is_grad(part: ast.AST) -> bool:
    return isinstance(part, ast.Attribute) and part.attr == "grad"


def _all_targets(one: ast.stmt) -> list[ast.expr]:
    match one:
        case ast.Assign(targets):
            return targets
        case ast.AugAssign(target) | ast.AnnAssign(target, _, ast.expr()):
            return [target]
        case ast.Expr(ast.Call(ast.Attribute(receiver, method))) if writes(method):
            return [receiver]
    return []


def _bound_names(statement: ast.stmt) -> tuple[Counter[str], set[str]]:
    """How many lines of a statement give each name a value, and the names that something else in it does."""
    times, all_times, others = Counter[str](), Counter[str](), set[str]()
    for part in _own_parts(statement):
        match part:
            case ast.For(target):
                times.update(set(written_names([target])))
            case ast.Name(name, ast.Store()):
                all_times[name] += 1
            case ast.alias(name, other):
                others.add(other or name.partition(".")[0])
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name) | ast.ClassDef(name):
                others.add(name)
            case ast.ExceptHandler(_, str(name)) | ast.MatchAs(_, str(name)) | ast.MatchStar(str(name)):
                others.add(name)
            case ast.MatchMapping(_, _, str(name)):
                others.add(name)
            case ast.stmt():
                times.update(set(written_names(_targets(part))))
    return times, others | {name for name, n in all_times.items() if n > times[name]}


def _own_parts(statement: ast.stmt) -> Iterator[ast.AST]:
    """All that runs when it does: nothing of functions and classes, nor the variables of comprehensions."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, ast.comprehension):
            waiting += [part.iter, *part.ifs]
        elif not isinstance(part, _OTHER_SCOPES):
            waiting += ast.iter_child_nodes(part)
