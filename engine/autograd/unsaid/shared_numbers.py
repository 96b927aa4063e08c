"""Parameters that lie in one memory and are two all the same, and networks of which a copy was meant."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from torch import Tensor, nn
from torch.optim import SGD, Optimizer

from engine.autograd.optimizer_groups import groups_of, held_by
from engine.autograd.unsaid.run import Run
from engine.program.module_tree import named_parameters_in, table
from engine.program.sources import program_tree, source_of_tree
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.static_reads import own_attributes
from engine.tensors import native


def tied_by_numbers(run: Run) -> Iterator[Notice]:
    """One for each pair that the newest pass reached and one optimizer steps, unless its steps add up as gradients
    do."""
    known: dict[tuple[Any, ...], tuple[str, Tensor]] = {}
    for name, module in run.modules():
        for path, one in named_parameters_in(module, name):
            key = _memory(one)
            path_before, before = known.setdefault(key, (path, one)) if key is not None else (path, one)
            optimizer = _optimizer_of(run, before, one) if before is not one else ""
            if optimizer:
                said = Sentence.of(
                    "notice.tied_by_numbers",
                    "{first} and {second} lie in the same memory and are two parameters: each gets a gradient of its "
                    "own, and {optimizer} changes the numbers twice in each step. Let them be one: {second} = {first}.",
                    first=path_before,
                    second=path,
                    optimizer=optimizer,
                )
                yield Notice(said)


def _memory(tensor: Tensor) -> tuple[Any, ...] | None:
    """What is the same of two tensors that are the same numbers; None of one that has none of its own."""
    bare = native.bare(tensor)
    if not native.has_own_data(bare) or not native.numel(bare):
        return None
    return bare.data_ptr(), tuple(bare.shape), bare.stride()


def _optimizer_of(run: Run, first: Tensor, second: Tensor) -> str:
    """The name of the one that steps both; "" without one, or where two steps are one along the sum of both."""
    if not (run.current.has_reached(first) and run.current.has_reached(second)):
        return ""
    for name, optimizer in run.optimizers():
        held = set(map(id, held_by(optimizer)))
        if {id(first), id(second)} <= held and optimizer in run.recorder.seen.events.steps and not _adds_up(optimizer):
            return name
    return ""


def _adds_up(optimizer: Optimizer) -> bool:
    return type(optimizer) is SGD and all(group.settings.get("weight_decay") == 0 for group in groups_of(optimizer))


def copied_into_itself(run: Run) -> Iterator[Notice]:
    """One for each statement of the program's file that loads a network's state into the network itself."""
    path = run.path
    for part in ast.walk(program_tree(path)):
        names = _copied(part)
        if names is None or names[0] == names[1] or not _is_one(run, *names):
            continue
        assert isinstance(part, ast.Call)
        said = Sentence.of(
            "notice.copied_into_itself",
            "{expression} (line {line}) copies a network into itself: {target} and {source} are one, so that what "
            "changes the one changes the other. Make a copy at the start: {target} = copy.deepcopy({source}).",
            expression=ast.unparse(part),
            line=part.lineno,
            target=names[0],
            source=names[1],
        )
        yield Notice(said, source_of_tree(path, part))


def _copied(part: ast.AST) -> tuple[str, str] | None:
    """The names in `a.load_state_dict(b.state_dict())`."""
    if not isinstance(part, ast.Call) or not isinstance(part.func, ast.Attribute) or len(part.args) != 1:
        return None
    given = part.args[0]
    if not isinstance(given, ast.Call) or not isinstance(given.func, ast.Attribute) or given.args:
        return None
    if part.func.attr != "load_state_dict" or given.func.attr != "state_dict":
        return None
    return ast.unparse(part.func.value), ast.unparse(given.func.value)


def _is_one(run: Run, target: str, source: str) -> bool:
    """Whether two dotted names are of one module; of an object's own, where they begin with its `self`."""
    owners: list[Any] = [dict(run.values())]
    if target.startswith("self.") and source.startswith("self."):
        target, source = target[len("self.") :], source[len("self.") :]
        owners = [own_attributes(value) | _modules_of(value) for _, value in run.values()]
    pairs = ((_at(owner, target), _at(owner, source)) for owner in owners)
    return any(first is not None and first is second for first, second in pairs)


def _modules_of(value: Any) -> dict[str, Any]:
    """The modules that a module has by name."""
    return table(value, "_modules") if issubclass(type(value), nn.Module) else {}


def _at(names: dict[str, Any], path: str) -> nn.Module | None:
    found: Any = names
    for name in path.split("."):
        found = found.get(name) if type(found) is dict else (dict(own_attributes(found)) | _modules_of(found)).get(name)
    return found if issubclass(type(found), nn.Module) else None
