"""What made one cell of a gradient: the terms that the rules of its senders give, followed through views and casts."""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor

from engine.autograd.rules.catalogue import MOVES, RULES
from engine.autograd.rules.explain import NOT_RUN
from engine.autograd.rules.rule import Rule
from engine.autograd.rules.terms import Saved, Terms, terms
from engine.autograd.rules.values import MissingError, NodeValues
from engine.protocol.cells import CellFactor, CellPlace, CellSum, CellTerm
from engine.protocol.graph_values import Edge
from engine.protocol.keys import NodeGradKey
from engine.protocol.notes import Changed, Note, Partial
from engine.protocol.sentence import Sentence
from engine.serve.cell_names import CellNames
from engine.serve.subjects import Subjects
from engine.serve.sums import Sum, largest, saved_among
from engine.shared.numbers import number
from engine.tensors.gate import GATE
from engine.tensors.places import unravelled

_MAX_ELEMENTS = 1 << 22  # of all that arrives at a node whose rule works with all of it
_CALL = -1
_HANDED = Sentence.phrase("cell.handed", "handed to the pass")
_MAX_COPIES = 16  # that are followed one by one


class _Part(NamedTuple):
    """What one node sent; without a rule for a pass's beginning."""

    node: int
    record: Rule | None
    found: Terms
    shapes: tuple[tuple[int, ...], ...]  # of the gradients that arrived there


