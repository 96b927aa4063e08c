"""Parameters that no pass of the run has given a gradient, of modules that are trained otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from torch import Tensor, nn

from engine.autograd import why_no_grad
from engine.autograd.graph.node_names import user_names
from engine.autograd.passes.controller import BackwardController
from engine.autograd.untrained import listed
from engine.program.lookup import grad_of
from engine.program.module_tree import named_parameters_in
from engine.protocol.health import Finding
from engine.protocol.sentence import Sentence
from engine.tensors import native


def unreached(namespace: Mapping[str, Any], before: Set[int], controller: BackwardController) -> Iterator[Finding]:
    """One for each module in `namespace` that has come since the values with the ids `before`."""
    seen: set[int] = set()
    for name, module in user_names(namespace):
        if name.startswith("_") or id(module) in before or not issubclass(type(module), nn.Module):
            continue
        parameters = [
            (path, one)
            for path, one in named_parameters_in(module, name)
            if native.requires_grad(one) and id(one) not in seen
        ]
        seen.update(id(one) for _, one in parameters)
        missing = [(path, one) for path, one in parameters if not _was_reached(one, controller)]
        if missing and len(missing) < len(parameters):
            yield _finding(name, missing, len(parameters), controller)


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
