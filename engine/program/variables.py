"""The live namespace as rows of the variables table, and the tensors behind its names."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

import msgspec
from torch import Tensor
from torch.nn import Module

from engine.program.inside import tensors_inside
from engine.program.locals import Functions, Scope, Told
from engine.program.lookup import grad_of
from engine.program.module_tree import parameters_in
from engine.program.one_line import as_line, count_parameters
from engine.program.parts import first_shown, parts_of
from engine.protocol.notes import NoGrad
from engine.protocol.program_values import Variable
from engine.protocol.sentence import Sentence
from engine.protocol.tensor_values import MAX_EXACT_ELEMENTS, TensorSummary
from engine.shared.output_names import in_function
from engine.shared.static_reads import type_name
from engine.tensors import native
from engine.tensors.arrays import ARRAYS, can_be_seen
from engine.tensors.reading import UnreadableError, n_elements_of
from engine.tensors.summary import summarize, summarize_unread
from engine.tensors.unseen import Unseen

_NOT_SHOWN = (ModuleType, FunctionType, BuiltinFunctionType, MethodType, type)
# A thumbnail of a larger gradient is not worth the time in a table.
_THUMBNAIL_ELEMENTS = 1 << 20
_MAX_ROWS = 1000
# A model has hundreds of parts: of a larger one a sample stands for all until there is time to read them.
_MAX_EXACT_PART = 1 << 16


def user_variables(namespace: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Names that the program gave to values; not modules, functions and classes. The namespace may change meanwhile."""
    for name, value in (namespace.now() if isinstance(namespace, Scope) else dict(namespace)).items():
        if type(name) is not str or name.startswith("__") or name == "_":
            continue
        if not issubclass(type(value), _NOT_SHOWN):
            yield name, value


class Known(NamedTuple):
    """What is to be known of a tensor of the program from elsewhere: `node_of` finds it in the graph on screen,
    `why_no_grad` says of one that has a name why it has no `.grad`, `copied_from` which device it was copied from;
    `rank` of a name, how late it was bound among the others."""

    node_of: Callable[[Tensor], int]
    why_no_grad: Callable[[Tensor, str], Sentence | None]
    copied_from: Callable[[Tensor], str]
    rank: Callable[[str], int] = lambda name: 0


def rows(
    namespace: Mapping[str, Any],
    functions: Functions,
    known: Known,
    *,
    until_s: float = math.inf,
    unfolded: Set[str] = frozenset(),
) -> tuple[Variable, ...]:
    """One row for each variable of the functions and then of the program, and for each part of those that are unfolded,
    at most _MAX_ROWS. What is counted in a large tensor waits where it takes longer than until then, by
    `monotonic()`."""
    inside = ((f"{label}.{name}", value) for label, names in functions.items() for name, value in user_variables(names))
    every = (
        row
        for name, value in itertools.chain(inside, user_variables(namespace))
        for row in _with_parts(_row(name, value, known, until_s), value, known, until_s, unfolded)
    )
    return tuple(itertools.islice(every, _MAX_ROWS))


def _with_parts(row: Variable, value: Any, known: Known, until_s: float, unfolded: Set[str]) -> Iterator[Variable]:
    """A row, and below it what it holds where that is wanted."""
    yield row
    if row.name not in unfolded or not row.inside:
        return
    parts, depth = parts_of(row.name, value), row.depth + 1
    for name, part in parts.found:
        part_row = _row(name, part, known, until_s, _MAX_EXACT_PART)
        of_part = msgspec.structs.replace(part_row, part_of=row.name, depth=depth)
        yield from _with_parts(of_part, part, known, until_s, unfolded)
    if parts.n_parts > len(parts.found):
        n_more = parts.n_parts - len(parts.found)
        yield Variable(f"{row.name}[…]", "", part_of=row.name, depth=depth, n_more=n_more)


def newest_output(namespace: Mapping[str, Any], since: int = 0) -> str:
    """The name of the newest scalar with a grad_fn, else of the newest tensor with one; "" where there is none.

    What was made since the sequence number `since` comes before everything older; where no variable is such a tensor,
    one that a variable leads to does, "out.loss".
    """
    found = list(user_variables(namespace))
    name, is_new = _newest(((name, value) for name, value in found if issubclass(type(value), Tensor)), since)
    # The last of equal ones is the newest: here the one that is nearest to a variable.
    inside, is_newer = ("", False) if is_new else _newest(reversed(list(tensors_inside(found))), since)
    return inside if is_newer or not name else name


def _newest(tensors: Iterable[tuple[str, Tensor]], since: int) -> tuple[str, bool]:
    """The newest of them, and whether it was made since then."""
    best, best_rank = "", (False, False, -1)
    for name, tensor in tensors:
        with Unseen():
            node = native.grad_fn(tensor)
            number = -1 if node is None else native.sequence_nr(node)
            rank = (number >= since, n_elements_of(tensor) == 1, number)
        if node is not None and rank >= best_rank:
            best, best_rank = name, rank
    return best, best_rank[0]


def has_graph_since(tensor: Tensor, since: int) -> bool:
    """Whether its grad_fn was made since the sequence number `since`."""
    with Unseen():
        node = native.grad_fn(tensor)
        return node is not None and native.sequence_nr(node) >= since