class GradientCell:
    """Of one answer. Inside `unobserved` and the gate."""

    def __init__(self, subjects: Subjects, names: CellNames) -> None:
        self._subjects, self._names = subjects, names
        self._parts: list[_Part] = []
        self._without: list[int] = []  # senders whose terms are not known, also the call
        self._skipped: dict[str, None] = {}
        self._said: dict[str, Sentence] = {}
        self._dtypes: set[torch.dtype] = set()

    def explained(self, node: int, slot: int, cell: tuple[int, ...]) -> CellSum:
        """The terms of the gradient with respect to an output, of which there is one."""
        gradient, note = self._subjects.gradient(node, slot)
        assert gradient is not None
        self._say_note(note)
        self._dtypes.add(gradient.dtype)
        self._collect(node, slot, cell)
        GATE.give_way()
        own = float(gradient[cell])
        products = [part.found.products for part in self._parts]
        together = torch.cat(products) if products else torch.zeros(0, dtype=torch.float64)
        rest = own - float(together.sum()) if len(self._without) == 1 else None
        made = Sum(together, own, self._scale(), self._dtypes, is_whole=not self._without)
        owners = torch.cat([torch.full((len(one),), nth) for nth, one in enumerate(products)]) if products else None
        shown = [self._term(owners, products, index) for index in made.shown]
        if rest is not None:
            shown.append(self._remainder(rest))
        return CellSum(
            CellPlace(NodeGradKey(node, slot), cell),
            self._names.gradient(node, slot, cell),
            number(gradient[cell].item()),
            tuple(shown),
            made.n_more,
            made.rest,
            "" if self._without else made.total,
            made.difference,
            tuple(self._skipped),
            tuple(self._said.values()),
            tuple(dict.fromkeys((*self._lit(owners, products, together), *saved_among(shown)))),
        )

    # -- collecting

    def _collect(self, node: int, slot: int, cell: tuple[int, ...]) -> None:
        edges = [edge for edge in self._subjects.index.senders(node, slot) if self._has_sent(edge)]
        self._say_hook(node)
        handed = self._subjects.handed_in(node, slot) if edges else self._subjects.gradient(node, slot)[0]
        if handed is not None:
            self._begin(handed, cell)
        elif self._subjects.is_root(node):
            self._without.append(_CALL)
        for edge in edges:
            part = self._part(edge, cell)
            if part is None:
                self._without.append(edge.source)
            elif self._subjects.name(edge.source) in MOVES and len(part.found.places) <= _MAX_COPIES:
                self._skipped[self._names.plain_kind(edge.source)] = None
                for at, place in zip(part.found.slots.tolist(), part.found.places.tolist(), strict=True):
                    self._collect(edge.source, at, unravelled(place, part.shapes[at]))
            else:
                self._parts.append(part)

    def _say_note(self, note: Note | None) -> None:
        if isinstance(note, Changed):
            self._say(
                Sentence.of("cell.gradient_written", "Something has written into this gradient since it arrived.")
            )
        if isinstance(note, Partial):
            self._say(
                Sentence.of(
                    "cell.partial",
                    "{arrived} of {expected} gradients have come so far.",
                    arrived=note.arrived,
                    expected=note.expected,
                )
            )

    def _has_sent(self, edge: Edge) -> bool:
        _, said = self._subjects.leaving(edge.source, edge.source_slot)
        return said is None or said.code != NOT_RUN

    def _say_hook(self, node: int) -> None:
        found = self._subjects.hook_at(node)
        if found is None:
            return
        line, before, after = found
        if line:
            self._say(
                Sentence.of(
                    "cell.hooked",
                    "The hook of line {line} changed this gradient once its terms were added up: its "
                    "norm was {before} and became {after}.",
                    line=line,
                    before=before,
                    after=after,
                )
            )
        else:
            self._say(
                Sentence.of(
                    "cell.hooked_somewhere",
                    "A hook changed this gradient once its terms were added up: its norm "
                    "was {before} and became {after}.",
                    before=before,
                    after=after,
                )
            )

    def _begin(self, handed: Tensor, cell: tuple[int, ...]) -> None:
        """What the call handed to the pass."""
        at = torch.zeros(1, dtype=torch.int64)
        arriving = handed[cell].double().reshape(1)
        found = Terms(at, at, arriving, torch.ones(1, dtype=torch.float64), lambda nth: ())
        self._parts.append(_Part(-1, None, found, (tuple(handed.shape),)))

    def _part(self, edge: Edge, cell: tuple[int, ...]) -> _Part | None:
        """None where the terms cannot be told, and why is said."""
        name = self._subjects.name(edge.source)
        record = RULES.get(name)
        if record is None or not record.operands or self._subjects.is_beyond_records(edge.source):
            self._say(Sentence.of("cell.no_rule", "There is no rule of {kind}: how it works is not known.", kind=name))
            return None
        subject = self._subjects.subject(edge.source, record)
        shapes = [() if sent is None else sent.shape for sent in subject.operands]
        arrived = tuple(() if g is None else tuple(g.shape) for g in subject.arriving)
        self._dtypes.update(g.dtype for g in subject.arriving if g is not None)
        try:
            values = NodeValues(subject.read, subject.arriving, shapes)
            found = terms(record, edge.source_slot, values, cell, _MAX_ELEMENTS)
        except (MissingError, RuntimeError, IndexError) as error:
            self._say(_why_not(error, name))
            return None
        if found is None:
            self._say(
                Sentence.of(
                    "cell.too_large",
                    "All that arrives at {kind} has a part in this cell: too much to take apart.",
                    kind=name,
                )
            )
            return None
        return _Part(edge.source, record, found, arrived)

    def _say(self, sentence: Sentence) -> None:
        """Once."""
        self._said[sentence.text] = sentence

    def _scale(self) -> float:
        """Of the magnitudes that were added; a pointwise slope may be what is left of two larger numbers."""
        scale = 0.0
        for _, record, found, _ in self._parts:
            sizes = found.products.abs()
            if record is not None and record.is_pointwise:
                sizes = torch.maximum(sizes, found.arriving.abs())
            scale += float(sizes.sum())
        return scale

    # -- writing

    def _term(self, owners: Tensor | None, products: list[Tensor], index: int) -> CellTerm:
        part, nth = self._where(owners, products, index)
        product = number(float(part.found.arriving[nth]) * float(part.found.slopes[nth]))
        if part.record is None:
            return CellTerm((CellFactor(product, _HANDED),), product)
        factors = [self._arrived(part, nth)]
        slope = float(part.found.slopes[nth])
        saved = part.found.saved(nth)
        place = self._names.saved_place(part.node, part.record, saved[0]) if len(saved) == 1 else None
        if saved and place is not None and saved[0].value == slope:
            factors.append(CellFactor(number(slope), self._names.at(place), place))
        elif slope != 1 or (part.record.is_pointwise and saved):
            factors.append(CellFactor(number(slope), self._slope_name(saved, place), place))
        return CellTerm(tuple(factors), product, part.node)

    def _slope_name(self, saved: tuple[Saved, ...], place: CellPlace | None) -> Sentence:
        if place is None or not saved:
            return Sentence.phrase("cell.slope", "slope")
        return Sentence.phrase("cell.slope_at", "slope at {place}", place=self._names.at(place))

    def _where(self, owners: Tensor | None, products: list[Tensor], index: int) -> tuple[_Part, int]:
        GATE.give_way()
        assert owners is not None
        owner = int(owners[index])
        return self._parts[owner], index - sum(len(one) for one in products[:owner])

    def _arrived(self, part: _Part, nth: int) -> CellFactor:
        place = self._place(part, nth)
        assert isinstance(place.key, NodeGradKey)
        name = self._names.gradient(place.key.node, place.key.slot, place.cell)
        return CellFactor(number(float(part.found.arriving[nth])), name, place)

    def _place(self, part: _Part, nth: int) -> CellPlace:
        slot = int(part.found.slots[nth])
        cell = unravelled(int(part.found.places[nth]), part.shapes[slot])
        return CellPlace(NodeGradKey(part.node, slot), cell)

    def _remainder(self, rest: float) -> CellTerm:
        """What the one whose terms are not known must have sent."""
        node = self._without[0]
        if node == _CALL:
            return CellTerm((CellFactor(number(rest), _HANDED),), number(rest))
        place = CellPlace(NodeGradKey(node, 0), ())
        name = Sentence.phrase("cell.what_sent", "what {kind} sent", kind=self._names.plain_kind(node))
        return CellTerm((CellFactor(number(rest), name, place),), number(rest), node)

    def _lit(self, owners: Tensor | None, products: list[Tensor], together: Tensor) -> tuple[CellPlace, ...]:
        """The cells that took part: of what arrived, and of what was saved where a term is shown."""
        found: dict[CellPlace, None] = {}
        for index in largest(together):
            part, nth = self._where(owners, products, index)
            if part.record is not None and not math.isclose(float(together[index]), 0.0, abs_tol=0.0):
                found[self._place(part, nth)] = None
        return tuple(found)


def _why_not(error: Exception, kind: str) -> Sentence:
    """Why the rule of a kind of node cannot be held against what is there."""
    if isinstance(error, MissingError):
        return Sentence.of(
            "cell.not_kept",
            "What {kind} had saved as {name} is not kept any more. Step through the program "
            "(Ctrl+Shift+Enter): while a pass is held it is.",
            kind=kind,
            name=error.name,
        )
    reason = str(error).partition("\n")[0].rstrip(".")  # another tensor was taken for the saved one
    return Sentence.of(
        "cell.unfit", "What is kept of {kind} does not fit its rule: {reason}.", kind=kind, reason=reason
    )
