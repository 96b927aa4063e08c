"""Parameters that a backward pass left without a gradient, and those that have one and no optimizer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any

from torch import Tensor, nn
from torch.autograd.graph import Node as GradFn
from torch.optim import Optimizer

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.node_names import user_names
from engine.autograd.optimizer_groups import held_by
from engine.autograd.passes.backward_pass import BackwardPass
from engine.autograd.passes.call_site import CallSite
from engine.autograd.records import Call, NodeRecord
from engine.program.lookup import grad_of
from engine.program.module_tree import named_parameters_in, plain_tensors_in
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.phrases import origin_words, with_more
from engine.tensors import native

_MOST_NAMES = 3


class Untrained:
    """Of the modules that have come into `namespace` since the values with the ids `before`, after the newest pass.
    `numbers`: the calls that took numbers out of a graph, the newest first."""

    def __init__(
        self,
        namespace: Mapping[str, Any],
        before: Set[int],
        current: BackwardPass,
        site: CallSite,
        numbers: Sequence[Call] = (),
    ) -> None:
        values = [(name, value) for name, value in user_names(namespace) if not name.startswith("_")]
        self._current, self._site, self._numbers = current, site, numbers
        self._modules = [
            (name, value) for name, value in values if id(value) not in before and issubclass(type(value), nn.Module)
        ]
        self._optimizers = [(name, value) for name, value in values if issubclass(type(value), Optimizer)]
        # One that another program has left behind was not meant to train these.
        self._new_optimizers = [name for name, value in self._optimizers if id(value) not in before]

    def notices(self, record_of: Callable[[GradFn], NodeRecord | None]) -> Iterator[Notice]:
        """One for each module that is trained in part."""
        for name, module in self._modules:
            parameters = list(named_parameters_in(module, name))
            missing = [path for path, parameter in parameters if self._is_missing(parameter)]
            if missing and any(grad_of(parameter) is not None for _, parameter in parameters):
                cut = self._cut(record_of)
                yield (None if cut is not None else self._of_numbers(missing, record_of)) or self._not_reached(
                    missing, cut
                )
            reached = [(path, p) for path, p in parameters if grad_of(p) is not None and self._current.has_reached(p)]
            held = {id(parameter) for _, optimizer in self._optimizers for parameter in held_by(optimizer)}
            left_out = [path for path, parameter in reached if id(parameter) not in held]
            if left_out and self._new_optimizers:
                yield Notice(_without_optimizer(left_out, ", ".join(self._new_optimizers)))
            plain = [(path, one) for path, one in plain_tensors_in(module, name) if native.is_leaf(one)]
            missed = [path for path, one in plain if id(one) not in held and self._current.has_reached(one)]
            if missed and self._new_optimizers:
                yield Notice(_no_parameter(missed, name))

    def _is_missing(self, parameter: Tensor) -> bool:
        is_wanted = native.requires_grad(parameter) and grad_of(parameter) is None
        return is_wanted and not self._current.has_reached(parameter)

    def _cut(self, record_of: Callable[[GradFn], NodeRecord | None]) -> Call | None:
        """The call that cut off an input of the pass."""
        for node in self._current.nodes_run():
            record = record_of(node)
            for leaf in record.inputs if record is not None else ():
                if leaf.made is not None and leaf.made.cause is not None and line_of(leaf.made.cause[1]) is not None:
                    return leaf.made.cause[1]
        return None

    def _of_numbers(self, missing: list[str], record_of: Callable[[GradFn], NodeRecord | None]) -> Notice | None:
        """An input of the pass that is as large as what numbers were taken from before: made of them again."""
        records = (record_of(node) for node in self._current.nodes_run())
        takers = [(record.call, leaf) for record in records if record is not None for leaf in record.inputs]
        for taken in self._numbers:
            shapes = {one.shape for one in taken.severed if one.shape is not None and math.prod(one.shape) > 1}
            for call, leaf in takers:
                is_later = call is not None and (leaf.made or call).number > taken.number
                if leaf.requires_grad or leaf.shape not in shapes or not is_later or call is None:
                    continue
                if line_of(taken) is None or line_of(call) is None:
                    continue
                said = Sentence.of(
                    "notice.numbers_before",
                    "{names} got no gradient: {origin} (line {line}) did not reach them. {taken} at line {taken_line} "
                    "took numbers of shape {shape} out of a graph, as {expression} (line {used_line}) gets them, and "
                    "numbers carry no gradient: go on with the tensor itself.",
                    names=listed(missing),
                    origin=origin_words(self._site.origin),
                    line=self._site.line,
                    taken=expression_of(taken),
                    taken_line=line_of(taken),
                    shape=leaf.shape,
                    expression=expression_of(call),
                    used_line=line_of(call),
                )
                return Notice(said, source_of(taken.place))
        return None

    def _not_reached(self, missing: list[str], cut: Call | None) -> Notice:
        if cut is None:
            said = Sentence.of(
                "notice.not_reached",
                "{names} got no gradient: {origin} (line {line}) did not reach them.",
                names=listed(missing),
                origin=origin_words(self._site.origin),
                line=self._site.line,
            )
            return Notice(said, self._site.source)
        said = Sentence.of(
            "notice.cut_before",
            "{names} got no gradient: {origin} (line {line}) did not reach them, and {expression} at line {cut_line} "
            "cuts off what comes before it.",
            names=listed(missing),
            origin=origin_words(self._site.origin),
            line=self._site.line,
            expression=expression_of(cut),
            cut_line=line_of(cut),
        )
        return Notice(said, source_of(cut.place))


def listed(names: list[str]) -> Sentence | str:
    """The first of them, and how many more there are."""
    return with_more(", ".join(names[:_MOST_NAMES]), len(names) - _MOST_NAMES)


def _no_parameter(names: list[str], module: str) -> Sentence:
    return Sentence.of(
        "notice.no_parameter",
        "{names}: there is a gradient, but no optimizer trains them: a plain tensor is no parameter, and {module}"
        ".parameters() does not give it. Make it one with nn.Parameter(…).",
        names=listed(names),
        module=module,
    )


def _without_optimizer(names: list[str], optimizers: str) -> Sentence:
    return Sentence.of(
        "notice.not_in_optimizer",
        "{names}: there is a gradient, but {optimizers} does not train them: they are not among its parameters. Give "
        "them to it, or let what is to stay as it is require no gradient: .requires_grad_(False).",
        names=listed(names),
        optimizers=optimizers,
    )
