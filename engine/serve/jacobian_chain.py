"""The chain rule, multiplied out: from the loss to an output, the Jacobians along every path, and the sum of all."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from engine.autograd.jacobians.agreement import agreement
from engine.autograd.jacobians.structure import structure_of
from engine.protocol.graph_values import Edge
from engine.protocol.jacobians import MAX_SIDE, Chain, Factor, Path
from engine.protocol.notes import Partial
from engine.protocol.sentence import Sentence
from engine.serve.cell_names import CellNames
from engine.serve.local_jacobians import NOT_REAL, LocalJacobians, as_bytes, is_real
from engine.serve.subjects import Subjects
from engine.shared.numbers import number
from engine.tensors.gate import GATE

_MAX_NODES = 400  # on all paths together
_MAX_ROWS = 10_000  # of all matrices together
_MAX_PATHS = 4  # that are shown one by one
_Output = tuple[int, int]


class ChainBook:
    """Of one answer. Inside `unobserved` and the gate."""

    def __init__(self, subjects: Subjects, names: CellNames, locals_: LocalJacobians) -> None:
        self._subjects, self._names, self._locals = subjects, names, locals_
        self._order: list[int] = []  # the nodes on the paths, the loss first
        self._slots: dict[int, list[int]] = {}  # of each of them, the outputs that a path goes through
        self._n_paths: dict[_Output, int] = {}
        self._rows: dict[_Output, Tensor] = {}  # ∂L/∂output, as the product gives it

    def chain(self, node: int, slot: int) -> Chain | None:
        """To an output; None where a pass begins there and nowhere else."""
        if not self._subjects.index.senders(node, slot):
            return None
        refused = self._walk(node, slot)
        if refused is not None:
            return Chain(said=(refused,))
        self._count()
        n_paths = self._n_paths[node, slot]
        if not n_paths:
            said = Sentence.of("chain.begins_nowhere", "No pass has begun at a number that leads here.")
            return Chain(said=(said,))
        gradient, note = self._subjects.gradient(node, slot)
        if gradient is None or isinstance(note, Partial):
            said = Sentence.of("chain.not_here", "The product stands here once backward has brought the gradient.")
            return Chain(n_paths, self._paths(node, slot, n_paths), said=(said,))
        failed = self._multiply() if is_real(gradient) else NOT_REAL
        if failed is not None:
            return Chain(n_paths, self._paths(node, slot, n_paths), said=(failed,))
        product = self._rows[node, slot]
        return Chain(
            n_paths,
            self._paths(node, slot, n_paths, with_numbers=True),
            as_bytes(product),
            as_bytes(gradient) if gradient.numel() == product.numel() else b"",
            agreement(product.reshape(gradient.shape), gradient) if gradient.numel() == product.numel() else None,
            tuple(self._hooks()),
        )

    # -- the paths

    def _walk(self, node: int, slot: int) -> Sentence | None:
        """Back to the loss; why it cannot be multiplied out."""
        self._slots, n_rows = {node: [slot]}, 0
        pending, seen = [(node, slot)], {(node, slot)}
        while pending:
            for edge in self._subjects.index.senders(*pending.pop()):
                sizes = [self._locals.size(edge.source, own, edge.source_slot) for own in self._outputs(edge.source)]
                for size in sizes:
                    if size is None or max(size) > MAX_SIDE:
                        return self._too_large(edge, size)
                if edge.source not in self._slots:
                    self._slots[edge.source] = self._outputs(edge.source)
                    n_rows += sum(size[0] for size in sizes if size is not None)
                if len(self._slots) > _MAX_NODES or n_rows > _MAX_ROWS:
                    return Sentence.of(
                        "chain.too_long",
                        "More than {count} nodes, or too large ones, lie between the loss and here: too many matrices "
                        "to multiply. Backward takes one product of a row at each of them.",
                        count=_MAX_NODES,
                    )
                for own in self._outputs(edge.source):
                    if (edge.source, own) not in seen:
                        seen.add((edge.source, own))
                        pending.append((edge.source, own))
        self._order = self._sorted()
        return None

    def _outputs(self, node: int) -> list[int]:
        """Those through which a pass came, or would come."""
        n_outputs = max(1, len(self._subjects.index.nodes[node].outputs))
        arrived = [slot for slot in range(n_outputs) if self._subjects.gradient(node, slot)[0] is not None]
        return arrived or [
            slot for slot in range(n_outputs) if self._subjects.index.senders(node, slot) or n_outputs == 1
        ]

    def _too_large(self, edge: Edge, size: tuple[int, int] | None) -> Sentence:
        rows, columns = size or (0, 0)
        return Sentence.of(
            "chain.too_large",
            "On the way from the loss {kind} has a Jacobian of {rows:,} × {columns:,}: up to {most} a side are "
            "multiplied. Backward multiplies a row by it and never makes the matrix.",
            kind=self._names.plain_kind(edge.source),
            rows=rows,
            columns=columns,
            most=MAX_SIDE,
        )

    def _sorted(self) -> list[int]:
        """Each node after all that send to it."""
        order: list[int] = []
        done: set[int] = set()
        for start in self._slots:
            stack: list[tuple[int, Iterator[int]]] = [(start, self._before(start))]
            while stack:
                node, before = stack[-1]
                following = next((one for one in before if one not in done), None)
                if following is not None:
                    stack.append((following, self._before(following)))
                    continue
                stack.pop()
                if node not in done:
                    done.add(node)
                    order.append(node)
        return order

    def _before(self, node: int) -> Iterator[int]:
        return iter([edge.source for slot in self._slots[node] for edge in self._subjects.index.senders(node, slot)])

    def _sent_to(self, node: int, slot: int) -> Iterator[tuple[Edge, int]]:
        """Each edge that leads to an output, with the output of its sender that a path may come through."""
        for edge in self._subjects.index.senders(node, slot):
            for own in self._slots[edge.source]:
                yield edge, own

    def _count(self) -> None:
        for node in self._order:
            for slot in self._slots[node]:
                before = sum(self._n_paths[edge.source, own] for edge, own in self._sent_to(node, slot))
                self._n_paths[node, slot] = before + (self._seed(node, slot) is not None)

    # -- the product

    def _seed(self, node: int, slot: int) -> Tensor | None:
        """What the pass began with at an output, as a row; before a pass, 1 at a single number that nothing follows."""
        senders = self._subjects.index.senders(node, slot)
        if senders and not self._subjects.is_root(node):
            return None
        handed = self._subjects.handed_in(node, slot) if senders else self._subjects.gradient(node, slot)[0]
        if handed is not None:
            return handed.double().cpu().reshape(1, -1)
        has_begun = any(self._subjects.gradient(root, 0)[0] is not None for root in self._order)
        is_number = self._locals.shape(node, slot) in ((), (1,), (1, 1))
        return torch.ones(1, 1, dtype=torch.float64) if is_number and not senders and not has_begun else None

    def _multiply(self) -> Sentence | None:
        """Every output's row, from the loss on; why a matrix is missing."""
        for node in self._order:
            for slot in self._slots[node]:
                GATE.give_way()
                row = self._seed(node, slot)
                for edge, own in self._sent_to(node, slot):
                    before = self._rows.get((edge.source, own))
                    if before is None:
                        continue
                    matrix = self._locals.matrix(edge.source, own, edge.source_slot)
                    if isinstance(matrix, Sentence):
                        return matrix
                    row = before @ matrix if row is None else row + before @ matrix
                if row is not None:
                    self._rows[node, slot] = row
        return None

    def _hooks(self) -> Iterator[Sentence]:
        for node in self._order:
            found = self._subjects.hook_at(node)
            if found is not None:
                yield Sentence.of(
                    "chain.hooked",
                    "A hook of the program, of line {line}, changed the gradient on the way, which no Jacobian has.",
                    line=found[0],
                )

    # -- what is shown of the paths

    def _paths(self, node: int, slot: int, n_paths: int, *, with_numbers: bool = False) -> tuple[Path, ...]:
        if n_paths > _MAX_PATHS:
            return ()
        return tuple(self._path(steps, root, with_numbers) for root, steps in self._each(node, slot))

    def _each(self, node: int, slot: int) -> Iterator[tuple[_Output, list[tuple[Edge, int]]]]:
        """Each path from the loss on, with the output that it begins at."""
        pending: list[tuple[_Output, list[tuple[Edge, int]]]] = [((node, slot), [])]
        while pending:
            at, steps = pending.pop()
            if self._seed(*at) is not None:
                yield at, steps[::-1]
            for edge, own in self._sent_to(*at):
                if self._n_paths[edge.source, own]:
                    pending.append(((edge.source, own), [*steps, (edge, own)]))

    def _path(self, steps: list[tuple[Edge, int]], root: _Output, with_numbers: bool) -> Path:
        row = self._seed(*root)
        assert row is not None
        factors = [Factor(-1, f"∂L/∂{self._names.tensor(*root)}", 1, row.shape[1])]
        for edge, own in steps:
            word, size = "", self._locals.size(edge.source, own, edge.source_slot)
            if with_numbers:
                matrix = self._locals.matrix(edge.source, own, edge.source_slot)
                assert isinstance(matrix, Tensor)
                found, row = structure_of(matrix), row @ matrix
                word = number(float(matrix)) if matrix.numel() == 1 else "" if found is None else found.word
            result = self._names.tensor(edge.source, own)
            name = f"∂{result}/∂{self._names.tensor(edge.target, edge.target_slot)}"
            factors.append(Factor(edge.source, name, *(size or (0, 0)), word))
        if not with_numbers:
            return Path(tuple(factors))
        return Path(tuple(factors), number(float(row if row.numel() == 1 else row.norm())))
