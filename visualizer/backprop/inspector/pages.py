"""What the inspector pages through: the outputs of a node, the two gradients of a leaf, or one variable."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.protocol.graph_values import Node, NodeOutput
from engine.protocol.keys import NodeGradKey, NodeValueKey, TensorKey, TriedGradKey, VariableGradKey, VariableKey
from engine.protocol.program_values import Variable
from engine.protocol.tensor_values import SHAPELESS
from engine.shared.language import mark, said, tr

_NO_NAME = mark("this output")
_NOT_RECORDED = mark("Not recorded: this value passed unseen.")
_NO_TENSOR = mark("The function returned no tensor here.")
_GHOST = mark("It lies behind a cut: another graph has its value.")
_NO_GRADIENT = mark("No gradient flows to this tensor.")
_NO_DERIVATIVE = mark("No gradient flows here: the function returns this without a derivative.")
_NOT_YET = mark("Not here yet: backward has not reached it.")
_TOLD_ABOVE = mark("There is none; the reason stands above.")

_VIEWS = {"old": mark("old"), "new": mark("new"), "difference": mark("diff")}


@dataclass(frozen=True)
class Page:
    """Two tensors that belong together; a message says why one of them cannot be seen (its key is then None)."""

    label: str  # of its tab
    name: str  # what the person calls the tensor
    shape: tuple[int, ...] | None
    dtype: str
    value_key: TensorKey | None = None
    value_message: str = ""
    gradient_key: TensorKey | None = None
    gradient_label: str = ""
    gradient_message: str = ""  # shown while the gradient is not available
    gradient_brief: str = ""  # the same where the reason stands elsewhere already
    slot: int = 0  # the node's output that it is of


def tried_pages(pages: tuple[Page, ...], experiment: int, view: str, node: int) -> tuple[Page, ...]:
    """With the gradients that an experiment had at a node, in one of its views."""
    return tuple(
        replace(
            page,
            gradient_key=TriedGradKey(experiment, view, node, page.slot),
            gradient_label=f"{tr(_VIEWS[view])} {page.gradient_label}",
        )
        if isinstance(page.gradient_key, NodeGradKey)
        else page
        for page in pages
    )


def pages_of_node(node: Node) -> tuple[Page, ...]:
    """One page an output; AccumulateGrad has the arriving gradient and the resulting .grad."""
    outputs = node.outputs or (NodeOutput(),)
    if node.kind == "accumulate":
        return _pages_of_leaf(node, outputs[0])
    return tuple(_page_of_output(node, slot, output, n_outputs=len(outputs)) for slot, output in enumerate(outputs))


def _page_of_output(node: Node, slot: int, output: NodeOutput, *, n_outputs: int) -> Page:
    name = output.variable or (node.title if n_outputs == 1 else node.expression)
    if n_outputs > 1 and not output.variable:
        name = f"{name}[{slot}]" if name else tr("output {number}", number=slot)
    no_gradient = tr(_NO_GRADIENT) if node.is_input else "" if output.has_derivative else tr(_NO_DERIVATIVE)
    return Page(
        label=output.variable or tr("output {number}", number=slot),
        name=name,
        shape=output.shape,
        dtype=output.dtype,
        value_key=NodeValueKey(node.id, slot) if output.recorded else None,
        value_message=_no_value(node, output),
        gradient_key=None if no_gradient else NodeGradKey(node.id, slot),
        gradient_label=f"∂L/∂{_in_brackets(name) or tr(_NO_NAME)}",
        gradient_message=no_gradient or tr(_NOT_YET),
        slot=slot,
    )


def _in_brackets(name: str) -> str:
    """An expression in brackets, so that "∂L/∂(x @ W)" is no product."""
    return f"({name})" if " " in name or name.startswith("-") else name


def _no_value(node: Node, output: NodeOutput) -> str:
    if node.is_ghost:
        return tr(_GHOST)
    return tr(_NOT_RECORDED) if output.dtype else tr(_NO_TENSOR)


def _pages_of_leaf(node: Node, output: NodeOutput) -> tuple[Page, ...]:
    arriving = Page(
        label=tr("arriving"),
        name=node.variable or tr("leaf"),
        shape=output.shape,
        dtype=output.dtype,
        value_key=NodeValueKey(node.id) if output.recorded else None,
        value_message=tr(_NOT_RECORDED),
        gradient_key=NodeGradKey(node.id),
        gradient_label=f"∂L/∂{node.variable or tr('leaf')}",
        gradient_message=tr(_NOT_YET),
    )
    if not node.variable:
        return (arriving,)
    grad = f"{node.variable}.grad"
    return arriving, replace(arriving, label=grad, gradient_key=VariableGradKey(node.variable), gradient_label=grad)


def page_of_variable(variable: Variable) -> Page:
    """The variable's value and its .grad; `variable` holds a tensor."""
    summary = variable.summary
    assert summary is not None
    return Page(
        label=variable.name,
        name=variable.name,
        shape=None if summary.layout in SHAPELESS else summary.shape,
        dtype=summary.dtype,
        value_key=VariableKey(variable.name),
        gradient_key=VariableGradKey(variable.name) if variable.grad is not None else None,
        gradient_label=f"{variable.name}.grad",
        gradient_message=_why_no_grad(variable),
        gradient_brief=tr(_TOLD_ABOVE),
    )


def _why_no_grad(variable: Variable) -> str:
    if variable.summary is not None and variable.summary.is_array:
        return tr(
            "NumPy keeps no gradients. torch.from_numpy({name}) is a tensor in the same memory.", name=variable.name
        )
    return said(variable.why_no_grad) if variable.why_no_grad is not None else tr("No gradient.")
