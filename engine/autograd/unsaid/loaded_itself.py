"""A network's weights that were put aside as they are, without a copy, and are loaded back after they were trained."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from torch import Tensor, nn
from torch._C import TensorBase

from engine.autograd.optimizer_groups import held_by
from engine.autograd.unsaid.run import Run
from engine.program.module_tree import parameters_in
from engine.program.sources import program_tree, source_of_tree
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.tensors import native


def loaded_itself(run: Run) -> Iterator[Notice]:
    """One for each statement of the program's file that loads them."""
    path = run.path
    names = dict(run.values())
    trained = {id(one) for _, optimizer in run.optimizers() for one in _stepped(run, optimizer)}
    for part in ast.walk(program_tree(path)):
        network, state = _loaded(part)
        module, kept = names.get(network), names.get(state)
        if not isinstance(part, ast.Call) or module is None or kept is None:
            continue
        if not issubclass(type(module), nn.Module) or not issubclass(type(kept), dict):
            continue
        parameters = tuple(parameters_in(module))
        if any(id(one) in trained for one in parameters) and _are_those(parameters, kept):
            said = Sentence.of(
                "notice.loaded_itself",
                "{expression} (line {line}) brings nothing back: {state} holds the weights of {network} themselves, "
                "which each step has changed. Keep copies: {state} = copy.deepcopy({network}.state_dict()).",
                expression=ast.unparse(part),
                line=part.lineno,
                state=state,
                network=network,
            )
            yield Notice(said, source_of_tree(path, part))


def _stepped(run: Run, optimizer: Any) -> Iterator[Tensor]:
    return held_by(optimizer) if optimizer in run.recorder.seen.events.steps else iter(())


def _loaded(part: ast.AST) -> tuple[str, str]:
    """The names in `net.load_state_dict(best)`; ("", "") of anything else."""
    is_load = isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and bool(part.args)
    if is_load and part.func.attr == "load_state_dict":  # type: ignore[attr-defined]
        network, state = part.func.value, part.args[0]  # type: ignore[attr-defined]
        if isinstance(network, ast.Name) and isinstance(state, ast.Name):
            return network.id, state.id
    return "", ""


def _are_those(parameters: tuple[Tensor, ...], kept: dict[Any, Any]) -> bool:
    """Whether what is kept lies where all parameters do."""
    tensors = [one for one in dict.values(kept) if issubclass(type(one), Tensor) and native.has_own_data(one)]
    places = {TensorBase.data_ptr(one) for one in tensors}
    return bool(parameters) and all(
        native.has_own_data(one) and TensorBase.data_ptr(one) in places for one in parameters
    )
