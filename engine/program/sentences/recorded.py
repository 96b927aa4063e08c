"""Sentences for mistakes whose cause lies further up in the program, where only a recorder saw it."""

from __future__ import annotations

import inspect
import re
from types import GeneratorType

from torch import Tensor, nn

from engine.program.lookup import grad_of
from engine.program.module_tree import parameters_in
from engine.program.sentences.failing_call import FailingCall, named_values, owners_of
from engine.program.sentences.known import Known
from engine.program.unregistered import container_for, plain_containers
from engine.protocol.sentence import Sentence
from engine.tensors import native

_RECEIVER = re.compile(r"(.+)\.backward\(.*\)", re.DOTALL)


def _no_graph(match: re.Match[str], call: FailingCall, known: Known) -> Sentence | None:
    """The root, of several the one that torch means, in the words that the graph has for it."""
    number, roots = int(match[1]), call.tensors
    if number >= len(roots):
        return None
    root: Tensor = roots[number]
    receiver = _RECEIVER.fullmatch(call.place.text) if call.place is not None else None
    name = call.variable_of(root) or (receiver[1] if receiver is not None else "") or str(call.expression)
    if call.is_in_pass and known.maker(root) is None:
        return Sentence.of(
            "graph.inside_backward",
            "{name} has no graph: it was computed while a backward pass ran, and there operations make one only inside "
            "`with torch.enable_grad():`, of tensors that require a gradient.",
            name=name,
        )
    return known.why_no_graph(root, name)


def _view_of_many(match: re.Match[str], call: FailingCall, known: Known) -> Sentence | None:
    if not call.tensors:
        return None
    view = call.tensors[0]
    name, maker = call.variable_of(view), known.maker(view)
    if maker is None or not name:
        return None
    return Sentence.of(
        "view.of_many",
        "{expression}: {name} is one of several views that {maker} at line {line} gave of one tensor, and such a view "
        "cannot be changed in place; compute a new tensor instead, or write into that tensor by index.",
        expression=call.expression,
        name=name,
        maker=maker.expression,
        line=maker.line,
    )


def _no_grad(match: re.Match[str], call: FailingCall, known: Known) -> Sentence | None:
    """Something was done with a `.grad` that is None."""
    if call.frame is None or call.place is None:
        return None
    for owner, tensor in owners_of("grad", call.place.text, call.frame):
        if issubclass(type(tensor), Tensor) and grad_of(tensor) is None:
            return known.why_no_grad(tensor, owner)
    return None


def _plain_number(match: re.Match[str], call: FailingCall, known: Known) -> Sentence | None:
    taken = known.numbers()
    if taken is None or call.place is None:
        return None
    return Sentence.of(
        "number.no_graph",
        "{expression}: this is a plain number ({type_name}), which has no graph; {taken} at line {line} was the last "
        "to take numbers out of one: go on with the tensor itself.",
        expression=call.expression,
        type_name=match[1],
        taken=taken.expression,
        line=taken.line,
    )


def _no_parameters(match: re.Match[str], call: FailingCall, known: Known) -> Sentence | None:
    """Layers or parameters in a container that a module does not look into."""
    if call.frame is None or call.place is None:
        return None
    for name, module in named_values(call.place.text, call.frame):
        if not issubclass(type(module), nn.Module) or next(parameters_in(module), None) is not None:
            continue
        for attribute, value in plain_containers(module):
            return Sentence.of(
                "module.plain_container",
                "{expression}: {name} has no parameters, for {name}.{attribute} is a plain {kind}, which a module "
                "does not look into; make it an nn.{container}.",
                expression=call.expression,
                name=name,
                attribute=attribute,
                kind=type(value).__name__,
                container=container_for(value),
            )
    return _used_up(call)


def _used_up(call: FailingCall) -> Sentence | None:
    """A generator of parameters that something has gone through before."""
    assert call.frame is not None and call.place is not None
    for name, value in named_values(call.place.text, call.frame):
        if type(value) is GeneratorType and inspect.getgeneratorstate(value) == inspect.GEN_CLOSED:
            return Sentence.of(
                "optimizer.used_up",
                "{expression}: {name} is a generator, which gives its parameters once, and something has gone through "
                "them before. Keep them as a list: {name} = list(…).",
                expression=call.expression,
                name=name,
            )
    return None


def _of_computed(match: re.Match[str], call: FailingCall, known: Known) -> Sentence | None:
    """An optimizer that is to train the result of an operation."""
    if call.frame is None or call.place is None:
        return None
    for name, value in named_values(call.place.text, call.frame):
        if not issubclass(type(value), Tensor) or native.is_leaf(value) or native.retains_grad(value):
            continue
        maker = known.maker(value)
        if maker is not None:
            return Sentence.of(
                "optimizer.of_computed",
                "{expression}: {name} was computed by {maker} (line {line}), and an optimizer trains leaves alone. Let "
                "it require a gradient after that: {name} = {name}.detach().requires_grad_().",
                expression=call.expression,
                name=name,
                maker=maker.expression,
                line=maker.line,
            )
    return None


RULES = (
    (r"NoneType", _no_grad),
    (r"'(float|int|complex|bool)' object has no attribute '(?:backward|grad|detach|requires_grad\w*)'", _plain_number),
    (r"optimizer got an empty parameter list", _no_parameters),
    (r"can't optimize a non-leaf Tensor", _of_computed),
    (r"element (\d+) of tensors does not require grad and does not have a grad_fn", _no_graph),
    (r"This view is the output of a function that returns multiple views", _view_of_many),
)
