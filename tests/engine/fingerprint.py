"""All that a program left behind, to the bit. Knows nothing of the engine: the plain runs import this as well."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch

MARK = "fingerprint: "


def fingerprint(namespace: Mapping[str, Any]) -> dict[str, str]:
    """One line for each variable, the random state, and torch's global settings."""
    found: dict[str, str] = {}
    with torch._C.DisableTorchFunction():
        for name, value in list(namespace.items()):
            if not name.startswith("__"):
                found |= dict(_of(name, value, 0))
    found["random state"] = hashlib.sha1(bytes(torch.get_rng_state().tolist())).hexdigest()
    settings = torch.get_default_dtype(), torch.is_grad_enabled(), torch.is_autocast_enabled("cpu")
    found["settings"] = str((*settings, torch._C._len_torch_dispatch_stack()))
    return found


def _of(name: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if isinstance(value, torch.Tensor):
        yield name, _tensor(value)
        if value.is_leaf and value.grad is not None:
            yield f"{name}.grad", _tensor(value.grad)
        if value.grad_fn is not None:
            yield f"{name}.grad_fn", " ".join(_graph(value.grad_fn))
    elif isinstance(value, torch.nn.Module):
        for path, tensor in [*value.named_parameters(), *value.named_buffers()]:
            yield from _of(f"{name}.{path}", tensor, depth + 1)
    elif isinstance(value, (str, int, float, bool, complex, torch.dtype)) or value is None:
        yield name, repr(value)
    elif isinstance(value, (list, tuple, dict)) and depth < 3:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _of(f"{name}[{key}]", item, depth + 1)


def _tensor(tensor: torch.Tensor) -> str:
    words = [type(tensor).__name__, str(tensor.dtype), str(tensor.requires_grad), str(tensor.is_leaf)]
    if tensor.is_inference():
        words.append("inference")
    if tensor.layout is not torch.strided or tensor.is_nested:
        parts = tensor.unbind() if tensor.is_nested else [tensor.to_dense()]
        return " ".join([*words, str(tensor.layout), *(_tensor(part.detach()) for part in parts)])
    if tensor.is_quantized or type(tensor).__torch_dispatch__ is not torch._C._disabled_torch_dispatch_impl:
        return " ".join([*words, str(tuple(tensor.shape))])
    storage = tensor.untyped_storage()
    words += [str(tuple(tensor.shape)), str(tensor.stride()), str(tensor.storage_offset()), str(storage.resizable())]
    bits = tensor.detach().clone(memory_format=torch.contiguous_format).flatten()
    bits = torch.view_as_real(bits.resolve_conj()) if bits.is_complex() else bits
    data = bits.flatten().view(torch.uint8).tolist() if bits.numel() else []
    return " ".join([*words, hashlib.sha1(bytes(data)).hexdigest()])


def _graph(root: Any) -> list[str]:
    """The nodes breadth first, each with the places of those that it hands gradients to."""
    nodes, places = [root], {root: 0}
    lines = []
    for node in nodes:
        below = []
        for following, slot in node.next_functions:
            if following is not None and following not in places:
                places[following] = len(nodes)
                nodes.append(following)
            below.append("-" if following is None else f"{places[following]}.{slot}")
        lines.append(f"{node.name()}({','.join(below)})")
    return lines


def report(namespace: dict[str, Any]) -> None:
    """Print the fingerprint, and forget the program's variables."""
    print(MARK + json.dumps(fingerprint(namespace)), flush=True)
    for name in [name for name in namespace if not name.startswith("__")]:
        del namespace[name]


if __name__ == "__main__":  # one program after another, as a script each
    for path in sys.argv[1:]:
        exec(compile(Path(path).read_text(), path, "exec"), {"__name__": "__main__", "__file__": path})
