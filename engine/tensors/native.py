"""What is read of a tensor of the program, as torch itself gives it. Inside `Unseen`, or `DisableTorchFunction`.

`torch.Tensor` is a class that a program can patch, and that its own classes derive from. `TensorBase`, below it, is of
C and cannot be changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch._C import TensorBase

_functorch = torch._C._functorch
AccumulateGrad = torch._C._functions.AccumulateGrad
DERIVATIVES = frozenset(kind for name, kind in vars(torch._C._functions).items() if "Backward" in name)
_no_dispatch = torch._C._disabled_torch_dispatch_impl


def _getter(name: str) -> Any:
    return vars(TensorBase)[name].__get__


shape, dtype, layout, nbytes, device = map(_getter, ("shape", "dtype", "layout", "nbytes", "device"))
output_nr, retains_grad, grad = map(_getter, ("output_nr", "retains_grad", "grad"))
is_nested, is_quantized, is_sparse, is_meta = map(_getter, ("is_nested", "is_quantized", "is_sparse", "is_meta"))
is_cpu = _getter("is_cpu")
version, base = map(_getter, ("_version", "_base"))
_hooks, _hooks_after = map(_getter, ("_backward_hooks", "_post_accumulate_grad_hooks"))
_grad_fn, _requires_grad, _is_leaf = map(_getter, ("grad_fn", "requires_grad", "is_leaf"))

set_grad: Any = vars(TensorBase)["grad"].__set__
clone: Any = TensorBase.clone
copy_: Any = TensorBase.copy_
numel: Any = TensorBase.numel
is_complex: Any = TensorBase.is_complex
is_floating_point: Any = TensorBase.is_floating_point
is_inference: Any = TensorBase.is_inference
stride: Any = TensorBase.stride
storage_offset: Any = TensorBase.storage_offset
untyped_storage: Any = vars(TensorBase)["untyped_storage"]
ALIAS: Any = torch.Tensor._make_subclass  # a detached alias that no mode sees; 4 times cheaper than detach() under one


# Of a view whose base was written to in a way that autograd cannot follow, torch raises where its graph is asked for.


def grad_fn(tensor: Tensor) -> Any:
    """None also of a view whose graph torch does not give out any more."""
    try:
        return _grad_fn(tensor)
    except RuntimeError:
        return None


def requires_grad(tensor: Tensor) -> bool:
    """False also of a view whose graph torch does not give out any more."""
    try:
        return bool(_requires_grad(tensor))
    except RuntimeError:
        return False


def is_leaf(tensor: Tensor) -> bool:
    """False also of a view whose graph torch does not give out any more."""
    try:
        return bool(_is_leaf(tensor))
    except RuntimeError:
        return False


def node_of(tensor: Tensor) -> Any:
    """The node that a gradient of `tensor`, which requires one, arrives at: its grad_fn, or the AccumulateGrad of a
    leaf. Inside `Unseen`."""
    node = grad_fn(tensor)
    if node is not None:
        return node
    with torch.enable_grad():
        return _grad_fn(TensorBase.view_as(tensor, tensor)).next_functions[0][0]


def is_stale(tensor: Tensor) -> bool:
    """Whether it is a view whose graph torch does not give out any more."""
    try:
        _grad_fn(tensor)
    except RuntimeError:
        return True
    return False


def dispatches(tensor: Tensor) -> bool:
    """Whether its class has a `__torch_dispatch__`, which torch asks for what other tensors have themselves."""
    return type(tensor).__torch_dispatch__ is not _no_dispatch


def bare(tensor: Tensor) -> Tensor:
    """The tensor without its class: detached, and asked for shape or dtype it runs none of the program's code. Inside
    `Unseen`. A tensor inside of vmap is returned as it is."""
    while _functorch.is_gradtrackingtensor(tensor):
        tensor = _functorch.get_unwrapped(tensor)
    return tensor if is_batched(tensor) else ALIAS(Tensor, tensor)


def unwrapped(tensor: Tensor) -> Tensor:
    """What a tensor inside of torch.func stands on, below all of its transforms; any other as it is."""
    while is_wrapped(tensor):
        tensor = _functorch.get_unwrapped(tensor)
    return tensor


def is_laid_out_as(one: Tensor, other: Tensor) -> bool:
    """Whether two tensors in one storage have the same elements of it, in the same order."""
    return (
        shape(one) == shape(other)
        and stride(one) == stride(other)
        and storage_offset(one) == storage_offset(other)
        and dtype(one) == dtype(other)
    )


def has_own_data(bare: Tensor) -> bool:
    """Whether a tensor has elements in a memory of its own; `bare` is of one whose class has a `__torch_dispatch__`."""
    if bare.is_meta or bare.is_nested or bare.is_quantized or bare.layout != torch.strided:
        return False
    try:
        return not bare.numel() or bool(bare.untyped_storage().data_ptr())
    except RuntimeError:  # there is no memory
        return False


def is_wrapped(tensor: Tensor) -> bool:
    """Whether it stands for another inside of a transformation of torch.func."""
    return bool(_functorch.is_functorch_wrapped_tensor(tensor))


def is_batched(tensor: Tensor) -> bool:
    """Whether it is one of the tensors of a batch, inside of vmap."""
    return bool(_functorch.is_batchedtensor(tensor) or _functorch.is_legacy_batchedtensor(tensor))


def have_hooks(leaves: Sequence[Tensor]) -> bool:
    """Whether hooks of Python are on any of these leaves."""
    return any(map(_hooks, leaves)) or any(map(_hooks_after, leaves))


# The node of a custom Function keeps what the program sets on its `ctx`, where that may hide what a node has by the
# same name.


def name_of(node: Any) -> str:
    """grad_fn's own name, "TanhBackward0"."""
    return str(type(node).name(node))


def sequence_nr(node: Any) -> int:
    """autograd's number of a node: the later it was made, the higher."""
    return int(type(node)._sequence_nr(node))


def register_hooks(node: Any, before: Callable[..., Any], after: Callable[..., Any]) -> list[Any]:
    """Let both be called around the node; the handles, which take them off."""
    kind = type(node)
    return [kind.register_prehook(node, before), kind.register_hook(node, after)]


def is_of_torch(node: Any) -> bool:
    """Whether a node is one of torch's derivatives, which run none of a program's code but that of hooks, and write
    into no tensor that there was before."""
    return type(node) in DERIVATIVES


def register_hook(node: Any, after: Callable[..., Any]) -> Any:
    """Let it be called after the node; the handle, which takes it off."""
    return type(node).register_hook(node, after)


def leaf_of(node: Any) -> Tensor | None:
    """The leaf of an AccumulateGrad; None of any other node."""
    return node.variable if type(node) is AccumulateGrad else None
