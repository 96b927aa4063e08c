"""What is read of a tensor on the path of every operation, as torch itself gives it.

`torch.Tensor` is a class that a program can patch. `TensorBase`, below it, is of C and cannot be changed.
"""

from __future__ import annotations

from typing import Any

from torch._C import TensorBase


def _getter(name: str) -> Any:
    return vars(TensorBase)[name].__get__


shape, dtype, layout, nbytes = map(_getter, ("shape", "dtype", "layout", "nbytes"))
grad_fn, output_nr = map(_getter, ("grad_fn", "output_nr"))
requires_grad, retains_grad, is_leaf = map(_getter, ("requires_grad", "retains_grad", "is_leaf"))
is_nested, is_quantized, is_sparse, is_meta = map(_getter, ("is_nested", "is_quantized", "is_sparse", "is_meta"))
version, base = map(_getter, ("_version", "_base"))

clone: Any = TensorBase.clone
is_complex: Any = TensorBase.is_complex
is_floating_point: Any = TensorBase.is_floating_point
is_inference: Any = TensorBase.is_inference
untyped_storage: Any = vars(TensorBase)["untyped_storage"]
