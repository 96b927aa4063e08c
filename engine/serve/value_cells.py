"""What made one cell of a value: the terms of a sum, where its operation is one, else the cells that it is made of."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from engine.autograd.graph.calls import expression_of, source_of
from engine.autograd.rules.catalogue import MOVES, RULES
from engine.autograd.rules.rule import Rule, nodes
from engine.autograd.rules.terms import Slopes, slopes_of
from engine.autograd.rules.values import MissingError, NodeValues
from engine.protocol.cells import CellFactor, CellPlace, CellSum, CellTerm
from engine.protocol.keys import NodeValueKey
from engine.protocol.sentence import Sentence
from engine.serve.cell_names import CellNames
from engine.serve.subjects import Subjects
from engine.serve.sums import Sum, largest, saved_among
from engine.shared.numbers import number
from engine.tensors import native
from engine.tensors.gate import GATE
from engine.tensors.places import unravelled

_MAX_ELEMENTS = 1 << 22  # of an output whose operation is not cell by cell
_CONSTANT = Sentence.phrase("cell.constant", "a number without a gradient")
_Groups = tuple[tuple[int, ...], ...]  # operands that are added up; of each group any one will do
_ONE: _Groups = ((0,),)
_EACH_KIND: dict[str, _Groups] = {
    "Mm0 Bmm0 Mv0 Dot0 Mul0": ((0, 1),),
    "Addmm0 Baddbmm0 Addmv0": ((0,), (1, 2)),
    "Linear0 Convolution0 Convolution1": ((2,), (0, 1)),
    "Add0 Sub0 Where0": ((0,), (1,)),
    "Sum0 Sum1 Mean0 Mean1 Mul1 Div0 Div1 Neg0 Cumsum0 Tril0 Triu0": _ONE,
    "Embedding0 Index0 IndexSelect0 Gather0 Relu0 LeakyRelu0 NativeDropout0": _ONE,
    "AvgPool2D0 AdaptiveAvgPool2D0 MaxPool2DWithIndices0": _ONE,
}
_SUMS = {name: groups for kinds, groups in _EACH_KIND.items() for name in nodes(*kinds.split())}


class _Part(NamedTuple):
    """What one operand adds."""

    operand: tuple[int, int]  # node and output
    shape: tuple[int, ...]
    values: Tensor  # of the elements that take part, float64
    slopes: Slopes

    @property
    def products(self) -> Tensor:
        """The terms."""
        return self.values * self.slopes.slopes


class ValueCell:
    """Of one answer. Inside `unobserved` and the gate."""

    def __init__(self, subjects: Subjects, names: CellNames) -> None:
        self._subjects, self._names = subjects, names
        self._said: list[Sentence] = []
        self._has_constant = False  # an operand that may be a number, or not there at all

    def explained(self, node: int, slot: int, cell: tuple[int, ...]) -> CellSum:
        """Of an output whose value was recorded."""
        value = self._subjects.value(node, slot)
        assert value is not None
        place = CellPlace(NodeValueKey(node, slot), cell)
        own, parts = number(value[cell].item()), []
        behind = self._names.followed(place)
        if self._subjects.index.nodes[node].kind != "backward":
            self._said.append(self._beginning(node))
        elif self._subjects.is_changed(node, slot):
            self._said.append(
                Sentence.of(
                    "cell.value_written", "Something has written into this tensor since: this is its number of now."
                )
            )
        elif behind == place:
            parts = self._parts(node, slot, cell, value)
        is_sum = self._subjects.name(node) in _SUMS.keys() | MOVES
        if behind != place:
            factor = CellFactor(own, self._names.at(behind), behind)
            return CellSum(place, self._names.at(place), own, (CellTerm((factor,), own, node),), lit=(behind,))
        products = [part.products for part in parts]
        together = torch.cat(products) if products else torch.zeros(0, dtype=torch.float64)
        GATE.give_way()
        scale, dtypes = float(together.abs().sum()), (native.dtype(value),)
        made = Sum(together, float(value[cell]), scale, dtypes, is_whole=is_sum and not self._said)
        shown = tuple(self._term(node, parts, index, is_sum=is_sum) for index in made.shown)
        total, difference = made.total if is_sum else "", made.difference
        if difference and self._has_constant:
            shown = (*shown, CellTerm((CellFactor(difference, _CONSTANT),), difference))
            total = difference = ""
        taken = (self._place(*_where(parts, index)) for index in largest(together) if together[index] != 0)
        return CellSum(
            place,
            self._names.at(place),
            own,
            shown,
            made.n_more,
            made.rest if is_sum else "",
            total,
            difference,
            said=(*self._said, *(() if is_sum or not parts else (self._function(node, len(together)),))),
            lit=tuple(dict.fromkeys((*taken, *saved_among(shown)))),
        )

    def _beginning(self, node: int) -> Sentence:
        """Why nothing that made it can be told."""
        call, variable = self._subjects.maker(node), self._subjects.index.nodes[node].variable
        place = None if call is None else source_of(call.place)
        if call is None or place is None or self._subjects.index.nodes[node].kind != "input":
            return Sentence.of(
                "cell.is_leaf", "The graph begins here: no operation that was recorded made this number."
            )
        expression, line = expression_of(call), place.line
        if not self._subjects.is_followed(node):
            return Sentence.of(
                "cell.is_made",
                "The graph begins here: {expression} (line {line}) made this number, and needs no gradient.",
                expression=expression,
                line=line,
            )
        return Sentence.of(
            "cell.is_constant",
            "The graph begins here: {expression} (line {line}) made this number, and needs no gradient. Which cells it "
            "took: {way}, then Ctrl+Alt+T.",
            expression=expression,
            line=line,
            way=Sentence.phrase("words.select", "select {variable} among the variables", variable=variable)
            if variable
            else Sentence.phrase("words.give_name", "give it a name, and select that variable"),
        )

    def _function(self, node: int, n_cells: int) -> Sentence:
        kind = self._names.plain_kind(node)
        if not n_cells:
            return Sentence.of("cell.of_none", "No small change of what {kind} worked with would change it.",
                               kind=kind)  # fmt: skip
        if n_cells == 1:
            return Sentence.of("cell.of_one", "{kind} works it out of this one number.", kind=kind)
        return Sentence.of(
            "cell.of_many",
            "{kind} works it out of {count} numbers together, not as a sum of terms.",
            kind=kind,
            count=n_cells,
        )

    # -- what the operands add

    def _parts(self, node: int, slot: int, cell: tuple[int, ...], value: Tensor) -> list[_Part]:
        name = self._subjects.name(node)
        record = RULES.get(name)
        if record is None or native.is_complex(value) or self._subjects.is_beyond_records(node):
            self._said.append(
                Sentence.of("cell.no_rule", "There is no rule of {kind}: how it works is not known.", kind=name)
            )
            return []
        if not record.is_pointwise and value.numel() > _MAX_ELEMENTS:
            self._said.append(
                Sentence.of("cell.value_too_large", "This output is too large to take a cell of it apart.")
            )
            return []
        n_operands = len(self._subjects.subject(node, record).operands)
        groups = _SUMS.get(name) or tuple((place,) for place in range(n_operands))
        found = []
        for group in groups:
            part = self._any_of(group, node, slot, cell, record)
            if part is not None:
                found.append(part)
            elif any(self._subjects.operand(node, place) for place in group):
                self._said.append(
                    Sentence.of(
                        "cell.operand_not_kept",
                        "Not all that {kind} worked with is kept. Step through the program (Ctrl+Shift+Enter): while a "
                        "pass is held it is.",
                        kind=name,
                    )
                )
            else:
                self._has_constant = True
        return found

    def _any_of(
        self, group: tuple[int, ...], node: int, slot: int, cell: tuple[int, ...], record: Rule
    ) -> _Part | None:
        for place in group:
            try:
                part = self._part(place, node, slot, cell, record)
            except (MissingError, RuntimeError, IndexError, AttributeError, TypeError):  # not saved: another may do
                continue
            if part is not None:
                return part
        return None

    def _part(self, place: int, node: int, slot: int, cell: tuple[int, ...], record: Rule) -> _Part | None:
        operand = self._subjects.operand(node, place)
        value = None if operand is None or self._subjects.is_changed(*operand) else self._subjects.value(*operand)
        if operand is None or value is None:
            return None
        subject = self._subjects.subject(node, record)
        shapes = [() if sent is None else sent.shape for sent in subject.operands]
        shapes[place] = tuple(value.shape)
        zeros = [
            None
            if output.shape is None
            else torch.zeros((), dtype=value.dtype, device=value.device).expand(output.shape)
            for output in self._subjects.index.nodes[node].outputs
        ]
        slopes = slopes_of(record, place, NodeValues(subject.read, zeros, shapes), slot, cell)
        GATE.give_way()
        taken = value.reshape(-1)[slopes.places.to(value.device)].double().cpu()
        return _Part(operand, tuple(value.shape), taken, slopes._replace(slopes=slopes.slopes.cpu()))

    # -- writing

    def _term(self, node: int, parts: list[_Part], index: int, *, is_sum: bool) -> CellTerm:
        part, nth = _where(parts, index)
        at = self._names.followed(self._place(part, nth))
        factors = [CellFactor(number(float(part.values[nth])), self._names.at(at), at)]
        if not is_sum:
            return CellTerm(tuple(factors), "", part.operand[0])
        slope, saved = float(part.slopes.slopes[nth]), part.slopes.saved(nth)
        record = RULES[self._subjects.name(node)]
        place = self._names.saved_place(node, record, saved[0]) if len(saved) == 1 else None
        if saved and place is not None and saved[0].value == slope:
            factors.append(CellFactor(number(slope), self._names.at(place), place))
        elif slope != 1:
            factors.append(CellFactor(number(slope)))
        return CellTerm(tuple(factors), number(float(part.values[nth]) * slope), part.operand[0])

    @staticmethod
    def _place(part: _Part, nth: int) -> CellPlace:
        return CellPlace(NodeValueKey(*part.operand), unravelled(int(part.slopes.places[nth]), part.shape))


def _where(parts: list[_Part], index: int) -> tuple[_Part, int]:
    GATE.give_way()
    for part in parts:
        if index < len(part.values):
            return part, index
        index -= len(part.values)
    raise IndexError(index)