def newest_severed(namespace: Mapping[str, Any], is_severed: Callable[[Tensor], bool]) -> str:
    """The name of the last tensor whose graph was cut off, by no_grad() say; "" where there is none."""
    names = [name for name, value in user_variables(namespace) if issubclass(type(value), Tensor) and is_severed(value)]
    return names[-1] if names else ""


def why_no_output(namespace: Mapping[str, Any], transforms: Set[str] = frozenset()) -> Sentence:
    """Why there is no graph to draw; `transforms` are those of torch.func that the program has used."""
    tensors = [(name, value) for name, value in user_variables(namespace) if issubclass(type(value), Tensor)]
    with Unseen():
        leaves = [name for name, tensor in tensors if native.requires_grad(tensor)]
    modules = [(name, value) for name, value in user_variables(namespace) if issubclass(type(value), Module)]
    trainable = [name for name, module in modules if _is_trainable(module)]
    if leaves or trainable:
        return Sentence.of(
            "graph.not_computed_yet",
            "{name} requires a gradient, but no variable holds anything computed from it yet.",
            name=(leaves + trainable)[0],
        )
    if "jvp" in transforms:
        return Sentence.of(
            "graph.forward_mode",
            "Nothing here requires a gradient. What torch.func computed in forward mode (jvp, jacfwd) carries its "
            "derivatives along with its values: it has no graph, and no backward pass to step.",
        )
    if tensors and "vmap" in transforms:
        return Sentence.of(
            "graph.inside_func",
            "Nothing here requires a gradient. Inside of torch.func.vmap a program works on tensors that stand "
            "for others, and gets plain ones back: of what it did there no graph is left, and no cells are followed.",
        )
    if tensors or any(can_be_seen(value) or first_shown(name, value) for name, value in user_variables(namespace)):
        return Sentence.of(
            "graph.no_leaf",
            "Nothing here requires a gradient: make a tensor with requires_grad=True and compute with it.",
        )
    return Sentence.of(
        "graph.no_tensor", "There is no tensor yet: run a program that makes one with requires_grad=True."
    )


def _is_trainable(module: Module) -> bool:
    with Unseen():
        return any(map(native.requires_grad, parameters_in(module)))


def has_graph(tensor: Tensor) -> bool:
    """Whether it has a grad_fn."""
    with Unseen():
        return native.grad_fn(tensor) is not None


def _row(name: str, value: Any, known: Known, until_s: float, max_elements: int = MAX_EXACT_ELEMENTS) -> Variable:
    kind = type_name(value)
    try:
        if issubclass(type(value), Tensor):
            return _tensor_row(name, value, known, until_s, max_elements)
        if can_be_seen(value):
            return _array_row(name, value, known, until_s, max_elements)
        if type(value) is Told:
            return Variable(name, value.kind, value.line)
        rank, inside = known.rank(name), first_shown(name, value)
        if issubclass(type(value), Module):
            return Variable(name, kind, n_parameters=count_parameters(value), rank=rank, inside=inside)
        return Variable(name, kind, as_line(value), rank=rank if inside else 0, inside=inside)
    except Exception as error:  # one strange value must not hide the others
        return Variable(name, kind, f"cannot be shown: {type_name(error)}")


def _tensor_row(name: str, tensor: Tensor, known: Known, until_s: float, max_elements: int) -> Variable:
    grad = grad_of(tensor)
    return Variable(
        name=name,
        kind=type_name(tensor),
        summary=summarize(tensor, max_elements=max_elements, until_s=until_s),
        grad=None if grad is None else _of_gradient(grad, until_s, max_elements),
        no_grad=_no_grad(tensor) if grad is None else None,
        why_no_grad=known.why_no_grad(tensor, in_function(name)[1]) if grad is None else None,
        node=known.node_of(tensor),
        copied_from=_copied_from(tensor, known),
        rank=known.rank(name),
    )


def _array_row(name: str, array: Any, known: Known, until_s: float, max_elements: int) -> Variable:
    try:
        summary = summarize(ARRAYS.tensor(array), max_elements=max_elements, until_s=until_s)
    except UnreadableError as error:
        summary = summarize_unread(array, error)
    summary = msgspec.structs.replace(summary, is_array=True)
    return Variable(name, type_name(array), summary=summary, rank=known.rank(name))


def _of_gradient(grad: Tensor, until_s: float, max_elements: int) -> TensorSummary:
    is_seen = n_elements_of(grad) <= _THUMBNAIL_ELEMENTS
    return summarize(grad, thumbnail=is_seen, max_elements=max_elements, until_s=until_s)


def _copied_from(tensor: Tensor, known: Known) -> str:
    with Unseen():
        return known.copied_from(tensor)


def _no_grad(tensor: Tensor) -> NoGrad:
    with Unseen():
        if native.is_stale(tensor):
            return NoGrad.NOT_KEPT
        if not native.requires_grad(tensor):
            return NoGrad.NOT_REQUIRED
        return NoGrad.NONE_YET if native.is_leaf(tensor) or native.retains_grad(tensor) else NoGrad.NOT_KEPT
