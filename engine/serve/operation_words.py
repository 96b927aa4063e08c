"""A call in the program's words: its sign, and the texts of its operands."""

from __future__ import annotations

import ast

from engine.autograd.graph.calls import function_of, source_of
from engine.autograd.records import Call
from engine.program.sentences.failing_call import parsed

_SIGNS: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitAnd: "&", ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.USub: "-", ast.Invert: "~", ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=",
    ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


def sign_of(call: Call) -> str:
    """ "@" where the program writes an operator, else the function's own name: "reshape", ".T", "[…]"."""
    source = source_of(call.place)
    tree = None if source is None else _expression(source.text)
    if isinstance(tree, ast.BinOp | ast.UnaryOp):
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
    if len(found) != n_operands:
        return ("",) * n_operands
    return tuple(ast.unparse(part) for part in found)


def _expression(text: str) -> ast.expr | None:
    tree = parsed(text)
    return tree.value if isinstance(tree, ast.Expr) else None


def _parts(tree: ast.expr) -> list[ast.expr]:
    """Of an operation, in the order of its operands."""
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
        is_method = isinstance(tree.func, ast.Attribute) and not _is_module(tree.func.value)
        return [*([tree.func.value] if is_method and isinstance(tree.func, ast.Attribute) else []), *given]
    return []


def _elements(part: ast.expr) -> list[ast.expr]:
    return list(part.elts) if isinstance(part, ast.Tuple | ast.List) else [part]


def _is_module(part: ast.expr) -> bool:
    """torch, torch.nn.functional, and F, as nearly everybody writes it."""
    return ast.unparse(part).partition(".")[0] in ("torch", "F", "nn")


def _is_plain(part: ast.expr) -> bool:
    """A number, a word, a slice: no operand."""
    if isinstance(part, ast.UnaryOp):
        return _is_plain(part.operand)
    return isinstance(part, ast.Constant | ast.Slice) or (isinstance(part, ast.Attribute) and _is_module(part))
