"""Padding of an embedding that is not 0 and goes into a loss: no gradient ever changes it."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import NodeRecord
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_MOST = 1 << 22  # elements that are looked at
_WHOLE = frozenset({torch.int64, torch.int32})


def padding(run: Run) -> Iterator[Notice]:
    """One for each embedding whose places of padding a gradient other than 0 came to: of what is masked, none does."""
    names, told = run.names(), set()
    for index, node, record in run.nodes():
        if native.name_of(node) != "EmbeddingBackward0" or record.call is None or line_of(record.call) is None:
            continue
        row = int(getattr(node, "_saved_padding_idx", -1))
        below, _ = node.next_functions[0]
        weight = None if below is None else native.leaf_of(below)
        if weight is None or not 0 <= row < weight.shape[0] or id(weight) in told:  # an index below 0 is none
            continue
        if _is_filled(weight, row) and _reaches(run, index, record, row):
            told.add(id(weight))
            said = Sentence.of(
                "notice.padding_filled",
                "Row {row} of {name} is its padding and is not 0, as after an initialiser that fills all rows: "
                "{expression} (line {line}) takes it into the loss, and no gradient ever changes it. Set it to 0 "
                "under torch.no_grad(), or leave the places of padding out.",
                row=row,
                name=names.get(id(weight), "") or expression_of(record.call),
                expression=expression_of(record.call),
                line=line_of(record.call),
            )
            yield Notice(said, source_of(record.call.place))


def _is_filled(weight: Tensor, row: int) -> bool:
    bare = native.bare(weight)
    return native.has_own_data(bare) and bool((bare[row] != 0).any())


def _reaches(run: Run, index: int, record: NodeRecord, row: int) -> bool:
    """Whether something else than 0 came back to a place where the padding was looked up."""
    taken = (leaf.value.read()[0] for leaf in record.inputs if leaf.value is not None)
    whole = [native.bare(one) for one in taken if one is not None and native.dtype(one) in _WHOLE]
    arrived, _ = run.current.gradients.read(index, 0)
    if len(whole) != 1 or arrived is None or native.numel(arrived) > _MOST or arrived.shape[:-1] != whole[0].shape:
        return False
    return bool((native.bare(arrived)[whole[0] == row] != 0).any())
