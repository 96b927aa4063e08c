"""What cuts a tensor off from the gradients of what it was computed from: a sentence for each kind, with what to write
instead."""

from __future__ import annotations

from collections.abc import Callable

from engine.autograd.graph.calls import expression_of, function_of, line_of, names_in
from engine.autograd.graph.node_names import assigned
from engine.autograd.records import Call
from engine.protocol.sentence import Sentence

_POSITIONS = {
    "argmax", "argmin", "argsort", "nonzero", "max", "min", "topk", "sort", "msort", "kthvalue", "median",
    "nanmedian", "mode", "cummax", "cummin", "aminmax", "searchsorted", "bucketize", "unique", "unique_consecutive",
    "count_nonzero", "bincount", "where",
}  # fmt: skip
_COMPARISONS = {
    "gt", "lt", "ge", "le", "eq", "ne", "greater", "less", "greater_equal", "less_equal", "not_equal", "isnan",
    "isinf", "isfinite", "isclose", "isin", "logical_and", "logical_or", "logical_not", "logical_xor", "any", "all",
    "equal", "allclose", "signbit",
}  # fmt: skip
_CASTS = {"long", "int", "short", "byte", "bool", "char", "to", "type", "type_as"}
_SAMPLES = {"normal", "multinomial", "bernoulli", "poisson", "binomial", "bernoulli_", "random_", "normal_", "uniform_"}
_COPIES = {"tensor", "new_tensor"}
_GRADIENTS = {"grad"}


def sentence(kind: str, name: str, cut: Call) -> Sentence:
    """Why `name` has no graph: the call that cut it, its line, and what to write instead.

    `kind` is "detached", "no_grad", "left_off" (before the run began), "inference" or "derivative".
    """
    if line_of(cut) is None:
        return Sentence.of(
            "graph.cut", "{name} has no graph: {operation} cut it off.", name=name, operation=function_of(cut)
        )
    return _BY_KIND.get(kind, _without_derivative)(name, cut)


def _without_derivative(name: str, cut: Call) -> Sentence:
    bare = bare_name(cut.function)
    operator = bare.strip("_")
    for names, say in _BY_NAME:
        if bare in names or operator in names:
            return say(name, cut)
    return Sentence.of(
        "graph.cut_without_derivative",
        "{name} has no graph: it was cut at line {line} by {expression}: {operation} has no derivative.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
        operation=function_of(cut),
    )


def bare_name(function: object) -> str:
    """`data` for the getter of `Tensor.data`, else the function's own name."""
    name = getattr(function, "__name__", "")
    if name == "__get__":
        return getattr(getattr(function, "__self__", None), "__name__", name)
    return name


def _detached(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.cut_detached",
        "{name} has no graph: it was cut at line {line} by {expression}, which detaches; leave that out where the "
        "gradient has to pass.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _no_grad(name: str, cut: Call) -> Sentence:
    variable = assigned(cut.place)
    if variable and variable in names_in(cut):
        return Sentence.of(
            "graph.cut_update",
            "{name} has no graph: {expression} at line {line} made {variable} a new tensor under torch.no_grad(), "
            "which requires no gradient; there, {variable} -= … changes the leaf itself.",
            name=name,
            expression=expression_of(cut),
            line=line_of(cut),
            variable=variable,
        )
    return Sentence.of(
        "graph.cut_no_grad",
        "{name} has no graph: {expression} at line {line} ran under torch.no_grad(), or with gradients switched off; "
        "compute it outside of that.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _left_off(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.left_off",
        "{name} has no graph: an earlier run has left gradients switched off, so {expression} at line {line} made "
        "none; torch.set_grad_enabled(True) at the beginning switches them on.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _inference(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.cut_inference",
        "{name} has no graph: {expression} at line {line} ran under torch.inference_mode(); compute it outside "
        "of that.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _positions(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.cut_positions",
        "{name} has no graph: it was cut at line {line} by {expression}: positions have no derivative; compute with "
        "the values themselves, as F.cross_entropy does with the scores.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _comparison(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.cut_comparison",
        "{name} has no graph: it was cut at line {line} by {expression}: true and false have no derivative; a smooth "
        "function has one, e.g. torch.sigmoid.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _cast(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.cut_cast",
        "{name} has no graph: it was cut at line {line} by {expression}: whole numbers have no derivative; stay in "
        "floating point.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _sample(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.cut_sample",
        "{name} has no graph: it was cut at line {line} by {expression}: a sample has no derivative; use .rsample() of "
        "a distribution that has it, or the .log_prob() of the sample.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _copy(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.cut_copy",
        "{name} has no graph: it was cut at line {line} by {expression}, which copies the numbers without their graph; "
        "use the tensor itself, or torch.stack for several.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


def _gradient(name: str, cut: Call) -> Sentence:
    return Sentence.of(
        "graph.cut_gradient",
        "{name} has no graph: the gradient that {expression} computed at line {line} has none; pass create_graph=True "
        "to that call.",
        name=name,
        line=line_of(cut),
        expression=expression_of(cut),
    )


_BY_KIND: dict[str, Callable[[str, Call], Sentence]] = {
    "detached": _detached,
    "no_grad": _no_grad,
    "left_off": _left_off,
    "inference": _inference,
}
_BY_NAME = (
    (_POSITIONS, _positions),
    (_COMPARISONS, _comparison),
    (_CASTS, _cast),
    (_SAMPLES, _sample),
    (_COPIES, _copy),
    (_GRADIENTS, _gradient),
)
