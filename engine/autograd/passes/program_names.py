"""What the program calls the values of a pass: from its names, and from the text of the calls that made them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from torch import Tensor

from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import named_tensors, variable_of
from engine.autograd.records import Call, NodeRecord, elements_of
from engine.program.sentences.failing_call import parsed
from engine.protocol.sentence import Sentence
from engine.shared.phrases import at_line
from engine.shared.static_reads import own_attributes


class ProgramNames:
    """The names that a place of the program sees."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._space = namespace

    def of_tensor(self, tensor: Tensor) -> str:
        """The variable, parameter or element that holds a tensor; "" where none does."""
        return next((name for name, found in named_tensors(self._space) if found is tensor), "")

    def called(self, call: Call) -> Sentence:
        """ "h.exp() (line 6)"; of what a module of a library does, that module: "net.2, a ReLU (line 7)"."""
        line = line_of(call) or 0
        module = call.module
        if call.direct or module is None or not module.path:
            return at_line(expression_of(call), line)
        root = module.root()
        name = next((name for name, value in self._space.items() if value is root and type(name) is str), "")
        path = f"{name}.{module.path}" if name else module.path
        return Sentence.phrase(
            "words.module_at_line", "{module}, {kind} (line {line})", module=path, kind=module.type_name, line=line
        )

    def value(self, name: str) -> Any:
        """What a variable, or an attribute "self.state" of a module, holds now."""
        owner, _, attribute = name.rpartition(".")
        space = self._space
        if not owner:
            return space.get(name)
        holders = [space[owner]] if owner in space else space.values()
        attributes = (own_attributes(holder) for holder in holders)
        return next((held[attribute] for held in attributes if attribute in held), None)


def stored_variable(record: NodeRecord) -> str:
    """The variable that a node's result is stored in, or that its operation wrote into."""
    name = variable_of(record)
    source = source_of(record.call.place) if record.call is not None and not name else None
    tree: ast.AST | None = None if source is None else parsed(source.text)
    tree = tree.value if isinstance(tree, ast.Expr) else tree
    if isinstance(tree, ast.AugAssign):
        tree = tree.target
    elif isinstance(tree, ast.Call) and isinstance(tree.func, ast.Attribute) and tree.func.attr.endswith("_"):
        tree = tree.func.value
    elif record.call is None or cuts.bare_name(record.call.function) != "__setitem__":
        return name
    while isinstance(tree, ast.Subscript):
        tree = tree.value
    return ast.unparse(tree) if isinstance(tree, ast.Name | ast.Attribute) else ""


def tensors_of(value: Any) -> list[Tensor]:
    """A tensor, or those in a list or tuple."""
    if issubclass(type(value), Tensor):
        return [value]
    parts = elements_of(value) if issubclass(type(value), (list, tuple)) else ()
    return [part for part in parts if issubclass(type(part), Tensor)]


def cut(name: str, value: Any) -> str:
    """The statement that cuts a variable off from what it was computed from."""
    if isinstance(value, tuple):
        return f"{name} = tuple(part.detach() for part in {name})"
    if isinstance(value, list):
        return f"{name} = [part.detach() for part in {name}]"
    return f"{name} = {name}.detach()"


def written_by(writer: Call) -> str:
    """The call as the program writes it; of an assignment to elements, which is a place only, with its sign."""
    text = expression_of(writer)
    return f"{text} = …" if text.endswith("]") else text
