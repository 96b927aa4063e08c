"""Dropouts whose share is 1, so that nothing is left, forwards or back, and those that drop in evaluation as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from torch.nn.modules.dropout import _DropoutNd

from engine.autograd.graph.calls import expression_of, line_of, source_of
from engine.autograd.graph.cuts import bare_name
from engine.autograd.records import Call
from engine.autograd.unsaid.run import Run
from engine.program.module_tree import modules_in, parameters_in
from engine.program.sources import program_tree
from engine.protocol.program_values import Notice
from engine.protocol.sentence import Sentence
from engine.shared.static_reads import own_attributes
from engine.shared.syntax import tree_of

_FUNCTIONS = frozenset({"dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_alpha_dropout"})
_PLACE_OF_TRAINING = 2  # among the arguments of each


def drops_all(run: Run) -> Iterator[Notice]:
    """One for each, in a module that the newest pass reached."""
    for name, module in run.modules():
        if not any(map(run.current.has_reached, parameters_in(module))):
            continue
        for path, one in modules_in(module, name):
            own = own_attributes(one)
            if issubclass(type(one), _DropoutNd) and own.get("training") is True and own.get("p") == 1:
                said = Sentence.of(
                    "notice.drops_all",
                    "{path} drops everything: its p, the share of elements that is made 0, is 1. Nothing before it "
                    "gets a gradient. Give it the share that is to be dropped, as 0.1.",
                    path=path,
                )
                yield Notice(said)


def drops_in_evaluation(run: Run) -> Iterator[Notice]:
    """One for each call in the forward of a module that leaves out whether that is trained, where the program evaluates
    one."""
    path = run.path
    told: set[object] = set()
    for call in _calls(run):
        if call is None or call.place in told or not call.direct or bare_name(call.function) not in _FUNCTIONS:
            continue
        told.add(call.place)
        if line_of(call) is not None and call.module is not None and _is_always_on(call) and _evaluates(path):
            said = Sentence.of(
                "notice.drops_in_evaluation",
                "{expression} (line {line}) drops in evaluation as well: the function does not know of eval(), and its "
                "training is True. Give it training=self.training, or use nn.Dropout.",
                expression=expression_of(call),
                line=line_of(call),
            )
            yield Notice(said, source_of(call.place))


def _calls(run: Run) -> Iterator[Call | None]:
    """That made the nodes of the newest pass, and what these took without a gradient."""
    for _, _, record in run.nodes():
        yield record.call
        yield from (leaf.made for leaf in record.inputs)


def _is_always_on(call: Call) -> bool:
    """Whether its text leaves `training` out."""
    try:
        made = tree_of(expression_of(call), mode="eval").body
    except (SyntaxError, ValueError):  # of its first line alone, where it has several
        return False
    return (
        isinstance(made, ast.Call)
        and len(made.args) <= _PLACE_OF_TRAINING
        and not any(isinstance(one, ast.Starred) for one in made.args)
        and all(one.arg not in (None, "training") for one in made.keywords)
    )


def _evaluates(path: str) -> bool:
    """Whether the program's file calls eval() of anything."""
    return any(
        isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "eval"
        for part in ast.walk(program_tree(path))
    )
