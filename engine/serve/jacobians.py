"""Jacobians of the selected node: its own matrices, what backward computes instead, and the chain from the loss on."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from engine.autograd.jacobians.agreement import agreement
from engine.autograd.jacobians.structure import structure_of
from engine.autograd.recorder import Recorder
from engine.protocol.jacobians import MAX_SIDE, AskJacobian, JacobianShown, LocalJacobian, NodeJacobian
from engine.protocol.sentence import Sentence
from engine.serve.cell_names import CellNames
from engine.serve.jacobian_chain import ChainBook
from engine.serve.local_jacobians import NOT_REAL, LocalJacobians, as_bytes, is_real
from engine.serve.subjects import Subjects
from engine.tensors.reading import unobserved


class JacobianBook:
    """Answers from the graph on screen and the newest backward pass. Only inside `GATE.reading`."""

    def __init__(self, recorder: Recorder, subjects: Subjects) -> None:
        self._recorder, self._subjects = recorder, subjects
        self._names = CellNames(subjects)

    def jacobian(self, request: AskJacobian) -> JacobianShown:
        """Of a node of a graph on screen; of any other there is none."""
        node = self._subjects.index.node(request.graph, request.node)
        if node is None or node.is_input:
            return JacobianShown(request.id, jacobian=NodeJacobian(request.node))
        with unobserved():
            locals_ = LocalJacobians(self._recorder, self._subjects)
            return JacobianShown(request.id, jacobian=self._node(request.node, request.slot, locals_))

    def _node(self, node: int, slot: int, locals_: LocalJacobians) -> NodeJacobian:
        shape = locals_.shape(node, slot)
        arriving, _ = self._subjects.gradient(node, slot)
        places = range(self._subjects.index.n_operands(node))
        operands = [self._operand(node, slot, place, locals_) for place in places]
        return NodeJacobian(
            node,
            slot,
            self._names.tensor(node, slot),
            shape or (),
            as_bytes(arriving) if is_real(arriving) and arriving.numel() <= MAX_SIDE else b"",
            tuple(one for one in operands if one is not None),
            ChainBook(self._subjects, self._names, locals_).chain(node, slot),
        )

    def _operand(self, node: int, slot: int, place: int, locals_: LocalJacobians) -> LocalJacobian | None:
        edge = self._subjects.index.edge(node, place)
        if edge is None:
            return None
        name = self._names.tensor(edge.target, edge.target_slot)
        made = locals_.matrix(node, slot, place)
        shape = edge.shape or ()
        if isinstance(made, Sentence):
            return LocalJacobian(edge.target, name, shape, said=made)
        product, leaving, told = self._product(node, place, locals_)
        return LocalJacobian(
            edge.target,
            name,
            shape,
            as_bytes(made),
            structure_of(made),
            locals_.is_by_record(node),
            product=b"" if product is None else as_bytes(product),
            leaving=b"" if leaving is None else as_bytes(leaving),
            agreement=told,
        )

    def _product(
        self, node: int, place: int, locals_: LocalJacobians
    ) -> tuple[Tensor | None, Tensor | None, Sentence | None]:
        """What arrived times the matrix, what PyTorch sent on, and whether they agree: once the node has run."""
        leaving, said = self._subjects.leaving(node, place)
        if not is_real(leaving):
            return None, None, said if leaving is None else NOT_REAL
        total, n_slots = torch.zeros(leaving.numel(), dtype=torch.float64), 0
        for slot in range(max(1, len(self._subjects.index.nodes[node].outputs))):
            arrived, _ = self._subjects.gradient(node, slot)
            if arrived is None:
                continue
            made = locals_.matrix(node, slot, place)
            if isinstance(made, Sentence):
                return None, leaving, made
            n_slots += 1
            total = total + arrived.double().cpu().reshape(-1) @ made
        if math.prod(leaving.shape) != total.numel() or not n_slots:
            return None, leaving, None
        told = agreement(total.reshape(leaving.shape), leaving)
        if n_slots > 1:
            told = Sentence.of(
                "jacobian.of_outputs",
                "All {count} outputs together: each one's gradient times its matrix, added up. {agreement}",
                count=n_slots,
                agreement=told,
            )
        return total, leaving, told
