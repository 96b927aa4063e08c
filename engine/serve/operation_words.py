"""A call in the program's words: its sign, and the texts of its operands."""

from __future__ import annotations

import ast

from engine.autograd.graph.calls import function_of, source_of
from engine.autograd.operations.writing import SETITEM
from engine.autograd.records import Call
from engine.program.sentences.failing_call import parsed
from engine.program.sources import lines_of
from engine.protocol.source import Source
from engine.shared.syntax import tree_of

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.USub: "-", ast.Invert: "~", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


def sign_of(call: Call) -> str:
    """ "@" where the program writes an operator, else the function's own name: "reshape", ".T", "[…]"."""
    if call.function is SETITEM:
        return "[…] ←"
    source = source_of(call.place)
    tree = None if source is None else _expression(source.text)
    if isinstance(tree, ast.BinOp | ast.UnaryOp | ast.AugAssign):
        return _SIGNS.get(type(tree.op), "")
    if isinstance(tree, ast.Compare):
        return _SIGNS.get(type(tree.ops[0]), "")
    if isinstance(tree, ast.Subscript):
        return "[…]"
    if isinstance(tree, ast.Attribute):
        return f".{tree.attr}"
    return function_of(call).rpartition(".")[2]


def operand_texts(text: str, n_operands: int) -> tuple[str, ...]:
    """What the program writes for each operand; "" for each where that is not clear."""
    tree = _expression(text)
    found = [] if tree is None else [part for part in _parts(tree) if not _is_plain(part)]
    if len(found) != n_operands and n_operands == 1 and found and _is_computed(found[0]) and _is_method(tree):
        found = found[:1]  # a method of what the program has just made: the others are sizes
    if len(found) != n_operands:
        return ("",) * n_operands
    return tuple(ast.unparse(part) for part in found)


def _is_computed(part: ast.expr) -> bool:
    """Whether it is a value of its own, and so no module."""
    return isinstance(part, ast.Call | ast.BinOp | ast.UnaryOp)


def assignment_of(source: Source) -> ast.Assign | ast.AugAssign | None:
    """The statement that gives an element or a part, "x[:, 0]", which stands at `source`, other numbers."""
    try:
        text = "".join(lines_of(source.path))
        tree = tree_of(text)
    except (SyntaxError, ValueError):
        return None
    for one in ast.walk(tree):
        if isinstance(one, ast.Assign | ast.AugAssign):
            targets = one.targets if isinstance(one, ast.Assign) else [one.target]
            parts = [one for one in targets if isinstance(one, ast.Subscript) and one.lineno == source.line]
            if any(ast.get_source_segment(text, part) == source.text for part in parts):
                return one
    return None


def assigned_texts(statement: ast.Assign | ast.AugAssign, n_operands: int) -> tuple[str, ...]:
    """As `operand_texts`, of such a statement: the whole, tensors of the index, and what is written."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    parts = _parts(target) if isinstance(target, ast.Subscript) else []
    if isinstance(statement, ast.AugAssign):
        value: ast.expr = ast.BinOp(target, statement.op, statement.value)
        found = [*(part for part in parts if not _is_plain(part)), value]
    else:
        found = [part for part in (*parts, statement.value) if not _is_plain(part)]
    return tuple(map(ast.unparse, found)) if len(found) == n_operands else ("",) * n_operands


def _expression(text: str) -> ast.expr | ast.AugAssign | None:
    tree = parsed(text)
    if isinstance(tree, ast.AugAssign):
        return tree
    return tree.value if isinstance(tree, ast.Expr) else None


def _parts(tree: ast.expr | ast.AugAssign) -> list[ast.expr]:
    """Of an operation, in the order of its operands."""
    if isinstance(tree, ast.AugAssign):
        return [tree.target, tree.value]
    if isinstance(tree, ast.BinOp):
        return [tree.left, tree.right]
    if isinstance(tree, ast.UnaryOp):
        return [tree.operand]
    if isinstance(tree, ast.Compare):
        return [tree.left, *tree.comparators]
    if isinstance(tree, ast.Subscript):
        return [tree.value, *_elements(tree.slice)]
    if isinstance(tree, ast.Attribute):
        return [tree.value]
    if isinstance(tree, ast.Call):
        given = [part for one in (*tree.args, *(word.value for word in tree.keywords)) for part in _elements(one)]
        return [*([tree.func.value] if isinstance(tree.func, ast.Attribute) and _is_method(tree) else []), *given]
    return []


def _is_method(tree: ast.AST | None) -> bool:
    """Whether it is a call of a method of a value."""
    return isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute) and not _is_module(tree.func.value)


def _elements(part: ast.expr) -> list[ast.expr]:
    return list(part.elts) if isinstance(part, ast.Tuple | ast.List) else [part]


def _is_module(part: ast.expr) -> bool:
    """torch, torch.nn.functional, and F, as nearly everybody writes it."""
    while isinstance(part, ast.Attribute):
        part = part.value
    return isinstance(part, ast.Name) and part.id in ("torch", "F", "nn")


def _is_plain(part: ast.expr) -> bool:
    """A number, a word, a slice: no operand."""
    if isinstance(part, ast.UnaryOp):
        return _is_plain(part.operand)
    return isinstance(part, ast.Constant | ast.Slice | ast.Starred) or (
        isinstance(part, ast.Attribute) and _is_module(part)
    )
