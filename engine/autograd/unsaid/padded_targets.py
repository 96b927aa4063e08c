"""Losses that average over places of padding: targets that an embedding calls padding, and masks of 0 under a mean."""

from __future__ import annotations

from collections.abc import Iterator

from torch import Tensor
from torch.autograd.graph import Node as GradFn

from engine.autograd.graph import cuts
from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.records import LeafRecord, NodeRecord, slot_shape
from engine.autograd.unsaid.run import Run
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native

_LOSSES = frozenset({"NllLossBackward0", "NllLoss2DBackward0"})
_CONDITIONS = frozenset({"eq", "ne", "lt", "le", "gt", "ge", "float", "to", "type", "double", "half", "bfloat16"})
_MEAN = 1  # torch's number of the reduction
_MOST = 1 << 22  # elements that are looked at


def padded_targets(run: Run) -> Iterator[Notice]:
    """One for each loss of words that counts those that an embedding of as many leaves out as padding."""
    nodes = list(run.nodes())
    found = [(node, record) for _, node, record in nodes if native.name_of(node) == "EmbeddingBackward0"]
    rows = {(int(getattr(node, "_saved_padding_idx", -1)), _n_rows(node)): record for node, record in found}
    for _, node, record in nodes:
        if native.name_of(node) not in _LOSSES or record.call is None or line_of(record.call) is None:
            continue
        if getattr(node, "_saved_reduction", 0) != _MEAN or len(_constants(record)) != 1:  # with weights it has two
            continue
        target = _read(_constants(record)[0])
        n_classes = _n_classes(node)
        for (row, n_words), embedding in rows.items():
            if n_words != n_classes:
                continue
            n_padded = 0 if target is None or row < 0 or node._saved_ignore_index == row else int((target == row).sum())  # type: ignore[attr-defined]
            if target is None or embedding.call is None or not 0 < n_padded < target.numel():
                continue
            said = Sentence.of(
                "notice.padded_targets",
                "{loss} averages over {n:,} targets, of which {n_padded:,} are {row}, the padding of {embedding} (line "
                "{line}): the network learns to answer padding. Give it ignore_index={row}.",
                loss=expression_of(record.call),
                n=target.numel(),
                n_padded=n_padded,
                row=row,
                embedding=expression_of(embedding.call),
                line=line_of(embedding.call) or 0,
            )
            yield Notice(said, source_of(record.call.place))


def masked_means(run: Run) -> Iterator[Notice]:
    """One for a pass that begins at the mean of what a mask has set to 0."""
    records = {id(node): record for _, node, record in run.nodes()}
    for root in run.current.call.root_nodes:
        record = records.get(id(root))
        product = root.next_functions[0][0] if native.name_of(root) == "MeanBackward0" else None
        inner = None if product is None or not _is_product(product) else records.get(id(product))
        if record is None or record.call is None or line_of(record.call) is None or inner is None:
            continue
        masks = [_read(leaf) for leaf in _constants(inner) if _is_mask(leaf, product)]
        mask = masks[0] if len(masks) == 1 else None
        n_left = 0 if mask is None or not bool(((mask == 0) | (mask == 1)).all()) else int((mask != 0).sum())
        if mask is not None and 0 < n_left < mask.numel():
            said = Sentence.of(
                "notice.masked_mean",
                "{mean} divides by all {n:,} places, of which the mask leaves {n_left:,}: the more it leaves out, the "
                "smaller the loss and its gradients. Divide the sum by that of the mask.",
                mean=expression_of(record.call),
                n=mask.numel(),
                n_left=n_left,
            )
            yield Notice(said, source_of(record.call.place))


def _n_rows(embedding: GradFn) -> int:
    """How many words an embedding has; -1 of one whose weights are computed."""
    below = embedding.next_functions[0][0]
    weight = None if below is None else native.leaf_of(below)
    return -1 if weight is None else native.shape(weight)[0]


def _n_classes(loss: GradFn) -> int:
    below, slot = loss.next_functions[0]
    shape = None if below is None else slot_shape(below._input_metadata[slot])  # type: ignore[attr-defined]
    return 0 if shape is None or len(shape) < 2 else shape[1]


def _is_product(node: GradFn) -> bool:
    return native.name_of(node) == "MulBackward0"


def _is_mask(leaf: LeafRecord, product: GradFn | None) -> bool:
    """Whether what a product took is one condition for each of its elements, and no data."""
    shape = None if product is None else slot_shape(product._input_metadata[0])  # type: ignore[attr-defined]
    made_by = "" if leaf.made is None else cuts.bare_name(leaf.made.function).strip("_")
    return leaf.shape == shape and (leaf.dtype == "bool" or made_by in _CONDITIONS)


def _constants(record: NodeRecord) -> list[LeafRecord]:
    """What an operation took that has no gradient."""
    return [leaf for leaf in record.inputs if not leaf.requires_grad]


def _read(leaf: LeafRecord) -> Tensor | None:
    """Its numbers, where they are kept and few enough to look through."""
    value = None if leaf.value is None else leaf.value.read()[0]
    bare = None if value is None else native.bare(value)
    is_read = bare is not None and native.has_own_data(bare) and 0 < native.numel(bare) <= _MOST
    return bare if is_read else None
