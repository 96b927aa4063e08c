"""Parameters that no pass of the run has given a gradient, of modules that are trained otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from torch import Tensor, nn
from torch.optim import Optimizer

from engine.autograd import why_no_grad
from engine.autograd.graph.node_names import user_names
from engine.autograd.optimizer_groups import held_by
from engine.autograd.passes.controller import BackwardController
from engine.autograd.untrained import listed
from engine.program.lookup import grad_of
from engine.program.module_tree import modules_in, named_parameters_in
from engine.protocol.health import Finding
from engine.protocol.sentence import Sentence
from engine.tensors import native


def unreached(namespace: Mapping[str, Any], before: Set[int], controller: BackwardController) -> Iterator[Finding]:
    """One for each module and each optimizer in `namespace` that has come since the values with the ids `before`."""
    told: set[int] = set()
    for name, parameters in _groups(namespace, before):
        missing = [(path, one) for path, one in parameters if not _was_reached(one, controller)]
        untold = [(path, one) for path, one in missing if id(one) not in told]
        if untold and len(missing) < len(parameters):
            told.update(id(one) for _, one in untold)
            yield _finding(name, untold, len(parameters), controller)


def _groups(namespace: Mapping[str, Any], before: Set[int]) -> Iterator[tuple[str, list[tuple[str, Tensor]]]]:
    """What is trained together, by its name: the parameters of a module that is no part of another, with their paths,
    and those of an optimizer."""
    new = [
        (name, value) for name, value in user_names(namespace) if not name.startswith("_") and id(value) not in before
    ]
    modules = [(name, value) for name, value in new if issubclass(type(value), nn.Module)]
    inner = {id(one) for _, module in modules for _, one in modules_in(module) if one is not module}
    paths = {id(value): name for name, value in new if issubclass(type(value), Tensor)}
    for name, module in modules:
        if id(module) not in inner:
            parameters = [(path, one) for path, one in named_parameters_in(module, name) if native.requires_grad(one)]
            paths |= {id(one): path for path, one in parameters}
            yield name, parameters
    for name, optimizer in new:
        if issubclass(type(optimizer), Optimizer):
            held = [one for one in held_by(optimizer) if issubclass(type(one), Tensor) and native.requires_grad(one)]
            yield name, [(paths.get(id(one), f"{name}'s parameter {place}"), one) for place, one in enumerate(held)]


def _was_reached(parameter: Tensor, controller: BackwardController) -> bool:
    return grad_of(parameter) is not None or controller.has_reached(parameter)


def _finding(name: str, missing: list[tuple[str, Tensor]], n_all: int, controller: BackwardController) -> Finding:
    said = Sentence.of(
        "health.no_gradient",
        "{n_missing} of {n_all} parameters of {name} never got a gradient: {names}.",
        n_missing=len(missing),
        n_all=n_all,
        name=name,
        names=listed([path for path, _ in missing]),
    )
    path, first = missing[0]
    cure = controller.known.why_no_grad(first, path) or why_no_grad.not_arrived(path)
    return Finding("no_gradient", "notable", said, cure, variable=name)
